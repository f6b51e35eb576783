//! Saying who works for the shop, and as what.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use contract::live_studio::StaffRole;
use server::AppState;
use server::auth::staff;
use server::config::Config;
use server::phone::Phone;
use server::words::from_word;

use super::text;

/// The commands.
pub fn command() -> Command {
    let phone = || Arg::new("PHONE").required(true).help("A mobile number");
    Command::new("staff")
        .about("Say who works for the shop, and as what")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List everybody who has a role"))
        .subcommand(
            Command::new("grant")
                .about("Give a phone number a role; its owner has it from the next request on")
                .arg(phone())
                .arg(
                    Arg::new("ROLE")
                        .required(true)
                        .value_parser(["host", "campaign_editor", "support", "accountant", "owner"])
                        .help("host runs live rooms, campaign_editor writes promotions, support gives money back, accountant reads the books, owner may do everything"),
                ),
        )
        .subcommand(
            Command::new("revoke")
                .about("Take a phone number's role away, at once")
                .arg(phone()),
        )
}

/// Carries one out.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let state = AppState::open(config).await?;
    let mut tx = state.db.begin().await?;
    match asked.subcommand() {
        Some(("grant", args)) => {
            let role: StaffRole = from_word(text(args, "ROLE"))?;
            let phone = Phone::parse(&text(args, "PHONE"))?;
            staff::grant(&mut tx, &phone, role, state.clock.now()).await?;
        }
        Some(("revoke", args)) => {
            let phone = Phone::parse(&text(args, "PHONE"))?;
            if !staff::revoke(&mut tx, &phone).await? {
                return Err(format!("{} has no role", text(args, "PHONE")).into());
            }
        }
        _ => {
            for (phone, role) in staff::list(tx.conn()).await? {
                println!("{phone} {role}");
            }
        }
    }
    tx.commit().await?;
    state.db.close().await;
    Ok(())
}
