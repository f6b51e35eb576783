//! `cargo xtask bench`: ratios, which mean the same on every machine; never a time to keep to. What a browser
//! measures here is told as it is: docs/PERFORMANCE.md and docs/LIVE.md keep it beside its goals.

mod browser;
mod catalogue;
mod live;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::console::say;
use crate::process::Run;
use crate::project::Project;
use crate::size;

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
    /// Lighthouse on the feed and a product, the median of five
    FirstScreen,
    /// A feed of ten thousand cards, scrolled to its end
    Scroll,
    /// A hundred swipes through the short videos: memory, and how soon a picture moves
    Shorts,
    /// Delay, stalls and event errors of live pictures, and what many viewers cost
    Live,
}

/// Prints what was asked for.
///
/// # Errors
/// When a benchmark does not build or run.
pub fn command(project: &Project, options: &Options) -> Result<()> {
    match options.what {
        None => ratios(project),
        Some(What::FirstScreen) => browser::first_screen(project),
        Some(What::Scroll) => browser::scroll(project),
        Some(What::Shorts) => browser::shorts(project),
        Some(What::Live) => live::run(project, options),
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
