//! Shares as somebody of a company opens them: without an account, with the code. A GET changes nothing and opens nothing.

pub mod reply;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;

use super::answer::{add_cookie, paper, see_other};
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::login::throttled;
use super::session::Jar;
use super::visit::{Answer, first_of_each};
use crate::actions::passwords::Password;
use crate::actions::secrets;
use crate::actions::shares::{self, Admission, Door, Reading, Visitor};
use crate::app::App;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::share::{BadDigits, Digits, Share, ShareState};
use crate::domain::view::{Provider, View};
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::share::{CodePage, GonePage, SharedPage, Why};
use crate::render::pdf;
use crate::render::words::Words;
use crate::store::shares::Name;
use crate::store::{self, Tx};

/// In which language it is read, where somebody chose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Speech {
    lang: String,
}

impl Speech {
    fn of(&self, mut visit: Visit) -> Visit {
        visit.asked = self.lang.parse().ok().or(visit.asked);
        visit
    }
}

/// `GET /s`: asks for the number and the code.
pub async fn ask_number(visit: Visit, speech: Query<Speech>) -> Answer {
    speech.of(visit).door_page(200, |_| Ok(CodePage::of_number(FormView::new()))).await
}

/// `GET /s/{token}`: asks for the code.
pub async fn ask_code(visit: Visit, speech: Query<Speech>, token: Path<String>) -> Answer {
    let visit = speech.of(visit);
    let name = Name::Link(secrets::hash_of(&token));
    match visit.read_at_door(move |tx| Ok(shares::door(tx, &name)?)).await? {
        Door::Unknown => Err(AppError::NotFound.into()),
        Door::Share(share, state) => match Why::of(state) {
            None => visit.door_page(200, move |_| Ok(CodePage::of_link(&token, FormView::new()))).await,
            Some(why) => gone(visit, why, *share).await,
        },
    }
}

/// That a share cannot be opened any more, and whom to call.
async fn gone(visit: Visit, why: Why, share: Share) -> Answer {
    visit.door_page(why.status(), move |_| Ok(GonePage { why, call: share.call })).await
}

/// `POST /s`
pub async fn open_by_number(visit: Visit, speech: Query<Speech>, posted: Posted) -> Answer {
    open(speech.of(visit), posted, None).await
}

/// `POST /s/{token}`
pub async fn open_by_link(visit: Visit, speech: Query<Speech>, posted: Posted, token: Path<String>) -> Answer {
    open(speech.of(visit), posted, Some(token.into_inner())).await
}

/// What somebody typed at the door.
struct Typed {
    name: Name,
    code: Digits,
    visitor: Visitor,
}

/// Opens a share: by the long link's `token`, or by the number that was typed.
async fn open(visit: Visit, posted: Posted, token: Option<String>) -> Answer {
    let again = |status, form: FormView| {
        let (visit, page) = (visit.clone(), token.clone());
        async move {
            let page = move |_: &mut Tx<'_>| {
                Ok(page.map_or_else(|| CodePage::of_number(form.clone()), |token| CodePage::of_link(&token, form.clone())))
            };
            visit.door_page(status, page).await
        }
    };
    let view = posted.fields.view();
    if visit.check_door(&posted).is_err() {
        return again(409, view.with_problem("", Problem::new("share-again"))).await;
    }
    let typed = match read(&posted, token.as_deref(), &visit) {
        Ok(typed) => typed,
        Err(AppError::Refused(errors)) => {
            let mut view = view;
            view.problems = first_of_each(errors);
            return again(422, view).await;
        }
        Err(error) => return Err(error.into()),
    };
    let (name, address) = (typed.name.clone(), visit.address);
    let (share, hash) = match visit.write_at_door(move |tx| Ok(shares::attempt(tx, &name, address)?)).await? {
        Admission::Try(found) => found.map_or((None, None), |(share, hash)| (Some(share), Some(hash))),
        Admission::Locked(share) => return gone(visit, Why::Locked, *share).await,
        Admission::Throttled(until) => return again(429, view.with_problem("", throttled(&visit, until))).await,
    };
    let code = Password::attempt(typed.code.as_str());
    let is_right = visit.with_hashing(move || code.is(hash.as_deref())).await?;
    let (Some(share), true) = (share, is_right) else {
        return again(422, view.with_problem("", Problem::new("share-wrong"))).await;
    };
    let (way, opened) = (typed.name.way(), share.clone());
    match visit.write_at_door(move |tx| Ok(shares::open(tx, &opened, way, typed.visitor)?)).await? {
        Some(secret) => {
            let https = visit.app.is_https();
            let lang = visit.asked.map(|lang| format!("?lang={lang}")).unwrap_or_default();
            let answer = see_other(&format!("/s/view/{}{lang}", share.number), None, "", https);
            Ok(add_cookie(answer, Jar::Share.with(secret, https)))
        }
        None => {
            let why = Why::of(share.state(visit.app.now())).unwrap_or(Why::Revoked);
            gone(visit, why, *share).await
        }
    }
}

