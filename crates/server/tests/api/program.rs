//! The program `jishi` itself: what it says, what it ends with, how it stops.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::demo;

fn jishi(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jishi"));
    command
        .args(arguments)
        .current_dir(folder.path())
        .env_clear();
    command
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}{}", text(&output.stdout), text(&output.stderr))
}

/// A port that nobody has at the moment.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn wait(child: &mut Child) -> i32 {
    let patience = Instant::now() + Duration::from_secs(20);
    while Instant::now() < patience {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    panic!("did not stop");
}

#[test]
fn every_bad_setting_is_told_and_the_code_is_2() {
    let folder = TempDir::new().unwrap();
    let output = jishi(
        &folder,
        &[
            "serve",
            "--listen",
            "nowhere",
            "--database-url",
            "mysql://x",
        ],
    )
    .env("JISHI_PAY_TTL_S", "0")
    .output()
    .unwrap();
    assert_eq!(output.status.code(), Some(2));
    for part in [
        "listen = \"nowhere\"",
        "database_url = \"mysql://x\"",
        "pay_ttl_s = \"0\" (environment",
    ] {
        assert!(
            said(&output).contains(part),
            "{part} not in {}",
            said(&output)
        );
    }
}

#[test]
fn a_port_in_use_is_said_in_a_sentence() {
    let folder = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = jishi(&folder, &["serve", "--listen", &address])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains(&format!("{address} is in use: stop the program")),
        "{}",
        said(&output)
    );
    assert!(!said(&output).contains("panicked"));
    let output = jishi(
        &folder,
        &[
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--rtmp-listen",
            &address,
        ],
    )
    .output()
    .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words = format!(
        "{address} is in use: stop the program that has it, or choose another with --rtmp-listen"
    );
    assert!(said(&output).contains(&words), "{}", said(&output));
}

#[test]
fn import_says_what_it_did_and_why_it_did_not() {
    let folder = TempDir::new().unwrap();
    let catalogue = demo().display().to_string();
    let output = jishi(&folder, &["import", &catalogue]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("60 products with"),
        "{}",
        said(&output)
    );
    std::fs::write(folder.path().join("bad.json"), "{\"version\": 7}").unwrap();
    let output = jishi(&folder, &["import", "bad.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("version: must be 1"),
        "{}",
        said(&output)
    );
    let output = jishi(&folder, &["import", "missing.json"])
        .output()
        .unwrap();
    assert!(
        said(&output).contains("cannot read missing.json"),
        "{}",
        said(&output)
    );
}

#[test]
fn the_word_to_stop_ends_it_cleanly_and_its_log_is_json_with_request_ids() {
    let folder = TempDir::new().unwrap();
    let address = format!("127.0.0.1:{}", free_port());
    let mut server = jishi(&folder, &["serve", "--listen", &address])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    assert_eq!(
        lines.next().unwrap().unwrap(),
        format!("The shop is open at http://{address}")
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let asked = runtime
        .block_on(reqwest::get(format!(
            "http://{address}/api/products?q=secret-words"
        )))
        .unwrap();
    let id = asked.headers()["x-request-id"].to_str().unwrap().to_owned();
    let stopped = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status()
        .unwrap();
    assert!(stopped.success());
    assert_eq!(wait(&mut server), 0);
    let log = BufReader::new(server.stderr.take().unwrap());
    let log: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    let answered = log
        .iter()
        .find(|line| line["span"]["request_id"] == id.as_str());
    let answered = answered.expect("the request is in the log by its id");
    assert_eq!(
        (answered["route"].as_str(), answered["status"].as_u64()),
        (Some("/api/products"), Some(200))
    );
    assert!(
        log.iter()
            .all(|line| !line.to_string().contains("secret-words"))
    );
}

#[test]
fn openapi_prints_the_document() {
    let folder = TempDir::new().unwrap();
    let output = jishi(&folder, &["openapi"]).output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
}
