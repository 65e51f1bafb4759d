//! What a share's reader replies: the form, taking it, and the receipt.

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::web::Query;

use super::super::answer::see_other;
use super::super::extract::Visit;
use super::super::forms::text_problem;
use super::super::login::throttled;
use super::super::nouns::{Reader, as_understood};
use super::super::upload::{Received, Upload};
use super::super::visit::{Answer, fingerprint, key_of_form};
use super::{Speech, gone};
use crate::actions::replies::{self, Enclosed, NewReply, Said, Sender, Taken};
use crate::actions::shares::{self, Read, Reading};
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::Incident;
use crate::domain::ledger::ObjectKind;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;
use crate::domain::moment::parse::Lean;
use crate::domain::reply::{ActAbout, ActKind};
use crate::domain::share::Digits;
use crate::domain::text::Prose;
use crate::domain::view::{Provider, Subject, View};
use crate::error::AppError;
use crate::intake::files::{media_type, safe_name};
use crate::render::form::{FormView, Problem};
use crate::render::pages::reply::{LostReplyPage, ReceiptPage, ReplyPage, words_field, yes_field};
use crate::render::pages::share::Why;
use crate::render::words::Words;
use crate::store::files::Files;
use crate::store::permit::{Look, Permit};
use crate::store::{self, Tx};

/// The longest file that is taken from outside.
const MAX_BYTES: usize = 10 * 1024 * 1024;

/// What is taken from outside, by what its bytes are: papers and pictures, nothing that could be run.
const TAKEN: &[&str] = &[
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/heif",
    "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
];

fn number(req: &HttpRequest) -> Result<Digits, AppError> {
    req.match_info().get("number").and_then(|number| number.parse().ok()).ok_or(AppError::NotFound)
}

/// What somebody has open, with what they are shown of it.
struct Open {
    read: Box<Read>,
    dossier: Dossier,
    view: View<Provider>,
    locale: Locale,
    now: Stamp,
}

/// Why somebody may not reply.
enum Shut {
    Gone(Box<crate::domain::share::Share>, Why),
    Closed,
}

/// Who asks, and the language they chose.
type Asking = (Visit, Query<Speech>);

/// What somebody has open, and the permit to look at it.
type Opened<'tx> = (Box<Open>, Permit<'tx, Look, Incident>);

fn open<'tx>(tx: &mut Tx<'tx>, (visit, speech): &Asking, number: &Digits) -> Result<Result<Opened<'tx>, Shut>, AppError> {
    let Some(secret) = &visit.reading else { return Ok(Err(Shut::Closed)) };
    Ok(match shares::reading(tx, secret, number)? {
        Reading::Open(read, permit) => {
            let dossier = store::dossier::load(tx, &permit)?;
            let view = dossier.view::<Provider>(&read.share.outward(), tx.now());
            let locale = speech.locale(&read.share, visit, dossier.house.locale);
            Ok((Box::new(Open { read, view, locale, now: tx.now(), dossier }), permit))
        }
        Reading::Gone(share, state) => Err(Shut::Gone(share, Why::of(state).unwrap_or(Why::Revoked))),
        Reading::Closed => Err(Shut::Closed),
    })
}

impl Open {
    fn page(&self, form: FormView) -> ReplyPage {
        let Read { share, opening } = &*self.read;
        let eyes = (Words::new(self.locale), self.dossier.house.zone, self.now);
        ReplyPage::new(&self.view, share, opening, eyes, form)
    }
}

/// `GET /s/view/{number}/answer`: the form.
pub async fn ask(req: HttpRequest, visit: Visit, speech: Query<Speech>) -> Answer {
    let (visit, number) = (speech.of(visit), number(&req)?);
    let looking = (visit.clone(), speech);
    match visit.read_at_door(move |tx| Ok(open(tx, &looking, &number)?.map(|(open, _)| open))).await? {
        Ok(open) => visit.door_page(200, move |_| Ok(open.page(FormView::new()))).await,
        Err(Shut::Gone(share, why)) => gone(visit, why, *share).await,
        Err(Shut::Closed) => Ok(see_other("/s", None, "", visit.app.is_https())),
    }
}

