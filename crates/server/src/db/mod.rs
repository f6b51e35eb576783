//! The seam to the database: one SQL text for SQLite and PostgreSQL, readers apart from writers.
//!
//! SQLite has one writer connection, so that a write waits its turn here and not in SQLite's lock; this is
//! also where commits can be batched later without a change elsewhere. Types that both speak through
//! `sqlx::Any`: BIGINT, TEXT and DOUBLE PRECISION.

pub mod columns;
mod migrate;
mod open;
mod rows;
mod upsert;

use std::future::Future;
use std::time::Duration;

use sqlx::{Any, Transaction};
use sqlx::{AnyConnection, AnyPool};

use crate::AppError;

pub use open::DbError;
pub use rows::{Rows, markers};
pub use upsert::Upsert;

/// Which database stands behind the seam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Embedded, one file.
    Sqlite,
    /// A server of its own.
    Postgres,
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    kind: Kind,
    readers: AnyPool,
    writers: AnyPool,
}

/// A connection to read on, or the one of a transaction.
pub type Conn = AnyConnection;

/// A write transaction; undone when dropped before [`Tx::commit`].
pub struct Tx(Transaction<'static, Any>);

impl Db {
    /// Which database this is; only where the two must differ.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Connections to read from. On SQLite they refuse to write.
    pub fn reader(&self) -> &AnyPool {
        &self.readers
    }

    /// Begins a write transaction. On SQLite it holds the write lock from here on.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        let begin = match self.kind {
            Kind::Sqlite => "BEGIN IMMEDIATE",
            Kind::Postgres => "BEGIN",
        };
        self.writers.begin_with(begin).await.map(Tx)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), sqlx::Error> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Closes all connections, writes finished.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

impl Tx {
    /// The connection that statements of this transaction run on.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.0
    }

    /// Makes everything of this transaction last.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }

    /// Undoes everything of this transaction now.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        self.0.rollback().await
    }
}

/// A part of a transaction that can be undone alone; undone when dropped before [`Savepoint::commit`].
pub struct Savepoint<'c>(Transaction<'c, Any>);

/// Begins a part of the transaction that `conn` is in.
pub async fn savepoint(conn: &mut Conn) -> Result<Savepoint<'_>, sqlx::Error> {
    sqlx::Connection::begin(conn).await.map(Savepoint)
}

impl Savepoint<'_> {
    /// The connection that statements of this part run on.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.0
    }

    /// Keeps this part, as long as the transaction lasts.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.0.commit().await
    }

    /// Undoes this part.
    pub async fn rollback(self) -> Result<(), sqlx::Error> {
        self.0.rollback().await
    }
}

/// What a database can answer instead of rows.
pub type Error = sqlx::Error;

/// PostgreSQL ended the transaction for another's sake (serialization 40001, deadlock 40P01): the same work
/// may well succeed when run again.
pub fn is_transient(error: &Error) -> bool {
    let Error::Database(refusal) = error else {
        return false;
    };
    matches!(refusal.code().as_deref(), Some("40001" | "40P01"))
}

/// Runs a whole transaction again, up to five times, when PostgreSQL ended it for another's sake.
pub async fn retrying<T, Run>(work: impl Fn() -> Run) -> Result<T, AppError>
where
    Run: Future<Output = Result<T, AppError>>,
{
    for attempt in 1..5_u64 {
        match work().await {
            Err(error) if error.is_transient() => {
                tokio::time::sleep(Duration::from_millis(attempt * 5)).await;
            }
            done => return done,
        }
    }
    work().await
}
