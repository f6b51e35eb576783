//! What sales of a product pay.

use std::error::Error;

use clap::{Arg, ArgMatches, Command};
use server::AppState;
use server::commission::rates;
use server::config::Config;
use server::goods::product_of;

use super::text;

/// The command about rates.
pub fn command() -> Command {
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

/// Carries out the command about rates.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
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
