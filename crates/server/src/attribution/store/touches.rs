//! SQL of clicks, touches and checkouts under way.

use contract::{ShareToken, Timestamp, UserId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::AppError;
use crate::attribution::Invited;
use crate::attribution::rules::{CHECKOUT_REST_MS, CLICK_EVERY_MS, Touch, Touches};
use crate::db::Conn;

/// One statement decides whether a click counts, so that many at once count once.
const COUNT_CLICK: &str = "
    INSERT INTO share_click (token, visitor, at, clicks) VALUES ($1, $2, $3, 1)
    ON CONFLICT (token, visitor) DO UPDATE SET at = excluded.at, clicks = share_click.clicks + 1
        WHERE share_click.at <= $4";

const TOUCH_FIRST: &str = "
    INSERT INTO share_touch (holder, place, token, at) VALUES ($1, 'first', $2, $3) ON CONFLICT DO NOTHING";

const PUT_ASIDE: &str = "
    INSERT INTO share_touch (holder, place, token, at)
    SELECT t.holder, 'before', t.token, t.at FROM share_touch t
    WHERE t.holder = $1 AND t.place = 'last' AND EXISTS (
        SELECT 1 FROM checkout c WHERE c.account = $1 AND c.seen_at > $2 AND c.began_at >= t.at)
    ON CONFLICT (holder, place) DO UPDATE SET token = excluded.token, at = excluded.at";

const TOUCH: &str = "
    INSERT INTO share_touch (holder, place, token, at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (holder, place) DO UPDATE SET token = excluded.token, at = excluded.at";

const ADOPT_FIRST: &str = "
    INSERT INTO share_touch (holder, place, token, at)
    SELECT $1, t.place, t.token, t.at FROM share_touch t JOIN share_link l ON l.token = t.token
    WHERE t.holder = $2 AND t.place = 'first' AND l.owner <> $1
    ON CONFLICT (holder, place) DO UPDATE SET token = excluded.token, at = excluded.at
        WHERE excluded.at < share_touch.at";

const ADOPT_REST: &str = "
    INSERT INTO share_touch (holder, place, token, at)
    SELECT $1, t.place, t.token, t.at FROM share_touch t JOIN share_link l ON l.token = t.token
    WHERE t.holder = $2 AND t.place <> 'first' AND l.owner <> $1
    ON CONFLICT (holder, place) DO UPDATE SET token = excluded.token, at = excluded.at
        WHERE excluded.at > share_touch.at";

const BEGIN_CHECKOUT: &str = "
    INSERT INTO checkout (account, goods, began_at, seen_at) VALUES ($1, $2, $3, $3)
    ON CONFLICT (account, goods) DO UPDATE SET
        began_at = CASE WHEN checkout.seen_at <= $4 THEN excluded.began_at ELSE checkout.began_at END,
        seen_at = excluded.seen_at";

/// Counts a click unless the visitor's last one is too fresh; says whether it counted (A2).
pub async fn count_click(
    conn: &mut Conn,
    token: &ShareToken,
    visitor: &str,
    now: Timestamp,
) -> Result<bool, AppError> {
    let counted = sqlx::query(COUNT_CLICK)
        .bind(token.as_str())
        .bind(visitor)
        .bind(now.0)
        .bind(now.plus_ms(-CLICK_EVERY_MS).0)
        .execute(conn)
        .await?;
    Ok(counted.rows_affected() == 1)
}

/// Remembers a touch as the first, if there was none, and as the last. The one before is put aside while a
/// checkout is under way.
pub async fn remember(
    conn: &mut Conn,
    holder: &str,
    token: &ShareToken,
    invited_to: Option<Invited<'_>>,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(TOUCH_FIRST)
        .bind(holder)
        .bind(token.as_str())
        .bind(now.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query(PUT_ASIDE)
        .bind(holder)
        .bind(now.plus_ms(-CHECKOUT_REST_MS).0)
        .execute(&mut *conn)
        .await?;
    let invitation = invited_to.map(place_of);
    for place in std::iter::once("last").chain(invitation.as_deref()) {
        sqlx::query(TOUCH)
            .bind(holder)
            .bind(place)
            .bind(token.as_str())
            .bind(now.0)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

fn place_of(invited: Invited<'_>) -> String {
    match invited {
        Invited::Group(group) => format!("group:{group}"),
        Invited::Live(room) => format!("live:{room}"),
    }
}

/// What is remembered of a holder; `place` is where an order is made.
pub async fn read(
    conn: &mut Conn,
    holder: &str,
    place: Option<Invited<'_>>,
) -> Result<Touches, AppError> {
    let invitation = place.map(place_of);
    let rows = sqlx::query(
        "SELECT t.place, t.token, t.at FROM share_touch t JOIN share_link l ON l.token = t.token \
         WHERE t.holder = $1 AND l.revoked_at IS NULL",
    )
    .bind(holder)
    .fetch_all(conn)
    .await?;
    let mut touches = Touches::default();
    for row in &rows {
        let touch = Some(touch(row)?);
        match row.try_get::<String, _>("place")?.as_str() {
            "first" => touches.first = touch,
            "last" => touches.last = touch,
            "before" => touches.before = touch,
            place if Some(place) == invitation.as_deref() => touches.invitation = touch,
            _ => {}
        }
    }
    Ok(touches)
}

fn touch(row: &AnyRow) -> Result<Touch, AppError> {
    Ok(Touch {
        token: row.try_get::<String, _>("token")?.into(),
        at: Timestamp(row.try_get("at")?),
    })
}

/// Hands a browser's touches to the account that signed in there. Those of the account's own links are dropped.
pub async fn adopt(conn: &mut Conn, device: &str, account: &UserId) -> Result<(), AppError> {
    for statement in [ADOPT_FIRST, ADOPT_REST] {
        sqlx::query(statement)
            .bind(account.as_str())
            .bind(device)
            .execute(&mut *conn)
            .await?;
    }
    sqlx::query("DELETE FROM share_touch WHERE holder = $1")
        .bind(device)
        .execute(conn)
        .await?;
    Ok(())
}

/// When an account's checkout of these goods was last seen.
pub async fn checkout_seen(
    conn: &mut Conn,
    account: &UserId,
    goods: &str,
) -> Result<Option<Timestamp>, AppError> {
    let at: Option<i64> =
        sqlx::query_scalar("SELECT seen_at FROM checkout WHERE account = $1 AND goods = $2")
            .bind(account.as_str())
            .bind(goods)
            .fetch_optional(conn)
            .await?;
    Ok(at.map(Timestamp))
}

/// A checkout of these goods begins, or goes on.
pub async fn begin_checkout(
    conn: &mut Conn,
    account: &UserId,
    goods: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    sqlx::query(BEGIN_CHECKOUT)
        .bind(account.as_str())
        .bind(goods)
        .bind(now.0)
        .bind(now.plus_ms(-CHECKOUT_REST_MS).0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the checkout of these goods; says when it began, if it was under way.
pub async fn end_checkout(
    conn: &mut Conn,
    account: &UserId,
    goods: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, AppError> {
    let row = sqlx::query(
        "DELETE FROM checkout WHERE account = $1 AND goods = $2 RETURNING began_at, seen_at",
    )
    .bind(account.as_str())
    .bind(goods)
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let seen_at: i64 = row.try_get("seen_at")?;
    let began_at = Timestamp(row.try_get("began_at")?);
    Ok((now.since(Timestamp(seen_at)) < CHECKOUT_REST_MS).then_some(began_at))
}

/// Forgets touches that no window reaches any more, first ones excepted, and checkouts that are over.
pub async fn prune(conn: &mut Conn, before: Timestamp, limit: i64) -> Result<(), AppError> {
    sqlx::query(
        "DELETE FROM share_touch WHERE (holder, place) IN (SELECT holder, place FROM share_touch \
         WHERE at < $1 AND (place <> 'first' OR holder LIKE 'device:%') LIMIT $2)",
    )
    .bind(before.0)
    .bind(limit)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM checkout WHERE seen_at < $1")
        .bind(before.0)
        .execute(conn)
        .await?;
    Ok(())
}
