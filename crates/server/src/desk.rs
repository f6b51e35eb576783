//! What the shop's owner decides about sharers from the command line, on the shop's own database.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use contract::WithdrawalId;
use contract::earnings::WithdrawalState;
use server::commission::rates;
use server::config::Config;
use server::goods::product_of;
use server::payout::store::{self, WithdrawalRow};
use server::words::{from_word, to_word};
use server::{AppState, payout};

/// The most payouts that are listed.
const SHOWN: i64 = 100;

/// The commands about payouts.
pub fn withdrawals() -> Command {
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

/// The command about rates.
pub fn commission() -> Command {
    Command::new("commission")
        .about("Say what sales of a product pay sharers; set it")
        .arg(
            Arg::new("PRODUCT")
                .required(true)
                .help("A product's word in URLs"),
        )
        .arg(
            Arg::new("BP")
                .value_parser(clap::value_parser!(u32).range(0..=10_000))
                .help("Basis points from now on; a lower rate begins after 30 days"),
        )
}

/// Carries out a command about payouts.
pub async fn run_withdrawals(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
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

/// Carries out the command about rates.
pub async fn run_commission(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let state = AppState::open(config).await?;
    let slug = text(asked, "PRODUCT");
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let product = product_of(tx.conn(), &slug)
        .await?
        .ok_or_else(|| format!("the shop sells no {slug}"))?;
    if let Some(rate_bp) = asked.get_one::<u32>("BP") {
        rates::set(tx.conn(), &product, *rate_bp, now).await?;
    }
    let today = rates::current(tx.conn(), &product, now).await?;
    let coming = rates::coming(tx.conn(), &product, now).await?;
    tx.commit().await?;
    println!("{slug} pays {today} basis points");
    if let Some(coming) = coming {
        let days = coming.at.since(now) / (24 * 60 * 60 * 1000);
        println!("{slug} pays {} basis points in {days} days", coming.rate_bp);
    }
    state.db.close().await;
    Ok(())
}

fn text(args: &ArgMatches, name: &str) -> String {
    args.get_one::<String>(name).cloned().unwrap_or_default()
}
