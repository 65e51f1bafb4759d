//! Finals: the list, how one is frozen, printed again, and held against the record; and any print of ours, brought as a file.

use std::sync::Arc;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, block};
use actix_web::{HttpRequest, HttpResponse};

use super::answer::fault;
use super::extract::{Posted, Visit};
use super::incidents::{Draft, eyes, number, read_draft};
use super::nouns::{Added, PaperNoun, save_new_by};
use super::shares::back;
use super::turns::in_turn;
use super::upload::Upload;
use super::visit::{Answer, Failure, Me};
use crate::actions::Refused;
use crate::actions::papers::{self, PrintedPaper};
use crate::app::App;
use crate::domain::against::Printed;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::paper::{Edition, Paper, PaperForm};
use crate::domain::permit::Deed;
use crate::domain::view::AudienceName;
use crate::error::AppError;
use crate::intake;
use crate::render::form::{FormView, Problem};
use crate::render::pages::papers::{AgainstPage, Around, PapersPage, SincePage};
use crate::store::files::Files;
use crate::store::{self, Tx};

fn uid(req: &HttpRequest) -> Result<Uid, AppError> {
    req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)
}

/// The finals of an incident.
pub async fn list(req: HttpRequest, visit: Visit) -> Answer {
    let at = number(&req)?;
    visit
        .page(move |tx, me| {
            let permit = store::incidents::to_look(tx, me.actor, at)?;
            let dossier = store::dossier::kept(tx, &permit)?;
            let finals = store::papers::of_incident(tx, &permit)?.into_iter().map(|paper| {
                let since = store::ledger::changes_since(tx, &permit, paper.head_count)?;
                Ok((paper, since))
            });
            let finals = finals.collect::<store::Result<Vec<_>>>()?;
            let people = store::people::all(tx, &store::house::to_look(tx, me.actor)?)?;
            let around = Around { back: back(&dossier), number: at, people: &people, may_edit: me.actor.may(Deed::Edit) };
            Ok(PapersPage::new(around, &finals, &eyes(me), tx.now()))
        })
        .await
}

/// What a final is to be, as the form says it.
#[derive(Clone, Copy)]
struct Chosen {
    form: PaperForm,
    audience: AudienceName,
}

impl Chosen {
    fn read(posted: &Posted) -> Option<Self> {
        let field = |name| posted.fields.get(name);
        Some(Self { form: field("form")?.parse().ok()?, audience: field("audience")?.parse().ok()? })
    }
}

/// A final is frozen. It is printed first, outside any transaction, and only for somebody who may come this way.
pub async fn make(req: HttpRequest, visit: Visit, app: Data<App>, posted: Posted) -> Answer {
    let may = visit.clone().read(|_, me| Ok(me.actor.may(Deed::Edit))).await.unwrap_or(false);
    let printed = match Chosen::read(&posted).filter(|_| may) {
        Some(chosen) => Some(print(&req, &visit, &app, &posted, chosen).await?),
        // The form says what is wrong with it.
        None => None,
    };
    let papers = req.path().trim_end_matches("/new").to_owned();
    save_new_by::<PaperNoun, _>(req, visit, posted, move |writing, new| {
        let printed = printed.ok_or(Refused::Unfit { field: "", key: "problem-busy" })?;
        let paper = papers::freeze(writing.tx, writing.permit, printed, new.note)?;
        Ok(Added::at(paper.uid).going(format!("{papers}#paper-{}", paper.number)))
    })
    .await
}

async fn print(
    req: &HttpRequest,
    visit: &Visit,
    app: &Data<App>,
    posted: &Posted,
    chosen: Chosen,
) -> Result<PrintedPaper, Failure> {
    let at = number(req)?;
    let (_, number) = visit
        .clone()
        .read(move |tx, me| {
            let permit = store::incidents::to_look(tx, me.actor, at)?;
            Ok(store::papers::next(tx, &permit)?)
        })
        .await?;
    // Whoever may look at the incident may read its finals: nobody's private notes stand in them.
    let draft = Draft { reader: None, ..read_draft(req, visit.clone(), posted.fields.get("lang").unwrap_or_default()).await? };
    let files = app.files();
    Ok(in_turn(app.printing.clone(), move || kept(&draft, chosen, number, &files)).await??)
}

