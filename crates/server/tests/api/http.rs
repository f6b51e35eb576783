//! What browsers and machines are told: files, headers, probes, limits.

use std::fs;
use std::path::Path;

use contract::ErrorCode;
use tempfile::TempDir;

use crate::harness::TestShop;

/// A small build of the app, as Trunk would write it.
fn build() -> TempDir {
    let dist = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(dist.path().join(name), text).unwrap();
    write(
        "index.html",
        "<script src=\"/boot-0123456789abcdef.js\"></script><script type=\"module\">go()</script>",
    );
    write("app-0123456789abcdef.js", "plain");
    write("app-0123456789abcdef.js.br", "brotli");
    write("app-0123456789abcdef.js.gz", "gzip");
    write("icons.svg", "<svg/>");
    write("sw.js", "worker");
    fs::create_dir(dist.path().join(".stage")).unwrap();
    write(".stage/half.js", "half");
    dist
}

async fn built() -> (TempDir, Vec<TestShop>) {
    let dist = build();
    let folder = dist.path().display().to_string();
    let shops = TestShop::each_with(&[("assets_dir", &folder)]).await;
    (dist, shops)
}

#[tokio::test]
async fn every_path_of_the_app_gets_its_page_which_is_never_kept() {
    let (_dist, shops) = built().await;
    for shop in shops {
        for path in [
            "/",
            "/index.html",
            "/p/dandong-strawberry",
            "/orders/1?state=paid",
            "/search",
        ] {
            let answer = shop.get(path).send().await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
            assert!(answer.text().contains("go()"), "{path}");
            let policy = answer.header("content-security-policy");
            // printf 'go()' | openssl dgst -sha256 -binary | base64
            assert!(
                policy.contains("'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"),
                "{policy}"
            );
            assert!(policy.contains("require-trusted-types-for 'script'; trusted-types default"));
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        }
    }
}

