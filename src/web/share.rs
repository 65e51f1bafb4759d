//! Shares as somebody of a company opens them: without an account, with the code. A GET changes nothing and opens nothing.

pub mod reply;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;

use super::answer::{add_cookie, paper, see_other};
use super::attachments::hand_out;
use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::login::throttled;
use super::session::Jar;
use super::visit::{Answer, first_of_each};
use crate::actions::passwords::Password;
use crate::actions::secrets;
use crate::actions::shares::{self, Admission, Door, Reading, Visitor};
use crate::app::App;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::paper::PaperForm;
use crate::domain::share::{BadDigits, Digits, Share, ShareState};
use crate::domain::view::{Provider, View};
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::share::{CodePage, GonePage, News, Place, SharedPage, Why};
use crate::render::pdf::{self, Print};
use crate::render::words::Words;
use crate::store::shares::Name;
use crate::store::{self, Tx};

/// In which language it is read, where somebody chose.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Speech {
    lang: String,
}

impl Speech {
    /// The language that they chose.
    fn chosen(&self) -> Option<Locale> {
        self.lang.parse().ok()
    }

    fn of(&self, mut visit: Visit) -> Visit {
        visit.asked = self.chosen().or(visit.asked);
        visit
    }

    /// In which language a share is read: as its reader chose, as it was given, as their browser asks, as the house speaks.
    fn locale(&self, share: &Share, visit: &Visit, house: Locale) -> Locale {
        self.chosen().or(share.locale).or(visit.asked).unwrap_or(house)
    }

    /// What a path ends with, so that it is read on in the language that they chose.
    fn query(&self) -> String {
        self.chosen().map(|lang| format!("?lang={lang}")).unwrap_or_default()
    }
}

/// `GET /s`: asks for the number and the code.
pub async fn ask_number(visit: Visit, speech: Query<Speech>) -> Answer {
    let query = speech.query();
    speech.of(visit).door_page(200, |_| Ok(CodePage::of_number(query, FormView::new()))).await
}

