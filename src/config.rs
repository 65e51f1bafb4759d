//! The settings: flags, and the same from the environment as `TELLONCE_…`.
//!
//! A setting that may hold a secret can also be given as a file, `TELLONCE_DATABASE_FILE`, `TELLONCE_DATABASE_REPLICA_FILE`,
//! `TELLONCE_FILES_FILE` and `TELLONCE_SMTP_FILE`, so that it stands in no process list.

use std::fs;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use crate::clock::ClockSetting;
use crate::domain::backup::{Keep, Plan};
use crate::domain::locale::Locale;
use crate::domain::sealing::Sealing;

/// The flags that every command knows.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Settings")]
pub struct Flags {
    /// Folder of the database, the keys and the files [default: tellonce-data]
    #[arg(long, global = true, env = "TELLONCE_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// sqlite:FILE or postgres://USER@HOST/NAME [default: SQLite in the data folder]
    #[arg(long, global = true, env = "TELLONCE_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// A server that follows the database and answers reads for it; may be given several times (in the environment with spaces between)
    #[arg(
        long,
        global = true,
        env = "TELLONCE_DATABASE_REPLICA",
        value_name = "URL",
        value_delimiter = ' ',
        hide_env_values = true
    )]
    pub database_replica: Vec<String>,
    /// Keep files in an S3-compatible store instead of the data folder, so that several machines reach them: s3://BUCKET/FOLDER
    #[arg(long, global = true, env = "TELLONCE_FILES", value_name = "URL", hide_env_values = true)]
    pub files: Option<String>,
    /// Address and port on which Prometheus may ask for /metrics; without it nothing is counted
    #[arg(long, global = true, env = "TELLONCE_METRICS", value_name = "ADDR", value_parser = listen_address)]
    pub metrics: Option<SocketAddr>,
    /// How the log is written: text for people, or a JSON object a line, with one for each request [default: text]
    #[arg(long, global = true, env = "TELLONCE_LOG", value_name = "FORM")]
    pub log: Option<LogForm>,
    /// How many seconds serve goes on after it was told to stop, while /readyz sends a load balancer to others [default: 0]
    #[arg(long, global = true, env = "TELLONCE_DRAIN", value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pub drain: Option<u64>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "TELLONCE_LISTEN", value_name = "ADDR", value_parser = listen_address)]
    pub listen: Option<SocketAddr>,
    /// The address under which people reach it, such as https://tellonce.example.jp
    #[arg(long, global = true, env = "TELLONCE_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub base_url: Option<Url>,
    /// Networks of the reverse proxies that are believed when they say where a request comes from, such as 127.0.0.1 or 10.0.0.0/8;
    /// several with commas between [default: none]
    #[arg(long, global = true, env = "TELLONCE_TRUST_PROXY", value_name = "NETWORK", value_parser = network, value_delimiter = ',')]
    pub trust_proxy: Vec<IpNet>,
    /// Mail server, such as smtps://user:password@mail.example.jp; without it nothing is mailed
    #[arg(long, global = true, env = "TELLONCE_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// The address that mail comes from [default: tellonce@ and the host of the base URL]
    #[arg(long, global = true, env = "TELLONCE_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
    /// Networks of ours into which webhooks may go, such as 10.0.0.0/8, also unencrypted; several with commas between [default: none]
    #[arg(long, global = true, env = "TELLONCE_WEBHOOK_ALLOW", value_name = "NETWORK", value_parser = network, value_delimiter = ',')]
    pub webhook_allow: Vec<IpNet>,
    /// Folder into which serve backs everything up; without it nothing is backed up
    #[arg(long, global = true, env = "TELLONCE_BACKUP_DIR", value_name = "DIR")]
    pub backup_dir: Option<PathBuf>,
    /// How many hours after a backup the next is made [default: 24]
    #[arg(long, global = true, env = "TELLONCE_BACKUP_EVERY", value_name = "HOURS", value_parser = clap::value_parser!(u32).range(1..=8760))]
    pub backup_every: Option<u32>,
    /// Of how many days, weeks and months the last backup is kept [default: 7,5,12]
    #[arg(long, global = true, env = "TELLONCE_BACKUP_KEEP", value_name = "D,W,M", value_parser = Keep::from_str)]
    pub backup_keep: Option<Keep>,
    /// Leave the key out of these backups: whoever has one can then not read the codes of shared links, but nor can you without secret.key
    #[arg(long, global = true, env = "TELLONCE_BACKUP_WITHOUT_KEY", value_parser = clap::builder::BoolishValueParser::new())]
    pub backup_without_key: bool,
    /// Mail the day's seal over the whole record to this address, for somebody who keeps it elsewhere
    #[arg(long, global = true, env = "TELLONCE_SEAL_MAIL", value_name = "ADDRESS", value_parser = mail_address)]
    pub seal_mail: Option<String>,
    /// Post the day's seal, as JSON, to this address
    #[arg(long, global = true, env = "TELLONCE_SEAL_POST", value_name = "URL", value_parser = web_address)]
    pub seal_post: Option<Url>,
    /// Have the day's seal stamped by this time-stamping authority (RFC 3161)
    #[arg(long, global = true, env = "TELLONCE_SEAL_STAMP", value_name = "URL", value_parser = web_address)]
    pub seal_stamp: Option<Url>,
    /// Language where nobody has chosen one: ja or en [default: ja]
    #[arg(long, global = true, env = "TELLONCE_LANG", value_name = "LANG", value_parser = Locale::from_str)]
    pub lang: Option<Locale>,
    /// The clock of this data folder: a time from which it runs, or fixed:TIME
    #[arg(long, global = true, env = "TELLONCE_CLOCK", value_name = "TIME", hide = true)]
    pub clock: Option<ClockSetting>,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogForm {
    /// For people.
    #[default]
    Text,
    /// For programs that gather logs: a JSON object a line.
    Json,
}

