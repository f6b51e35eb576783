//! The server that is killed: a shop of its own on a database, started again after each death.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use contract::UserId;
use indicatif::ProgressBar;
use server::auth::{Token, begin_session};
use server::clock::{Clock, SystemClock};
use server::config::{Config, Sources};
use server::db::Db;
use server::import::{Options, import};
use tokio::process::{Child, Command};

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port()
}

/// A stocked shop with customers who are signed in, changed by some SQL; answers the customers' cookies.
pub async fn prepare(
    database_url: &str,
    folder: &Path,
    changes: &[&'static str],
    customers: u32,
) -> Vec<String> {
    let flags = BTreeMap::from([("database_url".to_owned(), database_url.to_owned())]);
    let config = Config::read(&Sources::new(flags, Default::default())).unwrap();
    let now = SystemClock.now();
    let db = Db::open(database_url).await.unwrap();
    db.migrate(now).await.unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/catalogue.json");
    let media = folder.join("media");
    let (plain, hidden) = (Options::default(), ProgressBar::hidden());
    import(&db, &media, &demo, now, &plain, &hidden)
        .await
        .unwrap();

    let mut tx = db.begin().await.unwrap();
    for sql in changes {
        sqlx::query(*sql).execute(tx.conn()).await.unwrap();
    }
    let mut cookies = Vec::new();
    for number in 0..customers {
        let user = UserId(format!("buyer-{number}"));
        let token = Token::of_sign_in(&config, &[user.as_str()]).unwrap();
        sqlx::query(
            "INSERT INTO account (id, phone, neighbour_no, created_at) VALUES ($1, $2, 1, 0)",
        )
        .bind(user.as_str())
        .bind(format!("+861{number}"))
        .execute(tx.conn())
        .await
        .unwrap();
        begin_session(tx.conn(), &user, &token, None, now)
            .await
            .unwrap();
        let header = token.cookie(&config).unwrap();
        let cookie = header.to_str().unwrap().split(';').next().unwrap();
        cookies.push(cookie.to_owned());
    }
    tx.commit().await.unwrap();
    db.close().await;
    cookies
}

/// Starts the server. With `dies_after` it ends itself, as by kill -9, once that many changes with events and
/// one more are committed, before anything is told of the last.
pub async fn start(
    database_url: &str,
    folder: &Path,
    port: u16,
    dies_after: Option<u32>,
    settings: &[(&str, &str)],
) -> Child {
    let point = dies_after.map(|commits| format!("outbox_committed={commits}*off->return"));
    let server = Command::new(env!("CARGO_BIN_EXE_jishi"))
        .env("FAILPOINTS", point.unwrap_or_default())
        .current_dir(folder)
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .args(["--database-url", database_url, "--relay-poll-ms", "60000"])
        .args(["--rate-per-minute", "1000000", "--log", "error"])
        .args(settings.iter().flat_map(|(name, value)| [*name, *value]))
        .stdout(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let began = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it does not start"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    server
}

/// Waits until something is so; twenty seconds at most.
pub async fn wait(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "never: {what}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
