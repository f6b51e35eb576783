//! A customer of the test's shop: signed in the way people are, asking with the cookies that they got.

use contract::account::{CodeSent, Session, SignIn};
use serde_json::json;
use sqlx::Row;

use super::request::Answer;
use super::{Request, TestShop};

/// Somebody with the shop open in a browser.
pub struct Customer<'a> {
    shop: &'a TestShop,
    /// The `Cookie` header of the browser.
    pub cookies: String,
    /// The account's id.
    pub id: String,
}

impl TestShop {
    /// Asks for a code, reads it in the sandbox's inbox, and signs in with it.
    pub async fn customer(&self, phone: &str) -> Customer<'_> {
        let asked = self
            .post("/api/auth/codes")
            .fresh_key()
            .json(&json!({ "phone": phone }))
            .send()
            .await;
        let device = cookies_of(&asked);
        let request = asked.json::<CodeSent>().request;
        let code = self.code_sent_to(phone).await;
        let signed_in = self
            .post("/api/auth/session")
            .cookie(&device)
            .fresh_key()
            .json(&SignIn { request, code })
            .send()
            .await;
        let me = signed_in
            .json::<Session>()
            .me
            .expect("a new session has somebody in it");
        let cookies = format!("{device}; {}", cookies_of(&signed_in));
        Customer {
            shop: self,
            cookies,
            id: me.id.0,
        }
    }

    /// The latest code that a number was sent.
    pub async fn code_sent_to(&self, phone: &str) -> String {
        let digits = phone.trim_start_matches('+');
        let row = sqlx::query(
            "SELECT text FROM sandbox_sms WHERE phone LIKE $1 ORDER BY id DESC LIMIT 1",
        )
        .bind(format!("%{digits}"))
        .fetch_one(self.state.db.reader())
        .await
        .unwrap();
        let text: String = row.try_get("text").unwrap();
        let is_digit = |c: &char| c.is_ascii_digit();
        text.chars()
            .skip_while(|c| !is_digit(c))
            .take_while(is_digit)
            .collect()
    }
}

impl Customer<'_> {
    /// A GET request with the customer's cookies.
    pub fn get(&self, path: &str) -> Request {
        self.shop.get(path).cookie(&self.cookies)
    }

    /// A POST request with the customer's cookies and a fresh key.
    pub fn post(&self, path: &str) -> Request {
        self.shop.post(path).cookie(&self.cookies).fresh_key()
    }

    /// A PUT request with the customer's cookies and a fresh key.
    pub fn put(&self, path: &str) -> Request {
        self.shop.put(path).cookie(&self.cookies).fresh_key()
    }

    /// A DELETE request with the customer's cookies and a fresh key.
    pub fn delete(&self, path: &str) -> Request {
        self.shop.delete(path).cookie(&self.cookies).fresh_key()
    }
}

/// The cookies that an answer sets, as the browser sends them back.
pub fn cookies_of(answer: &Answer) -> String {
    let pairs: Vec<&str> = answer
        .headers
        .get_all("set-cookie")
        .iter()
        .filter_map(|header| header.to_str().unwrap().split(';').next())
        .collect();
    pairs.join("; ")
}
