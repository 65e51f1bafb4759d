//! `verify`: the record against its ledger, a seal, or a print. Whoever may run it may read the database.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::app::App;
use crate::config::Config;
use crate::domain::against::{Printed, Since, compare};
use crate::domain::dossier::Dossier;
use crate::domain::ledger::{Digest, Seal};
use crate::domain::locale::{DEFAULT_ZONE, Zone};
use crate::domain::permit::Actor;
use crate::domain::phrases::{Arg, Phrase};
use crate::domain::share::Share;
use crate::domain::view::{Audience, AudienceName, Internal, Meeting, Outward, Provider};
use crate::intake;
use crate::render::say::Voice;
use crate::render::words::Words;
use crate::store::verify::Beside;
use crate::store::{self, StoreError};

use super::{CliError, open, say};

/// `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Compare with a seal made earlier by --seal, or with a print: a report as PDF, or an incident exported as JSON
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Where all is as it was written, seal the record as it now stands: keep the file where nobody who could change the record can
    #[arg(long, value_name = "FILE")]
    seal: Option<PathBuf>,
}

/// What the record is compared with.
enum Earlier {
    Seal(Seal),
    Print(Box<Printed>),
}

pub fn verify(config: &Config, args: &VerifyArgs) -> Result<(), CliError> {
    let (app, words) = open(config)?;
    let unusable = |key, file: &Path| CliError::Input(say(words, key, "file", &file.display().to_string()));
    let earlier =
        args.against.as_deref().map(|file| read(file).ok_or_else(|| unusable("cli-against-unreadable", file))).transpose()?;
    if let Some(file) = args.seal.as_deref().filter(|file| file.exists()) {
        return Err(unusable("cli-seal-exists", file));
    }
    let earlier_seal = match &earlier {
        Some(Earlier::Seal(seal)) => Some(seal),
        _ => None,
    };
    let beside = Beside { files: Some(&app.files()), seal: earlier_seal };
    let (report, seal) = store::verify::verify(&app.store, app.now(), beside)?;
    let said = Voice::new(words, DEFAULT_ZONE, None).say(&report.phrase());
    let Some(seal) = seal else { return Err(CliError::No(said)) };
    println!("{said}");
    if let Some(file) = &args.seal {
        let mut json = serde_json::to_vec_pretty(&seal)?;
        json.push(b'\n');
        fs::File::create_new(file)?.write_all(&json)?;
        println!("{}", say(words, "cli-sealed", "file", &file.display().to_string()));
    }
    match earlier {
        Some(Earlier::Print(printed)) => hold_against(&app, words, &printed),
        _ => Ok(()),
    }
}

fn read(file: &Path) -> Option<Earlier> {
    let bytes = fs::read(file).ok()?;
    if let Ok(seal) = serde_json::from_slice(&bytes) {
        return Some(Earlier::Seal(seal));
    }
    intake::print::read(bytes).map(|printed| Earlier::Print(Box::new(printed)))
}

/// What the record of today says of a print.
struct Held {
    since: Vec<Since>,
    /// Whether the chain goes through the row that was its last when the print was made.
    on_chain: bool,
    /// How many rows were written since.
    rows_since: i64,
    zone: Zone,
}

fn hold_against(app: &App, words: Words, printed: &Printed) -> Result<(), CliError> {
    let held = match held(app, printed) {
        Ok(held) => held,
        Err(CliError::Store(StoreError::Denied(_))) => {
            return Err(CliError::No(say(words, "cli-incident-unknown", "number", &printed.number.to_string())));
        }
        Err(error) => return Err(error),
    };
    let voice = Voice::new(words, held.zone, None);
    let print = Phrase::new("against-print")
        .text("number", printed.number.to_string())
        .text("audience", printed.audience.as_str())
        .with("at", Arg::At(printed.as_of));
    let print = |key| Phrase::new(key).phrase("print", print.clone()).with("n", Arg::Number(held.rows_since));
    if !held.on_chain {
        return Err(CliError::No(voice.say(&print("against-other-chain"))));
    }
    if held.since.is_empty() {
        println!("{}", voice.say(&print("against-agrees")));
        return Ok(());
    }
    let head = if held.rows_since == 0 { "against-differs-at-head" } else { "against-differs" };
    let mut lines = vec![voice.say(&print(head))];
    lines.extend(held.since.iter().map(|since| voice.say(&since.phrase())));
    Err(CliError::No(lines.join("\n")))
}

fn held(app: &App, printed: &Printed) -> Result<Held, CliError> {
    let (dossier, at_count, shown, people) = app.store.read(app.now(), |tx| {
        let permit = store::incidents::to_look(tx, Actor::House, printed.number)?;
        let dossier = store::dossier::load(tx, &permit)?;
        let at_count = store::ledger::hash_at(tx, &permit, printed.count)?;
        let shares = store::shares::of_incident(tx, &permit)?;
        let house = store::house::to_look(tx, Actor::House)?;
        let people = store::people::all(tx, &house)?;
        Ok::<_, StoreError>((dossier, at_count, shares, people))
    })?;
    let since = match printed.audience {
        AudienceName::Internal => {
            // A private note is seen by its author alone: the print was made for one of them.
            let authors = people.iter().filter(|_| printed.has_private_notes()).map(|person| Some(person.id));
            closest::<Internal>(&dossier, printed, std::iter::once(None).chain(authors))?
        }
        AudienceName::Meeting => closest::<Meeting>(&dossier, printed, std::iter::once(()))?,
        AudienceName::Provider => {
            let plain = Outward::plain(dossier.incident.provider);
            let chosen = shown.iter().map(Share::outward);
            closest::<Provider>(&dossier, printed, std::iter::once(plain).chain(chosen))?
        }
    };
    Ok(Held {
        since,
        on_chain: at_count.is_some_and(|hash: Digest| hash == printed.hash),
        rows_since: dossier.head.count - printed.count,
        zone: dossier.house.zone,
    })
}

/// What differs from the print where it was made for the one of `readers` who sees today what is most like it. The print does not
/// say for whom of them it was.
fn closest<A: Audience>(
    dossier: &Dossier,
    printed: &Printed,
    readers: impl Iterator<Item = A::Reader>,
) -> Result<Vec<Since>, CliError> {
    let whole = serde_json::to_value(dossier.view::<Internal>(&None, printed.as_of))?;
    let mut found: Option<Vec<Since>> = None;
    for reader in readers {
        let now = serde_json::to_value(dossier.view::<A>(&reader, printed.as_of))?;
        let since = compare(&printed.view, &now, &whole);
        if found.as_ref().is_none_or(|least| since.len() < least.len()) {
            found = Some(since);
        }
    }
    Ok(found.unwrap_or_default())
}
