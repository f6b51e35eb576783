//! Giving money back: an order that was paid, or some of it.

use std::error::Error;

use clap::{Arg, ArgAction, ArgMatches, Command};
use contract::OrderId;
use server::AppState;
use server::config::Config;
use server::trade::give_back::{Asked, Given, give_back};

use super::text;

/// The command about refunds.
pub fn command() -> Command {
    Command::new("refund")
        .about("Give back an order that was paid, or some of it; the shop sends the money once")
        .arg(
            Arg::new("ORDER")
                .required(true)
                .help("The order's number, as its page shows it in its address"),
        )
        .arg(
            Arg::new("line")
                .long("line")
                .value_name("N[:QTY]")
                .action(ArgAction::Append)
                .help(
                    "A line, counted from 1, and how many of it [default: everything that is left]",
                ),
        )
        .arg(
            Arg::new("restock")
                .long("restock")
                .action(ArgAction::SetTrue)
                .help("Goods that were handed over came back and can be sold again"),
        )
        .arg(
            Arg::new("key")
                .long("key")
                .value_name("WORD")
                .help("The same word twice for one order gives back once"),
        )
}

/// Carries out the command about refunds.
pub async fn run(config: Config, asked: &ArgMatches) -> Result<(), Box<dyn Error>> {
    let lines = asked.get_many::<String>("line").unwrap_or_default();
    let lines = lines.map(|line| read_line(line));
    let what = Asked {
        lines: lines.collect::<Result<_, _>>()?,
        restock: asked.get_flag("restock"),
        key: asked.get_one::<String>("key").cloned(),
    };
    let order = OrderId(text(asked, "ORDER"));
    let state = AppState::open(config).await?;
    match give_back(&state, &order, &what).await? {
        Given::Whole => println!("{order}: all that was paid and is not back yet goes back"),
        Given::Part(amount) => {
            println!("{order}: {} {} go back", amount.minor, amount.currency);
        }
        Given::Known => println!("{order}: that was given back before"),
    }
    state.db.close().await;
    Ok(())
}

/// A line, counted from 0, and how many of it.
fn read_line(text: &str) -> Result<(i64, i64), String> {
    let (line, quantity) = text.split_once(':').unwrap_or((text, "1"));
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
    match (number(line), number(quantity)) {
        (Some(line), Some(quantity)) => Ok((i64::from(line) - 1, i64::from(quantity))),
        _ => Err(format!(
            "--line {text}: a line and how many of it, such as 1:2"
        )),
    }
}
