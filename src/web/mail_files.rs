//! A mail as a file becomes a record: it is sent in, looked over, and only then put on record. Until then it waits, for whoever sent
//! it in alone.

mod form;
mod letter;

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::extract::{Posted, Visit};
use super::incidents::eyes;
use super::nouns::{self, IncidentPlace, Place};
use super::turns::blocking;
use super::upload::{Received, Upload};
use super::visit::{Answer, Done, Failure, Me};
use crate::actions::mail_files;
use crate::app::App;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::error::AppError;
use crate::intake::eml::{self, EmlError, Letter};
use crate::intake::files::safe_name;
use crate::render::form::FormView;
use crate::render::pages::mail_files::{MailFilePage, MailPreviewPage};
use crate::render::pages::noun_form::Link;
use crate::render::pages::reader::Reader as Eyes;
use crate::render::words::Words;
use crate::store::files::Files;
use crate::store::mail_files::MailFile;
use crate::store::{self, Tx};

fn at(req: &HttpRequest) -> Result<IncidentNumber, AppError> {
    IncidentPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

/// Where a waiting mail is.
#[derive(Clone)]
struct Target {
    at: IncidentNumber,
    uid: Uid,
    path: String,
}

fn target(req: &HttpRequest) -> Result<Target, AppError> {
    let uid = req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)?;
    Ok(Target { at: at(req)?, uid, path: req.path().to_owned() })
}

/// The form by which a mail is sent in.
pub async fn ask(req: HttpRequest, visit: Visit) -> Answer {
    let at = at(&req)?;
    visit.page(move |tx, me| page(tx, me, at, FormView::new())).await
}

fn page(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, form: FormView) -> Result<MailFilePage, AppError> {
    let words = Words::new(me.locale());
    let desk = IncidentPlace::desk(tx, me.actor, &at)?;
    Ok(MailFilePage {
        back: Link { href: IncidentPlace::url(&at), text: IncidentPlace::name(&desk, words) },
        action: format!("{}/mail-file", IncidentPlace::url(&at)),
        changes: nouns::options::changes(&desk),
        form,
    })
}

/// A mail is sent in.
pub async fn receive(req: HttpRequest, visit: Visit, app: Data<App>, upload: Upload) -> Answer {
    let (at, path) = (at(&req)?, req.path().to_owned());
    let Upload { posted, file, is_too_large } = upload;
    let checked = blocking(move || check(file, is_too_large)).await?;
    visit
        .submit(
            posted,
            move |tx, me, form| {
                let change = form.optional::<Uid>("change", "problem-choice");
                let permit = store::incidents::for_edit(tx, me.actor, at)?;
                let file = checked.map_err(|key| AppError::refused("file", key))?;
                let Some(change) = change else { return Err(form.refusal()) };
                let kept = mail_files::keep(tx, permit, &app.files(), safe_name(&file.name), &file.bytes)?;
                let about = change.map(|change| format!("?change={change}")).unwrap_or_default();
                Ok(Done::to(format!("{path}/{}{about}", kept.uid)))
            },
            move |tx, me, form| page(tx, me, at, form),
        )
        .await
}

/// The file, if it is a mail; else what to say.
fn check(file: Option<Received>, is_too_large: bool) -> Result<Received, &'static str> {
    let file = match file {
        _ if is_too_large => return Err("mail-file-too-large"),
        None => return Err("file-missing"),
        Some(file) => file,
    };
    match eml::read(&file.bytes) {
        Ok(_) => Ok(file),
        Err(EmlError::Empty) => Err("mail-file-empty"),
        Err(EmlError::NoHeader) => Err("mail-file-no-mail"),
        Err(EmlError::TooLarge) => Err("mail-file-too-large"),
    }
}

/// A waiting mail, read.
struct Mail {
    file: MailFile,
    bytes: Vec<u8>,
    letter: Letter,
}

impl Mail {
    fn open(files: &Files, file: MailFile) -> Result<Self, AppError> {
        let fault = |error: &dyn std::fmt::Display| AppError::Fault(error.to_string());
        let bytes = files.read(&file.sha256).map_err(|error| fault(&error))?;
        let letter = eml::read(&bytes).map_err(|error| fault(&error))?;
        Ok(Self { file, bytes, letter })
    }
}

