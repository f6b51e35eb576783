//! Settings of live pictures: the embedded engine's port and folder, or another engine's addresses.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use media::{External, Retention, Templates};

use super::Secret;
use super::sources::Reader;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A gigabyte as disks are sold.
const GB: u64 = 1_000_000_000;

/// How live pictures come in and go out.
#[derive(Clone, Debug)]
pub struct Live {
    /// Where encoders connect to; none takes no pictures.
    pub rtmp_listen: Option<SocketAddr>,
    /// What hosts type into the encoder.
    pub rtmp_url: Option<String>,
    /// Where recordings are written.
    pub dir: PathBuf,
    /// How long they stay, and how many.
    pub retention: Retention,
    /// What the picture's clock is late by, milliseconds.
    pub delay_ms: i64,
    /// Another engine instead of this process.
    pub external: Option<External>,
    /// What that engine shows when it tells of pictures.
    pub hook_secret: Option<Secret>,
}

impl Live {
    pub(super) fn read(read: &mut Reader<'_>, public_url: &str) -> Self {
        let rtmp_listen: Option<SocketAddr> = match read.text("rtmp_listen") {
            off if off.is_empty() => None,
            _ => Some(read.parsed("rtmp_listen", "an address and port such as 0.0.0.0:1935")),
        };
        let told = set(read.text("rtmp_url"));
        let fits = |url: &String| url.starts_with("rtmp://") || url.starts_with("rtmps://");
        read.check(
            "rtmp_url",
            told.as_ref().is_none_or(fits),
            "an address such as rtmp://shop.example/live",
        );
        let rtmp_url = told.or_else(|| Some(rtmp_of(public_url, rtmp_listen?.port())));
        let days: u32 = read.parsed("live_keep_days", "a whole number of days");
        let mut bytes = |name| {
            let gb: u64 = read.parsed(name, "a whole number of gigabytes");
            read.check(name, (1..=100_000).contains(&gb), "from 1 to 100000");
            gb.saturating_mul(GB)
        };
        let retention = Retention {
            keep: DAY.saturating_mul(days),
            session_bytes: bytes("live_session_gb"),
            total_bytes: bytes("live_total_gb"),
        };
        let delay_ms = read.parsed("live_delay_ms", "a whole number of milliseconds");
        Self {
            rtmp_listen,
            rtmp_url,
            dir: read.text("live_dir").into(),
            retention,
            delay_ms,
            external: external(read, delay_ms),
            hook_secret: set(read.text("live_hook_secret")).map(Secret::from),
        }
    }
}

fn external(read: &mut Reader<'_>, clock_offset_ms: i64) -> Option<External> {
    let hls = set(read.text("live_hls_url"))?;
    let ingest = read.text("rtmp_url");
    read.check(
        "rtmp_url",
        !ingest.is_empty(),
        "where encoders send to, since live_hls_url is set",
    );
    let engine = External::new(Templates {
        ingest,
        ingest_key: set(read.text("live_ingest_key")),
        hls,
        mp4: set(read.text("live_mp4_url")),
        vod: set(read.text("live_vod_url")),
        clock_offset_ms,
    });
    match engine {
        Ok(engine) => Some(engine),
        Err(_) => {
            read.check(
                "live_hls_url",
                false,
                "an address of https:// with {session} and without {key}, as live_mp4_url and live_vod_url too",
            );
            None
        }
    }
}

fn set(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// `rtmp://` on the shop's own host.
fn rtmp_of(public_url: &str, port: u16) -> String {
    let authority = public_url.split("://").nth(1).unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        // An IPv6 address has colons of its own.
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    format!("rtmp://{host}:{port}/live")
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Sources};
    use super::rtmp_of;

    fn read(flags: &[(&str, &str)]) -> Result<Config, String> {
        let owned = flags
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        let sources = Sources::new(owned.collect(), Default::default());
        Config::read(&sources).map_err(|told| told.to_string())
    }

    #[test]
    fn no_port_is_opened_that_nobody_asked_for() {
        let live = read(&[]).unwrap().live;
        assert_eq!((live.rtmp_listen, live.rtmp_url), (None, None));
    }

    #[test]
    fn hosts_are_told_the_shops_own_host() {
        let given = [
            ("public_url", "http://shop.example:8080"),
            ("rtmp_listen", "0.0.0.0:1935"),
        ];
        let live = read(&given).unwrap().live;
        assert_eq!(
            live.rtmp_url.as_deref(),
            Some("rtmp://shop.example:1935/live")
        );
        assert_eq!(rtmp_of("http://[::1]:8080", 1), "rtmp://[::1]:1/live");
        assert_eq!(
            rtmp_of("https://shop.example", 1935),
            "rtmp://shop.example:1935/live"
        );
    }

    #[test]
    fn another_engine_is_addresses_alone() {
        let hls = ("live_hls_url", "https://cdn.example/{session}/index.m3u8");
        let told = read(&[hls]).unwrap_err();
        assert!(told.contains("rtmp_url"), "{told}");
        let ingest = ("rtmp_url", "rtmp://media.example/live");
        assert!(read(&[hls, ingest]).unwrap().live.external.is_some());
        let told = read(&[("live_hls_url", "https://cdn.example/live.m3u8"), ingest]).unwrap_err();
        assert!(told.contains("{session}"), "{told}");
    }
}
