//! What the record stands on: folder, database, files, key, clock, backups.

use std::io;
use std::path::Path;

use chrono::DateTime;

use super::Look;
use crate::app::{bucket, database, files_of};
use crate::clock::{self, Clock};
use crate::domain::moment::Stamp;
use crate::domain::permit::Actor;
use crate::render::pages::incident::entry::size;
use crate::render::words::Args;
use crate::store::condition::{self, Condition};
use crate::store::files::Files;
use crate::store::keyring::{self, Keyring};
use crate::store::{DatabaseUrl, Store, StoreError, backups, files, house, ledger};

/// Less room than this is worth a look, in bytes; less than a tenth of it is too little.
const ROOM: u64 = 2 << 30;

/// By how much a clock may differ from another, in seconds.
const DRIFT: i64 = 5;

/// Looks at all of it.
pub fn look(look: &mut Look<'_>) {
    folder(look, "doctor-on-folder", &look.config.data.clone());
    secrecy(look, &look.config.data.clone());
    match &look.config.backups.clone() {
        // One that is not there is not made: it may lie on a disk that is not mounted.
        Some(backups) if !backups.folder.is_dir() => {
            let folder = Args::new().text("folder", backups.folder.display().to_string());
            look.bad("doctor-on-backup-folder", "cli-backup-folder", &folder);
        }
        Some(backups) => folder(look, "doctor-on-backup-folder", &backups.folder),
        None => {}
    }
    let url = match database(look.config) {
        Ok(url) => url,
        Err(error) => return look.bad("doctor-on-database", "doctor-why", &Args::new().text("why", error.to_string())),
    };
    let now = now(look);
    if let Some(condition) = server(look, &url, now)
        && condition.steps_to_take == 0
    {
        record(look, &url, now);
    }
    replicas(look);
    bucket_of(look);
}

/// What time it is, by the clock of the data folder if it has one.
fn now(look: &mut Look<'_>) -> Stamp {
    match clock::for_folder(&look.config.data, None) {
        Ok(clock) => clock.now(),
        Err(error) => {
            look.bad("doctor-on-clock", "doctor-why", &Args::new().text("why", error.to_string()));
            Clock::System.now()
        }
    }
}

/// Whether a folder is there, can be written to, and has room.
fn folder(look: &mut Look<'_>, what: &'static str, path: &Path) {
    let named = Args::new().text("path", path.display().to_string());
    match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return look.mind(what, "doctor-folder-none", &named),
        Err(error) => return look.bad(what, "doctor-folder-closed", &named.text("why", error.to_string())),
        Ok(_) => {}
    }
    if let Err(error) = files::scratch(path) {
        return look.bad(what, "doctor-folder-closed", &named.text("why", error.to_string()));
    }
    let Some(room) = room(path) else { return look.good(what, "doctor-folder", &named) };
    let named = named.text("room", size(i64::try_from(room).unwrap_or(i64::MAX)));
    match room {
        _ if room < ROOM / 10 => look.bad(what, "doctor-folder-full", &named),
        _ if room < ROOM => look.mind(what, "doctor-folder-full", &named),
        _ => look.good(what, "doctor-folder-room", &named),
    }
}

/// Whether others on this machine can read what lies in the data folder.
#[cfg(unix)]
fn secrecy(look: &mut Look<'_>, path: &Path) {
    use std::os::unix::fs::PermissionsExt;

    let open_to_others = |found: std::fs::Metadata| found.permissions().mode() & 0o077 != 0;
    let is_open = |path: &Path| std::fs::metadata(path).is_ok_and(open_to_others);
    if is_open(path) && ["tellonce.db", "files", "secret.key"].iter().any(|name| is_open(&path.join(name))) {
        look.mind("doctor-on-folder", "doctor-folder-open", &Args::new().text("path", path.display().to_string()));
    }
}

