//! Pages that come with their first screen drawn in: what is seen, what is said to crawlers, what is inlined, and
//! that nothing of a catalogue can leave its place (ADR 18).

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Answer, TestShop, changed_demo};
use crate::live::{ROOM, announced, on_air};
use crate::share_page::group;

const ORIGIN: &str = "http://127.0.0.1:8080";

/// A build whose page is the repository's own, as Trunk leaves it.
fn build() -> TempDir {
    let dist = TempDir::new().unwrap();
    let page = include_str!("../../../../index.html").replace(
        "id=\"pieces\">{}<",
        "id=\"pieces\">{\"style\":[\"/rest-0123456789abcdef.css\"]}<",
    );
    fs::write(dist.path().join("index.html"), page).unwrap();
    dist
}

async fn opened() -> (TempDir, Vec<TestShop>) {
    let dist = build();
    let folder = dist.path().display().to_string();
    let shops = TestShop::each_stocked_with(&[("assets_dir", &folder)]).await;
    (dist, shops)
}

/// The answers that a page holds, by path.
fn inlined(page: &str) -> Vec<(String, u16, Value)> {
    let blocks = page.split("<script type=\"application/json\" data-get=\"");
    let read = |block: &str| {
        let (path, rest) = block.split_once("\" data-status=\"").unwrap();
        let (status, rest) = rest.split_once("\">").unwrap();
        let (json, _) = rest.split_once("</script>").unwrap();
        (
            path.replace("&amp;", "&"),
            status.parse().unwrap(),
            serde_json::from_str(json).unwrap(),
        )
    };
    blocks.skip(1).map(read).collect()
}

/// What stands in `<tag … key …>` as `content` or `href`.
fn said(page: &str, key: &str) -> String {
    let (_, tag) = page.split_once(key).unwrap_or_else(|| panic!("no {key}"));
    let (_, value) = tag.split_once("=\"").unwrap();
    value.split('"').next().unwrap().to_owned()
}

fn title(page: &str) -> &str {
    let (_, rest) = page.split_once("<title>").unwrap();
    let (title, rest) = rest.split_once("</title>").unwrap();
    assert!(!rest.contains("<title>"), "one title");
    title
}

/// What the page paints before the app is there.
fn painted(page: &str) -> &str {
    let (_, rest) = page.split_once("<div id=\"shell\">").unwrap();
    rest.split_once("<div id=\"first\"").unwrap().0
}

async fn open(shop: &TestShop, path: &str, lang: &str) -> Answer {
    shop.get(path).lang(lang).send().await
}

#[tokio::test]
async fn each_page_of_goods_comes_drawn_with_the_answers_that_it_was_drawn_from() {
    let (_dist, shops) = opened().await;
    for shop in shops {
        let group = group(&shop).await;
        on_air(&shop).await.pin(Some(1)).await;
        let pages = [
            (
                "/".to_owned(),
                "/api/home",
                "丹东99红颜草莓礼盒",
                "Dandong 99 strawberries, gift box",
            ),
            (
                "/p/dandong-strawberry".to_owned(),
                "/api/products/dandong-strawberry",
                "丹东99红颜草莓礼盒",
                "Dandong 99 strawberries, gift box",
            ),
            (
                format!("/g/{group}"),
                &format!("/api/groups/{group}"),
                "/p/hainan-mango",
                "/p/hainan-mango",
            ),
            (
                "/c/xiaohe.orchard".to_owned(),
                "/api/creators/xiaohe.orchard",
                "果园小禾",
                "Xiaohe at the orchard",
            ),
            (
                format!("/live/{ROOM}"),
                &format!("/api/live/{ROOM}"),
                "丹东99红颜草莓礼盒",
                "Dandong 99 strawberries, gift box",
            ),
            (
                "/category/fruit".to_owned(),
                "/api/products?category=fruit",
                "/p/dandong-strawberry",
                "/p/dandong-strawberry",
            ),
        ];
        for (path, asks, zh, en) in &pages {
            for (lang, shown) in [("zh-CN", zh), ("en", en)] {
                let answer = open(&shop, path, lang).await;
                let page = answer.text();
                assert_eq!(answer.status, 200, "{path} on {}", shop.on);
                assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
                assert_eq!(answer.header("content-language"), lang, "{path}");
                assert!(answer.header("vary").contains("accept-language"), "{path}");
                assert!(answer.headers.get("set-cookie").is_none(), "{path}");
                assert!(
                    page.contains(&format!("<html lang=\"{lang}\" data-drawn>")),
                    "{path}"
                );
                let painted = painted(&page);
                assert!(painted.contains(shown), "{path} {lang}");
                assert!(painted.contains('¥'), "{path} {lang}");
                assert!(
                    !painted.contains("aria-busy"),
                    "no skeleton is left: {path}"
                );
                assert!(
                    !painted.contains(" style="),
                    "the policy takes none: {path}"
                );
                let answers = inlined(&page);
                let has = answers.iter().map(|(asked, ..)| asked.as_str());
                let has: Vec<_> = has.collect();
                assert!(has.contains(asks), "{path} on {} has {has:?}", shop.on);
                let again = open(&shop, path, lang).await.text();
                assert_eq!(
                    inlined(&again),
                    answers,
                    "the next one's {path} is asked for too"
                );
                for (asked, status, held) in answers {
                    let said: Value = shop.get(&asked).lang(lang).ok().await;
                    assert_eq!((status, held), (200, said), "{asked} of {path}");
                }
                let rest = page.contains("rel=\"stylesheet\" href=\"/rest-0123456789abcdef.css\"");
                assert_eq!(rest, path != "/", "the style of other pages: {path}");
            }
        }
    }
}

