//! `cargo xtask setup`: installs what is missing, one step a need, and costs nothing when
//! all is there. Other commands call it first, each with the needs it has.

mod apt;
mod cargo_tools;
mod debian_std;
pub mod node;
mod wasm_rust;

use anyhow::Result;

use crate::console::say;
use crate::project::Project;
use crate::toolchain::Toolchain;

/// What the machine must be able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Build and start the shop.
    Start,
    /// And test it: a browser, a database server, fonts.
    Test,
}

/// Installs what `need` asks for and this machine lacks.
///
/// # Errors
/// When something is missing that cannot be installed; the message says what to do by hand.
pub fn run(project: &Project, need: Need) -> Result<Toolchain> {
    apt::install_missing(need)?;
    wasm_rust::install_missing(project, need)?;
    cargo_tools::install_missing(project)?;
    node::install_missing(project)?;
    Toolchain::find(project)
}

/// The command: [`run`], and a word at the end.
///
/// # Errors
/// As [`run`].
pub fn command(project: &Project, need: Need) -> Result<()> {
    run(project, need)?;
    say("Everything is in place.");
    Ok(())
}
