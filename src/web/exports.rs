//! An incident taken out: its tables, its calendar, and everything in one zip. Whoever may read its page may take out what the page
//! shows, or less of it: what the meeting or the provider is told.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ContentEncoding};
use actix_web::web::{Bytes, Data, Query, block};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};

use super::answer::fault;
use super::extract::Visit;
use super::incidents::{Draft, PrintQuery, audience, read_draft};
use super::visit::Answer;
use crate::app::App;
use crate::domain::view::{Audience, AudienceName, Internal, Meeting, Outward, Provider};
use crate::render::export::{Export, ExportError, archive};
use crate::render::words::Words;

/// How much of a file goes out at once.
const PIECE: usize = 256 * 1024;

/// What is taken out.
#[derive(Clone, Copy, Debug)]
enum What {
    Tables,
    Calendar,
    Archive,
}

/// What goes out: few bytes, or a file of whatever length, at its beginning.
enum Out {
    Bytes(Vec<u8>),
    File(File, u64),
}

/// `GET /incidents/{at}/tables.zip`
pub async fn tables(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<PrintQuery>) -> Answer {
    take_out(&req, visit, app, &query, What::Tables).await
}

/// `GET /incidents/{at}/calendar.ics`
pub async fn calendar(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<PrintQuery>) -> Answer {
    take_out(&req, visit, app, &query, What::Calendar).await
}

/// `GET /incidents/{at}/archive.zip`
pub async fn archive(req: HttpRequest, visit: Visit, app: Data<App>, query: Query<PrintQuery>) -> Answer {
    take_out(&req, visit, app, &query, What::Archive).await
}

async fn take_out(req: &HttpRequest, visit: Visit, app: Data<App>, query: &PrintQuery, what: What) -> Answer {
    let audience = audience(&query.audience, AudienceName::Meeting)?;
    let draft = read_draft(req, visit, &query.lang).await?;
    let stem = format!("{}-{audience}-{}", draft.dossier.incident.number, draft.locale);
    let (name, kind) = match what {
        What::Tables => (format!("{stem}-tables.zip"), "application/zip"),
        What::Calendar => (format!("{stem}.ics"), "text/calendar; charset=utf-8"),
        What::Archive => (format!("{stem}.zip"), "application/zip"),
    };
    // A paper is set for it.
    let turn = app.printing.acquire().await.map_err(fault)?;
    let maker = app.clone();
    let made = block(move || draft.taken_out(&maker, audience, what)).await;
    drop(turn);
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"));
    Ok(answered(answer, made.map_err(fault)?.map_err(fault)?))
}

fn answered(mut answer: HttpResponseBuilder, out: Out) -> HttpResponse {
    match out {
        Out::Bytes(bytes) => answer.body(bytes),
        // It is packed already, and its length is known.
        Out::File(file, length) => {
            answer.insert_header(ContentEncoding::Identity).body(SizedStream::new(length, Box::pin(pieces(file))))
        }
    }
}

/// The bytes of a file, piece by piece, each read on a blocking thread.
fn pieces(file: File) -> impl Stream<Item = Result<Bytes, io::Error>> {
    stream::try_unfold(file, |mut file| async move {
        let read = block(move || {
            let mut piece = Vec::with_capacity(PIECE);
            let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece);
            read.map(|_| (piece, file))
        });
        let (piece, file) = read.await.map_err(io::Error::other)??;
        Ok(if piece.is_empty() { None } else { Some((Bytes::from(piece), file)) })
    })
}

impl Draft {
    fn taken_out(&self, app: &App, audience: AudienceName, what: What) -> Result<Out, ExportError> {
        match audience {
            AudienceName::Internal => self.of::<Internal>(app, &self.reader, what),
            AudienceName::Meeting => self.of::<Meeting>(app, &(), what),
            AudienceName::Provider => self.of::<Provider>(app, &Outward::plain(self.dossier.incident.provider), what),
        }
    }

    fn of<A: Audience>(&self, app: &App, reader: &A::Reader, what: What) -> Result<Out, ExportError> {
        let view = self.dossier.view::<A>(reader, self.now);
        let export = Export { view: &view, words: Words::new(self.locale), zone: self.dossier.house.zone, at: self.now };
        let files = app.files();
        match what {
            What::Calendar => Ok(Out::Bytes(export.calendar().into_bytes())),
            What::Tables => Ok(Out::Bytes(archive::write_tables(&export, Cursor::new(Vec::new()))?.into_inner())),
            What::Archive => {
                let mut file = archive::write(&export, app.scratch()?, &|sha256| files.open(sha256))?;
                let length = file.metadata()?.len();
                file.rewind()?;
                Ok(Out::File(file, length))
            }
        }
    }
}
