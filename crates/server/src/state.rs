//! What every handler shares. Cheap to clone: everything inside is shared.

use std::sync::Arc;

use crate::clock::{SharedClock, SystemClock};
use crate::config::Config;
use crate::db::{Db, DbError};

/// What every handler shares.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: SharedClock,
    /// How this server was started.
    pub config: Arc<Config>,
}

impl AppState {
    /// Opens the database, brings its tables up to date and puts the parts together.
    pub async fn open(config: Config) -> Result<Self, DbError> {
        let clock: SharedClock = Arc::new(SystemClock);
        let db = Db::open(&config.database_url).await?;
        db.migrate(clock.now()).await?;
        Ok(Self::new(db, clock, config))
    }

    /// Puts parts together that are ready: tests bring their own clock.
    pub fn new(db: Db, clock: SharedClock, config: Config) -> Self {
        Self {
            db,
            clock,
            config: Arc::new(config),
        }
    }
}
