//! Suspending sharers and letting them share again (rules.md A6).

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use server::AppState;
use server::attribution::store::suspended;
use server::attribution::store::traits;
use server::config::Config;
use server::phone::Phone;

use super::text;

/// The commands about sharers.
pub fn command() -> Command {
    let who = || {
        Arg::new("SHARER")
            .required(true)
            .help("A phone number, or an account as payouts are listed with")
    };
    Command::new("sharers")
        .about("Suspend sharers: their links bring them nothing and nothing is paid out")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(Command::new("list").about("List who is suspended, and why"))
        .subcommand(
            Command::new("suspend")
                .about("Suspend a sharer; orders that were made before keep what they pay")
                .arg(who())
                .arg(
                    Arg::new("reason")
                        .long("reason")
                        .value_name("TEXT")
                        .required(true)
                        .help("Why, for the shop itself"),
                ),
        )
        .subcommand(
            Command::new("reinstate")
                .about("Let a sharer earn again by orders made from now on")
                .arg(who()),
        )
}

/// Carries out a command about sharers.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let state = AppState::open(config).await?;
    match asked.subcommand() {
        Some(("suspend", args)) => {
            decide(&state, &text(args, "SHARER"), Some(&text(args, "reason"))).await?;
        }
        Some(("reinstate", args)) => decide(&state, &text(args, "SHARER"), None).await?,
        _ => list(&state).await?,
    }
    state.db.close().await;
    Ok(())
}

async fn decide(state: &AppState, who: &str, reason: Option<&str>) -> Result<(), Box<dyn Error>> {
    let mut tx = state.db.begin().await?;
    // As it was signed in with, whether or not it is written so.
    let phone = Phone::parse(who).map(|phone| phone.as_str().to_owned());
    let account = suspended::account_of(tx.conn(), who, phone.as_deref().unwrap_or(who))
        .await?
        .ok_or_else(|| format!("nobody has the number or account {who}"))?;
    traits::suspend(tx.conn(), &account, reason, state.clock.now()).await?;
    tx.commit().await?;
    match reason {
        Some(_) => println!("{account} is suspended"),
        None => println!("{account} may share"),
    }
    Ok(())
}

async fn list(state: &AppState) -> Result<(), Box<dyn Error>> {
    let mut conn = state.db.reader().acquire().await?;
    for (account, reason) in suspended::all(&mut conn).await? {
        println!("{account} {reason}");
    }
    Ok(())
}