/// `POST /s/view/{number}/answer`: a reply is left. Nothing is read of it before it is known that its sender has the share open.
pub async fn leave(req: HttpRequest, visit: Visit, speech: Query<Speech>, payload: actix_web::web::Payload) -> Answer {
    let (visit, number) = (speech.of(visit), number(&req)?);
    let lang = speech.query();
    let asking: Asking = (visit.clone(), speech);
    let (looking, asked) = (asking.clone(), number.clone());
    let first = visit.read_at_door(move |tx| Ok(open(tx, &looking, &asked)?.map(|(open, _)| open))).await?;
    let mut payload: Payload = payload.into_inner();
    let open_now = match first {
        Ok(open) => open,
        Err(Shut::Gone(share, why)) => return gone(visit, why, *share).await,
        Err(Shut::Closed) if visit.reading.is_none() => return Ok(see_other("/s", None, "", visit.app.is_https())),
        // They had it open for too long: what they wrote must not be gone with it.
        Err(Shut::Closed) => {
            let upload = Upload::typed(&req, &mut payload).await?;
            return visit.door_page(401, move |_| Ok(LostReplyPage::of(&upload.posted.fields.view()))).await;
        }
    };
    let Upload { posted, file, is_too_large } = Upload::whole(&req, &mut payload).await?;
    let refuse = |status, problem: (&'static str, Problem)| {
        let (visit, view) = (visit.clone(), posted.fields.view().with_problem(problem.0, problem.1));
        async move { visit.door_page(status, move |_| Ok(open_now.page(view))).await }
    };
    if visit.check_door(&posted).is_err() {
        return refuse(409, ("", Problem::new("share-again"))).await;
    }
    if is_too_large || file.as_ref().is_some_and(|file| file.bytes.len() > MAX_BYTES) {
        return refuse(413, ("file", Problem::new("reply-file-too-large"))).await;
    }
    if file.as_ref().is_some_and(|file| !file.bytes.is_empty() && !TAKEN.contains(&media_type(&file.bytes))) {
        return refuse(422, ("file", Problem::new("reply-file-kind"))).await;
    }
    // A form that was sent may be changed and sent again: only the very same is the same reply.
    let sent = format!("{} {}", posted.key.as_deref().unwrap_or_default(), fingerprint(&posted));
    let key = key_of_form(&visit.path, &sent);
    let typed = posted.fields.view();
    let left = visit.write_at_door(move |tx| take(tx, &asking, &number, typed, file, &key)).await?;
    match left {
        Left::Done(uid) => Ok(see_other(&format!("{}/{uid}{lang}", req.path()), None, "", visit.app.is_https())),
        Left::Again(status, open, form) => visit.door_page(status, move |_| Ok(open.page(form))).await,
        Left::Shut(Shut::Gone(share, why)) => gone(visit, why, *share).await,
        Left::Shut(Shut::Closed) => Ok(see_other("/s", None, "", visit.app.is_https())),
    }
}

/// What became of a reply.
enum Left {
    Done(Uid),
    /// Not taken, with that status: the form comes back.
    Again(u16, Box<Open>, FormView),
    Shut(Shut),
}

fn take(
    tx: &mut Tx<'_>,
    asking: &Asking,
    number: &Digits,
    typed: FormView,
    file: Option<Received>,
    key: &str,
) -> Result<Left, AppError> {
    let (visit, _) = asking;
    let open = match open(tx, asking, number)? {
        Ok((open, _)) => open,
        Err(shut) => return Ok(Left::Shut(shut)),
    };
    let zone = open.dossier.house.zone;
    let mut form = Reader::new(typed, open.now, zone, Words::new(open.locale));
    let file = file.filter(|file| !file.bytes.is_empty());
    let new = read(&open, &mut form, file.as_ref());
    if form.is_refused() {
        return Ok(Left::Again(422, open, as_understood(form.into_form())));
    }
    let Read { share, opening } = &*open.read;
    let sender = Sender { share, opening, zone, address: visit.address, key, mails: visit.app.mails };
    match replies::leave(tx, &sender, new) {
        Ok(Taken::Done(uid)) => {
            if let Some(file) = file {
                visit.app.files().keep(&file.bytes).map_err(|error| AppError::Fault(error.to_string()))?;
            }
            Ok(Left::Done(uid))
        }
        Ok(Taken::Throttled(until)) => {
            form.refuse("", throttled("reply-throttled", visit, until));
            Ok(Left::Again(429, open, form.into_form()))
        }
        Err(crate::actions::Refused::Unfit { field, key }) => {
            form.refuse(field, Problem::new(key));
            Ok(Left::Again(422, open, form.into_form()))
        }
        Err(refused) => Err(refused.into()),
    }
}

/// Reads the form: only what was offered in it is looked for, and only what the reader is shown was offered.
fn read(open: &Open, form: &mut Reader, file: Option<&Received>) -> NewReply {
    let words = Words::new(open.locale);
    let mut said: Vec<Said> =
        open.view.subjects().iter().filter_map(|subject| read_subject(open, form, subject, words)).collect();
    let due = form.moment("commit-at", Lean::Future);
    let what = form.prose("commit-what");
    if due.is_none() && !what.is_empty() {
        form.refuse("commit-at", Problem::new("reply-commit-needs-time"));
    }
    if let Some(due) = due {
        let what = if what.is_empty() { words.get("reply-commit-words") } else { what };
        said.push(Said { kind: ActKind::Commits, about: Vec::new(), words: prose(&what), due: Some(due) });
    }
    NewReply {
        formal: form.tick("formal"),
        takes_over: form.tick("takes_over"),
        phone: form.line("phone"),
        said,
        message: form.prose("message"),
        file: file.map(|file| Enclosed {
            name: safe_name(&file.name),
            media_type: media_type(&file.bytes).to_owned(),
            size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            sha256: Files::name_of(&file.bytes),
        }),
    }
}

