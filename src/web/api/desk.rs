//! A call while it happens, stamp by stamp: for what rings and records by itself, as a telephone exchange does.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::BASE;
use super::body::{Sent, Shape, at_places};
use super::caller::{Caller, Me};
use super::incidents::entry;
use super::resource::{Answer, Target, at_location, target, with_tag};
use crate::actions::desk::{self, Appended, Extras};
use crate::domain::call::Outcome;
use crate::domain::call::live::{Act, Line, Live, LiveCall, LiveState, Phase, Tap};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::stamp;
use crate::domain::statement::StatementKind;
use crate::domain::visibility::Visibility;
use crate::error::{AppError, FieldError};
use crate::render::form::{FormView, Problem};
use crate::store::{self, Tx};
use crate::web::nouns::EntryNoun;

/// What is done while a call goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    /// We dial `number`.
    Dial,
    /// It rings here; `number` is shown.
    Ring,
    /// Somebody answers, or the next one takes over.
    Answered,
    /// We are put on hold.
    Hold,
    /// The same person is back.
    Back,
    /// We are being put through.
    Transfer,
    /// It ends: nobody answered.
    NoAnswer,
    /// It ends: busy.
    Busy,
    /// It ends: a machine takes a message.
    Voicemail,
    /// It ends: they would not take the call.
    Refused,
    /// It ends: cut off.
    CutOff,
    /// It ends as calls do.
    End,
    /// The story from the start begins, or is told.
    Tell,
    /// The last stamp was a mistake.
    Undo,
    /// The stamp `of` was at `to`.
    Move,
    /// We speak with `company`, or, without one, with a colleague.
    With,
    /// The person of leg number `leg` (the first is 0) is `contact`, or `who`, as told.
    Who,
    /// `line` is said.
    Line,
    /// The line `of` should read `line`.
    Reline,
    /// The line `of` was a mistake.
    Unline,
}

/// Something said, as it is typed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// What kind of assertion.
    pub kind: StatementKind,
    /// The words.
    #[schema(min_length = 1, max_length = 10_000)]
    pub words: String,
    /// Whether one of us said it.
    #[serde(default)]
    pub ours: bool,
    /// Whether the words are verbatim.
    #[serde(default)]
    pub verbatim: bool,
    /// When a promise falls due, as typed: `30m`, `17:00`.
    #[serde(default)]
    #[schema(max_length = 300)]
    pub due: String,
    /// The clause or agreement it is about.
    pub cites: Option<Uid>,
    /// The statement it is set against.
    pub against: Option<Uid>,
    /// The ask it answers.
    pub answers: Option<Uid>,
}

/// A stamp.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTap {
    /// What is done.
    #[serde(rename = "do")]
    pub act: Doing,
    /// When; now where nothing is said.
    pub at: Option<DateTime<Utc>>,
    /// Its own key: sent twice, it counts once. One is made where nothing is said.
    pub uid: Option<Uid>,
    /// The number.
    #[schema(max_length = 300)]
    pub number: Option<String>,
    /// The company.
    pub company: Option<Uid>,
    /// Which person reached, from 0.
    #[schema(minimum = 0, maximum = 10_000)]
    pub leg: Option<usize>,
    /// Who, of the phone book.
    pub contact: Option<Uid>,
    /// Who, as told.
    #[schema(max_length = 300)]
    pub who: Option<String>,
    /// What is said.
    pub line: Option<NewLine>,
    /// The stamp or line that is meant.
    pub of: Option<Uid>,
    /// When that was.
    pub to: Option<DateTime<Utc>>,
}

/// Stamps, in the order in which they were made.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTaps {
    /// The stamps.
    #[schema(min_items = 1, max_items = 500)]
    pub taps: Vec<NewTap>,
}

/// The most stamps that are sent at once.
const MOST_AT_ONCE: usize = 500;

impl Shape for NewTaps {
    fn example() -> Self {
        let dial = NewTap {
            act: Doing::Dial,
            at: None,
            uid: None,
            number: Some("03-0000-0000".to_owned()),
            company: None,
            leg: None,
            contact: None,
            who: None,
            line: None,
            of: None,
            to: None,
        };
        Self { taps: vec![dial] }
    }
}

