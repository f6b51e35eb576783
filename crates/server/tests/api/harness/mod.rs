//! A whole shop for one test, on a database of its own: `for shop in TestShop::each().await { … }`.

#![allow(dead_code)] // a harness offers more than each test needs

mod catalogue;
mod customer;
mod database;
mod request;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use contract::Timestamp;
use indicatif::ProgressBar;
use server::clock::{Clock, ManualClock};
use server::config::{Config, Sources};
use server::db::Db;
use server::import::{ImportError, Imported, Options, import};
use server::{AppState, app};
use tempfile::TempDir;

pub use catalogue::{changed_demo, demo, demo_videos};
pub use customer::{Customer, cookies_of};
pub use database::TestDatabase;
pub use request::{Answer, Request};

/// 2026-03-01 10:00 in Shanghai.
pub const OPENING: Timestamp = Timestamp(1_772_330_400_000);

/// A shop that nobody else uses.
pub struct TestShop {
    /// What the handlers share.
    pub state: AppState,
    /// Time, which stands still until told to move.
    pub clock: Arc<ManualClock>,
    /// "sqlite" or "postgres", to name in messages.
    pub on: &'static str,
    router: Router,
    /// Kept until the shop is dropped.
    pub folder: TempDir,
    _database: TestDatabase,
}

impl TestShop {
    /// One shop on each database that is there to test on.
    pub async fn each() -> Vec<Self> {
        Self::each_with(&[]).await
    }

    /// The same with settings of the test's own, such as `("pay_ttl_s", "60")`.
    pub async fn each_with(settings: &[(&str, &str)]) -> Vec<Self> {
        let mut shops = Vec::new();
        for database in TestDatabase::each().await {
            shops.push(Self::open(database, settings).await);
        }
        shops
    }

    /// One shop a database with the demo shop's goods.
    pub async fn each_stocked() -> Vec<Self> {
        Self::each_stocked_with(&[]).await
    }

    /// The same with settings of the test's own.
    pub async fn each_stocked_with(settings: &[(&str, &str)]) -> Vec<Self> {
        let shops = Self::each_with(settings).await;
        for shop in &shops {
            shop.import(&demo()).await.unwrap();
        }
        shops
    }

    /// Imports a catalogue file.
    pub async fn import(&self, file: &Path) -> Result<Imported, ImportError> {
        self.import_with(file, &Options::default()).await
    }

    /// Imports a catalogue file in a way of the test's own.
    pub async fn import_with(
        &self,
        file: &Path,
        options: &Options,
    ) -> Result<Imported, ImportError> {
        let state = &self.state;
        let hidden = ProgressBar::hidden();
        import(
            &state.db,
            &state.config.media_dir,
            file,
            self.clock.now(),
            options,
            &hidden,
        )
        .await
    }

    async fn open(database: TestDatabase, settings: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let mut flags = std::collections::BTreeMap::from([
            ("assets_dir".to_owned(), path("dist")),
            ("media_dir".to_owned(), path("media")),
            ("live_dir".to_owned(), path("live")),
            ("uploads_dir".to_owned(), path("uploads")),
            ("database_url".to_owned(), database.url()),
            ("rate_per_minute".to_owned(), "1000000".to_owned()),
            ("server_secret".to_owned(), "a test's own".to_owned()),
            (
                "gateway_webhook_secret".to_owned(),
                "a test's own".to_owned(),
            ),
        ]);
        for (name, value) in settings {
            flags.insert((*name).to_owned(), (*value).to_owned());
        }
        let config = Config::read(&Sources::new(flags, Default::default())).unwrap();
        let clock = Arc::new(ManualClock::at(OPENING));
        let db = Db::open(&config.database_url).await.unwrap();
        db.migrate(clock.now()).await.unwrap();
        let state = AppState::new(db, clock.clone(), config);
        Self {
            router: app(state.clone()),
            state,
            clock,
            on: database.name(),
            folder,
            _database: database,
        }
    }

    /// A GET request to be sent.
    pub fn get(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "GET", path)
    }

    /// A POST request to be sent.
    pub fn post(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "POST", path)
    }

    /// A PUT request to be sent.
    pub fn put(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "PUT", path)
    }

    /// A PATCH request to be sent.
    pub fn patch(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "PATCH", path)
    }

    /// A HEAD request to be sent.
    pub fn head(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "HEAD", path)
    }

    /// A DELETE request to be sent.
    pub fn delete(&self, path: &str) -> Request {
        Request::new(self.router.clone(), "DELETE", path)
    }
}
