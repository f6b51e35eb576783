//! SQL of seats.

use contract::groups::{GroupRole, OnOverflow, SeatState};
use contract::{ActivityId, GroupId, OrderId, SkuId, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::db::Conn;
use crate::words::{from_word, to_word};

const OF_ORDER: &str = "
    SELECT order_id, activity, group_id, owner, sku, quantity, unit_minor, role, state, on_overflow,
           taken_at, paid_at, freeze_ms, day_max
    FROM group_seat WHERE order_id = $1";

/// In the order of the SKUs, which is the order in which stock is taken.
const OF_GROUP: &str = "
    SELECT order_id, activity, group_id, owner, sku, quantity, unit_minor, role, state, on_overflow,
           taken_at, paid_at, freeze_ms, day_max
    FROM group_seat WHERE group_id = $1 AND state = $2 ORDER BY sku, order_id";

/// A live seat before one that is over, a later one before an earlier.
const OF_OWNER: &str = "
    SELECT order_id, activity, group_id, owner, sku, quantity, unit_minor, role, state, on_overflow,
           taken_at, paid_at, freeze_ms, day_max
    FROM group_seat WHERE group_id = $1 AND owner = $2
    ORDER BY CASE WHEN state IN ('held', 'paid', 'confirmed') THEN 0 ELSE 1 END, taken_at DESC, order_id DESC
    LIMIT 1";

/// A seat: the place of one order in a group, or to be the first of one.
#[derive(Clone, Debug)]
pub struct SeatRow {
    /// Its order.
    pub order: OrderId,
    /// Of which offer.
    pub activity: ActivityId,
    /// In which group; a leader has none before the first payment.
    pub group: Option<GroupId>,
    /// Who sits in it.
    pub owner: UserId,
    /// What is bought.
    pub sku: SkuId,
    /// How many.
    pub quantity: i64,
    /// Price of one, in minor units.
    pub unit_minor: i64,
    /// Leader or member.
    pub role: GroupRole,
    /// Where it stands.
    pub state: SeatState,
    /// What to do with money that comes too late (G8).
    pub on_overflow: OnOverflow,
    /// When it was taken.
    pub taken_at: Timestamp,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// How long a leader's reward is frozen after receipt, in milliseconds (G16).
    pub freeze_ms: i64,
    /// The most that its owner earns in a day, minor units.
    pub day_max: i64,
}

/// Writes a new seat.
pub async fn insert(conn: &mut Conn, seat: &SeatRow) -> Result<(), AppError> {
    sqlx::query(
        "INSERT INTO group_seat (order_id, activity, group_id, owner, sku, quantity, unit_minor, role, \
           state, on_overflow, taken_at, freeze_ms, day_max) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(seat.order.as_str())
    .bind(seat.activity.as_str())
    .bind(seat.group.as_ref().map(GroupId::as_str))
    .bind(seat.owner.as_str())
    .bind(seat.sku.as_str())
    .bind(seat.quantity)
    .bind(seat.unit_minor)
    .bind(to_word(seat.role)?)
    .bind(to_word(seat.state)?)
    .bind(to_word(seat.on_overflow)?)
    .bind(seat.taken_at.0)
    .bind(seat.freeze_ms)
    .bind(seat.day_max)
    .execute(conn)
    .await?;
    Ok(())
}

/// The seat of an order; none for an order that is no group's.
pub async fn of_order(conn: &mut Conn, order: &OrderId) -> Result<Option<SeatRow>, AppError> {
    let row = sqlx::query(OF_ORDER)
        .bind(order.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// A group's seats in one state.
pub async fn of_group(
    conn: &mut Conn,
    group: &GroupId,
    state: SeatState,
) -> Result<Vec<SeatRow>, AppError> {
    sqlx::query(OF_GROUP)
        .bind(group.as_str())
        .bind(to_word(state)?)
        .fetch_all(conn)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Somebody's seat in a group: the live one, or else the last.
pub async fn of_owner(
    conn: &mut Conn,
    group: &GroupId,
    owner: &UserId,
) -> Result<Option<SeatRow>, AppError> {
    let row = sqlx::query(OF_OWNER)
        .bind(group.as_str())
        .bind(owner.as_str())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Takes a seat from one state to another, and into a group where `seat` names one; false when it is not
/// in that state (rules.md 3.0-3).
pub async fn transition(
    conn: &mut Conn,
    seat: &SeatRow,
    to: SeatState,
    paid_at: Option<Timestamp>,
) -> Result<bool, AppError> {
    let done = sqlx::query(
        "UPDATE group_seat SET state = $1, group_id = $2, role = $3, paid_at = COALESCE(paid_at, $4) \
         WHERE order_id = $5 AND state = $6",
    )
    .bind(to_word(to)?)
    .bind(seat.group.as_ref().map(GroupId::as_str))
    .bind(to_word(seat.role)?)
    .bind(paid_at.map(|at| at.0))
    .bind(seat.order.as_str())
    .bind(to_word(seat.state)?)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A leader who left is nobody in the group any more (G11).
pub async fn step_down(conn: &mut Conn, order: &OrderId) -> Result<(), AppError> {
    sqlx::query("UPDATE group_seat SET role = 'member', paid_at = NULL WHERE order_id = $1")
        .bind(order.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The seat that was paid first leads from now on (G11); answers it.
pub async fn promote(conn: &mut Conn, group: &GroupId) -> Result<Option<SeatRow>, AppError> {
    let row = sqlx::query(
        "UPDATE group_seat SET role = 'leader' WHERE state = 'paid' AND order_id = \
           (SELECT order_id FROM group_seat WHERE group_id = $1 AND state = 'paid' \
            ORDER BY paid_at, order_id LIMIT 1) \
         RETURNING order_id, activity, group_id, owner, sku, quantity, unit_minor, role, state, \
                   on_overflow, taken_at, paid_at, freeze_ms, day_max",
    )
    .bind(group.as_str())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<SeatRow, AppError> {
    let group: Option<String> = row.try_get("group_id")?;
    let paid_at: Option<i64> = row.try_get("paid_at")?;
    Ok(SeatRow {
        order: row.try_get::<String, _>("order_id")?.into(),
        activity: row.try_get::<String, _>("activity")?.into(),
        group: group.map(GroupId),
        owner: row.try_get::<String, _>("owner")?.into(),
        sku: row.try_get::<String, _>("sku")?.into(),
        quantity: row.try_get("quantity")?,
        unit_minor: row.try_get("unit_minor")?,
        role: from_word(row.try_get("role")?)?,
        state: from_word(row.try_get("state")?)?,
        on_overflow: from_word(row.try_get("on_overflow")?)?,
        taken_at: Timestamp(row.try_get("taken_at")?),
        paid_at: paid_at.map(Timestamp),
        freeze_ms: row.try_get("freeze_ms")?,
        day_max: row.try_get("day_max")?,
    })
}
