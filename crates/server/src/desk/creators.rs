//! Saying which creator a phone number is, so that its owner may publish videos.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use server::AppState;
use server::auth::creator;
use server::config::Config;
use server::phone::Phone;

use super::text;

/// The commands.
pub fn command() -> Command {
    let phone = || Arg::new("PHONE").required(true).help("A mobile number");
    Command::new("creator")
        .about("Say who publishes videos, and as which creator")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List every number that is a creator"))
        .subcommand(
            Command::new("grant")
                .about("Make a phone number a creator; its owner is one from the next request on")
                .arg(phone())
                .arg(
                    Arg::new("HANDLE")
                        .required(true)
                        .help("The creator's word in addresses"),
                ),
        )
        .subcommand(
            Command::new("revoke")
                .about("Make a phone number no creator any more, at once")
                .arg(phone()),
        )
}

/// Carries one out.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let state = AppState::open(config).await?;
    let mut tx = state.db.begin().await?;
    match asked.subcommand() {
        Some(("grant", args)) => {
            let (handle, phone) = (text(args, "HANDLE"), Phone::parse(&text(args, "PHONE"))?);
            if !creator::grant(&mut tx, &phone, &handle, state.clock.now()).await? {
                return Err(format!("this shop has no creator {handle}").into());
            }
        }
        Some(("revoke", args)) => {
            let phone = Phone::parse(&text(args, "PHONE"))?;
            if !creator::revoke(&mut tx, &phone).await? {
                return Err(format!("{} is no creator", text(args, "PHONE")).into());
            }
        }
        _ => {
            for (phone, handle) in creator::list(tx.conn()).await? {
                println!("{phone} {handle}");
            }
        }
    }
    tx.commit().await?;
    state.db.close().await;
    Ok(())
}
