//! The few tools of the build and the browser suite that live on npm.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::console::step;
use crate::process::Run;
use crate::project::Project;

/// The oldest Node the packages run on: Debian 12's.
const OLDEST_NODE: u32 = 18;

/// Installs what the build and the browser suite need, where it is missing.
///
/// # Errors
/// When Node is too old or the registry is out of reach.
pub fn install_missing(project: &Project) -> Result<()> {
    let what = "wasm-opt, the icons' source, the browser tests' runner";
    install(project, "end2end", what)
}

/// Runs `npm ci` in a folder when the installed packages are not those of its lock file.
///
/// # Errors
/// When Node is too old or the registry is out of reach.
pub fn install(project: &Project, folder: &str, what: &str) -> Result<()> {
    check_node()?;
    let folder = project.path(folder);
    let lock = fs::read_to_string(folder.join("package-lock.json"))
        .with_context(|| format!("no package-lock.json in {}", folder.display()))?;
    // Inside the folder it speaks of, so that removing that folder removes it too.
    let stamp = folder.join("node_modules/.lock-installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("Node packages", what, || {
        Run::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .dir(&folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .visibly()?;
        Ok(fs::write(&stamp, &lock)?)
    })
}

fn check_node() -> Result<()> {
    let version = Run::new("node").arg("--version").read()?;
    match major(&version) {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node {OLDEST_NODE} or newer is needed, but `node` is {version}"),
    }
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }
}
