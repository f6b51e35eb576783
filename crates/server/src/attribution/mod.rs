//! Who brought a buyer: share links, the touches they leave, and the terms that an order is made with
//! (rules.md 3.2 A2 to A7).
//!
//! A touch belongs to a browser until somebody signs in there, then to the account. [`freeze`] is called by
//! whatever makes an order, in its transaction: from then on nothing that happens to touches or rates changes
//! what the order pays.

mod freeze;
pub mod kin;
pub mod rules;
pub mod store;
pub mod token;
pub mod views;

use contract::shares::{Attribution, AttributionState, ShareTarget};
use contract::{SkuId, Timestamp, UserId};
use sha2::{Digest, Sha256};

pub use freeze::{Invited, Making, freeze};

use crate::db::Conn;
use crate::groups::rules::masked_name;
use crate::http::language::Lang;
use crate::words::neighbour;
use crate::{AppError, AppState};
use rules::{CHECKOUT_REST_MS, Touch};
use store::links::{self, LinkRow};
use store::touches;

/// A minute: how fresh the note of a checkout is kept, in milliseconds.
const CHECKOUT_NOTE_MS: i64 = 60_000;

/// Who opened a link.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// The browser.
    pub device: &'a str,
    /// The account, when signed in.
    pub account: Option<&'a UserId>,
}

impl Visitor<'_> {
    /// Whom touches belong to.
    fn holder(&self) -> String {
        match self.account {
            Some(account) => account.0.clone(),
            None => holder_of(self.device),
        }
    }
}

fn holder_of(device: &str) -> String {
    format!("device:{device}")
}

/// A person opened a page by a link: counts the click and remembers the touch (A2, A3). A link that is revoked,
/// or one's own, leaves nothing.
pub async fn touch(
    conn: &mut Conn,
    visitor: Visitor<'_>,
    link: &LinkRow,
    now: Timestamp,
) -> Result<(), AppError> {
    if link.revoked || visitor.account == Some(&link.owner) {
        return Ok(());
    }
    touches::count_click(conn, &link.token, visitor.device, now).await?;
    let place = match &link.target {
        ShareTarget::Group { id } => Some(Invited::Group(id)),
        ShareTarget::Live { id } => Some(Invited::Live(id)),
        _ => None,
    };
    touches::remember(conn, &visitor.holder(), &link.token, place, now).await
}

/// Somebody signed in: what the browser remembered is the account's now, and the browser is one of the account's.
pub async fn adopt(
    conn: &mut Conn,
    config: &crate::config::Config,
    device: &str,
    account: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    touches::adopt(conn, &holder_of(device), account).await?;
    kin::note_device(conn, config, account, device, now).await
}

/// Whether the visitor's next order is attributed, and to whom.
pub async fn state_of(
    conn: &mut Conn,
    state: &AppState,
    visitor: Visitor<'_>,
    lang: Lang,
) -> Result<AttributionState, AppError> {
    let now = state.clock.now();
    let window = state.config.sharing.window_ms;
    let remembered = touches::read(conn, &visitor.holder(), None).await?;
    let attribution = match rules::choose(&remembered, None, now, window) {
        Some(touch) => told(conn, state, touch, lang).await?,
        None => None,
    };
    Ok(AttributionState { attribution })
}

async fn told(
    conn: &mut Conn,
    state: &AppState,
    touch: &Touch,
    lang: Lang,
) -> Result<Option<Attribution>, AppError> {
    let Some(link) = links::find(conn, &touch.token).await? else {
        return Ok(None);
    };
    let paid_promotion = !store::traits::is_suspended(conn, &link.owner).await?;
    Ok(Some(Attribution {
        sharer: sharer_name(conn, &link.owner, lang).await?,
        paid_promotion,
        until: touch.at.plus_ms(state.config.sharing.window_ms),
    }))
}

/// The name under which a sharer is shown to others: one of the sharer's own masked, as in groups.
pub async fn sharer_name(
    conn: &mut Conn,
    account: &UserId,
    lang: Lang,
) -> Result<String, AppError> {
    let (name, number) = links::name(conn, account).await?.unwrap_or_default();
    Ok(match name {
        Some(own) => masked_name(Some(&own), number).pick(lang),
        None => neighbour(lang, number),
    })
}

/// Somebody asks what these goods cost to have them brought: a checkout begins or goes on. Links that are opened
/// from now on bring nothing to its order (reliability 3.1, last-second override).
pub async fn checkout_goes_on(
    state: &AppState,
    buyer: &UserId,
    skus: impl IntoIterator<Item = &SkuId>,
) -> Result<(), AppError> {
    let goods = goods_of(skus);
    let now = state.clock.now();
    let seen = {
        let mut conn = state.db.reader().acquire().await?;
        touches::checkout_seen(&mut conn, buyer, &goods).await?
    };
    if seen.is_some_and(|seen| now.since(seen) < CHECKOUT_NOTE_MS) {
        return Ok(());
    }
    let mut tx = state.db.begin().await?;
    touches::begin_checkout(tx.conn(), buyer, &goods, now).await?;
    Ok(tx.commit().await?)
}

/// The goods of a checkout as one word, whatever their order.
fn goods_of<'a>(skus: impl IntoIterator<Item = &'a SkuId>) -> String {
    let mut skus: Vec<&str> = skus.into_iter().map(SkuId::as_str).collect();
    skus.sort_unstable();
    skus.dedup();
    hex(&Sha256::digest(skus.join("\n")))
}

/// The first half of a digest in hexadecimal.
fn hex(digest: &[u8]) -> String {
    digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Forgets what no rule looks at any more.
pub async fn prune(state: &AppState, limit: i64) -> Result<(), AppError> {
    let kept = state.config.sharing.window_ms.max(CHECKOUT_REST_MS);
    let before = state.clock.now().plus_ms(-kept);
    let mut tx = state.db.begin().await?;
    touches::prune(tx.conn(), before, limit).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goods_of_a_checkout_do_not_depend_on_their_order() {
        let [a, b] = [SkuId::from("A"), SkuId::from("B")];
        assert_eq!(goods_of([&a, &b]), goods_of([&b, &a, &b]));
        assert_ne!(goods_of([&a]), goods_of([&b]));
    }
}