#[tokio::test]
async fn a_new_build_is_seen_without_a_new_start() {
    let (dist, shops) = built().await;
    for shop in &shops {
        shop.get("/").send().await;
        let page = dist.path().join("index.html");
        fs::write(&page, format!("<p>new on {}</p>", shop.on)).unwrap();
        let later = std::time::SystemTime::now() + std::time::Duration::from_secs(5);
        fs::File::options()
            .write(true)
            .open(&page)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert!(
            shop.get("/")
                .send()
                .await
                .text()
                .contains(&format!("new on {}", shop.on))
        );
        fs::File::options()
            .write(true)
            .open(&page)
            .unwrap()
            .set_modified(later - std::time::Duration::from_secs(60))
            .unwrap();
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_come_compressed() {
    let (_dist, shops) = built().await;
    for shop in shops {
        for (accepted, coding, body) in [
            ("br, gzip", "br", "brotli"),
            ("gzip", "gzip", "gzip"),
            ("identity", "", "plain"),
        ] {
            let answer = shop
                .get("/app-0123456789abcdef.js")
                .header("accept-encoding", accepted)
                .send()
                .await;
            assert_eq!(
                (answer.header("content-encoding"), answer.text().as_str()),
                (coding, body)
            );
            assert_eq!(
                answer.header("cache-control"),
                "public, max-age=31536000, immutable"
            );
            assert_eq!(answer.header("content-type"), "text/javascript");
        }
        assert_eq!(
            shop.get("/icons.svg").send().await.header("cache-control"),
            "public, max-age=60"
        );
        let worker = shop.get("/sw.js").send().await;
        assert_eq!(worker.header("cache-control"), "no-cache");
        let policy = worker.header("content-security-policy");
        assert!(
            policy.contains("connect-src 'self'"),
            "it fetches what it keeps: {policy}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_404_and_never_the_page() {
    let (_dist, shops) = built().await;
    for shop in shops {
        for path in [
            "/app-ffffffffffffffff.js",
            "/media/products/none.webp",
            "/.stage/half.js",
            "/../Cargo.toml",
            "/media/../shop.db",
            "/%2e%2e/%2e%2e/etc/passwd.txt",
            "/media/%2e%2e/index.html",
        ] {
            let answer = shop.get(path).send().await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
        assert_eq!(shop.post("/").json(&()).send().await.status, 405);
    }
}

#[tokio::test]
async fn pictures_are_served_and_kept_for_ever() {
    for shop in TestShop::each_stocked().await {
        let src: String = sqlx::query_scalar("SELECT src FROM media ORDER BY src LIMIT 1")
            .fetch_one(shop.state.db.reader())
            .await
            .unwrap();
        let answer = shop.get(&src).send().await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "image/webp")
        );
        assert!(answer.header("cache-control").contains("immutable"));
    }
}

#[tokio::test]
async fn a_shop_that_is_not_built_says_what_to_do() {
    for shop in TestShop::each().await {
        let answer = shop.get("/").send().await;
        assert_eq!(answer.status, 503);
        assert!(answer.text().contains("cargo xtask build"));
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (_dist, shops) = built().await;
    for shop in shops {
        for path in [
            "/",
            "/icons.svg",
            "/none.js",
            "/api/home",
            "/api/none",
            "/healthz",
            "/metrics",
            "/sandbox/sms",
            "/media/x.webp",
        ] {
            let answer = shop.get(path).send().await;
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(
                answer.header("cross-origin-opener-policy"),
                "same-origin",
                "{path}"
            );
            assert_eq!(
                answer.header("referrer-policy"),
                "strict-origin-when-cross-origin",
                "{path}"
            );
            assert!(
                answer.header("permissions-policy").contains("camera=()"),
                "{path}"
            );
            assert!(
                answer
                    .header("content-security-policy")
                    .contains("frame-ancestors 'none'"),
                "{path}"
            );
            assert!(
                answer
                    .header("content-security-policy")
                    .starts_with("default-src 'none'"),
                "{path}"
            );
            assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
            assert_eq!(
                answer.header("strict-transport-security"),
                "",
                "{path}: plain http must not ask for https"
            );
        }
        assert_eq!(
            shop.get("/api/home").send().await.header("cache-control"),
            "no-store"
        );
    }
}

#[tokio::test]
async fn a_shop_on_https_asks_to_stay_there() {
    for shop in TestShop::each_with(&[("public_url", "https://shop.example")]).await {
        let answer = shop.get("/api/home").send().await;
        assert!(
            answer
                .header("strict-transport-security")
                .starts_with("max-age=31536000")
        );
    }
}

#[tokio::test]
async fn the_probes_tell_whether_the_shop_can_work() {
    for shop in TestShop::each().await {
        assert_eq!(shop.get("/healthz").send().await.status, 200);
        assert_eq!(shop.get("/readyz").send().await.status, 200);
        shop.get("/api/home").send().await;
        let figures = shop.get("/metrics").send().await.text();
        assert!(
            figures.contains(
                r#"jishi_http_answers_total{method="GET",route="/api/home",status="200"}"#
            ),
            "{figures}"
        );
        assert!(figures.contains("jishi_http_answer_seconds_bucket"));
        shop.state.db.close().await;
        assert_eq!(shop.get("/readyz").send().await.status, 503);
        assert_eq!(shop.get("/healthz").send().await.status, 200);
        let error = shop.get("/api/home").refused(ErrorCode::Internal).await;
        assert!(!error.message.contains("pool"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    for shop in TestShop::each().await {
        let large = format!("{{\"lines\":[{}]}}", " ".repeat(70_000));
        let answer = shop.post("/api/quotes").body(large).send().await;
        assert_eq!(answer.status, 413, "{}", answer.text());
    }
}

/// `UPDATE_DOCUMENT=1 cargo test -p server document` writes the file anew.
#[test]
fn the_committed_document_is_the_one_that_the_handlers_make() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let made = format!("{}\n", server::http::document().unwrap());
    if std::env::var_os("UPDATE_DOCUMENT").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "docs/openapi.json is old: run UPDATE_DOCUMENT=1 cargo test -p server document"
    );
}
