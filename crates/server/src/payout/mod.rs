//! Payouts of commission: asked for, reviewed, transferred (rules.md A12).
//!
//! The balance is debited when a payout is asked for, and credited again only when it is refused. A transfer has an
//! id of its own: it is repeated with that id until the gateway says what became of it, and gets a new one only
//! after the gateway said that it failed (inv.P5). What the gateway says twice changes nothing.

pub mod store;

use contract::earnings::WithdrawalState;
use contract::notifications::Notice;
use contract::{Currency, ErrorCode, Money, Timestamp, UserId, WithdrawalId};
use uuid::Uuid;

use crate::attribution::store::traits;
use crate::config::Config;
use crate::db::{self, Conn};
use crate::ledger::{self, Account, Dimensions, Document, Part, Stage};
use crate::notices::{self, NewNotice};
use crate::outbox::{self, Draft};
use crate::payment::{GatewayError, NewTransfer, TransferStatus};
use crate::words::Both;
use crate::{AppError, AppState};
use store::WithdrawalRow;

/// Asks for a payout. Refuses with `BALANCE_TOO_LOW` what the balance does not hold; a negative balance, which a
/// return of what was withdrawn leaves, holds nothing. Refuses with `SHARING_SUSPENDED` a sharer whom the shop
/// suspended.
pub async fn request(
    conn: &mut Conn,
    config: &Config,
    owner: &UserId,
    amount: Money,
    now: Timestamp,
) -> Result<WithdrawalRow, AppError> {
    let least = config.sharing.withdrawal_min;
    if amount.currency != Currency::CNY || amount.minor < least {
        let reason = format!("at least {least} minor units of {}", Currency::CNY);
        return Err(AppError::field("amount", reason));
    }
    if traits::is_suspended(conn, owner).await? {
        return Err(AppError::refused(
            ErrorCode::SharingSuspended,
            "Sharing is suspended for this account, and nothing is paid out. Ask the shop why.",
        ));
    }
    ledger::lock(conn).await?;
    let available = ledger::owed(conn, owner, Stage::Available, amount.currency).await?;
    if available.minor < amount.minor {
        return Err(AppError::refused(
            ErrorCode::BalanceTooLow,
            "The balance does not hold that much. Ask for less, or wait until more is settled.",
        ));
    }
    let id = Uuid::now_v7().simple().to_string();
    let row = WithdrawalRow {
        transfer: transfer_id(&id, 1),
        id: id.into(),
        owner: owner.clone(),
        amount,
        state: WithdrawalState::Requested,
        created_at: now,
        reason: None,
        tries: 1,
        attempts: 0,
    };
    store::insert(conn, &row).await?;
    let moved = (
        Part::owed(owner, Stage::Available),
        Part::owed(owner, Stage::Withdrawing),
    );
    book(conn, &row, "requested", moved, now).await?;
    Ok(row)
}

fn transfer_id(withdrawal: &str, tries: i64) -> String {
    format!("{withdrawal}-{tries}")
}

