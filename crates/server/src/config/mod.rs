//! How the server is started: flags before environment before file before default, and one printed reason
//! for every bad value.

mod live;
mod sharing;
mod sources;
mod videos;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use promotions::TimeZone;

pub use live::Live;
pub use sharing::Sharing;
pub use sources::{ConfigErrors, Key, Sources};
pub use videos::Videos;

/// How the server is started. `KEYS` says what each value is for.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to answer on.
    pub listen: SocketAddr,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: String,
    /// Origin that browsers and the payment gateway see, without a slash at the end.
    pub public_url: String,
    /// The built app.
    pub assets_dir: PathBuf,
    /// Pictures of the catalogue.
    pub media_dir: PathBuf,
    /// Whether pictures are made in AVIF too, while the shop is open.
    pub avif: bool,
    /// How long stock is held for an unpaid order (rules.md 3.5-F3).
    pub pay_ttl: Duration,
    /// How long a seat of a group is held for an unpaid order (rules.md G2).
    pub seat_ttl: Duration,
    /// The payment gateway.
    pub gateway_url: String,
    /// What the shop shows the gateway.
    pub gateway_key: Secret,
    /// Secrets that the gateway signs its messages with, separated by commas: the newest first.
    pub gateway_webhook_secret: Secret,
    /// Who sends text messages; `sandbox` shows them on a page.
    pub sms: String,
    /// Key of the hashes of one-time codes.
    pub server_secret: Secret,
    /// How often the outbox is looked at.
    pub relay_poll: Duration,
    /// What to log, in the words of `tracing`.
    pub log: String,
    /// Shipping fee of a parcel, minor units.
    pub ship_fee: i64,
    /// Goods total from which a parcel is free, minor units.
    pub ship_free_from: i64,
    /// The shop's time zone: days and slots of promotions are of it.
    pub zone: TimeZone,
    /// Requests a minute that one address may make.
    pub rate_per_minute: u32,
    /// How many proxies in front of the server are ours: the client's address is that many from the end of
    /// `X-Forwarded-For`; with 0 the header is not believed.
    pub trusted_proxies: u32,
    /// How sharing is paid.
    pub sharing: Sharing,
    /// How live pictures come in and go out.
    pub live: Live,
    /// What short videos may be.
    pub videos: Videos,
}

/// A value that is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The value, to be used and not kept.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Known to everybody who reads this: good enough to try the shop on one machine.
const SANDBOX_SERVER_SECRET: &str = "sandbox-server-secret";
/// The sandbox gateway's own: whoever knows it can say that an order was paid.
const SANDBOX_WEBHOOK_SECRET: &str = "sandbox-webhook-secret";

