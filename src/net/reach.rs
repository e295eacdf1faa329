//! How far a fetch may reach. What the user typed may be anywhere; what a server on the web names may only be on the web:
//! else any feed could make kabar ask the router, the printer, or a cloud's metadata service.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Which addresses a fetch may connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The user named it.
    Anywhere,
    /// Something on the web named it: only addresses of the web.
    Public,
}

/// Tells an address of the web from one of a machine's own or of its network.
pub type IsPublic = fn(IpAddr) -> bool;

/// By the special-purpose registries of IANA. An IPv6 address that stands for an IPv4 one is judged as that one.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            // Global unicast, less the parts for documentation and protocols (2001::/23 holds Teredo and ORCHID).
            None => {
                let [first, second, ..] = address.segments();
                let is_special = first == 0x2001 && (second < 0x200 || second == 0xdb8);
                (first & 0xe000) == 0x2000 && !is_special && first != 0x3fff
            }
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a >= 224
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b & 0xfe) == 18))
}

/// The IPv4 address behind mapped, compatible, NAT64 and 6to4 forms.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let pair = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Some(pair(high, low))
        }
        _ => None,
    }
}

impl Reach {
    /// For what the document or redirect at `from`, fetched within `self`, leads to. `from` is trusted with other private
    /// places only when its own URL says that it is one; a name of the web that resolves to a private address, as names
    /// inside a company do, only with itself.
    #[must_use]
    pub(super) fn onward(self, from: &Url, to: &Url, is_public: IsPublic) -> Self {
        let is_trusted = is_private_name(from, is_public) || from.host() == to.host();
        if self == Self::Anywhere && is_trusted { Self::Anywhere } else { Self::Public }
    }
}

/// Whether the URL itself names a place that is not on the web. A name that a name server could turn into anything is
/// no proof. Files and commands have no host: they are the user's.
pub(super) fn is_private_name(url: &Url, is_public: IsPublic) -> bool {
    match url.host() {
        None => true,
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => !is_public(address.into()),
        Some(Host::Ipv6(address)) => !is_public(address.into()),
    }
}

/// Whether the URL itself names the machine that kabar runs on.
pub(super) fn is_of_this_machine(url: &Url) -> bool {
    match url.host() {
        None => true,
        Some(Host::Domain(_)) => is_private_name(url, is_public),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
    }
}

/// Refused: the address is not one of the web.
#[derive(Debug)]
pub(super) struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not an address of the web")
    }
}

impl Error for NotPublic {}

/// Resolves names to addresses of the web only. The connection is made to what comes out here, so a name that answers
/// differently the second time gains nothing.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) is_public: IsPublic,
    /// The names of the user's proxies, which may be anywhere.
    pub(super) proxies: Vec<String>,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (is_public, is_proxy) = (self.is_public, self.proxies.iter().any(|proxy| proxy == name.as_str()));
        Box::pin(async move {
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let may: Vec<SocketAddr> =
                all.iter().copied().filter(|address| is_proxy || is_public(address.ip())).collect();
            if may.is_empty() && !all.is_empty() {
                return Err(NotPublic.into());
            }
            Ok(Box::new(may.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_machines_and_networks_are_not_of_the_web() {
        for private in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.1.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.1.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_what_is_surely_private_leads_to_private_places() {
        let onward = |reach: Reach, from: &str, to: &str| {
            reach.onward(&Url::parse(from).unwrap(), &Url::parse(to).unwrap(), is_public)
        };
        let typed = Reach::Anywhere;
        assert_eq!(onward(typed, "http://127.0.0.1/a", "http://192.168.1.1/"), Reach::Anywhere);
        assert_eq!(onward(typed, "http://localhost/a", "http://127.0.0.1/"), Reach::Anywhere);
        assert_eq!(onward(typed, "http://news.corp.example/a", "https://news.corp.example/b"), Reach::Anywhere);
        assert_eq!(onward(typed, "http://news.example/a", "http://127.0.0.1/"), Reach::Public);
        assert_eq!(onward(typed, "http://1.1.1.1/a", "http://127.0.0.1/"), Reach::Public);
        assert_eq!(onward(Reach::Public, "http://news.example/a", "http://news.example/b"), Reach::Public);
    }
}
