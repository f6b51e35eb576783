//! Households and rings: accounts that are linked by a browser, a phone number, an address or what they pay with, and
//! accounts that bring each other. Inside one nobody earns (A6; reliability 3.1, self-referral and rings).

use std::collections::BTreeSet;

use contract::{Timestamp, UserId};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::hex;
use super::store::frozen;
use super::store::traits::{self, Trait};
use crate::AppError;
use crate::config::Config;
use crate::db::Conn;
use crate::payment::Instrument;

/// Accounts that are looked at for one order; a household is smaller, and a ring that is larger pays its members
/// less than it costs them.
const MOST: usize = 256;
/// Who brings whom is looked at for so long, in milliseconds: 30 days.
pub const RING_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// Remembers that an account uses a browser.
pub async fn note_device(
    conn: &mut Conn,
    config: &Config,
    account: &UserId,
    device: &str,
    now: Timestamp,
) -> Result<(), AppError> {
    let one = keyed(config, "device", device)?;
    traits::remember(conn, account, &one, now).await
}

/// Remembers an account's phone numbers and addresses as they are now.
pub async fn note_account(
    conn: &mut Conn,
    config: &Config,
    account: &UserId,
    now: Timestamp,
) -> Result<(), AppError> {
    let (phones, addresses) = traits::known(conn, account).await?;
    for number in &phones {
        traits::remember(conn, account, &phone(config, number)?, now).await?;
    }
    for line in &addresses {
        traits::remember(conn, account, &address(config, line)?, now).await?;
    }
    Ok(())
}

/// Remembers what an account pays with. The gateway's word for it is a keyed hash already.
pub async fn note_instrument(
    conn: &mut Conn,
    account: &UserId,
    instrument: &Instrument,
    now: Timestamp,
) -> Result<(), AppError> {
    let one = Trait {
        kind: "instrument",
        hash: hex(&Sha256::digest(&instrument.0)),
    };
    traits::remember(conn, account, &one, now).await
}

/// A phone number, however it is written.
pub fn phone(config: &Config, number: &str) -> Result<Trait, AppError> {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().saturating_sub(11);
    let digits: String = digits.into_iter().skip(from).collect();
    keyed(config, "phone", &digits)
}

/// An address, however it is spaced.
pub fn address(config: &Config, line: &str) -> Result<Trait, AppError> {
    let letters = line.chars().filter(|letter| letter.is_alphanumeric());
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    keyed(config, "address", &letters)
}

fn keyed(config: &Config, kind: &'static str, value: &str) -> Result<Trait, AppError> {
    let secret = config.server_secret.expose().as_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(AppError::internal)?;
    mac.update(b"trait\0");
    mac.update(kind.as_bytes());
    mac.update(b"\0");
    mac.update(value.as_bytes());
    Ok(Trait {
        kind,
        hash: hex(&mac.finalize().into_bytes()),
    })
}

/// Every account that is linked to this one, itself included; `shown` is what an order shows of its buyer beside.
pub async fn household(
    conn: &mut Conn,
    account: &UserId,
    shown: &[Trait],
) -> Result<BTreeSet<String>, AppError> {
    let mut found = BTreeSet::from([account.0.clone()]);
    let mut open = vec![account.0.clone()];
    for one in shown {
        open.extend(new_ones(&mut found, traits::having(conn, one).await?));
    }
    while let Some(next) = open.pop() {
        let linked = traits::sharing_with(conn, &next).await?;
        open.extend(new_ones(&mut found, linked));
    }
    Ok(found)
}

/// Accounts that both earned, if by way of others, from what `buyer` would bring to `payees`, and bring to
/// `buyer`: the ring that this order closes, buyer and payees included. Empty when it closes none.
pub async fn ring(
    conn: &mut Conn,
    buyer: &UserId,
    payees: &[&UserId],
    now: Timestamp,
) -> Result<BTreeSet<String>, AppError> {
    let since = now.plus_ms(-RING_MS);
    let from: BTreeSet<String> = payees.iter().map(|payee| payee.0.clone()).collect();
    let after = reach(conn, from, since, Way::Onwards).await?;
    if !after.contains(buyer.as_str()) {
        return Ok(BTreeSet::new());
    }
    let before = reach(conn, BTreeSet::from([buyer.0.clone()]), since, Way::Back).await?;
    Ok(after.intersection(&before).cloned().collect())
}

#[derive(Clone, Copy)]
enum Way {
    /// From who bought to who earned.
    Onwards,
    /// From who earned to who bought.
    Back,
}

async fn reach(
    conn: &mut Conn,
    mut found: BTreeSet<String>,
    since: Timestamp,
    way: Way,
) -> Result<BTreeSet<String>, AppError> {
    let mut open: Vec<String> = found.iter().cloned().collect();
    while let Some(next) = open.pop() {
        let brought = match way {
            Way::Onwards => frozen::paid_to(conn, &next, since).await?,
            Way::Back => frozen::bought_from(conn, &next, since).await?,
        };
        open.extend(new_ones(&mut found, brought));
        let linked = traits::sharing_with(conn, &next).await?;
        open.extend(new_ones(&mut found, linked));
    }
    Ok(found)
}

/// Those that were not found before, which they are from now on.
fn new_ones(found: &mut BTreeSet<String>, named: Vec<String>) -> Vec<String> {
    let mut new = Vec::new();
    for account in named {
        if found.len() < MOST && found.insert(account.clone()) {
            new.push(account);
        }
    }
    new
}
