//! The project's own tools, run as `cargo xtask COMMAND`: one program instead of scripts, so
//! that setting up, building, starting and testing are the same everywhere.

mod build;
mod console;
mod process;
mod project;
mod setup;
mod test;
mod toolchain;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use build::Profile;
use project::Project;
use setup::Need;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set up, build, start and test Jishi")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing to build, start and test the shop
    Setup,
    /// Build the app, the server and the sandbox gateway
    Build {
        /// Without optimisation, for a quick look
        #[arg(long)]
        dev: bool,
    },
    /// Write the generated style sheet and icons (Trunk calls this)
    Assets,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let project = Project::find()?;
    match command {
        Command::Setup => setup::command(&project, Need::Test)?,
        Command::Build { dev } => {
            let toolchain = setup::run(&project, Need::Start)?;
            let profile = if dev { Profile::Dev } else { Profile::Release };
            build::run(&project, &toolchain, profile)?;
        }
        Command::Assets => build::assets::write(&project)?,
    }
    Ok(ExitCode::SUCCESS)
}
