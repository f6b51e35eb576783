//! What the shop's staff decides from the command line, on the shop's own database: payouts, rates, sharers,
//! refunds, and who works for the shop. A shop that is open sees it at once.

pub mod creators;
pub mod rates;
pub mod refunds;
pub mod sharers;
pub mod staff;
pub mod withdrawals;

use clap::ArgMatches;

fn text(args: &ArgMatches, name: &str) -> String {
    args.get_one::<String>(name).cloned().unwrap_or_default()
}
