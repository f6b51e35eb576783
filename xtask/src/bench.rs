//! `cargo xtask bench`: ratios, which mean the same on every machine; never a time to keep to.

use anyhow::Result;

use crate::console::say;
use crate::process::Run;
use crate::project::Project;
use crate::size;

/// Prints every ratio that can be measured here.
///
/// # Errors
/// When the server's benchmarks do not build or run.
pub fn command(project: &Project) -> Result<()> {
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
