//! Handing a message over by HTTP, to no network into which it must not reach. Addresses come from people who may know the networks
//! around this machine better than they should: a name is looked up here, the addresses it leads to are judged, and only to those
//! that pass is a connection made, so that nothing can change between the look and the step. A redirection is a new address.

use std::fmt;
use std::io::Read as _;
use std::net::IpAddr;
use std::time::Duration;

use ipnet::IpNet;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response, Uri, header};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

use crate::domain::webhook::Miss;
use crate::store::webhook_deliveries::Missed;

/// How long an answer is waited for, all in all.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often it is followed on: enough for a name that moved, too little for a circle.
const REDIRECTIONS: usize = 3;

/// Headers that open something of ours: they go to the address that was given, and nowhere else.
const SECRET: [&str; 1] = ["x-chatworktoken"];

/// How much of an answer is read, in bytes, for the log: where it is refused, it often says why.
const SAID: u64 = 400;

/// Into which networks messages may go.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    allowed: Vec<IpNet>,
}

/// What is not part of the public network: IANA, "IPv4 and IPv6 Special-Purpose Address Registries" (RFC 6890), with multicast.
const SPECIAL: [&str; 32] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.31.196.0/24",
    "192.52.193.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "192.175.48.0/24",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "100::/64",
    "100:0:0:1::/64",
    "2001::/23",
    "2001:db8::/32",
    "2002::/16",
    "2620:4f:8000::/48",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

impl Reach {
    /// The public network, and those.
    pub const fn new(allowed: Vec<IpNet>) -> Self {
        Self { allowed }
    }

    /// Everywhere: for addresses that whoever started the server has named.
    pub fn everywhere() -> Self {
        Self { allowed: ["0.0.0.0/0", "::/0"].iter().filter_map(|net| net.parse().ok()).collect() }
    }

    /// Whether a connection to that address may be made.
    pub fn may(&self, address: IpAddr) -> bool {
        // ::ffff:10.0.0.1 is 10.0.0.1 (RFC 4291, 2.5.5.2).
        let address = address.to_canonical();
        let special = || SPECIAL.iter().filter_map(|net| net.parse::<IpNet>().ok()).any(|net| net.contains(&address));
        self.names(address) || !special()
    }

    /// Whether the address is in one of the networks that were named.
    fn names(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|net| net.contains(&address.to_canonical()))
    }
}

/// Looks names up, and gives only the addresses that may be reached.
struct Guard(Reach);

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guard")
    }
}

/// Every address that a name leads to lies where it must not lead.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Inward(IpAddr);

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        // Unencrypted it goes only where an admin of this machine said so by name.
        let plain = uri.scheme_str() != Some("https");
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut may = self.empty();
        let passes = |address: IpAddr| self.0.may(address) && (!plain || self.0.names(address));
        found.iter().filter(|address| passes(address.ip())).for_each(|address| may.push(*address));
        match found.first() {
            Some(first) if may.is_empty() => Err(Error::Other(Box::new(Inward(first.ip())))),
            _ => Ok(may),
        }
    }
}

/// What is handed over, and to whom.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// To which address.
    pub url: Url,
    /// Headers, beside the length.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Hands messages over.
pub struct Courier(Agent);