/// Lets a payout go to the gateway.
pub async fn approve(state: &AppState, id: &WithdrawalId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let row = found(tx.conn(), id).await?;
    let to = WithdrawalState::Approved;
    store::shift(
        tx.conn(),
        &row,
        &[WithdrawalState::Requested],
        to,
        None,
        now,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Refuses a payout, also one whose transfer failed: the money is back in the balance.
pub async fn reject(state: &AppState, id: &WithdrawalId, reason: &str) -> Result<(), AppError> {
    db::retrying(|| async {
        let now = state.clock.now();
        let mut tx = state.db.begin().await?;
        let row = found(tx.conn(), id).await?;
        let from = [WithdrawalState::Requested, WithdrawalState::Failed];
        let to = WithdrawalState::Rejected;
        store::shift(tx.conn(), &row, &from, to, Some(reason), now).await?;
        let moved = (
            Part::owed(&row.owner, Stage::Withdrawing),
            Part::owed(&row.owner, Stage::Available),
        );
        book(tx.conn(), &row, "rejected", moved, now).await?;
        let told = tell(tx.conn(), &row, false, now).await?;
        outbox::commit(tx, &[told], &state.outbox_hint).await
    })
    .await
}

/// Tries a payout again whose transfer failed, as a new transfer.
pub async fn retry(state: &AppState, id: &WithdrawalId) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.db.begin().await?;
    let row = found(tx.conn(), id).await?;
    let to = WithdrawalState::Approved;
    store::shift(tx.conn(), &row, &[WithdrawalState::Failed], to, None, now).await?;
    let transfer = transfer_id(row.id.as_str(), row.tries + 1);
    store::renew(tx.conn(), &row.id, &transfer, now).await?;
    Ok(tx.commit().await?)
}

async fn found(conn: &mut Conn, id: &WithdrawalId) -> Result<WithdrawalRow, AppError> {
    store::find(conn, id)
        .await?
        .ok_or_else(|| AppError::not_found("withdrawal"))
}

/// Asks the gateway to transfer an approved payout, with the same id until it says what became of it; `true` when
/// it must be asked again.
pub async fn send(state: &AppState, row: &WithdrawalRow) -> Result<bool, AppError> {
    if row.state == WithdrawalState::Approved {
        let now = state.clock.now();
        let mut tx = state.db.begin().await?;
        let to = WithdrawalState::Paying;
        store::shift(tx.conn(), row, &[WithdrawalState::Approved], to, None, now).await?;
        tx.commit().await?;
    }
    let transfer = NewTransfer {
        id: row.transfer.clone(),
        payee: row.owner.clone(),
        amount: row.amount,
        notify_url: format!("{}/api/webhooks/payments", state.config.public_url),
    };
    let status = match state.gateway.transfer(&transfer).await {
        Ok(status) => status,
        Err(GatewayError::Refused(reason)) => {
            tracing::error!(withdrawal = %row.id, reason, "the gateway refused a transfer");
            TransferStatus::Failed
        }
        Err(error) => {
            tracing::warn!(withdrawal = %row.id, %error, "a transfer is tried again later");
            TransferStatus::Pending
        }
    };
    if status == TransferStatus::Pending {
        return Ok(true);
    }
    db::retrying(|| async {
        let mut tx = state.db.begin().await?;
        let now = state.clock.now();
        let (_, told) = ended(tx.conn(), &row.transfer, row.amount, status, now).await?;
        outbox::commit(tx, &told, &state.outbox_hint).await
    })
    .await?;
    Ok(false)
}

/// The gateway says what became of a transfer: once. A transfer that is not the payout's latest, or another
/// amount, changes nothing. Answers a word for what came of it.
pub async fn ended(
    conn: &mut Conn,
    transfer: &str,
    amount: Money,
    status: TransferStatus,
    now: Timestamp,
) -> Result<(&'static str, Vec<Draft>), AppError> {
    let quiet = |word| Ok((word, Vec::new()));
    let Some(row) = store::of_transfer(conn, transfer).await? else {
        return quiet("flagged_unknown_transfer");
    };
    if row.amount != amount {
        tracing::error!(
            transfer,
            "a transfer of another amount; nothing was marked paid"
        );
        return quiet("flagged_wrong_amount");
    }
    if row.state != WithdrawalState::Paying {
        return quiet("known");
    }
    let to = match status {
        TransferStatus::Pending => return quiet("ignored"),
        TransferStatus::Succeeded => WithdrawalState::Paid,
        TransferStatus::Failed => WithdrawalState::Failed,
    };
    store::shift(conn, &row, &[WithdrawalState::Paying], to, None, now).await?;
    if to == WithdrawalState::Failed {
        return quiet("transfer_failed");
    }
    let moved = (
        Part::owed(&row.owner, Stage::Withdrawing),
        Part::of(Account::CashClearing),
    );
    book(conn, &row, "paid", moved, now).await?;
    let paid_out = store::paid_out(conn, &row.owner, row.amount.currency).await?;
    crate::commission::store::rows::mark_withdrawn(conn, &row.owner, paid_out).await?;
    let told = tell(conn, &row, true, now).await?;
    Ok(("transferred", vec![told]))
}

async fn tell(
    conn: &mut Conn,
    row: &WithdrawalRow,
    paid: bool,
    now: Timestamp,
) -> Result<Draft, AppError> {
    let notice = Notice::WithdrawalEnded {
        amount: row.amount,
        paid,
    };
    let new = NewNotice::new(&row.owner, Both::new("", ""), notice);
    notices::add(conn, new, now).await
}

async fn book(
    conn: &mut Conn,
    row: &WithdrawalRow,
    event: &'static str,
    (debit, credit): (Part, Part),
    now: Timestamp,
) -> Result<(), AppError> {
    let mut document = Document {
        biz: "withdrawal",
        biz_id: row.id.0.clone(),
        event,
        idem_key: format!("withdrawal.{event}:{}", row.id),
        at: now,
        entries: Vec::new(),
    };
    document.add(debit, credit, row.amount, &Dimensions::default())?;
    if ledger::post(conn, &document).await? {
        return Ok(());
    }
    Err(AppError::internal(format!(
        "{} was posted before",
        document.idem_key
    )))
}
