//! A Rust that compiles for the browser: rustup's wasm32 target, or Debian's where rustup's
//! server is out of reach.

use std::time::Duration;

use anyhow::{Context, Result};

use super::{Need, apt, debian_std};
use crate::console::{say, step};
use crate::process::{Run, which};
use crate::project::Project;
use crate::toolchain::{
    DEBIAN_TOOLCHAIN, WASM_TARGET, WasmRust, debian_is_forced, newest_numbered, newest_wasm_ld,
};

/// How long rustup may take to fetch the target before the other way is taken.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// Makes sure some Rust compiles for the browser.
///
/// # Errors
/// When both ways fail.
pub fn install_missing(project: &Project, need: Need) -> Result<()> {
    match WasmRust::find() {
        Some(WasmRust::Rustup) => return Ok(()),
        Some(WasmRust::Debian { .. }) if debian_std::is_fresh() => return lint_tools(need),
        _ => {}
    }
    if !debian_is_forced() {
        match add_by_rustup() {
            Ok(()) => return Ok(()),
            Err(error) => say(format!("  not by rustup ({error:#}); taking Debian's Rust")),
        }
    }
    install_debian(project)?;
    lint_tools(need)
}

fn add_by_rustup() -> Result<()> {
    which("rustup").context("rustup is not on PATH")?;
    step(
        "Rust's wasm32 target",
        "the app runs in the browser",
        || {
            Run::new("rustup")
                .args(["target", "add", WASM_TARGET])
                .env("RUSTUP_MAX_RETRIES", "1")
                .within(RUSTUP_LIMIT)
                .visibly()
        },
    )
}

fn install_debian(project: &Project) -> Result<()> {
    let why = "a Rust that compiles for the browser";
    apt::install(&["rustc-web", "cargo-web", "rust-web-src"], why)?;
    if newest_wasm_ld().is_none() {
        apt::install(&[newest_lld()?.as_str()], "it links WebAssembly")?;
    }
    debian_std::build(project)?;
    Run::new("rustup")
        .args(["toolchain", "link", DEBIAN_TOOLCHAIN, "/usr"])
        .visibly()
}

/// Clippy must be of the compiler's own version, so Debian's comes with Debian's Rust.
fn lint_tools(need: Need) -> Result<()> {
    if need >= Need::Test && !std::path::Path::new("/usr/bin/cargo-clippy").exists() {
        apt::install(&["rust-web-clippy"], "clippy reads the browser's code too")?;
    }
    Ok(())
}

/// The newest `lld-N` the package lists know.
fn newest_lld() -> Result<String> {
    let list = Run::new("apt-cache")
        .args(["pkgnames", "lld-"])
        .read()
        .context("apt-cache does not answer")?;
    newest_numbered(list.lines().map(str::to_owned), "lld-")
        .context("the package lists know no lld")
}
