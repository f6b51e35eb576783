//! What happens without a request: unpaid orders time out, groups end, rooms and flash prices begin and end, refunds
//! are asked for until they succeed, silent payments are asked after, old rows go, pictures are
//! made smaller, films are made ready.
//!
//! Every job takes a bounded batch, and every change in it is conditional on the state that it found, so
//! many nodes may run the same jobs at once. [`run_once`] is one round; tests call it with their own clock.

mod avif;
mod payments;
mod payouts;
mod prune;

pub use payouts::tell_of_falling_rates;
pub use prune::prune;

use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio_util::sync::CancellationToken;

use crate::attribution::views;
use crate::campaigns::publish;
use crate::groups::{expire, store::group};
use crate::ledger::audit;
use crate::live::{due, ingest, marks, pump};
use crate::outbox::relay::Relay;
use crate::trade::{close, receive, store};
use crate::videos::work;
use crate::{AppError, AppState};

/// How often a round is made when nothing wakes the jobs.
const EVERY: Duration = Duration::from_secs(1);
/// Rounds between two looks for what is old enough to go, and for what is to be told days before.
const PRUNE_EVERY: u64 = 60;
/// Rounds between two looks through all of the books.
const AUDIT_EVERY: u64 = 600;
/// Things that one job works on at once: the gateway may take its time with each.
const AT_ONCE: usize = 8;
/// Things that one job looks at in one round.
const BATCH: i64 = 50;

/// Runs the relay and the jobs until told to stop; returns when both have stopped.
pub async fn run_all(state: AppState, stop: CancellationToken) -> Result<(), AppError> {
    let relay = Relay::start(state.clone()).await?;
    let poll = state.config.relay_poll;
    let pictures = async {
        if state.config.avif {
            avif::run(state.config.media_dir.clone(), stop.clone()).await;
        }
    };
    tokio::join!(
        relay.run(poll, stop.clone()),
        run(state.clone(), stop.clone()),
        pump::run(state.clone(), stop.clone()),
        ingest::follow(state.clone(), stop.clone()),
        marks::follow(state.clone(), stop.clone()),
        work::run(state.clone(), stop.clone()),
        pictures
    );
    Ok(())
}

async fn run(state: AppState, stop: CancellationToken) {
    let mut round: u64 = 0;
    loop {
        run_once(&state).await;
        if round.is_multiple_of(AUDIT_EVERY) {
            report("audit_books", audit::audit(&state).await.map(drop));
        }
        if round.is_multiple_of(PRUNE_EVERY) {
            report("prune", prune(&state).await);
            report(
                "tell_of_falling_rates",
                payouts::tell_of_falling_rates(&state).await,
            );
        }
        round = round.wrapping_add(1);
        tokio::select! {
            () = stop.cancelled() => return,
            () = state.jobs_hint.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// One round of every job but pruning. A job that fails is logged and does not keep the others from their turn.
pub async fn run_once(state: &AppState) {
    report("time_out_orders", time_out_orders(state).await);
    report("ask_payments", payments::ask_payments(state).await);
    report("expire_groups", expire_groups(state).await);
    report("promotions", publish::run(state).await);
    report("live", due::run(state).await);
    report("send_refunds", payments::send_refunds(state).await);
    report("receive_orders", receive_orders(state).await);
    report("settle_commission", payouts::settle_commission(state).await);
    report("send_payouts", payouts::send_payouts(state).await);
    report("tell_sharers", payouts::tell_sharers(state).await);
    report("count_views", views::write_down(state).await);
}

/// Closes orders whose time to pay is over (F3).
async fn time_out_orders(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let overdue = {
        let mut conn = state.db.reader().acquire().await?;
        store::overdue(&mut conn, now, BATCH).await?
    };
    let closing = overdue
        .iter()
        .map(|order| close::time_out(state, order))
        .collect();
    each("time_out_orders", closing).await;
    Ok(())
}

/// Ends groups whose time is up (rules.md G9), each in a transaction of its own.
async fn expire_groups(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let due = {
        let mut conn = state.db.reader().acquire().await?;
        group::due(&mut conn, now, BATCH).await?
    };
    let ending = due.iter().map(|id| expire::expire(state, id)).collect();
    each("expire_groups", ending).await;
    Ok(())
}

/// Takes orders as received whose buyers said nothing for long (features.md 109).
async fn receive_orders(state: &AppState) -> Result<(), AppError> {
    let since = state
        .clock
        .now()
        .plus_ms(-state.config.sharing.receive_after_ms);
    let silent = {
        let mut conn = state.db.reader().acquire().await?;
        store::awaiting_receipt(&mut conn, since, BATCH).await?
    };
    let receiving = silent
        .iter()
        .map(|order| receive::by_time(state, order))
        .collect();
    each("receive_orders", receiving).await;
    Ok(())
}

/// Does many things, a few at once. One that fails is logged and keeps no other from its turn.
async fn each(job: &'static str, things: Vec<impl Future<Output = Result<(), AppError>>>) {
    let mut done = stream::iter(things).buffer_unordered(AT_ONCE);
    while let Some(result) = done.next().await {
        report(job, result);
    }
}

fn report(job: &'static str, done: Result<(), AppError>) {
    if let Err(error) = done {
        tracing::error!(job, %error, "a job failed and will be tried again");
        metrics::counter!("job_failed_total", "job" => job).increment(1);
    }
}
