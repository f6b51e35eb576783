//! Where a request came from, as far as that can be believed.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::AppState;

const FORWARDED: &str = "x-forwarded-for";

/// One caller for the limits: an IPv4 address, or the /64 that an IPv6 network gives to one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Client(IpAddr);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(v4) => IpAddr::V4(v4),
            IpAddr::V6(v6) => {
                let network = v6.to_bits() & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from_bits(network))
            }
        })
    }
}

/// The caller of a request, as an extractor.
pub struct ClientAddress(pub Client);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| {
            peer.ip()
        });
        Ok(Self(
            caller(peer, &parts.headers, state.config.trusted_proxies).into(),
        ))
    }
}

/// With `proxies` of ours in front, each added the address that it was asked by to the end of
/// `X-Forwarded-For`: the caller is that many entries from the end. What stands before was written by the
/// caller and is not believed; a header that is too short means that the request came around the proxies.
fn caller(peer: IpAddr, headers: &HeaderMap, proxies: u32) -> IpAddr {
    let Some(back) = usize::try_from(proxies).ok().and_then(|n| n.checked_sub(1)) else {
        return peer;
    };
    let entries: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let entry = entries.iter().rev().nth(back);
    entry.and_then(|entry| entry.parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(header: &'static str, proxies: u32) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED, HeaderValue::from_static(header));
        caller(IpAddr::V4(Ipv4Addr::LOCALHOST), &headers, proxies).to_string()
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        assert_eq!(seen("203.0.113.9", 0), "127.0.0.1");
        assert_eq!(seen("203.0.113.9", 1), "203.0.113.9");
        assert_eq!(seen("1.1.1.1, 203.0.113.9", 1), "203.0.113.9");
        assert_eq!(seen("1.1.1.1, 203.0.113.9, 10.0.0.1", 2), "203.0.113.9");
        assert_eq!(seen("203.0.113.9", 2), "127.0.0.1");
        assert_eq!(seen("nonsense", 1), "127.0.0.1");
    }

    #[test]
    fn an_ipv6_network_is_one_caller() {
        let client = |text: &str| Client::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:2"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
        assert_eq!(client("::ffff:192.0.2.1"), client("192.0.2.1"));
    }
}
