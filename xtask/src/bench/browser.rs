//! What Chromium measures against a shop of its own, as it is shipped.

use std::fs;
use std::path::PathBuf;
use std::thread::available_parallelism;

use anyhow::{Context, Result};

use super::catalogue;
use crate::build::{self, Profile};
use crate::console::say;
use crate::process::{Run, which};
use crate::project::Project;
use crate::setup::{self, Need, node};
use crate::shop::{Place, Shop};
use crate::toolchain::tool_path;

/// Cards of the long feed.
const CARDS: usize = 10_000;

/// Lighthouse on the demo shop.
///
/// # Errors
/// When the shop does not open, or Lighthouse cannot measure it.
pub fn first_screen(project: &Project) -> Result<()> {
    node::install(project, "end2end/bench", "Lighthouse")?;
    let reports = project.state().join("lighthouse");
    fs::create_dir_all(&reports)?;
    measure(
        project,
        None,
        "first_screen.mjs",
        &[("REPORTS", reports.clone())],
    )?;
    say(format!("\nWhole reports: {}", reports.display()));
    Ok(())
}

/// The demo's goods over and over, until the feed is long.
///
/// # Errors
/// When the shop does not open, or its feed cannot be scrolled.
pub fn scroll(project: &Project) -> Result<()> {
    let folder = tempfile::Builder::new().prefix("jishi-bench-").tempdir()?;
    let file = catalogue::write(&project.path("demo"), folder.path(), CARDS)?;
    measure(
        project,
        Some(file),
        "scroll.mjs",
        &[("CARDS", CARDS.to_string().into())],
    )
}

/// The demo's short videos, swiped through a hundred times.
///
/// # Errors
/// When the shop does not open, or its videos cannot be swiped through.
pub fn shorts(project: &Project) -> Result<()> {
    measure(project, None, "shorts.mjs", &[])
}

/// Opens a shop and lets a script of `end2end/bench` visit it.
fn measure(
    project: &Project,
    catalogue: Option<PathBuf>,
    script: &str,
    settings: &[(&str, PathBuf)],
) -> Result<()> {
    let toolchain = setup::run(project, Need::Test)?;
    build::run(project, &toolchain, Profile::Release)?;
    let data = tempfile::Builder::new().prefix("jishi-bench-").tempdir()?;
    let mut place = Place::to_throw_away(project, data.path())?;
    place.catalogue = catalogue.unwrap_or(place.catalogue);
    let limits = [("JISHI_RATE_PER_MINUTE", "100000"), ("JISHI_AVIF", "off")];
    let shop = Shop::open(project, &place, Profile::Release, &limits)?;
    say(format!(
        "{} processors, shared with the shop and whatever else runs here",
        available_parallelism().map_or(1, usize::from)
    ));
    let measured = Run::new("node")
        .arg(script)
        .dir(project.path("end2end/bench"))
        .env("PATH", tool_path(project)?)
        .env("BASE_URL", place.url())
        .env(
            "CHROMIUM",
            which("chromium").context("chromium is not on PATH")?,
        )
        .envs(settings.iter().map(|(name, value)| (*name, value)))
        .visibly();
    shop.close();
    measured
}