#[tokio::test]
async fn each_page_says_what_it_is() {
    let (_dist, shops) = opened().await;
    for shop in shops {
        let group = group(&shop).await;
        announced(&shop).await;
        for (path, name) in [
            ("/".to_owned(), "Jishi"),
            (
                "/p/dandong-strawberry".to_owned(),
                "Dandong 99 strawberries, gift box",
            ),
            (format!("/g/{group}"), "mango"),
            ("/c/xiaohe.orchard".to_owned(), "Xiaohe at the orchard"),
            (format!("/live/{ROOM}"), "Orchard morning market"),
        ] {
            let page = open(&shop, &path, "en").await.text();
            assert!(title(&page).ends_with(" · Jishi"), "{}", title(&page));
            assert!(said(&page, "og:title").contains(name), "{path} {page}");
            assert!(!said(&page, "name=\"description\"").is_empty(), "{path}");
            assert_eq!(page.matches("name=\"description\"").count(), 1, "{path}");
            assert_eq!(said(&page, "rel=\"canonical\""), format!("{ORIGIN}{path}"));
            assert_eq!(said(&page, "og:url"), format!("{ORIGIN}{path}"));
            assert!(said(&page, "og:image\"").starts_with(ORIGIN), "{path}");
            let preload = said(&page, "as=\"image\" fetchpriority=\"high\"");
            assert!(preload.starts_with("/media/"), "{path} {preload}");
            assert!(painted(&page).contains(&preload), "{path} {preload}");
        }
        let product = open(&shop, "/p/dandong-strawberry?sku=FRU001-B&s=x", "zh-CN")
            .await
            .text();
        assert_eq!(title(&product), "丹东99红颜草莓礼盒 · 集市");
        assert_eq!(said(&product, "og:locale"), "zh_CN");
        assert_eq!(
            said(&product, "rel=\"canonical\""),
            format!("{ORIGIN}/p/dandong-strawberry")
        );
        assert!(
            painted(&product).contains("¥39.9"),
            "the SKU of the address"
        );
    }
}