/// What is added to a call when it is put on record.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// What it was about, in a line.
    #[schema(max_length = 300)]
    pub title: Option<String>,
    /// What else there is to know.
    pub body: Option<String>,
    /// Whether the provider learned of the matter in it.
    pub reports: Option<bool>,
    /// Who may read it.
    pub visibility: Option<Visibility>,
}

impl Shape for Closing {
    fn example() -> Self {
        Self { title: Some("Reported the outage".to_owned()), reports: Some(true), ..Self::default() }
    }
}

/// A call that goes on, or waits to be put on record.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LiveCall)]
pub struct LiveShown {
    /// In addresses.
    pub uid: Uid,
    /// What became of it.
    pub state: LiveState,
    /// Where it stands.
    pub phase: Phase,
    /// When it was dialled, or rang.
    pub dialled: Option<DateTime<Utc>>,
    /// When it was answered.
    pub answered: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
    /// How it went; none while it goes on.
    pub outcome: Option<Outcome>,
    /// How many people were reached.
    pub people: usize,
    /// How many lines were typed.
    pub lines: usize,
    /// How many stamps and lines were sent.
    pub taps: usize,
}

impl From<&LiveCall> for LiveShown {
    fn from(call: &LiveCall) -> Self {
        let live = Live::of(&call.taps);
        Self {
            uid: call.uid,
            state: call.state,
            phase: live.phase,
            dialled: live.dialled,
            answered: live.answered,
            ended: live.ended,
            outcome: live.outcome,
            people: live.legs.len(),
            lines: live.lines.len(),
            taps: call.taps.len(),
        }
    }
}

/// One's own calls that are not on record yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LiveCalls {
    /// The calls.
    pub items: Vec<LiveShown>,
}

fn wrong(pointer: String, key: &str) -> AppError {
    AppError::Refused(vec![FieldError { field: pointer, problem: Problem::new(key) }])
}

/// The stamps of a body; what misses a part, or has a text that is too long, is refused at its place.
fn taps(sent: &Sent, tx: &mut Tx<'_>) -> Result<Vec<Tap>, AppError> {
    let new = sent.whole::<NewTaps>()?.taps;
    if new.is_empty() || new.len() > MOST_AT_ONCE {
        return Err(wrong("/taps".to_owned(), "api-taps"));
    }
    let mut taps = Vec::with_capacity(new.len());
    for (n, new) in new.into_iter().enumerate() {
        let uid = new.uid.map_or_else(|| tx.fresh_uid(), Ok)?;
        let tap = Tap {
            uid,
            at: new.at.map_or(tx.now(), stamp),
            act: new.act().map_err(|part| wrong(format!("/taps/{n}/{part}"), "api-tap-misses"))?,
        };
        taps.push(tap.sound().map_err(|error| wrong(format!("/taps/{n}"), error.key()))?);
    }
    Ok(taps)
}

impl NewTap {
    /// What is done; the name of the part that is missing, where one is.
    fn act(self) -> Result<Act, &'static str> {
        let (number, who) = (self.number.unwrap_or_default(), self.who.unwrap_or_default());
        let line = self.line.map(|line| Line {
            kind: line.kind,
            ours: line.ours,
            words: line.words,
            verbatim: line.verbatim,
            due: line.due,
            cites: line.cites,
            against: line.against,
            answers: line.answers,
        });
        Ok(match self.act {
            Doing::Dial => Act::Dial { number },
            Doing::Ring => Act::Ring { number },
            Doing::Answered => Act::Answered,
            Doing::Hold => Act::Hold,
            Doing::Back => Act::Back,
            Doing::Transfer => Act::Transfer,
            Doing::NoAnswer => Act::NoAnswer,
            Doing::Busy => Act::Busy,
            Doing::Voicemail => Act::Voicemail,
            Doing::Refused => Act::Refused,
            Doing::CutOff => Act::CutOff,
            Doing::End => Act::End,
            Doing::Tell => Act::Tell,
            Doing::Undo => Act::Undo,
            Doing::Move => Act::Move { of: self.of.ok_or("of")?, to: self.to.map(stamp).ok_or("to")? },
            Doing::With => Act::With { company: self.company },
            Doing::Who => Act::Who { leg: self.leg.ok_or("leg")?, contact: self.contact, who },
            Doing::Line => Act::Line(line.ok_or("line")?),
            Doing::Reline => Act::Reline { of: self.of.ok_or("of")?, line: line.ok_or("line")? },
            Doing::Unline => Act::Unline { of: self.of.ok_or("of")? },
        })
    }
}

