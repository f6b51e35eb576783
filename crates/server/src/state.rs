//! What every handler shares. Cheap to clone: everything inside is shared.

use std::sync::Arc;

use media::MediaEngine;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::attribution::views::Views;
use crate::bus::{Bus, InProcessBus};
use crate::clock::{SharedClock, SystemClock};
use crate::config::Config;
use crate::db::{Db, DbError};
use crate::idempotency::InFlight;
use crate::limits::Limits;
use crate::live::hub::Hub;
use crate::live::ingest::Rooms;
use crate::live_media::{self, StreamKeys};
use crate::payment::{PaymentGateway, SandboxGateway};
use crate::sms::{SandboxSms, SmsSender};

/// What every handler shares.
#[derive(Clone)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: SharedClock,
    /// How this server was started.
    pub config: Arc<Config>,
    /// Carries committed events to open pages.
    pub bus: Arc<dyn Bus>,
    /// Wakes the outbox's relay.
    pub outbox_hint: Arc<Notify>,
    /// Wakes the background jobs.
    pub jobs_hint: Arc<Notify>,
    /// Takes the money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Cancelled when the server is told to stop; streams end then.
    pub stop: CancellationToken,
    /// Keyed mutations that this process is working on.
    pub in_flight: Arc<InFlight>,
    /// How often one caller may ask.
    pub limits: Arc<Limits>,
    /// Views of share links that are not written down yet.
    pub views: Arc<Views>,
    /// What live rooms say in passing.
    pub live: Arc<Hub>,
    /// Sends text messages.
    pub sms: Arc<dyn SmsSender>,
    /// Carries live pictures.
    pub media: MediaEngine,
    /// Knows which room a stream key opens.
    pub stream_keys: Arc<dyn StreamKeys>,
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
        let gateway = SandboxGateway::new(
            &config.gateway_url,
            config.gateway_key.expose(),
            config.gateway_webhook_secret.expose(),
        );
        Self {
            limits: Arc::new(Limits::new(clock.clone(), config.rate_per_minute)),
            sms: Arc::new(SandboxSms::new(db.clone(), clock.clone())),
            media: live_media::engine(&config),
            stream_keys: Arc::new(Rooms(db.clone())),
            db,
            clock,
            config: Arc::new(config),
            bus: Arc::new(InProcessBus::default()),
            outbox_hint: Arc::default(),
            jobs_hint: Arc::default(),
            gateway: Arc::new(gateway),
            stop: CancellationToken::new(),
            in_flight: Arc::default(),
            views: Arc::default(),
            live: Arc::default(),
        }
    }
}