#[tokio::test]
async fn what_does_not_exist_is_said_so_with_404() {
    let (_dist, shops) = opened().await;
    for shop in shops {
        for path in [
            "/p/no-such-thing",
            "/g/none",
            "/c/nobody",
            "/category/nothing",
            "/p/%3Cscript%3E",
        ] {
            let answer = open(&shop, path, "en").await;
            let page = answer.text();
            assert_eq!(answer.status, 404, "{path}");
            assert!(
                page.contains("name=\"robots\" content=\"noindex\""),
                "{path}"
            );
            assert!(!page.contains("og:title"), "{path}");
            assert!(painted(&page).contains("id=\"main\""), "{path}");
            assert!(!painted(&page).contains("aria-busy"), "{path}");
        }
        // The app's other pages are as they were, and a room that only staff may know of is one of them.
        for path in [
            "/cart",
            "/orders/1",
            "/p/a/b",
            "/search?q=tea",
            "/live/none",
        ] {
            let answer = open(&shop, path, "en").await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(
                answer.text().contains("id=\"shell\" aria-busy=\"true\""),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn nothing_of_a_catalogue_leaves_its_place() {
    const NAME: &str =
        "</script><script>alert(1)</script> \" onload='x' style=\"a\" & <!--<b>茶</b>";
    let dist = build();
    let folder = dist.path().display().to_string();
    for shop in TestShop::each_with(&[("assets_dir", &folder)]).await {
        let file = changed_demo(&shop, |demo| {
            demo["products"][0]["title"] = json!({"zh": NAME, "en": NAME});
            demo["products"][0]["summary"] = json!({"zh": NAME, "en": NAME});
        });
        shop.import(&file).await.unwrap();
        for path in ["/", "/p/dandong-strawberry", "/c/xiaohe.orchard"] {
            let answer = open(&shop, path, "en").await;
            let page = answer.text();
            assert_eq!(answer.status, 200, "{path}");
            assert!(!page.contains("alert(1)</script>"), "{path}");
            assert!(!page.contains("<b>茶"), "{path}");
            let scripts = |page: &str| page.matches("<script").count();
            let held = inlined(&page);
            let built = scripts(include_str!("../../../../index.html"));
            assert_eq!(scripts(&page), built + held.len(), "{path}");
            let name = held
                .iter()
                .any(|(.., json)| json.to_string().contains("alert(1)"));
            assert!(name, "{path} holds it");
            assert!(
                page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"),
                "{path} shows it"
            );
            let policy = answer.header("content-security-policy");
            assert!(!policy.contains("unsafe-inline"), "{policy}");
        }
    }
}

#[tokio::test]
async fn the_style_of_a_first_screen_is_allowed_by_its_hash_alone() {
    use base64::Engine;
    use sha2::Digest;
    let (_dist, shops) = opened().await;
    for shop in shops {
        let answer = open(&shop, "/", "en").await;
        let page = answer.text();
        let (_, rest) = page.split_once("<style>").unwrap();
        let (style, _) = rest.split_once("</style>").unwrap();
        assert!(style.contains("--tone"), "{style}");
        let digest = sha2::Sha256::digest(style);
        let hash = base64::engine::general_purpose::STANDARD.encode(digest);
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains(&format!("style-src 'self' 'sha256-{hash}'")),
            "{policy}"
        );
    }
}

#[tokio::test]
async fn a_first_screen_is_a_guests_and_in_the_language_chosen_in_the_browser() {
    let (_dist, shops) = opened().await;
    for shop in shops {
        let person = crate::sharing::Person::new(&shop, 1).await;
        let mine = shop.get("/p/dandong-strawberry").lang("en");
        let mine = mine.cookie(&person.buyer.cookie).send().await.text();
        let theirs = open(&shop, "/p/dandong-strawberry", "en").await.text();
        assert_eq!(mine, theirs, "the same for everybody");
        let chosen = shop
            .get("/")
            .lang("zh-CN")
            .cookie("a=b; lang=en")
            .send()
            .await;
        assert_eq!(chosen.header("content-language"), "en");
        let odd = shop.get("/").lang("zh-CN").cookie("lang=xx").send().await;
        assert_eq!(odd.header("content-language"), "zh-CN");
    }
}

#[tokio::test]
async fn who_asks_too_often_gets_the_plain_page() {
    let dist = build();
    let folder = dist.path().display().to_string();
    let settings = [("assets_dir", folder.as_str()), ("rate_per_minute", "3")];
    for shop in TestShop::each_stocked_with(&settings).await {
        let mut last = String::new();
        for _ in 0..5 {
            let answer = open(&shop, "/", "en").await;
            assert_eq!(answer.status, 200);
            last = answer.text();
        }
        assert!(last.contains("id=\"shell\" aria-busy=\"true\""), "{last}");
    }
}
