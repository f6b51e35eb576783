//! The shop's staff: who may run rooms, and who may do everything. A role belongs to a phone number and is granted
//! on the command line (`jishi staff`); it is asked for at every operation, so that a revoked one ends at once.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use contract::books::StaffAction;
use contract::live_studio::StaffRole;
use contract::{ErrorCode, Timestamp, UserId};

use super::SignedIn;
use super::store;
use crate::db::{Conn, Tx};
use crate::phone::Phone;
use crate::words::{from_word, to_word};
use crate::{AppError, AppState};

/// Somebody of the staff who may run live rooms. Guests are refused with `SIGN_IN_REQUIRED`, customers with
/// `STAFF_ONLY`.
#[derive(Clone, Debug)]
pub struct Host {
    /// The account.
    pub user: UserId,
    /// The role.
    pub role: StaffRole,
}

impl Host {
    /// Refuses everybody but an owner.
    pub fn must_own(&self) -> Result<(), AppError> {
        match self.role {
            StaffRole::Owner => Ok(()),
            _ => Err(staff_only()),
        }
    }
}

/// What somebody of the staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Read promotions.
    ReadCampaigns,
    /// Write, publish, stop and preview promotions.
    WriteCampaigns,
    /// Read the books.
    ReadBooks,
    /// Post to the books and close their periods.
    WriteBooks,
    /// Give orders back.
    Refund,
    /// Set costs, levels of membership, and read what staff did.
    Manage,
}

/// Whether a role has a permission; an owner has every one.
pub fn allows(role: StaffRole, permission: Permission) -> bool {
    use Permission as P;
    use StaffRole as R;
    match role {
        R::Owner => true,
        R::CampaignEditor => matches!(permission, P::ReadCampaigns | P::WriteCampaigns),
        R::Accountant => {
            matches!(permission, P::ReadCampaigns | P::ReadBooks | P::WriteBooks)
        }
        R::Support => matches!(permission, P::ReadCampaigns | P::Refund),
        R::Host => permission == P::ReadCampaigns,
    }
}

/// Somebody of the staff in any role.
#[derive(Clone, Debug)]
pub struct StaffMember {
    /// The account.
    pub user: UserId,
    /// The role.
    pub role: StaffRole,
}

impl StaffMember {
    /// Refuses a role without the permission.
    pub fn must(&self, permission: Permission) -> Result<(), AppError> {
        match allows(self.role, permission) {
            true => Ok(()),
            false => Err(staff_only()),
        }
    }

    /// Writes down what was done, with what it changed (features.md 136).
    pub async fn note(
        &self,
        conn: &mut Conn,
        operation: &str,
        target: &str,
        (before, after): (Option<String>, Option<String>),
        now: Timestamp,
    ) -> Result<(), AppError> {
        let action = StaffAction {
            at: now,
            who: self.user.0.clone(),
            role: to_word(self.role)?,
            operation: operation.to_owned(),
            target: target.to_owned(),
            before,
            after,
        };
        store::note(conn, &action).await
    }
}

/// What staff did, newest first.
pub async fn actions(conn: &mut Conn) -> Result<Vec<StaffAction>, AppError> {
    store::actions(conn).await
}

impl FromRequestParts<AppState> for StaffMember {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let SignedIn(user) = SignedIn::from_request_parts(parts, state).await?;
        let mut conn = state.db.reader().acquire().await?;
        let role = role_of(&mut conn, Some(&user)).await?;
        role.map(|role| Self { user, role }).ok_or_else(staff_only)
    }
}

impl FromRequestParts<AppState> for Host {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, AppError> {
        let SignedIn(user) = SignedIn::from_request_parts(parts, state).await?;
        let mut conn = state.db.reader().acquire().await?;
        let role = role_of(&mut conn, Some(&user)).await?;
        role.filter(|role| matches!(role, StaffRole::Host | StaffRole::Owner))
            .map(|role| Self { user, role })
            .ok_or_else(staff_only)
    }
}

fn staff_only() -> AppError {
    AppError::refused(
        ErrorCode::StaffOnly,
        "This is for the shop's staff, in a role that may do it.",
    )
}

/// The role of an account; none for customers and guests.
pub async fn role_of(
    conn: &mut Conn,
    account: Option<&UserId>,
) -> Result<Option<StaffRole>, AppError> {
    match account {
        Some(account) => store::role(conn, account)
            .await?
            .map(from_word::<StaffRole>)
            .transpose(),
        None => Ok(None),
    }
}

/// Gives a phone number a role, in place of the one that it may have.
pub async fn grant(
    tx: &mut Tx,
    phone: &Phone,
    role: StaffRole,
    now: Timestamp,
) -> Result<(), AppError> {
    store::grant(tx, phone, &to_word(role)?, now).await
}

/// Takes a phone number's role away; false when it has none.
pub async fn revoke(tx: &mut Tx, phone: &Phone) -> Result<bool, AppError> {
    store::revoke(tx, phone).await
}

/// Everybody who has a role: phone number and role.
pub async fn list(conn: &mut Conn) -> Result<Vec<(String, String)>, AppError> {
    store::staff(conn).await
}
