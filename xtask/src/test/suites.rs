//! The stages made of Rust tests.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use super::Bench;
use super::count::Count;
use super::postgres::Postgres;
use crate::process::{Run, which};
use crate::toolchain::WASM_TARGET;

/// Compiling and running one suite on a small, busy machine; what takes longer hangs.
const LIMIT: Duration = Duration::from_secs(45 * 60);

/// Every package on this machine; the API suite takes SQLite.
pub fn host(bench: &Bench<'_>) -> Result<Count> {
    let run = Run::new("cargo")
        .args(["test", "--workspace", "--no-fail-fast"])
        .without_env(POSTGRES_URL);
    counted(bench, "host", run)
}

/// Tells the server's tests which PostgreSQL to use.
const POSTGRES_URL: &str = "JISHI_TEST_POSTGRES_URL";

/// The API suite once more, on a database server of its own.
pub fn postgres(bench: &Bench<'_>) -> Result<Count> {
    let postgres = Postgres::start(&bench.project.log("postgres-start"))?;
    let run = Run::new("cargo")
        .args(["test", "-p", "server", "--test", "api", "--no-fail-fast"])
        .env(POSTGRES_URL, postgres.url());
    counted(bench, "postgres", run)
}

/// What only a browser can tell, in headless Chromium (`webdriver.json` says how it starts).
pub fn wasm(bench: &Bench<'_>) -> Result<Count> {
    let driver = which("chromedriver").context("chromedriver is not on PATH")?;
    let run = bench
        .toolchain
        .run("cargo")
        .args([
            "test",
            "-p",
            "storefront",
            "--test",
            "web",
            "--no-fail-fast",
        ])
        .args(["--target", WASM_TARGET])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180");
    counted(bench, "wasm", run)
}

fn counted(bench: &Bench<'_>, name: &str, run: Run) -> Result<Count> {
    let log = bench.project.log(name);
    let status = run
        .dir(bench.project.root())
        .within(LIMIT)
        .status_logged(&log)?;
    let text = fs::read_to_string(&log).context("the stage's log cannot be read")?;
    Ok(Count::from_libtest(&text, status.success()))
}