/// The settings, with what was not given filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of the database, the keys and the files.
    pub data: PathBuf,
    /// The database's URL, if one was given; else SQLite in the data folder.
    pub database: Option<String>,
    /// The servers that follow it and answer reads.
    pub replicas: Vec<String>,
    /// The bucket in which files are kept; none: the data folder.
    pub files: Option<String>,
    /// Where Prometheus may ask, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// How long serve goes on after it was told to stop.
    pub drain: Duration,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// The address under which people reach it, if it is another than the one listened on.
    pub base_url: Option<Url>,
    /// The networks of proxies that are believed.
    pub proxies: Vec<IpNet>,
    /// Mail server; none: nothing is mailed.
    pub smtp: Option<String>,
    /// The address that mail comes from.
    pub mail_from: String,
    /// The networks of ours into which webhooks may go.
    pub webhook_allow: Vec<IpNet>,
    /// Where and how often it is backed up, if it is.
    pub backups: Option<Backups>,
    /// Who keeps the day's seal, if anybody does.
    pub sealing: Option<Sealing>,
    /// Language where nobody has chosen one.
    pub locale: Locale,
    /// The clock asked for, if one was.
    pub clock: Option<ClockSetting>,
}

/// Where and how often it is backed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backups {
    /// Into which folder.
    pub folder: PathBuf,
    /// How often, and which are kept.
    pub plan: Plan,
    /// Whether the key goes along.
    pub with_key: bool,
}

/// A setting that cannot be used. Says which, and what to write instead.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A secret was given twice.
    #[error("{0} is given both as itself and as {0}_FILE; leave one of them away")]
    Twice(&'static str),
    /// A setting says how to back up, and none says where.
    #[error("{0} needs --backup-dir (or TELLONCE_BACKUP_DIR): without a folder nothing is backed up")]
    NoBackups(&'static str),
    /// The file of a secret cannot be read.
    #[error("{name}_FILE names {path}, which cannot be read: {cause}")]
    SecretFile {
        /// Which setting.
        name: &'static str,
        /// Which file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

impl Config {
    /// The settings from the flags, their defaults, and the files of secrets that the environment names.
    ///
    /// # Errors
    /// [`ConfigError`] where a secret is given twice or its file cannot be read; where it is said how to back up but not where.
    pub fn from_flags(flags: Flags) -> Result<Self, ConfigError> {
        let how = [
            (flags.backup_every.is_some(), "--backup-every"),
            (flags.backup_keep.is_some(), "--backup-keep"),
            (flags.backup_without_key, "--backup-without-key"),
        ];
        if let (None, Some((_, name))) = (&flags.backup_dir, how.into_iter().find(|(is_given, _)| *is_given)) {
            return Err(ConfigError::NoBackups(name));
        }
        let address = |url: Option<Url>| url.map(String::from).unwrap_or_default();
        let host = flags.base_url.as_ref().and_then(Url::host_str).unwrap_or("localhost");
        Ok(Self {
            mail_from: flags.mail_from.unwrap_or_else(|| format!("tellonce@{host}")),
            data: flags.data.unwrap_or_else(|| PathBuf::from("tellonce-data")),
            database: secret("TELLONCE_DATABASE", flags.database)?,
            replicas: match secret("TELLONCE_DATABASE_REPLICA", (!flags.database_replica.is_empty()).then(String::new))? {
                Some(kept) if flags.database_replica.is_empty() => kept.split_whitespace().map(str::to_owned).collect(),
                _ => flags.database_replica,
            },
            files: secret("TELLONCE_FILES", flags.files)?,
            metrics: flags.metrics,
            drain: Duration::from_secs(flags.drain.unwrap_or(0)),
            listen: flags.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            base_url: flags.base_url,
            proxies: flags.trust_proxy,
            smtp: secret("TELLONCE_SMTP", flags.smtp)?,
            webhook_allow: flags.webhook_allow,
            backups: flags.backup_dir.map(|folder| Backups {
                folder,
                plan: Plan { every: flags.backup_every.unwrap_or(24), keep: flags.backup_keep.unwrap_or_default() },
                with_key: !flags.backup_without_key,
            }),
            sealing: [flags.seal_mail.is_some(), flags.seal_post.is_some(), flags.seal_stamp.is_some()]
                .contains(&true)
                .then_some(Sealing {
                    mail: flags.seal_mail,
                    post: address(flags.seal_post),
                    authority: address(flags.seal_stamp),
                }),
            locale: flags.lang.unwrap_or(Locale::Ja),
            clock: flags.clock,
        })
    }
}

/// A secret setting: as given, or from the file that `NAME_FILE` names (without the line end).
fn secret(name: &'static str, given: Option<String>) -> Result<Option<String>, ConfigError> {
    let Some(path) = std::env::var_os(format!("{name}_FILE")).map(PathBuf::from) else {
        return Ok(given);
    };
    if given.is_some() {
        return Err(ConfigError::Twice(name));
    }
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
        Err(cause) => Err(ConfigError::SecretFile { name, path, cause }),
    }
}

/// An address with a port; a name such as `localhost` is looked up, and its first address taken.
fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let mut found = text.to_socket_addrs().map_err(|_| "write an address with its port, such as 127.0.0.1:8080".to_owned())?;
    found.next().ok_or_else(|| format!("{text} has no address; write one such as 127.0.0.1:8080"))
}

/// A network, or an address alone.
fn network(text: &str) -> Result<IpNet, String> {
    let alone = || text.parse::<IpAddr>().map(IpNet::from).ok();
    text.parse().ok().or_else(alone).ok_or_else(|| "write an address or a network, such as 127.0.0.1 or 10.0.0.0/8".to_owned())
}

/// An address of mail.
fn mail_address(text: &str) -> Result<String, String> {
    let address: Result<lettre::Address, _> = text.trim().parse();
    address.map(|address| address.to_string()).map_err(|_| "write one address, such as seals@example.jp".to_owned())
}

/// An address of the web.
fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| "write an address such as https://example.jp/seals".to_owned())
}