fn url(at: IncidentNumber, call: Uid) -> String {
    format!("{BASE}/incidents/{at}/desk/calls/{call}")
}

/// `GET /incidents/{at}/desk/calls`
pub async fn list(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, .. } = target::<EntryNoun>(&req)?;
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::incidents::to_show(tx, me.actor, at)?;
        let calls = store::live::unsaved(tx, &permit)?;
        let own = calls.iter().filter(|call| call.person == me.id());
        Ok(LiveCalls { items: own.map(LiveShown::from).collect() })
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET /incidents/{at}/desk/calls/{uid}`
pub async fn show(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let call = caller.read(move |tx, me| own(tx, me, at, uid)).await?;
    Ok(HttpResponse::Ok().json(call))
}

fn own(tx: &mut Tx<'_>, me: &Me, at: IncidentNumber, uid: Uid) -> Result<LiveShown, AppError> {
    let permit = store::incidents::to_show(tx, me.actor, at)?;
    Ok(LiveShown::from(&store::live::own(tx, &permit, uid)?))
}

/// `POST /incidents/{at}/desk/calls`: a call begins.
pub async fn begin(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let Target { at, .. } = target::<EntryNoun>(&req)?;
    let once = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let location = once.once(tx, me, &sent.bytes, |tx| {
            let call = tx.fresh_uid()?;
            append(tx, me, (at, call), &sent)?;
            Ok(url(at, call))
        })?;
        let Target { uid, .. } = at_location::<EntryNoun>(&location)?;
        Ok((own(tx, me, at, uid)?, location))
    };
    let (call, location) = caller.write(write).await?;
    Ok(HttpResponse::Created().insert_header((LOCATION, location)).json(call))
}

/// `POST /incidents/{at}/desk/calls/{uid}/taps`
pub async fn tap(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let once = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        // Stamps of a call that nobody began would begin one.
        own(tx, me, at, uid)?;
        once.once(tx, me, &sent.bytes, |tx| append(tx, me, (at, uid), &sent).map(|()| url(at, uid)))?;
        own(tx, me, at, uid)
    };
    Ok(HttpResponse::Ok().json(caller.write(write).await?))
}

fn append<'tx>(tx: &mut Tx<'tx>, me: &Me, (at, call): (IncidentNumber, Uid), sent: &Sent) -> Result<(), AppError> {
    let taps = taps(sent, tx)?;
    let permit = store::incidents::for_edit(tx, me.actor, at)?;
    match desk::append(tx, permit, call, taps, me.zone())? {
        Appended::Kept => Ok(()),
        Appended::Closed => Err(AppError::refused("", "api-call-over")),
        Appended::Another(other) => Err(AppError::AnotherCall(other)),
    }
}

/// `POST /incidents/{at}/desk/calls/{uid}/record`: the call is put on record. Sent again, it is there already.
pub async fn record(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let mut form = me.reader(sent.new_form::<Closing>(FormView::new())?, tx.now());
        let extras = Extras {
            title: form.line("title"),
            body: form.prose("body"),
            visibility: form.optional_word("visibility"),
            reports: form.tick("reports"),
            dues: Vec::new(),
        };
        if form.is_refused() {
            return Err(at_places::<Closing>(form.refusal()));
        }
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        desk::put_on_record(tx, permit, uid, extras, me.zone())?;
        let saved = store::live::own(tx, &permit, uid)?;
        let dossier = store::dossier::to_write_with(tx, &permit)?;
        let made = dossier.entries.iter().find(|entry| Some(entry.id) == saved.entry).ok_or(AppError::NotFound)?.uid;
        Ok((made, entry(tx, me, at, made)?))
    };
    let (made, item) = caller.write(write).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, format!("{BASE}/incidents/{at}/entries/{made}")));
    Ok(with_tag(answer, &item))
}

/// `DELETE /incidents/{at}/desk/calls/{uid}`: a call that was a mistake.
pub async fn drop_call(req: HttpRequest, caller: Caller) -> Answer {
    let Target { at, uid } = target::<EntryNoun>(&req)?;
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = store::incidents::for_edit(tx, me.actor, at)?;
        Ok(desk::drop_call(tx, permit, uid)?)
    };
    caller.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}
