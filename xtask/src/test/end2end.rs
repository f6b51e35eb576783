//! Playwright against a shop of its own: new database, free ports, gone at the end.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use super::Bench;
use super::count::Count;
use crate::build::Profile;
use crate::ports::free_port;
use crate::process::{Run, which};
use crate::shop::{Place, Shop};
use crate::toolchain::tool_path;

/// The whole walk; what takes longer hangs.
const LIMIT: Duration = Duration::from_secs(30 * 60);

/// Starts a shop, lets Playwright walk through it, and counts.
pub fn run(bench: &Bench<'_>) -> Result<Count> {
    let project = bench.project;
    let data = tempfile::Builder::new()
        .prefix("jishi-end2end-")
        .tempdir()?;
    let place = Place::to_throw_away(project, data.path())?;
    let (rtmp, recordings) = (
        format!("127.0.0.1:{}", free_port()?),
        data.path().join("live"),
    );
    let recordings = recordings.display().to_string();
    // Every test comes as an address of its own, and together they ask more than any person.
    let settings = [
        ("JISHI_RTMP_LISTEN", rtmp.as_str()),
        ("JISHI_LIVE_DIR", &recordings),
        ("JISHI_TRUSTED_PROXIES", "1"),
        ("JISHI_RATE_PER_MINUTE", "100000"),
        // Its time is the browser's.
        ("JISHI_AVIF", "off"),
    ];
    let shop = Shop::open(project, &place, Profile::Release, &settings)?;
    // Live pictures are tested without a shop around them too.
    Run::new("cargo")
        .args(["build", "--release", "-p", "media", "--example", "stage"])
        .dir(project.root())
        .logged(&project.log("end2end-stage"))?;
    let report = project.state().join("end2end.json");
    let _ = fs::remove_file(&report);
    let status = Run::new("npx")
        .args(["--no-install", "playwright", "test"])
        .dir(project.path("end2end"))
        .env("PATH", tool_path(project)?)
        .env("BASE_URL", place.url())
        .env("GATEWAY_URL", place.gateway_url())
        .envs(place.import_settings(project, Profile::Release))
        .env(
            "CHROMIUM",
            which("chromium").context("chromium is not on PATH")?,
        )
        .env(
            "JISHI_STAGE",
            project.target().join("release/examples/stage"),
        )
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .within(LIMIT)
        .status_logged(&project.log("end2end"))?;
    shop.close();
    Ok(Count::from_playwright(
        &fs::read_to_string(&report).unwrap_or_default(),
        status.success(),
    ))
}