/// The address under which people reach it: http or https, a host, nothing behind it.
fn base_url(text: &str) -> Result<Url, String> {
    let refused = || "write it like https://tellonce.example.jp, with nothing behind the host and port".to_owned();
    let url = Url::parse(text).map_err(|_| refused())?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if plain { Ok(url) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_its_port() {
        assert!(listen_address("127.0.0.1:8080").is_ok());
        assert!(listen_address("[::1]:0").is_ok());
        assert!(listen_address("127.0.0.1").is_err());
    }

    #[test]
    fn a_base_url_is_a_host_and_nothing_behind_it() {
        assert!(base_url("https://tellonce.example.jp").is_ok());
        assert!(base_url("http://127.0.0.1:8080/").is_ok());
        for text in [
            "tellonce.example.jp",
            "ftp://example.jp",
            "https://example.jp/tellonce",
            "https://example.jp/?a=b",
            "https://me@example.jp",
        ] {
            assert!(base_url(text).is_err(), "{text} was taken");
        }
    }

    #[test]
    fn a_proxy_is_named_by_its_address_or_its_network() {
        let within = |text: &str, address: &str| network(text).expect(text).contains(&address.parse::<IpAddr>().expect(address));
        assert!(within("127.0.0.1", "127.0.0.1") && !within("127.0.0.1", "127.0.0.2"));
        assert!(within("10.0.0.0/8", "10.1.2.3") && !within("10.0.0.0/8", "11.1.2.3"));
        assert!(within("2001:db8::/32", "2001:db8:1::1"));
        assert!(["localhost", "10.0.0.0/33", "", "*"].iter().all(|text| network(text).is_err()));
    }

    #[test]
    fn whoever_says_how_to_back_up_says_where() {
        for flags in [
            Flags { backup_every: Some(6), ..Flags::default() },
            Flags { backup_keep: Some(Keep::default()), ..Flags::default() },
            Flags { backup_without_key: true, ..Flags::default() },
        ] {
            let with_folder = Flags { backup_dir: Some(PathBuf::from("backups")), ..flags.clone() };
            assert!(Config::from_flags(flags).is_err() && Config::from_flags(with_folder).is_ok());
        }
    }

    #[test]
    fn a_seal_is_mailed_to_one_address() {
        assert_eq!(mail_address(" seals@example.jp "), Ok("seals@example.jp".to_owned()));
        assert!(["", "seals", "a@b, c@d", "Mei <mei@example.jp>"].iter().all(|text| mail_address(text).is_err()));
    }

    #[test]
    fn without_flags_it_listens_on_this_machine_only() {
        let config = Config::from_flags(Flags::default()).expect("the defaults");
        assert!(config.listen.ip().is_loopback());
        assert_eq!(config.locale, Locale::Ja);
    }
}