fn waiting(tx: &mut Tx<'_>, me: &Me, target: &Target) -> Result<MailFile, AppError> {
    let permit = store::incidents::to_look(tx, me.actor, target.at)?;
    store::mail_files::find(tx, &permit, target.uid)?.ok_or(AppError::NotFound)
}

/// A waiting mail is shown, with what will be put on record.
pub async fn show(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let target = target(&req)?;
    let asked = FormView::from_query(req.query_string());
    visit
        .page(move |tx, me| {
            let mail = Mail::open(&app.files(), waiting(tx, me, &target)?)?;
            let desk = IncidentPlace::desk(tx, me.actor, &target.at)?;
            let change = asked.values.get("change").and_then(|all| all.first()).cloned().unwrap_or_default();
            preview(tx, me, &target, &mail.letter, form::filled(&desk, me.zone(), &mail.letter, &change))
        })
        .await
}

fn preview(tx: &mut Tx<'_>, me: &Me, target: &Target, letter: &Letter, form: FormView) -> Result<MailPreviewPage, AppError> {
    let words = Words::new(me.locale());
    let desk = IncidentPlace::desk(tx, me.actor, &target.at)?;
    let reader = Eyes::new(&eyes(me), tx.now());
    let (beginning, is_cut) = letter::beginning(&letter.body);
    Ok(MailPreviewPage {
        back: Link { href: IncidentPlace::url(&target.at), text: IncidentPlace::name(&desk, words) },
        again: format!("{}/mail-file", IncidentPlace::url(&target.at)),
        action: target.path.clone(),
        report: letter::report(letter, reader),
        facts: letter::facts(letter, reader),
        beginning,
        is_cut,
        has_changes: !nouns::options::changes(&desk).is_empty(),
        sections: form::fields(&desk, words),
        form: nouns::as_understood(form),
    })
}

/// A waiting mail is put on record.
pub async fn save(req: HttpRequest, visit: Visit, app: Data<App>, posted: Posted) -> Answer {
    let target = target(&req)?;
    let of = target.clone();
    let found = visit.clone().read(move |tx, me| waiting(tx, me, &of)).await;
    let file = match found {
        // Both are said by the form: it waits for the login, and a form that was taken before is answered alike.
        Err(Failure { error: AppError::LoginNeeded | AppError::NotFound, .. }) => None,
        found => Some(found?),
    };
    let files = app.files();
    let mail = blocking(move || file.map(|file| Mail::open(&files, file)).transpose()).await??;
    let mail = std::sync::Arc::new(mail);
    let (again, shown, view) = (target.clone(), mail.clone(), posted.fields.view());
    visit
        .submit(
            posted,
            move |tx, me, _| record(tx, me, &target, &app.files(), mail.as_ref().as_ref(), view),
            move |tx, me, form| match shown.as_ref() {
                Some(mail) => preview(tx, me, &again, &mail.letter, form),
                None => Err(AppError::NotFound),
            },
        )
        .await
}

fn record(
    tx: &mut Tx<'_>,
    me: &Me,
    target: &Target,
    files: &Files,
    mail: Option<&Mail>,
    view: FormView,
) -> Result<Done, AppError> {
    let permit = store::incidents::for_edit(tx, me.actor, target.at)?;
    let still_waits = store::mail_files::find(tx, &permit, target.uid)?.is_some();
    let Some(mail) = mail.filter(|_| still_waits) else {
        return Ok(Done::to(format!("{}/mail-file", IncidentPlace::url(&target.at))).saying("flash-mail-file-gone"));
    };
    let words = Words::new(me.locale());
    let desk = IncidentPlace::desk(tx, me.actor, &target.at)?;
    let mut form = nouns::Reader::new(view, tx.now(), me.zone(), words);
    let read = form::read(&desk, &mut form, &mail.letter, words);
    let Some(new) = read.filter(|_| !form.is_refused()) else {
        return Err(form.refusal());
    };
    let entry = mail_files::put_on_record(tx, permit, files, (&mail.file, &mail.bytes), new)?;
    Ok(Done::to(format!("{}#e-{}", IncidentPlace::url(&target.at), entry.uid)).saying("flash-saved"))
}
