//! Live pictures, measured by Chromium: delay, stalls, and what many viewers cost. docs/LIVE.md keeps the figures
//! beside their goals.

use anyhow::{Context, Result};

use super::Options;
use crate::process::{Run, which};
use crate::project::Project;
use crate::setup::{self, Need};
use crate::toolchain::tool_path;

/// A stage, ffmpeg with a clock in its picture, and Chromium that reads it.
///
/// # Errors
/// When a part does not build or run.
pub fn run(project: &Project, options: &Options) -> Result<()> {
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