#[cfg(not(unix))]
fn secrecy(_: &mut Look<'_>, _: &Path) {}

/// How much room there is for whoever is no root, in bytes (statvfs(3)).
#[cfg(unix)]
fn room(path: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(path).ok()?;
    found.f_bavail.checked_mul(found.f_frsize)
}

#[cfg(not(unix))]
fn room(_: &Path) -> Option<u64> {
    None
}

/// The database itself.
fn server(look: &mut Look<'_>, url: &DatabaseUrl, now: Stamp) -> Option<Condition> {
    const WHAT: &str = "doctor-on-database";
    let named = Args::new().text("url", url.name());
    let condition = match condition::of(url) {
        Ok(Some(condition)) => condition,
        Ok(None) => {
            look.mind(WHAT, "doctor-database-none", &named);
            return None;
        }
        Err(StoreError::Moved(there)) => {
            look.bad(WHAT, "doctor-database-moved", &Args::new().text("there", there));
            return None;
        }
        Err(error) => {
            look.bad(WHAT, "doctor-database-away", &named.text("why", error.to_string()));
            return None;
        }
    };
    let named = named.text("program", &condition.program);
    let steps = i64::try_from(condition.steps_to_take).unwrap_or(i64::MAX);
    match steps {
        _ if condition.follows => look.bad(WHAT, "doctor-database-follows", &named),
        0 => look.good(WHAT, "doctor-database", &named),
        _ => look.mind(WHAT, "doctor-database-steps", &named.clone().number("steps", steps)),
    }
    if !condition.keeps {
        look.bad(WHAT, "doctor-database-forgets", &named);
    }
    time(look, url, &condition, now);
    Some(condition)
}

/// Whether the clocks agree: our own with the database's, which is another machine's where it is a server.
fn time(look: &mut Look<'_>, url: &DatabaseUrl, condition: &Condition, now: Stamp) {
    const WHAT: &str = "doctor-on-clock";
    let machine = Clock::System.now();
    let shown = Args::new().text("at", now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    if (now - machine).num_seconds().abs() > DRIFT {
        return look.mind(WHAT, "doctor-clock-own", &shown);
    }
    let there = DateTime::from_timestamp_micros(condition.micros).unwrap_or(machine);
    let differs = (there - machine).num_seconds();
    match url {
        DatabaseUrl::Postgres(_) if differs.abs() > DRIFT => {
            look.bad(WHAT, "doctor-clock-differs", &shown.number("seconds", differs));
        }
        _ => look.good(WHAT, "doctor-clock", &shown),
    }
}

/// What the record itself says: people, key, backups, and whether it was written in what is yet to come.
fn record(look: &mut Look<'_>, url: &DatabaseUrl, now: Stamp) {
    let plan = look.config.backups.as_ref().map(|backups| backups.plan);
    let read = Store::open(url).and_then(|store| {
        store.read(now, |tx| {
            let front = house::front(tx)?;
            let permit = house::to_look(tx, Actor::House)?;
            let care = backups::care(tx, &permit, plan)?;
            Ok::<_, StoreError>((front.is_some(), keyring::noted(tx)?, care, ledger::latest(tx)?))
        })
    });
    let (is_set_up, noted, care, latest) = match read {
        Ok(read) => read,
        Err(error) => return look.bad("doctor-on-record", "doctor-why", &Args::new().text("why", error.to_string())),
    };
    if !is_set_up {
        look.mind("doctor-on-record", "doctor-record-none", &Args::new());
    }
    if let Some(latest) = latest.filter(|latest| (*latest - now).num_seconds() > DRIFT) {
        look.bad("doctor-on-clock", "doctor-clock-behind", &Args::new().text("at", latest.to_rfc3339()));
    }
    key(look, noted.as_deref());
    let told = Args::new().number("hours", care.last_good.map_or(0, |at| (now - at).num_hours()));
    match (care.last_good, care.is_neglected(now)) {
        (Some(_), true) => look.bad("doctor-on-backup", "doctor-backup-old", &told),
        (Some(_), false) => look.good("doctor-on-backup", "doctor-backup", &told),
        (None, true) => look.bad("doctor-on-backup", "doctor-backup-none", &told),
        (None, false) => look.mind("doctor-on-backup", "doctor-backup-first", &told),
    }
}

/// Whether the key lies there, and is the one that the database knows.
fn key(look: &mut Look<'_>, noted: Option<&str>) {
    const WHAT: &str = "doctor-on-key";
    match (Keyring::new(&look.config.data).kept(), noted) {
        (Err(error), _) => look.bad(WHAT, "doctor-why", &Args::new().text("why", error.to_string())),
        (Ok(Some(key)), Some(noted)) if keyring::digest_of(&key) != noted => look.bad(WHAT, "doctor-key-other", &Args::new()),
        (Ok(Some(_)), _) => look.good(WHAT, "doctor-key", &Args::new()),
        (Ok(None), Some(_)) => look.bad(WHAT, "doctor-key-other", &Args::new()),
        (Ok(None), None) => look.mind(WHAT, "doctor-key-none", &Args::new()),
    }
}

/// Those that answer reads.
fn replicas(look: &mut Look<'_>) {
    const WHAT: &str = "doctor-on-replica";
    for text in look.config.replicas.clone() {
        let condition = match text.parse::<DatabaseUrl>() {
            Ok(url) => condition::of(&url).map(|found| (url.name(), found)).map_err(|error| (url.name(), error.to_string())),
            Err(error) => Err((String::new(), error.to_string())),
        };
        match condition {
            Ok((url, Some(found))) if found.follows => {
                look.good(WHAT, "doctor-replica", &Args::new().text("url", url).text("program", found.program));
            }
            Ok((url, _)) => look.bad(WHAT, "doctor-replica-none", &Args::new().text("url", url)),
            Err((url, why)) => look.mind(WHAT, "doctor-database-away", &Args::new().text("url", url).text("why", why)),
        }
    }
}

/// The bucket, where there is one: something is kept there and taken away again.
fn bucket_of(look: &mut Look<'_>) {
    const WHAT: &str = "doctor-on-files";
    let bucket = match bucket(look.config) {
        Ok(None) => return,
        Ok(Some(bucket)) => bucket,
        Err(error) => return look.bad(WHAT, "doctor-why", &Args::new().text("why", error.to_string())),
    };
    let named = Args::new().text("name", bucket.name());
    let Files::Bucket(bucket) = files_of(&look.config.data, Some(bucket)) else { return };
    match bucket.put("doctor", b"it can be written").and_then(|()| bucket.get("doctor")).and_then(|_| bucket.forget("doctor")) {
        Ok(()) => look.good(WHAT, "doctor-files", &named),
        Err(error) => look.bad(WHAT, "doctor-files-away", &named.text("why", error.to_string())),
    }
}
