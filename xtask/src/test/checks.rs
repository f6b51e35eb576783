//! The stages that hold or do not, without tests of their own to count.

use anyhow::Result;

use super::Bench;
use super::count::Count;
use crate::build::{self, Profile};
use crate::process::Run;
use crate::toolchain::WASM_TARGET;
use crate::{size, tidy};

pub fn fmt(bench: &Bench<'_>) -> Result<Count> {
    held(
        bench,
        "fmt",
        Run::new("cargo").args(["fmt", "--all", "--check"]),
    )
}

pub fn tidy(bench: &Bench<'_>) -> Result<Count> {
    Ok(verdict(tidy::command(bench.project)?))
}

pub fn clippy(bench: &Bench<'_>) -> Result<Count> {
    let run = Run::new("cargo")
        .args(["clippy", "--workspace", "--all-targets", "--quiet"])
        .args(["--", "-D", "warnings"]);
    held(bench, "clippy", run)
}

pub fn clippy_wasm(bench: &Bench<'_>) -> Result<Count> {
    let run = bench
        .toolchain
        .run("cargo")
        .args(["clippy", "-p", "storefront", "--quiet"])
        // Not the library's own tests: they run on the host.
        .args(["--lib", "--bins", "--test", "web"])
        .args(["--target", WASM_TARGET, "--", "-D", "warnings"]);
    let studio = bench
        .toolchain
        .run("cargo")
        .args(["clippy", "-p", "studio", "--quiet", "--lib", "--bins"])
        .args(["--target", WASM_TARGET, "--", "-D", "warnings"]);
    let shop = held(bench, "clippy-wasm", run)?;
    match shop == Count::PASSED {
        true => held(bench, "clippy-wasm-studio", studio),
        false => Ok(shop),
    }
}

pub fn build(bench: &Bench<'_>) -> Result<Count> {
    build::run(bench.project, bench.toolchain, Profile::Release)?;
    Ok(Count::PASSED)
}

pub fn size(bench: &Bench<'_>) -> Result<Count> {
    Ok(verdict(size::command(bench.project)?))
}

fn held(bench: &Bench<'_>, name: &str, run: Run) -> Result<Count> {
    let status = run
        .dir(bench.project.root())
        .status_logged(&bench.project.log(name))?;
    Ok(verdict(status.success()))
}

fn verdict(good: bool) -> Count {
    if good { Count::PASSED } else { Count::FAILED }
}
