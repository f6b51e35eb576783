//! Looking after the books: sums are made anew and compared, each day is sealed by a hash of itself and of the day
//! before, and nothing is sold while something does not fit (inv.L1, L3, L8; rules.md M9).

mod store;

use contract::{ErrorCode, Timestamp};
use sha2::{Digest, Sha256};

use crate::db::Conn;
use crate::{AppError, AppState, calendar};

/// How long after its end a day is sealed, so that whoever was posting at midnight is done: ten minutes.
const SETTLED_MS: i64 = 10 * 60 * 1000;

/// Something in the books that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A document whose entries do not sum to zero.
    Unbalanced(i64),
    /// A balance that is not the sum of its entries.
    Balance {
        /// Of which account.
        account: String,
    },
    /// A document is missing: numbers have no gaps.
    Gap,
    /// A sealed day is not what it was.
    Changed {
        /// Which day, counted since 1970.
        day: i64,
    },
}

/// Refuses to sell while the books are being looked at.
pub async fn may_sell(conn: &mut Conn) -> Result<(), AppError> {
    match store::halted(conn).await? {
        None => Ok(()),
        Some(_) => Err(AppError::refused(
            ErrorCode::SalesStopped,
            "The shop takes no orders at the moment. Nothing was charged; please come back later.",
        )),
    }
}

/// Why nothing is sold.
pub async fn halted(conn: &mut Conn) -> Result<Option<String>, AppError> {
    store::halted(conn).await
}

/// Looks at everything. What does not fit stops sales until a later look finds nothing.
pub async fn audit(state: &AppState) -> Result<Vec<Fault>, AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    super::lock(tx.conn()).await?;
    let faults = faults(tx.conn()).await?;
    match faults.first() {
        None => {
            store::lift(tx.conn()).await?;
            seal(tx.conn(), now).await?;
        }
        Some(_) => {
            tracing::error!(
                ?faults,
                "the books do not fit; nothing is sold until they do"
            );
            metrics::counter!("ledger_fault_total").increment(1);
            store::halt(tx.conn(), &format!("{faults:?}"), now).await?;
        }
    }
    tx.commit().await?;
    Ok(faults)
}

async fn faults(conn: &mut Conn) -> Result<Vec<Fault>, AppError> {
    let mut faults: Vec<Fault> = store::unbalanced(conn)
        .await?
        .into_iter()
        .map(Fault::Unbalanced)
        .collect();
    let wrong = store::wrong_balances(conn).await?.into_iter();
    faults.extend(wrong.map(|account| Fault::Balance { account }));
    if store::has_gap(conn).await? {
        faults.push(Fault::Gap);
    }
    let (mut after, mut hash) = (0, String::new());
    for day in store::days(conn).await? {
        hash = hash_of(conn, &hash, (after, day.last_seq)).await?;
        if hash != day.hash {
            faults.push(Fault::Changed { day: day.day });
            break;
        }
        after = day.last_seq;
    }
    Ok(faults)
}

/// Seals the days that are over.
async fn seal(conn: &mut Conn, now: Timestamp) -> Result<(), AppError> {
    let today = calendar::day_of(now.plus_ms(-SETTLED_MS));
    let last = store::days(conn).await?.pop();
    let (mut after, mut hash) = last
        .as_ref()
        .map_or((0, String::new()), |day| (day.last_seq, day.hash.clone()));
    let sealed = last.map(|day| day.day);
    for day in store::days_to_seal(conn, after).await? {
        if day >= today || sealed.is_some_and(|sealed| day <= sealed) {
            continue;
        }
        let last_seq = store::last_before(conn, calendar::begins(day + 1)).await?;
        if last_seq <= after {
            continue;
        }
        hash = hash_of(conn, &hash, (after, last_seq)).await?;
        store::insert_day(conn, day, last_seq, &hash, now).await?;
        after = last_seq;
    }
    Ok(())
}

/// The hash of the documents after one up to another, and of what was before them.
async fn hash_of(conn: &mut Conn, before: &str, range: (i64, i64)) -> Result<String, AppError> {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    for line in store::lines(conn, range).await? {
        digest.update(b"\n");
        digest.update(line.as_bytes());
    }
    let bytes = digest.finalize();
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Closes the books until a moment (M9): what undoes an earlier document is posted in the open period.
pub async fn close(conn: &mut Conn, until: Timestamp, now: Timestamp) -> Result<(), AppError> {
    if until > now {
        return Err(AppError::field("until", "lies in the future"));
    }
    super::lock(conn).await?;
    match store::close(conn, until).await? {
        true => Ok(()),
        false => Err(AppError::refused(
            ErrorCode::PeriodClosed,
            "That period is closed already.",
        )),
    }
}
