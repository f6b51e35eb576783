//! Where a fetch may go: to addresses of the internet alone. A name is resolved once, every address that it
//! has is looked at, and the connection is pinned to one of those, so that a name that changes its address
//! between the look and the connection gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;

use super::Refused;

/// Says which addresses may be connected to.
pub(super) struct Guard {
    may: fn(IpAddr) -> bool,
}

impl Guard {
    /// The internet, nothing of this machine or its network.
    pub fn internet() -> Self {
        Self { may: is_public }
    }

    /// Everywhere, for tests that fetch from themselves.
    #[cfg(test)]
    pub fn anywhere() -> Self {
        Self { may: |_| true }
    }

    /// Where to connect for an address.
    pub async fn pin(&self, url: &Url) -> Result<SocketAddr, Refused> {
        let plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none();
        let (Some(host), Some(port), true) = (url.host_str(), url.port_or_known_default(), plain)
        else {
            return Err(Refused::Address);
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = match bare.parse::<IpAddr>() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => tokio::net::lookup_host((bare, port))
                .await
                .map_err(Refused::Name)?
                .collect(),
        };
        if let Some(private) = found.iter().find(|address| !(self.may)(address.ip())) {
            return Err(Refused::Private(private.ip()));
        }
        found.first().copied().ok_or(Refused::Address)
    }
}

/// Whether an address is one of the internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = match (a, b, c) {
        (0 | 10 | 127 | 224.., ..)
        | (169, 254, _)
        | (192, 168, _)
        | (192, 0, 0 | 2)
        | (192, 88, 99)
        | (198, 18 | 19, _)
        | (198, 51, 100)
        | (203, 0, 113) => true,
        (100, b, _) => (64..128).contains(&b),
        (172, b, _) => (16..32).contains(&b),
        _ => false,
    };
    !special
}

/// Only global unicast, without the ranges that carry another address in them.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let carries = a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x3fff;
    (0x2000..0x4000).contains(&a) && !carries
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways to write addresses that are not on the internet.
    const PRIVATE: [&str; 44] = [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.1./",
        "http://127.255.255.254/",
        "http://0/",
        "http://0.0.0.0/",
        "http://0.1.2.3/",
        "http://10.0.0.1/",
        "http://10.255.255.255/",
        "http://012.1.2.3/",
        "http://100.64.0.1/",
        "http://100.127.255.255/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://2852039166/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.0.1/",
        "http://192.168.257/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://198.51.100.7/",
        "http://203.0.113.7/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://①②⑦.⓪.⓪.①/",
        "http://１２７.0.0.1/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fc00::1]/",
        "http://[fe80::1]/",
        "http://[2002:7f00:1::]/",
    ];

    #[tokio::test]
    async fn no_spelling_of_a_private_address_gets_through() {
        for address in PRIVATE {
            let url = Url::parse(address).unwrap();
            let pinned = Guard::internet().pin(&url).await;
            assert!(
                matches!(pinned, Err(Refused::Private(_))),
                "{address}: {pinned:?}"
            );
        }
        let local = Url::parse("http://localhost/").unwrap();
        let pinned = Guard::internet().pin(&local).await;
        assert!(matches!(pinned, Err(Refused::Private(_))), "{pinned:?}");
    }

    #[tokio::test]
    async fn only_plain_web_addresses_are_fetched() {
        for address in [
            "ftp://1.1.1.1/",
            "file:///etc/passwd",
            "http://user@1.1.1.1/",
            "http://u:p@1.1.1.1/",
            "data:image/png;base64,AAAA",
            "gopher://1.1.1.1/",
        ] {
            let url = Url::parse(address).unwrap();
            let pinned = Guard::internet().pin(&url).await;
            assert!(
                matches!(pinned, Err(Refused::Address)),
                "{address}: {pinned:?}"
            );
        }
    }

    #[tokio::test]
    async fn an_address_of_the_internet_is_pinned() {
        for address in ["https://1.1.1.1/a.png", "https://[2606:4700::1111]/a.png"] {
            let url = Url::parse(address).unwrap();
            let pinned = Guard::internet().pin(&url).await.unwrap();
            assert_eq!(pinned.port(), 443);
        }
        for ip in [
            "100.128.0.1",
            "172.32.0.1",
            "9.255.255.255",
            "223.255.255.255",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }
}