impl Courier {
    /// Goes no further than `reach`, and by no proxy: that would look the names up.
    pub fn new(reach: Reach) -> Self {
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .max_response_header_size(16 * 1024)
            .max_idle_connections(0)
            .user_agent(concat!("Tellonce/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(Agent::with_parts(config, DefaultConnector::default(), Guard(reach)))
    }

    /// Hands it over; answers with the status of an answer that took it (2xx).
    ///
    /// # Errors
    /// Why it was not taken.
    pub fn deliver(&self, parcel: &Parcel) -> Result<i64, Missed> {
        self.hand_over(parcel).map(|answer| i64::from(answer.status().as_u16()))
    }

    /// The same, answering with what was answered.
    ///
    /// # Errors
    /// Why it was not taken; also where the answer is longer than `limit` bytes.
    pub fn fetch(&self, parcel: &Parcel, limit: u64) -> Result<Vec<u8>, Missed> {
        let mut answer = self.hand_over(parcel)?;
        answer.body_mut().with_config().limit(limit).read_to_vec().map_err(|error| missed(&error))
    }

    fn hand_over(&self, parcel: &Parcel) -> Result<Response<Body>, Missed> {
        let mut url = parcel.url.clone();
        for _ in 0..=REDIRECTIONS {
            let answer = self.send(&url, parcel).map_err(|error| missed(&error))?;
            let status = answer.status();
            if status.is_success() {
                return Ok(answer);
            }
            // 307 and 308 keep the method and the body (RFC 9110, 15.4.8 and 15.4.9); the others would make another request of it.
            let on = matches!(status.as_u16(), 307 | 308).then(|| led_on(&url, &answer)).flatten();
            let stays = parcel.headers.iter().any(|(name, _)| SECRET.contains(name));
            match on {
                Some(next) if stays && next.origin() != url.origin() => return Err(moved(&next, status.as_u16())),
                Some(next) if next.scheme() == "https" || url.scheme() == "http" => url = next,
                Some(next) => return Err(moved(&next, status.as_u16())),
                None => return Err(refused(answer)),
            }
        }
        Err(moved(&url, 308))
    }

    fn send(&self, url: &Url, parcel: &Parcel) -> Result<Response<Body>, Error> {
        let request = self.0.post(url.as_str());
        let request = parcel.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        request.send(parcel.body.as_slice())
    }
}

/// Asks for a page that is ours, over whatever leads there, and answers with the answer's headers and the first of its words.
///
/// # Errors
/// Why it was not reached.
pub fn ask(url: &Url, headers: &[(&str, &str)]) -> Result<(HeaderMap, String), String> {
    let config = Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false).max_redirects(0);
    let agent: Agent = config.max_redirects_will_error(false).build().into();
    let request = headers.iter().fold(agent.get(url.as_str()), |request, (name, value)| request.header(*name, *value));
    let mut answer = request.call().map_err(|error| error.to_string())?;
    let mut said = Vec::new();
    answer.body_mut().as_reader().take(SAID).read_to_end(&mut said).map_err(|error| error.to_string())?;
    Ok((answer.headers().clone(), String::from_utf8_lossy(&said).into_owned()))
}

/// Where an answer leads.
fn led_on(from: &Url, answer: &Response<Body>) -> Option<Url> {
    let to = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    from.join(to).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn moved(to: &Url, status: u16) -> Missed {
    Missed { miss: Miss::Moved, words: to.host_str().unwrap_or_default().to_owned(), status: Some(i64::from(status)) }
}

fn refused(mut answer: Response<Body>) -> Missed {
    let status = i64::from(answer.status().as_u16());
    let mut said = Vec::new();
    // What cannot be read is no matter: the status says it.
    if answer.body_mut().as_reader().take(SAID).read_to_end(&mut said).is_err() {
        said.clear();
    }
    Missed { miss: Miss::Refused, words: String::from_utf8_lossy(&said).into_owned(), status: Some(status) }
}

fn missed(error: &Error) -> Missed {
    let inward = matches!(error, Error::Other(inner) if inner.is::<Inward>());
    let miss = match error {
        _ if inward => Miss::Inward,
        Error::Timeout(_) => Miss::Silent,
        _ => Miss::Unreachable,
    };
    let words = match error {
        Error::Other(inner) if inward => inner.to_string(),
        error => error.to_string(),
    };
    Missed { miss, words, status: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(reach: &Reach, address: &str) -> bool {
        reach.may(address.parse().expect(address))
    }

    #[test]
    fn no_request_goes_to_a_private_or_loopback_address() {
        let reach = Reach::default();
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "fd00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!may(&reach, address), "{address}");
        }
        assert!(["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"].iter().all(|address| may(&reach, address)));
        assert!(SPECIAL.iter().all(|net| net.parse::<IpNet>().is_ok()));
    }

    #[test]
    fn what_was_allowed_is_reached_and_nothing_beside_it() {
        let reach = Reach::new(vec!["10.1.0.0/16".parse().expect("a network")]);
        assert!(may(&reach, "10.1.2.3") && may(&reach, "::ffff:10.1.2.3"));
        assert!(!may(&reach, "10.2.0.1") && !may(&reach, "127.0.0.1"));
    }
}
