//! Short ways to say what a dossier needs.

use chrono::{Duration, NaiveDateTime, TimeZone};

use crate::domain::call::{Call, CallWith, Direction, Leg, Outcome, Telling, Wait, WaitWhy};
use crate::domain::contract::Standing;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::{Id, Uid};
use crate::domain::locale::{DEFAULT_ZONE, Locale};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::notice::{Change, Notice};
use crate::domain::party::Provider;
use crate::domain::statement::{Speaker, Statement, StatementKind, StatementStanding};
use crate::domain::visibility::Visibility;

/// A time in Tokyo, `2006-11-22T10:21` or with seconds.
pub fn at(text: &str) -> Stamp {
    let long = if text.len() == 16 { format!("{text}:00") } else { text.to_owned() };
    let local = NaiveDateTime::parse_from_str(&long, "%Y-%m-%dT%H:%M:%S").expect("a sample's time is well formed");
    DEFAULT_ZONE.from_local_datetime(&local).single().expect("Tokyo has no gaps").to_utc()
}

/// On the Wednesday, `10:21`.
pub fn wed(time: &str) -> Stamp {
    at(&format!("2006-11-22T{time}"))
}

/// A moment known exactly.
pub fn exact(stamp: Stamp) -> Moment {
    Moment::exact(stamp, DEFAULT_ZONE)
}

/// A moment known roughly, in its own words.
pub fn rough(from: &str, to: &str, words: &str) -> Moment {
    Moment::between(at(from), at(to), Some(words.to_owned()), DEFAULT_ZONE).expect("a sample's ends are in order")
}

/// Whole days, known by nothing but their dates: they lie strictly between two midnights.
pub fn days(first: &str, after: &str, words: &str) -> Moment {
    let tick = Duration::microseconds(1);
    let midnight = |day: &str| at(&format!("{day}T00:00"));
    let words = Some(words.to_owned());
    Moment::between(midnight(first) + tick, midnight(after) - tick, words, DEFAULT_ZONE).expect("a sample's ends are in order")
}

/// The `n`th uid of a kind.
pub fn uid(kind: u8, n: i64) -> Uid {
    let mut random = [kind; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    Uid::from_parts(1_164_150_000_000, random)
}

/// An entry with nothing in it.
pub fn entry(id: i64, kind: EntryKind, occurred: Moment, title: &str) -> Entry {
    let recorded_at = occurred.to + Duration::minutes(3);
    Entry {
        id: Id::new(id),
        uid: uid(1, id),
        revision: 0,
        incident: Id::new(1),
        kind,
        occurred,
        recorded_at,
        author: Some(Id::new(1)),
        provider: None,
        contact: None,
        title: title.to_owned(),
        body: String::new(),
        place: String::new(),
        looked_for: Vec::new(),
        settles: None,
        change: None,
        visibility: Visibility::Meeting,
        struck: None,
        call: None,
        reply: None,
        statements: Vec::new(),
    }
}

/// A call without legs: dialled, answered where it was, ended.
pub fn call(id: i64, direction: Direction, with: Id<Provider>, times: (&str, Option<&str>, &str), outcome: Outcome) -> Entry {
    let (dialled, answered, ended) = times;
    let kind = if outcome.connected() { EntryKind::Call } else { EntryKind::FailedAttempt };
    let mut entry = entry(id, kind, exact(wed(dialled)), "");
    entry.provider = Some(with);
    entry.recorded_at = wed(ended);
    entry.visibility = Visibility::Provider;
    entry.call = Some(Call {
        direction,
        with: CallWith::Company,
        number: "03-0000-0000".to_owned(),
        dialled: wed(dialled),
        answered: answered.map(wed),
        ended: Some(wed(ended)),
        outcome,
        legs: Vec::new(),
        waits: Vec::new(),
    });
    entry
}

impl Entry {
    /// With one more person reached, and the span of a telling from the start.
    pub fn leg(mut self, who: &str, span: (&str, &str), told: Option<(&str, &str)>) -> Self {
        let telling = told.map(|(from, to)| Telling { from: Some(wed(from)), to: Some(wed(to)) });
        let leg =
            Leg { contact: None, who: who.to_owned(), from: Some(wed(span.0)), to: Some(wed(span.1)), told_from_start: telling };
        self.call.as_mut().expect("only calls have legs").legs.push(leg);
        self
    }

    /// With one more wait.
    pub fn wait(mut self, why: WaitWhy, from: &str, to: &str) -> Self {
        let wait = Wait { why, from: wed(from), to: wed(to) };
        self.call.as_mut().expect("only calls have waits").waits.push(wait);
        self
    }

    /// With one more statement.
    pub fn says(mut self, statement: Statement) -> Self {
        self.statements.push(statement);
        self
    }

    /// With more to it.
    pub fn body(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    /// For these eyes.
    pub fn seen_by(mut self, visibility: Visibility) -> Self {
        self.visibility = visibility;
        self
    }
}

/// What somebody of a company said, word for word.
pub fn theirs(id: i64, company: Id<Provider>, who: &str, kind: StatementKind, words: &str) -> Statement {
    statement(id, Speaker::Theirs { provider: company, contact: None, who: who.to_owned() }, kind, words)
}

/// What one of us said, word for word.
pub fn ours(id: i64, kind: StatementKind, words: &str) -> Statement {
    statement(id, Speaker::Ours { person: Some(Id::new(1)) }, kind, words)
}

fn statement(id: i64, speaker: Speaker, kind: StatementKind, words: &str) -> Statement {
    Statement {
        id: Id::new(id),
        uid: uid(2, id),
        kind,
        speaker,
        words: words.to_owned(),
        verbatim: true,
        said_at: None,
        standing: StatementStanding::Open,
        cites: Vec::new(),
        change: None,
        visibility: Visibility::Provider,
    }
}

/// The notice they say they sent.
pub fn claimed_notice(change: &Change, note: &str) -> Notice {
    Notice {
        id: Id::new(1),
        uid: uid(8, 1),
        revision: 0,
        incident: change.incident,
        change: change.id,
        provider: Id::new(1),
        form: crate::domain::contract::NoticeForm::Email,
        sent: None,
        received: None,
        address: String::new(),
        to_registered: Some(false),
        standing: Standing::Theirs,
        entry: None,
        note: note.to_owned(),
        visibility: Visibility::Provider,
        struck: None,
    }
}

/// The words in one of the two languages.
pub fn say<'a>(locale: Locale, ja: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Ja => ja,
        Locale::En => en,
    }
}

/// `entry` told once more, days later, with keys of its own.
pub fn later(entry: &Entry, days: Duration, round: i64) -> Entry {
    let mut copy = entry.clone();
    copy.id = Id::new(entry.id.raw() + round * 1000);
    copy.uid = uid(1, copy.id.raw());
    copy.occurred.from += days;
    copy.occurred.to += days;
    copy.recorded_at += days;
    for statement in &mut copy.statements {
        statement.id = Id::new(statement.id.raw() + round * 1000);
        statement.uid = uid(2, statement.id.raw());
    }
    if let Some(call) = &mut copy.call {
        call.dialled += days;
        let move_on = |time: &mut Option<Stamp>| *time = time.map(|time| time + days);
        move_on(&mut call.answered);
        move_on(&mut call.ended);
        for leg in &mut call.legs {
            move_on(&mut leg.from);
            move_on(&mut leg.to);
        }
        for wait in &mut call.waits {
            wait.from += days;
            wait.to += days;
        }
    }
    copy
}
