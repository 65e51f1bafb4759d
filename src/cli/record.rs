//! `incidents`, `export`: the record, read at the machine. Whoever may run them may read the database.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use crate::app::App;
use crate::config::Config;
use crate::domain::dossier::Dossier;
use crate::domain::incident::{IncidentNumber, Status};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::overview::{IncidentRow, OverviewQuery};
use crate::domain::paper::PaperForm;
use crate::domain::permit::Actor;
use crate::domain::view::{Audience, AudienceName, Make, View};
use crate::render::export::table::TableName;
use crate::render::export::{Export, archive};
use crate::render::words::Words;
use crate::store::{self, StoreError};

use super::{CliError, open, output, say};

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
    /// The paper, in its form.
    Pdf,
    /// A table, or a zip of all tables.
    Csv,
    /// A calendar: promises, deadlines, answers, calls.
    Ics,
    /// All of it with its files, and a page that shows and checks it without any network.
    Zip,
}

/// `export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// The incident's number, such as INC-2026-0007
    incident: IncidentNumber,
    /// How to write it
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// What of it to print as PDF: one-page or report
    #[arg(long, default_value = "report")]
    form: PaperForm,
    /// With csv, one of the tables: incident, entries, calls, legs, waits, statements, promises, asks, agreements, clauses, notices,
    /// contradictions, ruled-out, credit-claims, files, figures. Without it, all of them as a zip: a CSV file holds one
    #[arg(long, value_name = "NAME")]
    table: Option<TableName>,
    /// For whom: internal, meeting or provider
    #[arg(long, default_value = "internal")]
    audience: AudienceName,
    /// Where to: a file, or - for standard output
    #[arg(short, long, default_value = "-")]
    output: PathBuf,
}

pub fn export(config: &Config, args: &ExportArgs) -> Result<(), CliError> {
    let (app, words) = open(config)?;
    check_table(args, words)?;
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
    dossier.made_for(args.audience, None, now, WriteOut { app: &app, dossier: &dossier, args, now })
}

/// What cannot be: a table of what is no CSV, and many tables in a file that is named as one.
fn check_table(args: &ExportArgs, words: Words) -> Result<(), CliError> {
    let is_csv = args.format == ExportFormat::Csv;
    if args.table.is_some() && !is_csv {
        return Err(CliError::Input(words.get("cli-table-is-for-csv")));
    }
    let is_named_csv = args.output.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
    if is_csv && args.table.is_none() && is_named_csv {
        return Err(CliError::Input(words.get("cli-csv-holds-one-table")));
    }
    Ok(())
}

/// An incident being written out.
struct WriteOut<'a> {
    app: &'a App,
    dossier: &'a Dossier,
    args: &'a ExportArgs,
    now: Stamp,
}

impl Make for WriteOut<'_> {
    type Made = Result<(), CliError>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        let Self { app, dossier, args, now } = self;
        let page = app.site().map(|site| format!("{site}/incidents/{}", args.incident));
        let export = Export { view, words: Words::new(app.locale), zone: dossier.house.zone, at: now };
        let files = app.files();
        output::write_whole(app, &args.output, |mut file| {
            let bytes = match (args.format, args.table) {
                (ExportFormat::Json, _) => export.json()?,
                (ExportFormat::Pdf, _) => export.paper(args.form, page.as_deref())?,
                (ExportFormat::Csv, Some(table)) => export.table(table).csv()?,
                (ExportFormat::Csv, None) => return Ok(archive::write_tables(&export, file)?),
                (ExportFormat::Ics, _) => export.calendar().into_bytes(),
                (ExportFormat::Zip, _) => {
                    return Ok(archive::write(&export, file, &|sha256| files.open(sha256), &mut |_| ())?);
                }
            };
            file.write_all(&bytes)?;
            Ok(file)
        })
    }
}
