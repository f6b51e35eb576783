//! The project's own tools, run as `cargo xtask COMMAND`: one program instead of scripts, so
//! that setting up, building, starting and testing are the same everywhere.

mod bench;
mod build;
mod console;
mod ports;
mod process;
mod project;
mod promotions;
mod rooms;
mod setup;
mod shop;
mod size;
mod start;
mod test;
mod tidy;
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
    /// Set up, build and open the demo shop on this machine
    Start(start::Options),
    /// Run every check and test; the last line counts them
    Test {
        /// Only these stages
        #[arg(long, value_name = "STAGE", value_delimiter = ',')]
        only: Vec<test::Stage>,
    },
    /// Print ratios that compare this machine's results with each other, or what a browser measures here
    Bench(bench::Options),
    /// Write the generated style sheet and icons (Trunk calls this)
    Assets,
    /// Take the bundled app apart into its pieces (Trunk calls this)
    Split,
    /// Check the architecture's rules from the source
    Tidy,
    /// Weigh what the first screen loads, and fail over budget
    Size,
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
        Command::Start(options) => start::command(&project, &options)?,
        Command::Test { only } => return Ok(exit_code(test::command(&project, &only)?)),
        Command::Bench(options) => bench::command(&project, &options)?,
        Command::Assets => build::assets::write(&project)?,
        Command::Split => build::split::command(&project)?,
        Command::Tidy => return Ok(exit_code(tidy::command(&project)?)),
        Command::Size => return Ok(exit_code(size::command(&project)?)),
    }
    Ok(ExitCode::SUCCESS)
}

fn exit_code(good: bool) -> ExitCode {
    if good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
