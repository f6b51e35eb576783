//! `cargo xtask bench`: ratios, which mean the same on every machine; never a time to keep to. Live pictures
//! alone are told in milliseconds (`cargo xtask bench live`): docs/LIVE.md keeps them beside their goals.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::console::say;
use crate::process::{Run, which};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::size;
use crate::toolchain::tool_path;

/// What is measured.
#[derive(Debug, Args)]
pub struct Options {
    /// Only this; the ratios unless told
    what: Option<What>,
    /// Minutes that each engine of the live player is watched
    #[arg(long, default_value_t = 1)]
    minutes: u32,
    /// Viewers at once
    #[arg(long, default_value_t = 400)]
    viewers: u32,
}

/// One part of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Delay, stalls and event errors of live pictures, and what many viewers cost
    Live,
}

/// Prints what was asked for.
///
/// # Errors
/// When a benchmark does not build or run.
pub fn command(project: &Project, options: &Options) -> Result<()> {
    match options.what {
        Some(What::Live) => live(project, options),
        None => ratios(project),
    }
}

fn ratios(project: &Project) -> Result<()> {
    say("Server (its benchmarks print ratios against a bare run of the same moment):");
    Run::new("cargo")
        .args(["bench", "--quiet", "-p", "server"])
        .dir(project.root())
        .visibly()?;
    match size::share_of_budget(project) {
        Ok(share) => say(format!("First load / its budget: {share:.2}")),
        Err(error) => say(format!("First load / its budget: not measured ({error:#})")),
    }
    Ok(())
}

/// A stage, ffmpeg with a clock in its picture, and Chromium that reads it.
fn live(project: &Project, options: &Options) -> Result<()> {
    setup::run(project, Need::Test)?;
    Run::new("cargo")
        .args(["build", "--release", "-p", "media", "--example", "stage"])
        .dir(project.root())
        .visibly()?;
    Run::new("npx")
        .args([
            "--no-install",
            "playwright",
            "test",
            "--project=bench",
            "--reporter=line",
        ])
        .dir(project.path("end2end"))
        .env("PATH", tool_path(project)?)
        .env(
            "CHROMIUM",
            which("chromium").context("chromium is not on PATH")?,
        )
        .env(
            "JISHI_STAGE",
            project.target().join("release/examples/stage"),
        )
        .env("BENCH", "live")
        .env("BENCH_MINUTES", options.minutes.to_string())
        .env("BENCH_VIEWERS", options.viewers.to_string())
        .visibly()
}