/// `GET /s/{token}`: asks for the code.
pub async fn ask_code(visit: Visit, speech: Query<Speech>, token: Path<String>) -> Answer {
    let visit = speech.of(visit);
    let name = Name::Link(secrets::hash_of(&*token));
    match visit.read_at_door(move |tx| Ok(shares::door(tx, &name)?)).await? {
        Door::Unknown => Err(AppError::NotFound.into()),
        Door::Share(share, state) => match Why::of(state) {
            None => {
                let locale = share.locale.filter(|_| speech.chosen().is_none());
                visit.door_page(200, move |_| Ok(CodePage::of_link(&token, speech.query(), locale, FormView::new()))).await
            }
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
    open(speech.of(visit), &speech, posted, None).await
}

/// `POST /s/{token}`
pub async fn open_by_link(visit: Visit, speech: Query<Speech>, posted: Posted, token: Path<String>) -> Answer {
    open(speech.of(visit), &speech, posted, Some(token.into_inner())).await
}

/// What somebody typed at the door.
struct Typed {
    name: Name,
    code: Digits,
    visitor: Visitor,
}

/// Opens a share: by the long link's `token`, or by the number that was typed.
async fn open(visit: Visit, speech: &Speech, posted: Posted, token: Option<String>) -> Answer {
    let again = |status, form: FormView| {
        let (visit, token, query) = (visit.clone(), token.clone(), speech.query());
        async move {
            let page = move |_: &mut Tx<'_>| {
                Ok(match token {
                    Some(token) => CodePage::of_link(&token, query, None, form),
                    None => CodePage::of_number(query, form),
                })
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
        Admission::NumberLocked => {
            let why = Why::Locked;
            return visit.door_page(why.status(), move |_| Ok(GonePage { why, call: String::new() })).await;
        }
        Admission::Throttled(until) => {
            return again(429, view.with_problem("", throttled("share-throttled", &visit, until))).await;
        }
    };
    let code = Password::attempt(typed.code.as_str());
    let is_right = visit.with_knocking(move || code.is(hash.as_deref())).await?;
    let (Some(share), true) = (share, is_right) else {
        return again(422, view.with_problem("", Problem::new("share-wrong"))).await;
    };
    let (way, opened) = (typed.name.way(), share.clone());
    match visit.write_at_door(move |tx| Ok(shares::open(tx, &opened, way, typed.visitor)?)).await? {
        Ok(secret) => {
            let https = visit.app.is_https();
            let answer = see_other(&format!("/s/view/{}{}", share.number, speech.query()), None, "", https);
            Ok(add_cookie(answer, Jar::Share.with(secret, https)))
        }
        Err(state) => gone(visit, Why::of(state).unwrap_or(Why::Revoked), *share).await,
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

/// What a share's reader is shown, and how it is said.
pub(super) struct Shown {
    view: View<Provider>,
    share: Share,
    news: Option<News>,
    locale: Locale,
    zone: Zone,
    now: Stamp,
}

impl Shown {
    /// What the reader of `share` may see of `dossier` now, in the language in which they read it.
    pub(super) fn of(
        tx: &Tx<'_>,
        (dossier, share): (&Dossier, Share),
        news: Option<News>,
        (speech, visit): (&Speech, &Visit),
    ) -> Self {
        Self {
            view: dossier.view::<Provider>(&share.outward(), tx.now()),
            news,
            locale: speech.locale(&share, visit, dossier.house.locale),
            zone: dossier.house.zone,
            now: tx.now(),
            share,
        }
    }

    /// The page, for its reader or for one of us who looks at what its reader will see.
    pub(super) fn page(&self, place: &Place) -> SharedPage {
        SharedPage::new(&self.view, &self.share, self.news.as_ref(), place, Words::new(self.locale), (self.zone, self.now))
    }

    /// The same on paper.
    pub(super) async fn paper(self, app: &App) -> Answer {
        let name = format!("{}-{}.pdf", self.share.number.shown(), self.locale);
        let print = move || {
            let print = Print::alone(Words::new(self.locale), self.zone, self.now);
            pdf::paper(&self.view, PaperForm::Report, print)
        };
        paper(app, &name, print).await
    }
}

/// What a reader may see, or why not.
enum Seen {
    Shown(Box<Shown>),
    Gone(Box<Share>, ShareState),
    Closed,
}

async fn look(req: &HttpRequest, visit: &Visit, speech: Query<Speech>) -> Result<Seen, AppError> {
    let number: Option<Digits> = req.match_info().get("number").and_then(|number| number.parse().ok());
    let (Some(number), Some(secret)) = (number, visit.reading.clone()) else { return Ok(Seen::Closed) };
    let visitor = visit.clone();
    visit
        .read_at_door(move |tx| {
            Ok(match shares::reading(tx, &secret, &number)? {
                Reading::Open(read, permit) => {
                    let shares::Read { share, opening } = *read;
                    let dossier = store::dossier::kept(tx, &permit)?;
                    let news = match shares::before(tx, &permit, &opening)? {
                        Some(before) => {
                            let items = shares::news(tx, &permit, &dossier, &share, &before)?;
                            Some(News { since: before.at, items })
                        }
                        None => None,
                    };
                    Seen::Shown(Box::new(Shown::of(tx, (&dossier, share), news, (&speech, &visitor))))
                }
                Reading::Gone(share, state) => Seen::Gone(share, state),
                Reading::Closed => Seen::Closed,
            })
        })
        .await
}

impl Seen {
    /// What is shown; else the answer to somebody who is shown nothing.
    async fn shown(self, visit: Visit) -> Result<Box<Shown>, Answer> {
        match self {
            Self::Shown(shown) => Ok(shown),
            Self::Gone(share, state) => Err(gone(visit, Why::of(state).unwrap_or(Why::Revoked), *share).await),
            Self::Closed => Err(Ok(see_other("/s", None, "", visit.app.is_https()))),
        }
    }
}

/// `GET /s/view/{number}`: the reader's page.
pub async fn show(req: HttpRequest, visit: Visit, speech: Query<Speech>) -> Answer {
    let visit = speech.of(visit);
    match look(&req, &visit, speech).await?.shown(visit.clone()).await {
        Ok(shown) => visit.door_page(200, move |_| Ok(shown.page(&Place::Reader(shown.share.number.clone())))).await,
        Err(answer) => answer,
    }
}

/// `GET /s/view/{number}/report.pdf`: the same on paper.
pub async fn report(req: HttpRequest, visit: Visit, app: Data<App>, speech: Query<Speech>) -> Answer {
    let visit = speech.of(visit);
    match look(&req, &visit, speech).await?.shown(visit).await {
        Ok(shown) => shown.paper(&app).await,
        Err(answer) => answer,
    }
}

/// `GET /s/view/{number}/files/{uid}`: a file that the page shows.
pub async fn file(req: HttpRequest, visit: Visit, app: Data<App>, speech: Query<Speech>) -> Answer {
    let uid: Uid = req.match_info().get("uid").and_then(|uid| uid.parse().ok()).ok_or(AppError::NotFound)?;
    let visit = speech.of(visit);
    let shown = match look(&req, &visit, speech).await?.shown(visit).await {
        Ok(shown) => shown,
        Err(answer) => return answer,
    };
    let found = shown.view.files().find(|file| file.uid == uid).ok_or(AppError::NotFound)?;
    hand_out(app, &found.name, found.media_type.clone(), found.sha256.clone()).await
}
