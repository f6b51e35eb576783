//! As little HTTP as it takes to be a visitor of the shop on this machine: HTTP/1.0, JSON, cookies.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// How long the shop may take to answer.
const LIMIT: Duration = Duration::from_secs(10);

/// Somebody with the shop open in a browser.
#[derive(Clone, Debug)]
pub struct Web {
    /// The shop's port on 127.0.0.1.
    pub port: u16,
    /// The `Cookie` header; empty for a guest.
    pub cookie: String,
}

/// What the shop answered.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    cookies: Vec<String>,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body, when the answer is a success with JSON in it.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("the shop answered {}: {}", self.status, self.text);
        }
        serde_json::from_str(&self.text).context("the shop's answer is no JSON")
    }
}

impl Web {
    /// A guest.
    pub fn guest(port: u16) -> Self {
        let cookie = String::new();
        Self { port, cookie }
    }

    /// Reads something.
    ///
    /// # Errors
    /// When the shop does not answer.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.ask("GET", path, None)
    }

    /// Does something, once.
    ///
    /// # Errors
    /// When the shop does not answer.
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Result<Answer> {
        self.ask(method, path, Some(body.to_string()))
    }

    fn ask(&self, method: &str, path: &str, body: Option<String>) -> Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_write_timeout(Some(LIMIT))?;
        let mut head = format!(
            "{method} {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n\
             Accept-Language: zh-CN\r\n",
            self.port
        );
        if !self.cookie.is_empty() {
            head.push_str(&format!("Cookie: {}\r\n", self.cookie));
        }
        if let Some(body) = &body {
            head.push_str(&format!(
                "Idempotency-Key: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
                key(),
                body.len()
            ));
        }
        write!(stream, "{head}\r\n{}", body.unwrap_or_default())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        parse(&String::from_utf8_lossy(&answer)).context("the shop's answer is no HTTP")
    }

    /// Signs in with a code out of the sandbox's inbox.
    ///
    /// # Errors
    /// When the shop gives no code, or does not take it.
    pub fn sign_in(port: u16, phone: &str) -> Result<Self> {
        let guest = Self::guest(port);
        let asked = serde_json::json!({ "phone": phone });
        let sent = guest.send("POST", "/api/auth/codes", &asked)?;
        let request = sent.json()?.get("request").cloned();
        let inbox = guest.get("/sandbox/sms")?.text;
        let code = code_in(&inbox, phone).context("no code for the demo's people arrived")?;
        let device = Self {
            port,
            cookie: sent.cookies.join("; "),
        };
        let given = serde_json::json!({ "request": request, "code": code });
        let session = device.send("POST", "/api/auth/session", &given)?;
        session.json()?;
        let cookies: Vec<String> = sent.cookies.into_iter().chain(session.cookies).collect();
        Ok(Self {
            port,
            cookie: cookies.join("; "),
        })
    }

    /// Whether the shop knows who this is.
    pub fn is_signed_in(&self) -> bool {
        let session = self
            .get("/api/auth/session")
            .and_then(|answer| answer.json());
        session.is_ok_and(|session| session.get("me").is_some_and(|me| !me.is_null()))
    }
}

/// A key that no other request has.
fn key() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let since = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default();
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("demo-{}-{}-{next}", std::process::id(), since.as_nanos())
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let cookies = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .filter_map(|(_, value)| value.split(';').next())
        .map(str::to_owned);
    Some(Answer {
        status,
        cookies: cookies.collect(),
        text: body.to_owned(),
    })
}

/// The newest code that the inbox shows for a number.
fn code_in(inbox: &str, phone: &str) -> Option<String> {
    let message = inbox.split("<li>").find(|part| part.contains(phone))?;
    let (_, after) = message.split_once("<strong>")?;
    after
        .split_once("</strong>")
        .map(|(code, _)| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_code_of_a_number_is_read_out_of_the_inbox() {
        let inbox = "<ol><li>+8613800000001 <strong>111111</strong></li>\
                     <li>+8613800000002 <strong>222222</strong></li></ol>";
        assert_eq!(code_in(inbox, "13800000002").as_deref(), Some("222222"));
        assert_eq!(code_in(inbox, "13800000003"), None);
    }

    #[test]
    fn cookies_are_kept_without_their_attributes() {
        let answer = parse("HTTP/1.0 201 Created\r\nSet-Cookie: sid=a; Path=/\r\n\r\n{}").unwrap();
        assert_eq!(
            (answer.status, answer.cookies),
            (201, vec!["sid=a".to_owned()])
        );
    }
}
