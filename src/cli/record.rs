//! `incidents`, `export`: the record, read at the machine. Whoever may run them may read the database.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use crate::config::Config;
use crate::domain::dossier::Dossier;
use crate::domain::incident::{IncidentNumber, Status};
use crate::domain::locale::Locale;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::overview::{IncidentRow, OverviewQuery};
use crate::domain::permit::Actor;
use crate::domain::view::{Audience, AudienceName, Internal, Meeting, Outward, Provider};
use crate::render::pdf;
use crate::render::words::Words;
use crate::store::{self, StoreError};

use super::{CliError, open, say};

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// A line each.
    Text,
    /// A list of objects.
    Json,
}

/// `incidents`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// How to write it
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    format: ListFormat,
}

/// An incident in the list.
#[derive(Serialize)]
struct Listed {
    number: IncidentNumber,
    title: String,
    provider: String,
    status: Status,
    started: Option<Moment>,
    ended: Option<Moment>,
    overdue_promises: i64,
}

impl From<IncidentRow> for Listed {
    fn from(row: IncidentRow) -> Self {
        Self {
            number: row.number,
            title: row.title,
            provider: row.provider,
            status: row.status,
            started: row.started,
            ended: row.ended,
            overdue_promises: row.overdue,
        }
    }
}

pub fn list(config: &Config, args: &ListArgs) -> Result<(), CliError> {
    let (app, _) = open(config)?;
    let now = app.now();
    let listed = app.store.read(now, |tx| {
        let mut listed = Vec::new();
        let mut query = OverviewQuery { page: 1, ..OverviewQuery::default() };
        loop {
            let page = store::overview::list(tx, Actor::House, &query, now)?;
            let pages = page.pages();
            listed.extend(page.rows.into_iter().map(Listed::from));
            if query.page >= pages {
                return Ok::<_, StoreError>(listed);
            }
            query.page += 1;
        }
    })?;
    let mut out = io::stdout().lock();
    match args.format {
        ListFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&listed)?)?,
        ListFormat::Text => {
            for row in listed {
                writeln!(out, "{}\t{}\t{}\t{}", row.number, row.status, row.provider, row.title)?;
            }
        }
    }
    Ok(())
}

/// How an incident is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// The view as JSON.
    Json,
    /// The report.
    Pdf,
}

/// `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The incident's number, such as INC-2026-0007
    incident: IncidentNumber,
    /// How to write it
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// For whom: internal, meeting or provider
    #[arg(long, default_value = "internal")]
    audience: AudienceName,
    /// Where to: a file, or - for standard output
    #[arg(short, long, default_value = "-")]
    output: PathBuf,
}

pub fn export(config: &Config, args: &ExportArgs) -> Result<(), CliError> {
    let (app, words) = open(config)?;
    let now = app.now();
    let dossier = app.store.read(now, |tx| {
        let permit = store::incidents::to_look(tx, Actor::House, args.incident)?;
        store::dossier::load(tx, &permit)
    });
    let dossier = match dossier {
        Ok(dossier) => dossier,
        Err(StoreError::Denied(_)) => {
            return Err(CliError::No(say(words, "cli-incident-unknown", "number", &args.incident.to_string())));
        }
        Err(error) => return Err(error.into()),
    };
    let bytes = match args.audience {
        AudienceName::Internal => written::<Internal>(&dossier, &None, args.format, app.locale, now)?,
        AudienceName::Meeting => written::<Meeting>(&dossier, &(), args.format, app.locale, now)?,
        AudienceName::Provider => {
            let outward = Outward::plain(dossier.incident.provider);
            written::<Provider>(&dossier, &outward, args.format, app.locale, now)?
        }
    };
    if args.output.as_os_str() == "-" {
        io::stdout().lock().write_all(&bytes)?;
    } else {
        fs::write(&args.output, bytes)?;
    }
    Ok(())
}

fn written<A: Audience>(
    dossier: &Dossier,
    reader: &A::Reader,
    format: ExportFormat,
    locale: Locale,
    now: Stamp,
) -> Result<Vec<u8>, CliError> {
    let view = dossier.view::<A>(reader, now);
    match format {
        ExportFormat::Json => {
            let mut json = serde_json::to_vec_pretty(&view)?;
            json.push(b'\n');
            Ok(json)
        }
        ExportFormat::Pdf => Ok(pdf::report::report(&view, Words::new(locale), dossier.house.zone, now)?),
    }
}
