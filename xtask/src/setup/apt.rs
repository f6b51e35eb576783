//! Programs that come as Debian packages: asked for only when their program is missing.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Once;

use anyhow::{Context, Result, bail};

use super::Need;
use crate::console::step;
use crate::process::{Run, which};

/// One thing the project needs from the system, and the packages that bring it.
struct Requirement {
    need: Need,
    why: &'static str,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        need: Need::Start,
        why: "SQLite is compiled from its C source",
        packages: &["build-essential"],
        is_there: || which("cc").is_some(),
    },
    Requirement {
        need: Need::Start,
        why: "wasm-opt, which makes the app small, runs on Node",
        packages: &["nodejs", "npm"],
        is_there: || which("node").is_some() && which("npm").is_some(),
    },
    Requirement {
        need: Need::Start,
        why: "short videos are made by it, and it stands in for a host's camera",
        packages: &["ffmpeg"],
        is_there: || which("ffmpeg").is_some() && which("ffprobe").is_some(),
    },
    Requirement {
        need: Need::Test,
        why: "the app is tested in a real browser",
        packages: &["chromium", "chromium-driver"],
        is_there: || which("chromium").is_some() && which("chromedriver").is_some(),
    },
    Requirement {
        need: Need::Test,
        why: "screenshots show Chinese",
        packages: &["fonts-noto-cjk"],
        is_there: || Path::new("/usr/share/fonts/opentype/noto").is_dir(),
    },
    Requirement {
        need: Need::Test,
        why: "the API suite also runs on PostgreSQL",
        packages: &["postgresql"],
        is_there: || crate::test::postgres::binaries().is_some(),
    },
];

/// Installs the packages of every requirement of `need` whose program is missing.
///
/// # Errors
/// When they cannot be installed; the message names them.
pub fn install_missing(need: Need) -> Result<()> {
    for missing in REQUIREMENTS
        .iter()
        .filter(|requirement| requirement.need <= need && !(requirement.is_there)())
    {
        install(missing.packages, missing.why)?;
    }
    Ok(())
}

/// Installs `packages`, refreshing the package lists once a run.
///
/// # Errors
/// When this is not a Debian, not root and without sudo, or apt fails.
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let names = packages.join(" ");
    let by_hand = || format!("install these packages by hand, then run this again: {names}");
    if which("apt-get").is_none() {
        bail!("this system has no apt-get; {}", by_hand());
    }
    if as_root("true").is_none() {
        bail!("you are not root and sudo is not to be had; {}", by_hand());
    }
    step(&format!("Debian packages {names}"), why, || {
        refresh_lists();
        apt_get()?
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages)
            .visibly()
    })
    .with_context(by_hand)
}

/// Runs `program` as root: directly, or by sudo. None when neither is possible.
pub fn as_root(program: &str) -> Option<Run> {
    if rustix::process::geteuid().is_root() {
        return Some(Run::new(program));
    }
    which("sudo")?;
    if std::io::stdin().is_terminal() {
        return Some(Run::new("sudo").with_stdin().arg(program));
    }
    Run::new("sudo").args(["-n", "true"]).read().ok()?;
    Some(Run::new("sudo").args(["-n", program]))
}

fn apt_get() -> Result<Run> {
    let run = as_root("env").context("neither root nor sudo")?;
    Ok(run.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]))
}

/// Without its lists apt knows no package; that they could not be refreshed is no failure yet,
/// because those on the machine may do.
fn refresh_lists() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if let Err(error) = apt_get().and_then(|run| run.arg("update").visibly()) {
            println!("  the package lists could not be refreshed: {error:#}");
        }
    });
}