fn read(posted: &Posted, token: Option<&str>, visit: &Visit) -> Result<Typed, AppError> {
    let mut form = Reader::new(&posted.fields);
    let number = match token {
        Some(token) => Some(Name::Link(secrets::hash_of(token))),
        None => digits(&mut form, "number").map(Name::Number),
    };
    let code = digits(&mut form, "code");
    let (name, department) = (form.line("name"), form.line("department"));
    match (number, code, name, department) {
        (Some(number), Some(code), Some(name), Some(department)) => {
            let visitor = Visitor { name: name.into(), department: department.into(), address: visit.address.to_string() };
            Ok(Typed { name: number, code, visitor })
        }
        _ => Err(form.refusal()),
    }
}

/// Eight digits; which of them were misheard is said before anything is tried.
fn digits(form: &mut Reader<'_>, field: &str) -> Option<Digits> {
    match Digits::typed(form.raw(field)) {
        Ok(digits) => Some(digits),
        Err(bad) => {
            form.refuse(
                field,
                match bad {
                    BadDigits::NotEight => "share-not-eight",
                    BadDigits::Check => "share-check-digit",
                },
            );
            None
        }
    }
}

/// How it is read: the language that the reader chose or their browser asks for, else the house's; the house's zone; when.
#[derive(Clone, Copy)]
struct Eyes {
    locale: Locale,
    zone: Zone,
    now: Stamp,
}

/// What a reader may see, or why not.
enum Seen {
    View(Box<View<Provider>>, Box<Share>, Eyes),
    Gone(Box<Share>, ShareState),
    Closed,
}

async fn look(req: &HttpRequest, visit: &Visit) -> Result<Seen, AppError> {
    let number: Option<Digits> = req.match_info().get("number").and_then(|number| number.parse().ok());
    let (Some(number), Some(secret)) = (number, visit.reading.clone()) else { return Ok(Seen::Closed) };
    let asked = visit.asked;
    visit
        .read_at_door(move |tx| {
            Ok(match shares::reading(tx, &secret, &number)? {
                Reading::Open(read, permit) => {
                    let share = Box::new(read.share);
                    let dossier = store::dossier::kept(tx, &permit)?;
                    let view = dossier.view::<Provider>(&share.outward(), tx.now());
                    let locale = asked.unwrap_or(dossier.house.locale);
                    Seen::View(Box::new(view), share, Eyes { locale, zone: dossier.house.zone, now: tx.now() })
                }
                Reading::Gone(share, state) => Seen::Gone(share, state),
                Reading::Closed => Seen::Closed,
            })
        })
        .await
}

/// `GET /s/view/{number}`: the reader's page.
pub async fn show(req: HttpRequest, visit: Visit, speech: Query<Speech>) -> Answer {
    let visit = speech.of(visit);
    match look(&req, &visit).await? {
        Seen::View(view, share, Eyes { locale, zone, now }) => {
            let page = move || SharedPage::new(&view, &share, Words::new(locale), zone, now).answerable();
            visit.door_page(200, move |_| Ok(page())).await
        }
        Seen::Gone(share, state) => gone(visit, Why::of(state).unwrap_or(Why::Revoked), *share).await,
        Seen::Closed => Ok(see_other("/s", None, "", visit.app.is_https())),
    }
}

/// `GET /s/view/{number}/report.pdf`: the same on paper.
pub async fn report(req: HttpRequest, visit: Visit, app: Data<App>, speech: Query<Speech>) -> Answer {
    let visit = speech.of(visit);
    let (view, share, Eyes { locale, zone, now }) = match look(&req, &visit).await? {
        Seen::View(view, share, eyes) => (view, share, eyes),
        Seen::Gone(share, state) => return gone(visit, Why::of(state).unwrap_or(Why::Revoked), *share).await,
        Seen::Closed => return Ok(see_other("/s", None, "", visit.app.is_https())),
    };
    let name = format!("{}-{locale}.pdf", share.number.shown());
    paper(&app, &name, move || pdf::report::report(&view, Words::new(locale), zone, now)).await
}