/// Every setting: `listen` is the flag `--listen`, the variable `JISHI_LISTEN` and the file's `listen`.
pub const KEYS: &[Key] = &[
    Key::new("listen", "127.0.0.1:8080", "Address to answer on"),
    Key::new(
        "database_url",
        "sqlite://data/jishi.db",
        "sqlite://PATH or postgres://USER@HOST/NAME",
    ),
    Key::new(
        "public_url",
        "",
        "Origin that browsers see; http://LISTEN unless set",
    ),
    Key::new("assets_dir", "dist", "Folder of the built app"),
    Key::new(
        "media_dir",
        "data/media",
        "Folder of the catalogue's pictures",
    ),
    Key::new(
        "avif",
        "on",
        "Pictures in AVIF too, made while the shop is open: on or off",
    ),
    Key::new(
        "pay_ttl_s",
        "1800",
        "Seconds that stock is held for an unpaid order",
    ),
    Key::new(
        "seat_ttl_s",
        "600",
        "Seconds that a seat of a group is held for an unpaid order",
    ),
    Key::new(
        "gateway_url",
        "http://127.0.0.1:8090",
        "The payment gateway",
    ),
    Key::secret(
        "gateway_key",
        "sandbox-key",
        "What the shop shows the payment gateway",
    ),
    Key::secret(
        "gateway_webhook_secret",
        SANDBOX_WEBHOOK_SECRET,
        "Secrets of the gateway's messages, newest first",
    ),
    Key::new("sms", "sandbox", "Who sends text messages: sandbox"),
    Key::secret(
        "server_secret",
        SANDBOX_SERVER_SECRET,
        "Key of the hashes of one-time codes",
    ),
    Key::new(
        "relay_poll_ms",
        "50",
        "Milliseconds between two looks at the outbox",
    ),
    Key::new("log", "info", "What to log, such as info or server=debug"),
    Key::new(
        "ship_fee",
        "1000",
        "Shipping fee of a parcel in minor units",
    ),
    Key::new(
        "ship_free_from",
        "9900",
        "Goods total from which a parcel is free, in minor units",
    ),
    Key::new(
        "timezone",
        "Asia/Shanghai",
        "Time zone of the daily slots of promotions, such as Europe/Berlin",
    ),
    Key::new(
        "rate_per_minute",
        "600",
        "Requests a minute that one address may make",
    ),
    Key::new(
        "trusted_proxies",
        "0",
        "How many proxies of ours stand in front",
    ),
    Key::secret(
        "share_keys",
        "",
        "Keys of share links, NAME:SECRET with commas between, newest first; server_secret unless set",
    ),
    Key::new(
        "attribution_days",
        "7",
        "Days that an opened share link counts for",
    ),
    Key::new(
        "receive_days",
        "7",
        "Days after payment that an order counts as received",
    ),
    Key::new(
        "freeze_days",
        "7",
        "Days between receipt and the day commission can be withdrawn",
    ),
    Key::new(
        "second_level_bp",
        "0",
        "Basis points of a commission that go to who brought the sharer; 0 pays no second level",
    ),
    Key::new(
        "withdrawal_min",
        "1000",
        "The least commission that can be withdrawn, in minor units",
    ),
    Key::new(
        "commission_day_max",
        "200000",
        "The most that one sharer earns in a day, in minor units",
    ),
    Key::new(
        "rtmp_listen",
        "",
        "Address that live rooms' encoders connect to, such as 0.0.0.0:1935; none unless set",
    ),
    Key::new(
        "rtmp_url",
        "",
        "What hosts type into the encoder; rtmp://HOST:PORT/live unless set",
    ),
    Key::new("live_dir", "data/live", "Folder of live recordings"),
    Key::new("live_keep_days", "30", "Days that a live recording is kept"),
    Key::new(
        "live_session_gb",
        "8",
        "Gigabytes of one recording; its beginning goes first",
    ),
    Key::new(
        "live_total_gb",
        "64",
        "Gigabytes of all recordings; the oldest go first",
    ),
    Key::new(
        "live_delay_ms",
        "0",
        "Milliseconds that live pictures need from the camera to here",
    ),
    Key::new(
        "live_hls_url",
        "",
        "Another engine's live playlist, https://cdn.example/{session}/index.m3u8",
    ),
    Key::secret(
        "live_hook_secret",
        "",
        "What another engine shows when it tells of pictures; none takes no word of it",
    ),
    Key::new(
        "live_mp4_url",
        "",
        "Another engine's long MP4 response, with {session}",
    ),
    Key::new(
        "live_vod_url",
        "",
        "Another engine's replay playlist, with {session}",
    ),
    Key::new(
        "live_ingest_key",
        "",
        "Stream key as another engine wants it, with {session} and {key}; {key} unless set",
    ),
    Key::new(
        "uploads_dir",
        "data/uploads",
        "Folder of short videos on their way in",
    ),
    Key::new(
        "video_max_mb",
        "300",
        "Megabytes of the largest short video",
    ),
    Key::new("video_max_s", "180", "Seconds of the longest short video"),
];

impl Config {
    /// Reads every setting; all bad ones are told at once.
    pub fn read(sources: &Sources) -> Result<Self, ConfigErrors> {
        let mut read = sources.reader();
        let listen: SocketAddr =
            read.parsed("listen", "an address and port such as 127.0.0.1:8080");
        let public_url = match read.text("public_url") {
            unset if unset.is_empty() => format!("http://{listen}"),
            url => url.trim_end_matches('/').to_owned(),
        };
        read.check(
            "public_url",
            is_origin(&public_url),
            "an origin such as https://shop.example",
        );
        let server_secret: Secret = read.text("server_secret").into();
        let zone = TimeZone::get(&read.text("timezone"));
        read.check("timezone", zone.is_ok(), "a name such as Asia/Shanghai");
        let config = Self {
            live: Live::read(&mut read, &public_url),
            videos: Videos::read(&mut read),
            listen,
            database_url: read.text("database_url"),
            public_url,
            assets_dir: read.text("assets_dir").into(),
            media_dir: read.text("media_dir").into(),
            avif: read.text("avif") == "on",
            pay_ttl: Duration::from_secs(read.parsed("pay_ttl_s", "a whole number of seconds")),
            seat_ttl: Duration::from_secs(read.parsed("seat_ttl_s", "a whole number of seconds")),
            gateway_url: read.text("gateway_url").trim_end_matches('/').to_owned(),
            gateway_key: read.text("gateway_key").into(),
            gateway_webhook_secret: read.text("gateway_webhook_secret").into(),
            sms: read.text("sms"),
            sharing: Sharing::read(&mut read, &server_secret),
            server_secret,
            relay_poll: Duration::from_millis(
                read.parsed("relay_poll_ms", "a whole number of milliseconds"),
            ),
            log: read.text("log"),
            ship_fee: read.parsed("ship_fee", "a whole number of minor units"),
            ship_free_from: read.parsed("ship_free_from", "a whole number of minor units"),
            zone: zone.unwrap_or(TimeZone::UTC),
            rate_per_minute: read.parsed("rate_per_minute", "a whole number"),
            trusted_proxies: read.parsed("trusted_proxies", "a whole number"),
        };
        let avif = read.text("avif");
        read.check("avif", matches!(avif.as_str(), "on" | "off"), "on or off");
        read.check("pay_ttl_s", !config.pay_ttl.is_zero(), "at least 1");
        read.check("seat_ttl_s", !config.seat_ttl.is_zero(), "at least 1");
        read.check("relay_poll_ms", !config.relay_poll.is_zero(), "at least 1");
        read.check("rate_per_minute", config.rate_per_minute > 0, "at least 1");
        read.check("ship_fee", config.ship_fee >= 0, "0 or more");
        read.check("ship_free_from", config.ship_free_from >= 0, "0 or more");
        read.check("sms", config.sms == "sandbox", "sandbox");
        let is_public = config.public_url.starts_with("https://");
        for (name, secret, known) in [
            (
                "server_secret",
                &config.server_secret,
                SANDBOX_SERVER_SECRET,
            ),
            (
                "gateway_webhook_secret",
                &config.gateway_webhook_secret,
                SANDBOX_WEBHOOK_SECRET,
            ),
        ] {
            let fits = !is_public || secret.expose().split(',').all(|one| one.trim() != known);
            read.check(
                name,
                fits,
                "a secret of your own, since public_url begins with https://",
            );
        }
        read.check(
            "gateway_url",
            is_origin(&config.gateway_url),
            "an address such as http://127.0.0.1:8090",
        );
        let known = ["sqlite:", "postgres://", "postgresql://"];
        read.check(
            "database_url",
            known
                .iter()
                .any(|scheme| config.database_url.starts_with(scheme)),
            "a URL that begins with sqlite:// or postgres://",
        );
        read.finish(config)
    }
}