fn prose(text: &str) -> Option<Prose> {
    Prose::required(text).ok()
}

fn read_subject(open: &Open, form: &mut Reader, subject: &Subject, words: Words) -> Option<Said> {
    let typed = form.prose(&words_field(subject));
    let typed = Some(typed).filter(|typed| !typed.is_empty());
    let about = |about: Option<ActAbout>| about.into_iter().collect::<Vec<_>>();
    match subject {
        Subject::Statement(uid) => {
            let about = about(open.dossier.statement_called(*uid).map(ActAbout::Statement));
            match (form.tick(&yes_field(subject)), typed) {
                (true, words) => {
                    Some(Said { kind: ActKind::Confirms, about, words: words.as_deref().and_then(prose), due: None })
                }
                (false, Some(words)) => Some(Said { kind: ActKind::Corrects, about, words: prose(&words), due: None }),
                (false, None) => None,
            }
        }
        Subject::Ask { uid, agreement } => {
            let ask = open.dossier.asks.iter().find(|ask| ask.uid == *uid).map(|ask| ActAbout::Ask(ask.id));
            match agreement {
                Some(agreement) => agreed(open, form, subject, typed, about(ask), *agreement, words),
                None => typed.map(|typed| Said { kind: ActKind::Answers, about: about(ask), words: prose(&typed), due: None }),
            }
        }
        Subject::Agreement(uid) => agreed(open, form, subject, typed, Vec::new(), *uid, words),
    }
}

/// What somebody says of an agreement: yes, or no, in their own words or in those they ticked.
fn agreed(
    open: &Open,
    form: &mut Reader,
    subject: &Subject,
    typed: Option<String>,
    mut about: Vec<ActAbout>,
    agreement: Uid,
    words: Words,
) -> Option<Said> {
    let found = open.dossier.agreements.iter().find(|candidate| candidate.uid == agreement)?;
    let (kind, ticked) = match form.raw(&yes_field(subject)) {
        "yes" => (ActKind::Confirms, "reply-agreed-yes"),
        "no" => (ActKind::Corrects, "reply-agreed-no"),
        _ => {
            // Words without yes or no still answer what was asked.
            let words = typed.as_deref().and_then(prose)?;
            if about.is_empty() {
                form.refuse(&yes_field(subject), Problem::new("reply-agreed-which"));
            }
            return Some(Said { kind: ActKind::Answers, about, words: Some(words), due: None });
        }
    };
    about.push(ActAbout::Agreement(found.id));
    let ticked = words.get(ticked);
    let said = typed.map_or_else(|| ticked.clone(), |typed| format!("{ticked}\n{typed}"));
    match Prose::required(&said) {
        Ok(said) => Some(Said { kind, about, words: Some(said), due: None }),
        // With what was ticked it can be longer than what fits.
        Err(error) => {
            form.refuse(&words_field(subject), text_problem(error));
            None
        }
    }
}

/// `GET /s/view/{number}/answer/{uid}`: the receipt of a reply that came by this share.
pub async fn receipt(req: HttpRequest, visit: Visit, speech: Query<Speech>) -> Answer {
    let (visit, number) = (speech.of(visit), number(&req)?);
    let uid: Uid = req.match_info().get("uid").and_then(|uid| uid.parse().ok()).ok_or(AppError::NotFound)?;
    let looking: Asking = (visit.clone(), speech);
    let found = visit
        .read_at_door(move |tx| {
            let (open, permit) = match open(tx, &looking, &number)? {
                Ok(opened) => opened,
                Err(shut) => return Ok(Err(shut)),
            };
            let mine = |entry: &&crate::domain::entry::Entry| {
                entry.uid == uid && entry.reply.as_ref().is_some_and(|reply| reply.share == open.read.share.id)
            };
            let entry = open.dossier.entries.iter().find(mine).ok_or(AppError::NotFound)?.clone();
            let row = store::ledger::first_row(tx, &permit, ObjectKind::Entry, entry.id.raw())?.ok_or(AppError::NotFound)?;
            Ok(Ok((open, entry, row)))
        })
        .await?;
    match found {
        Ok((open, entry, row)) => {
            visit
                .door_page(200, move |_| {
                    let (words, zone) = (Words::new(open.locale), open.dossier.house.zone);
                    Ok(ReceiptPage::new((&open.dossier, &open.view), &open.read.share, &entry, row, (words, zone)))
                })
                .await
        }
        Err(Shut::Gone(share, why)) => gone(visit, why, *share).await,
        Err(Shut::Closed) => Ok(see_other("/s", None, "", visit.app.is_https())),
    }
}
