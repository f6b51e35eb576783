//! Reviewing payouts of commission.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use contract::WithdrawalId;
use contract::earnings::WithdrawalState;
use server::config::Config;
use server::payout::store::{self, WithdrawalRow};
use server::words::{from_word, to_word};
use server::{AppState, payout};

use super::text;

/// The most payouts that are listed.
const SHOWN: i64 = 100;

/// The commands about payouts.
pub fn command() -> Command {
    let id = || Arg::new("ID").required(true).help("As listed");
    Command::new("withdrawals")
        .about("Review payouts of commission")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("list").about("List the newest payouts").arg(
                Arg::new("state")
                    .long("state")
                    .value_name("STATE")
                    .help("requested, approved, paying, paid, failed or rejected"),
            ),
        )
        .subcommand(
            Command::new("approve")
                .about("Let a payout be transferred")
                .arg(id()),
        )
        .subcommand(
            Command::new("reject")
                .about("Refuse a payout: the money is back in the balance")
                .arg(id())
                .arg(
                    Arg::new("reason")
                        .long("reason")
                        .value_name("TEXT")
                        .help("What its owner is told")
                        .default_value(""),
                ),
        )
        .subcommand(
            Command::new("retry")
                .about("Transfer a payout again whose transfer failed")
                .arg(id()),
        )
}

/// Carries out a command about payouts.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let state = AppState::open(config).await?;
    let id = |args: &ArgMatches| WithdrawalId(text(args, "ID"));
    match asked.subcommand() {
        Some(("approve", args)) => payout::approve(&state, &id(args)).await?,
        Some(("retry", args)) => payout::retry(&state, &id(args)).await?,
        Some(("reject", args)) => {
            payout::reject(&state, &id(args), &text(args, "reason")).await?;
        }
        Some(("list", args)) => list(&state, &text(args, "state")).await?,
        _ => {}
    }
    state.db.close().await;
    Ok(())
}

async fn list(state: &AppState, of: &str) -> Result<(), Box<dyn Error>> {
    let of: Option<WithdrawalState> = match of {
        "" => None,
        word => Some(
            from_word(word.to_owned()).map_err(|_| format!("{word} is no state of a payout"))?,
        ),
    };
    let mut conn = state.db.reader().acquire().await?;
    for row in store::latest(&mut conn, of, SHOWN).await? {
        println!("{}", line(&row)?);
    }
    Ok(())
}

fn line(row: &WithdrawalRow) -> Result<String, Box<dyn Error>> {
    let reason = row.reason.as_deref().unwrap_or_default();
    let whole = format!(
        "{} {:9} {:>10} {} {} {reason}",
        row.id,
        to_word(row.state)?,
        row.amount.minor,
        row.amount.currency,
        row.owner,
    );
    Ok(whole.trim_end().to_owned())
}
