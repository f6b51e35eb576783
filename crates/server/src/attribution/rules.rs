//! Which touch an order belongs to, and what makes a sale pay nothing. Pure.

use contract::{ShareToken, Timestamp};
use serde::{Deserialize, Serialize};

/// A click that counts once in so long, in milliseconds (A2).
pub const CLICK_EVERY_MS: i64 = 30 * 60 * 1000;
/// A checkout that nothing was heard of for so long is over, in milliseconds.
pub const CHECKOUT_REST_MS: i64 = 30 * 60 * 1000;

/// That a link was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Which link.
    pub token: ShareToken,
    /// When.
    pub at: Timestamp,
}

/// What is remembered of an account's or a browser's touches.
#[derive(Clone, Debug, Default)]
pub struct Touches {
    /// The first ever.
    pub first: Option<Touch>,
    /// The last one.
    pub last: Option<Touch>,
    /// The last one before a checkout that was under way when `last` came.
    pub before: Option<Touch>,
    /// The last invitation to the group or the live session that the order is in.
    pub invitation: Option<Touch>,
}

/// Why a sale pays its sharer nothing (A6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Bought by the sharer.
    Own,
    /// Bought from the sharer's browser, phone or address, paid by the sharer's card or wallet, or bought by somebody
    /// linked to the sharer by those.
    Household,
    /// The sharer is suspended.
    Suspended,
    /// Nothing in the order pays commission.
    Off,
    /// Sharer and buyer bring each other, if need be by way of others.
    Loop,
}

/// The touch that an order made at `now` belongs to (A4): an invitation to the order's own group or live session, else the last
/// one; neither older than the window nor younger than the checkout that ends in the order (reliability 3.1,
/// last-second override).
pub fn choose(
    touches: &Touches,
    checkout_began: Option<Timestamp>,
    now: Timestamp,
    window_ms: i64,
) -> Option<&Touch> {
    let counts = |touch: &&Touch| {
        now.since(touch.at) < window_ms && checkout_began.is_none_or(|began| touch.at <= began)
    };
    [&touches.invitation, &touches.last, &touches.before]
        .into_iter()
        .filter_map(Option::as_ref)
        .find(counts)
}

/// Whether a user agent is a program that looks links up for others (A2). What gives no name is one too.
pub fn is_robot(user_agent: &str) -> bool {
    const NAMES: [&str; 29] = [
        "bot",
        "crawl",
        "spider",
        "slurp",
        "preview",
        "facebookexternalhit",
        "facebookcatalog",
        "meta-external",
        "whatsapp",
        "embedly",
        "quora link",
        "pinterest/0",
        "vkshare",
        "w3c_validator",
        "bingpreview",
        "yandex",
        "baiduspider",
        "bytespider",
        "curl/",
        "wget/",
        "python",
        "go-http-client",
        "okhttp",
        "axios/",
        "node-fetch",
        "java/",
        "libwww",
        "scrapy",
        "phantomjs",
    ];
    let agent = user_agent.to_ascii_lowercase();
    agent.trim().is_empty() || NAMES.iter().any(|name| agent.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn touch(token: &str, at: i64) -> Option<Touch> {
        Some(Touch {
            token: token.into(),
            at: Timestamp(at),
        })
    }

    fn chosen(touches: &Touches, began: Option<i64>, now: i64) -> Option<String> {
        choose(touches, began.map(Timestamp), Timestamp(now), 7 * DAY)
            .map(|touch| touch.token.0.clone())
    }

    #[test]
    fn a4_the_last_touch_counts_for_seven_days_and_not_a_moment_longer() {
        let touches = Touches {
            first: touch("first", 0),
            last: touch("last", 1),
            ..Touches::default()
        };
        assert_eq!(chosen(&touches, None, 7 * DAY).as_deref(), Some("last"));
        assert_eq!(chosen(&touches, None, 7 * DAY + 1), None);
    }

    #[test]
    fn a4_an_invitation_wins_for_orders_inside_its_group() {
        let touches = Touches {
            last: touch("last", 5),
            invitation: touch("invitation", 3),
            ..Touches::default()
        };
        assert_eq!(chosen(&touches, None, 6).as_deref(), Some("invitation"));
        let stale = 3 + 7 * DAY;
        assert_eq!(chosen(&touches, None, stale).as_deref(), Some("last"));
    }

    #[test]
    fn a4_what_is_opened_inside_the_checkout_brings_nothing_to_it() {
        let touches = Touches {
            last: touch("override", 10),
            before: touch("earned", 4),
            ..Touches::default()
        };
        assert_eq!(chosen(&touches, Some(9), 12).as_deref(), Some("earned"));
        assert_eq!(chosen(&touches, None, 12).as_deref(), Some("override"));
        let alone = Touches {
            last: touch("override", 10),
            ..Touches::default()
        };
        assert_eq!(chosen(&alone, Some(9), 12), None);
    }

    #[test]
    fn a2_robots_are_known_and_people_are_not_taken_for_them() {
        for robot in [
            "",
            "  ",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "facebookexternalhit/1.1",
            "WhatsApp/2.23.20.0",
            "TelegramBot (like TwitterBot)",
            "Mozilla/5.0 (compatible; Baiduspider/2.0)",
            "Slackbot-LinkExpanding 1.0",
            "curl/8.5.0",
            "Mozilla/5.0 (compatible; bingbot/2.0) BingPreview/1.0b",
        ] {
            assert!(is_robot(robot), "{robot}");
        }
        for person in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 14; M2102K1C) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.43 WeChat/arm64 Weixin NetType/WIFI",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36",
        ] {
            assert!(!is_robot(person), "{person}");
        }
    }
}
