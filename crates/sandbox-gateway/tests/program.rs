//! The program as people start it. It has a test binary to itself: starting a program copies open files for
//! a moment, and with them the lock of another test's ledger.

#![allow(clippy::unwrap_used, missing_docs)]

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Command, Stdio};

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_jishi-sandbox-gateway"))
}

#[test]
fn it_says_in_a_sentence_why_it_does_not_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let output = program()
        .args(["--listen", &listen, "--ledger", "/dev/null"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        said.contains("is already in use; stop the other program"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn it_says_where_it_is_and_ends_in_order_when_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.jsonl");
    let mut running = program()
        .args(["--listen", "127.0.0.1:0", "--ledger"])
        .arg(&ledger)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(
        line.contains("Sandbox gateway on http://127.0.0.1:"),
        "{line}"
    );
    let told = Command::new("kill")
        .arg(running.id().to_string())
        .status()
        .unwrap();
    assert!(told.success());
    assert!(running.wait().unwrap().success());
    assert!(ledger.exists());
}