fn kept(draft: &Draft, chosen: Chosen, number: i64, files: &Files) -> Result<PrintedPaper, AppError> {
    let bytes = draft.print(chosen.audience, chosen.form, Edition::Final(number)).map_err(fault)?;
    let sha256 = files.keep(&bytes).map_err(fault)?;
    Ok(PrintedPaper {
        form: chosen.form,
        audience: chosen.audience,
        locale: draft.locale,
        as_of: draft.now,
        number,
        head_count: draft.dossier.head.count,
        head_hash: draft.dossier.head.hash,
        sha256,
        size: i64::try_from(bytes.len()).map_err(fault)?,
    })
}

fn load(tx: &mut Tx<'_>, me: &Me, (at, uid): (IncidentNumber, Uid)) -> Result<(Paper, Arc<Dossier>), AppError> {
    let permit = store::incidents::to_look(tx, me.actor, at)?;
    Ok((store::papers::get(tx, &permit, uid)?, store::dossier::kept(tx, &permit)?))
}

/// The bytes that were frozen.
pub async fn show(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let at = (number(&req)?, uid(&req)?);
    let (paper, _) = visit.read(move |tx, me| load(tx, me, at)).await?;
    let files = app.files();
    let name = format!("{}-final-{}-{}-{}.pdf", at.0, paper.number, paper.audience, paper.locale);
    // Read whole and hashed: bytes that are not those that were frozen are not given out as the final.
    let bytes = block(move || files.read(&paper.sha256)).await.map_err(fault)?.map_err(fault)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// What changed since it was frozen.
pub async fn since(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let at = (number(&req)?, uid(&req)?);
    let files = app.files();
    visit
        .page(move |tx, me| {
            let (paper, dossier) = load(tx, me, at)?;
            let bytes = files.read(&paper.sha256).map_err(fault)?;
            let printed = intake::print::read(bytes).ok_or_else(|| fault("a final holds no view"))?;
            let held = store::against::held(tx, me.actor, &printed, &[])?;
            Ok(SincePage::new(back(&dossier), at.0, &paper, (&held, &printed), &eyes(me), tx.now()))
        })
        .await
}

/// The form that takes a print.
pub async fn ask_against(visit: Visit) -> Answer {
    visit.page(|_, _| Ok(AgainstPage::default())).await
}

/// A print is held against the record.
pub async fn against(visit: Visit, upload: Upload) -> Answer {
    let Upload { posted, file, is_too_large } = upload;
    visit
        .consider(posted, move |tx, me, mut form: FormView| {
            let key = match &file {
                _ if is_too_large => "against-too-large",
                None => "problem-needed",
                Some(_) => "against-unreadable",
            };
            let Some(printed) = file.filter(|_| !is_too_large).and_then(|file| intake::print::read(file.bytes)) else {
                form.problems.insert("file".to_owned(), Problem::new(key));
                return Ok((422, AgainstPage { form, ..AgainstPage::default() }));
            };
            match held(tx, me, &printed) {
                Ok(page) => Ok((200, page)),
                Err(store::StoreError::Denied(_)) => {
                    form.problems.insert("file".to_owned(), Problem::new("against-unknown"));
                    Ok((422, AgainstPage { form, ..AgainstPage::default() }))
                }
                Err(error) => Err(error.into()),
            }
        })
        .await
}

fn held(tx: &mut Tx<'_>, me: &Me, printed: &Printed) -> store::Result<AgainstPage> {
    let readers: Vec<_> = me.actor.person().into_iter().collect();
    let held = store::against::held(tx, me.actor, printed, &readers)?;
    Ok(AgainstPage::new(&held, printed, &eyes(me), tx.now()))
}