fn is_origin(url: &str) -> bool {
    let Some(host) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return false;
    };
    !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(flags: &[(&str, &str)], env: &[(&str, &str)], file: &str) -> Sources {
        let owned = |list: &[(&str, &str)]| {
            list.iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect()
        };
        let mut sources = Sources::new(owned(flags), owned(env));
        sources.add_file("jishi.toml", file).unwrap();
        sources
    }

    #[test]
    fn the_defaults_are_a_working_shop() {
        let config = Config::read(&sources(&[], &[], "")).unwrap();
        assert_eq!(config.public_url, "http://127.0.0.1:8080");
        assert_eq!(config.pay_ttl, Duration::from_secs(1800));
    }

    #[test]
    fn a_flag_beats_the_environment_which_beats_the_file() {
        let all = sources(
            &[("pay_ttl_s", "1")],
            &[
                ("JISHI_PAY_TTL_S", "2"),
                ("JISHI_SMS", "sandbox"),
                ("DATABASE_URL", "postgres://db/shop"),
            ],
            "pay_ttl_s = 3\nrelay_poll_ms = 7",
        );
        let config = Config::read(&all).unwrap();
        assert_eq!(config.pay_ttl, Duration::from_secs(1));
        assert_eq!(config.relay_poll, Duration::from_millis(7));
        assert_eq!(config.database_url, "postgres://db/shop");
    }

    #[test]
    fn every_bad_value_is_told_with_where_it_came_from_and_what_is_wanted() {
        let all = sources(
            &[("listen", "nowhere")],
            &[("JISHI_PAY_TTL_S", "soon")],
            "ship_fee = -5",
        );
        let told = Config::read(&all).unwrap_err().to_string();
        assert!(
            told.contains("listen = \"nowhere\" (flag --listen): wanted an address"),
            "{told}"
        );
        assert!(
            told.contains("pay_ttl_s = \"soon\" (environment JISHI_PAY_TTL_S)"),
            "{told}"
        );
        assert!(
            told.contains("ship_fee = \"-5\" (file jishi.toml): wanted 0 or more"),
            "{told}"
        );
    }

    #[test]
    fn a_word_in_the_file_that_is_no_setting_is_refused() {
        let mut sources = Sources::new(Default::default(), Default::default());
        let told = sources
            .add_file("jishi.toml", "lisen = 1")
            .unwrap_err()
            .to_string();
        assert!(told.contains("lisen"), "{told}");
    }

    #[test]
    fn a_public_shop_needs_a_secret_of_its_own() {
        let public = ("public_url", "https://shop.example");
        let told = Config::read(&sources(&[public], &[], "")).unwrap_err();
        assert!(told.to_string().contains("server_secret"), "{told}");
        assert!(
            told.to_string().contains("gateway_webhook_secret"),
            "{told}"
        );
        let own = [
            public,
            ("server_secret", "of its own"),
            ("gateway_webhook_secret", "of its own"),
        ];
        assert!(Config::read(&sources(&own, &[], "")).is_ok());
    }

    #[test]
    fn secrets_are_never_printed() {
        let config = Config::read(&sources(&[("gateway_key", "s3cret")], &[], "")).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
