//! An incident taken out: its tables, its calendar, and everything in one zip. Whoever may read its page may take out what the page
//! shows, or less of it: what the meeting or the provider is told. What takes long is ordered, made by a job, and fetched.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};

use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Query, block};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::{Stream, stream};

use super::answer::fault;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::{Draft, PrintQuery, audience, eyes, number, read_draft};
use super::shares::{back, site};
use super::turns::in_turn;
use super::visit::{Answer, Done, Me};
use crate::actions::exports as actions;
use crate::app::App;
use crate::domain::export::{ExportForm, ExportOrder, ExportStage};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::view::{Audience, AudienceName, Make, View};
use crate::error::AppError;
use crate::render::export::{Export, ExportError, archive};
use crate::render::form::FormView;
use crate::render::pages::exports::ExportsPage;
use crate::render::words::Words;
use crate::store::exports::NewExport;
use crate::store::{self, Tx};

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
    let printing = app.printing.clone();
    let made = in_turn(printing, move || draft.made_for(audience, TakeOut { draft: &draft, app: &app, what })).await?;
    Ok(answered(attached(kind, &name), made.map_err(fault)?))
}

/// An answer that is kept as a file of that kind and name.
fn attached(kind: &str, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"));
    answer
}

fn answered(mut answer: HttpResponseBuilder, out: Out) -> HttpResponse {
    match out {
        Out::Bytes(bytes) => answer.body(bytes),
        Out::File(file, length) => answer.body(SizedStream::new(length, Box::pin(pieces(file)))),
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

/// What is taken out of a view.
struct TakeOut<'a> {
    draft: &'a Draft,
    app: &'a App,
    what: What,
}

impl Make for TakeOut<'_> {
    type Made = Result<Out, ExportError>;

    fn of<A: Audience>(self, view: &View<A>) -> Self::Made {
        let Draft { dossier, now, locale, .. } = self.draft;
        let export = Export { view, words: Words::new(*locale), zone: dossier.house.zone, at: *now };
        let files = self.app.files();
        match self.what {
            What::Calendar => Ok(Out::Bytes(export.calendar().into_bytes())),
            What::Tables => Ok(Out::Bytes(archive::write_tables(&export, Cursor::new(Vec::new()))?.into_inner())),
            What::Archive => {
                let mut file = archive::write(&export, self.app.scratch()?, &|sha256| files.open(sha256), &mut |_| ())?;
                let length = file.metadata()?.len();
                file.rewind()?;
                Ok(Out::File(file, length))
            }
        }
    }
}

fn page(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, form: FormView) -> Result<ExportsPage, AppError> {
    let permit = store::incidents::to_look(tx, me.actor, at)?;
    let orders = store::exports::own(tx, &permit)?;
    let dossier = store::dossier::kept(tx, &permit)?;
    Ok(ExportsPage::new(back(&dossier), at, &orders, form, &eyes(me), tx.now()))
}

/// What was ordered, and the form that orders more.
pub async fn list(req: HttpRequest, visit: Visit) -> Answer {
    let (at, form) = (number(&req)?, FormView::from_query(req.query_string()));
    visit.page(move |tx, me| page(tx, me, at, form)).await
}

/// An export is ordered.
pub async fn order(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let (at, site) = (number(&req)?, site(&req, &visit.app));
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let (what, audience, locale) = (form.choice("form"), form.choice("audience"), form.choice("lang"));
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let (Some(form), Some(audience), Some(locale)) = (what, audience, locale) else { return Err(form.refusal()) };
        actions::order(tx, permit, NewExport { form, audience, locale, site })?;
        Ok(Done::to(format!("/incidents/{at}/exports")))
    };
    visit.submit(posted, save, move |tx, me, form| page(tx, me, at, form)).await
}

/// An export that was made is fetched, by whoever ordered it.
pub async fn fetch(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let at = number(&req)?;
    let uid: Uid = req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)?;
    let order = visit.read(move |tx, me| {
        let permit = store::incidents::to_look(tx, me.actor, at)?;
        let own = store::exports::own(tx, &permit)?;
        own.into_iter().find(|order| order.uid == uid && order.step.stage == ExportStage::Ready).ok_or(AppError::NotFound)
    });
    let order = order.await?;
    fetched(&app, at, &order).await
}

/// The file of an export that is ready.
///
/// # Errors
/// [`AppError::Fault`] where it is not there.
pub(super) async fn fetched(app: &App, at: IncidentNumber, order: &ExportOrder) -> Answer {
    let (folder, uid) = (app.exports(), order.uid);
    let (file, length) = block(move || folder.open(uid)).await.map_err(fault)?.map_err(fault)?;
    let (end, kind) = match order.form {
        ExportForm::Archive => ("zip", "application/zip"),
        ExportForm::Report => ("pdf", "application/pdf"),
    };
    let name = format!("{at}-{}-{}.{end}", order.audience, order.locale);
    Ok(answered(attached(kind, &name), Out::File(file, length)))
}
