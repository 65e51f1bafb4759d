//! One entry of the timeline, and a run of failed attempts, as they are shown.

use serde::Serialize;

use super::super::reader::Reader;
use super::drawing::{Part, Strip, units};
use super::reply::{ReplyBlock, ReplyLink, links};
use crate::domain::call::{Direction, WaitWhy};
use crate::domain::entry::EntryKind;
use crate::domain::id::Uid;
use crate::domain::moment::Moment;
use crate::domain::phrases::{Headline, Phrase, Teller};
use crate::domain::statement::{PromiseState, StatementStanding};
use crate::domain::text::beginning;
use crate::domain::view::{Attempts, CallView, EntryView, FileView, Internal, PromiseView, StatementView, View, Who};
use crate::domain::visibility::Visibility;

/// An entry.
#[derive(Clone, Debug, Serialize)]
pub struct EntryLine {
    /// In URLs.
    pub uid: Uid,
    /// When.
    pub when: When,
    /// Its icon, by name.
    pub icon: &'static str,
    /// Whether it is a call that connected.
    pub call: bool,
    /// What it is, set strong.
    pub lead: String,
    /// With whom, or what; may be empty.
    pub rest: String,
    /// What it cost and what else is to be known.
    pub tags: Vec<Tag>,
    /// What the call was made of.
    pub anatomy: Option<Strip>,
    /// The rest of the text; may be empty.
    pub body: String,
    /// Where it was seen; may be empty.
    pub place: String,
    /// Where that is a web address: itself.
    pub place_url: Option<String>,
    /// What was said.
    pub said: Vec<StatementLine>,
    /// What it does to the record, where it is a reply.
    pub reply: Option<ReplyBlock>,
    /// Its files.
    pub files: Vec<FileLine>,
    /// Who may read it, where that is not what goes without saying.
    pub visibility: Option<String>,
    /// Whether only its author sees it.
    pub private: bool,
    /// Who may read it.
    pub readers: Visibility,
    /// The revision that is shown.
    pub revision: i64,
    /// When it was recorded, and by whom.
    pub recorded: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// When an entry was, beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// The time, or the words in which it was told.
    pub text: String,
    /// Whether it is known only roughly.
    pub rough: bool,
    /// The interval, where the words do not say it; may be empty.
    pub detail: String,
}

/// Something to be known of an entry.
#[derive(Clone, Debug, Serialize)]
pub struct Tag {
    /// What it says.
    pub text: String,
    /// The class of the part of the drawing that it explains; may be empty.
    pub swatch: &'static str,
    /// Where more is told; may be empty.
    pub href: String,
}

/// A statement.
#[derive(Clone, Debug, Serialize)]
pub struct StatementLine {
    /// In URLs.
    pub uid: Uid,
    /// Who said it; empty where it is the same as before.
    pub who: String,
    /// Whether it was one of us.
    pub ours: bool,
    /// The words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// What kind of statement, what became of it, what it is tied to, in words.
    pub marks: Vec<String>,
    /// The contradictions it stands in, by their numbers on the page.
    pub contradictions: Vec<usize>,
    /// What they replied to it.
    pub replies: Vec<ReplyLink>,
    /// Whether it was left in a reply: what became of it can be said, its words stay.
    pub theirs: bool,
    /// The promise it makes.
    pub promise: Option<PromiseMark>,
    /// Who may read it, where that is less than the entry.
    pub visibility: Option<String>,
}

/// A promise where it was given.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseMark {
    /// In URLs.
    pub uid: Uid,
    /// When it falls due, in words.
    pub due: String,
    /// What became of it, in words.
    pub state: String,
    /// Whether it is broken or overdue.
    pub late: bool,
    /// Whether it waits to be settled.
    pub open: bool,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
pub struct FileLine {
    /// In URLs.
    pub uid: Uid,
    /// Its name.
    pub name: String,
    /// How long it is, in words.
    pub size: String,
    /// Where it came from outside and nobody has looked at it: the revision of its record, in digits.
    pub held: Option<String>,
}

impl FileLine {
    /// A file of so many bytes.
    pub fn new(uid: Uid, name: &str, bytes: i64) -> Self {
        Self { uid, name: name.to_owned(), size: size(bytes), held: None }
    }

    /// A file as it is shown.
    pub fn of(file: &FileView) -> Self {
        Self { held: file.held.map(|revision| revision.to_string()), ..Self::new(file.uid, &file.name, file.size) }
    }
}

/// A run of failed attempts.
#[derive(Clone, Debug, Serialize)]
pub struct AttemptsLine {
    /// The first of them: where a link leads.
    pub uid: Uid,
    /// From when to when.
    pub when: When,
    /// What it is, set strong.
    pub lead: String,
    /// How it went.
    pub rest: String,
    /// What it cost.
    pub tags: Vec<Tag>,
    /// The attempts in the time they took.
    pub anatomy: Strip,
    /// Each of them.
    pub each: Vec<Attempt>,
}

/// One of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// In URLs.
    pub uid: Uid,
    /// When.
    pub time: String,
    /// How it went, and how long.
    pub text: String,
}

/// What all lines of a timeline are told with.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// The view they are made from.
    pub view: &'a View<Internal>,
    /// The reader.
    pub reader: Reader,
    /// Makes the phrases.
    pub teller: Teller<'a>,
    /// The longest call or run of the page, in seconds: what all drawings are measured by.
    pub longest: f64,
}

impl<'a> Pen<'a> {
    /// For the page of `view`.
    pub fn new(view: &'a View<Internal>, reader: Reader) -> Self {
        let lengths = view.entries.iter().filter_map(|entry| entry.call.as_ref()).map(on_the_line);
        // Half an hour at the least: a page of two short calls should not make them look endless.
        let longest = lengths.chain([1800]).max().unwrap_or(1800);
        Self { view, reader, teller: Teller::of(view), longest: units(longest) }
    }

    /// An entry.
    pub fn entry(&self, entry: &EntryView) -> EntryLine {
        let reader = self.reader;
        let headline = self.teller.headline(entry);
        let place_url = Some(&entry.place).filter(|place| place.starts_with("https://") || place.starts_with("http://"));
        let first_line_is_title = entry.call.is_none() && entry.title.is_empty();
        let body = if first_line_is_title { entry.body.split_once('\n').map_or("", |(_, rest)| rest) } else { &entry.body };
        EntryLine {
            uid: entry.uid,
            when: self.when(&entry.occurred),
            icon: icon(entry),
            call: entry.kind == EntryKind::Call,
            lead: reader.say(&headline.lead),
            rest: headline.rest.as_ref().map(|rest| reader.say(rest)).unwrap_or_default(),
            tags: self.tags(entry.uid, &headline),
            anatomy: entry.call.as_ref().filter(|_| entry.struck.is_none()).map(|call| self.anatomy(call)),
            body: body.trim().to_owned(),
            place: entry.place.clone(),
            place_url: place_url.cloned(),
            said: self.said(entry),
            reply: entry.reply.as_ref().map(|reply| self.reply(reply)),
            files: entry.files.iter().map(FileLine::of).collect(),
            visibility: (entry.visibility != usual(entry)).then(|| reader.value("visibility", entry.visibility)),
            private: entry.visibility == Visibility::Private,
            readers: entry.visibility,
            revision: entry.revision,
            recorded: reader.line(&[self.recorded(entry), entry.author.clone().unwrap_or_default()]),
            struck: entry.struck.clone(),
        }
    }

    /// When it was recorded; the day only where it is another. What is late says so in a tag.
    fn recorded(&self, entry: &EntryView) -> String {
        let (recorded, reader) = (entry.recorded_at, self.reader);
        let same_day = reader.date(recorded) == reader.date(entry.occurred.from);
        match (entry.recorded_late, same_day) {
            (true, _) => String::new(),
            (false, true) => reader.with("recorded-at", "at", reader.time(recorded)),
            (false, false) => reader.with("recorded-at", "at", reader.at(recorded)),
        }
    }

    /// A moment beside its entry, under the heading of its day.
    pub fn when(&self, moment: &Moment) -> When {
        let reader = self.reader;
        if moment.is_exact() {
            return When { text: reader.time(moment.from), rough: false, detail: String::new() };
        }
        let shown = reader.moment(moment);
        let within_day = reader.date(moment.from) == reader.date(moment.to);
        let whole_day = within_day && (moment.to - moment.from).num_minutes() >= WHOLE_DAY_MINUTES;
        let interval = match (within_day, whole_day) {
            (true, true) => reader.get("all-day"),
            (true, false) => reader.from_to(&reader.time(moment.from), &reader.time(moment.to)),
            (false, _) => shown.text,
        };
        match shown.words {
            Some(words) => When { text: words, rough: true, detail: if whole_day { String::new() } else { interval } },
            None => When { text: interval, rough: true, detail: String::new() },
        }
    }

    fn tags(&self, entry: Uid, headline: &Headline) -> Vec<Tag> {
        // Why it was struck out has a line of its own.
        let shown = headline.tags.iter().filter(|tag| tag.key != "phrase-struck");
        let href = |tag: &Phrase| if tag.key == "phrase-corrected" { format!("/history/entry/{entry}") } else { String::new() };
        shown.map(|tag| Tag { text: self.reader.say(tag), swatch: swatch(tag), href: href(tag) }).collect()
    }

    fn said(&self, entry: &EntryView) -> Vec<StatementLine> {
        let mut before: Option<&Who> = None;
        let mut lines = Vec::new();
        for statement in &entry.statements {
            let again = before == Some(&statement.who);
            lines.push(self.statement(entry, statement, again));
            before = Some(&statement.who);
        }
        lines
    }

    fn statement(&self, entry: &EntryView, statement: &StatementView, again: bool) -> StatementLine {
        let reader = self.reader;
        let promise = statement.promise.and_then(|uid| self.view.promise(uid));
        let standing = statement.standing.filter(|standing| *standing != StatementStanding::Open);
        let kind = statement.kind.map(|kind| reader.value("statement-kind", kind));
        let in_our_words = (!statement.verbatim).then(|| reader.say(&Phrase::new("phrase-in-our-words")));
        let standing = standing.map(|standing| reader.value("statement-standing", standing));
        let numbered = self.view.contradictions.iter().zip(1..);
        StatementLine {
            uid: statement.uid,
            who: if again { String::new() } else { reader.say(&self.teller.who(&statement.who)) },
            ours: matches!(statement.who, Who::Ours { .. }),
            words: statement.words.clone(),
            verbatim: statement.verbatim,
            marks: [kind, in_our_words, standing]
                .into_iter()
                .flatten()
                .chain(statement.cites.iter().map(|cite| beginning(cite, CITED)))
                .collect(),
            contradictions: (numbered.filter(|(item, _)| statement.contradictions.contains(&item.uid)).map(|(_, number)| number))
                .collect(),
            replies: links(&statement.replies, &self.teller, reader),
            theirs: entry.reply.is_some(),
            promise: promise.map(|promise| PromiseMark {
                uid: promise.uid,
                due: self.due(promise),
                state: reader.say(&self.teller.state(promise)),
                late: promise.overdue || promise.state == PromiseState::Broken,
                open: promise.state == PromiseState::Open,
            }),
            visibility: (statement.visibility < entry.visibility).then(|| reader.value("visibility", statement.visibility)),
        }
    }

    fn due(&self, promise: &PromiseView) -> String {
        let due = self.reader.say(&self.teller.due(promise));
        self.reader.line(&[due, promise.due_reason.clone()])
    }

    /// What a call was made of: waiting, talking, telling.
    fn anatomy(&self, call: &CallView) -> Strip {
        let at = |stamp: crate::domain::moment::Stamp| units((stamp - call.dialled).num_seconds());
        let length = units(on_the_line(call));
        let mut parts = Vec::new();
        let least = self.longest / 250.0;
        match call.answered.filter(|_| call.outcome.connected()) {
            None => parts.push(Part::new("s-wait", 0.0, length, least)),
            Some(answered) => {
                if call.direction == Direction::Out && answered > call.dialled {
                    parts.push(Part::new("s-wait", 0.0, at(answered), 0.0));
                }
                parts.push(Part::new("s-talk", at(answered), length, least));
                for leg in call.legs.iter().filter(|leg| leg.told_from_start) {
                    let from = at(leg.from.unwrap_or(answered));
                    let told = units(leg.telling_seconds.unwrap_or(0));
                    parts.push(Part::new("s-told", from, from + told, least));
                }
            }
        }
        for wait in &call.waits {
            let from = at(wait.from);
            let class = if wait.why == WaitWhy::Hold { "s-wait" } else { "s-wait s-transfer" };
            parts.push(Part::new(class, from, from + units(wait.seconds), 0.0));
        }
        Strip::new(length, self.longest, parts)
    }

    /// A run of failed attempts.
    pub fn attempts(&self, attempts: &Attempts<'_>) -> Option<AttemptsLine> {
        let reader = self.reader;
        let headline = self.teller.attempts(attempts);
        let from = attempts.from;
        let parts = attempts.entries.iter().filter_map(|entry| entry.call.as_ref()).map(|call| {
            let at = units((call.dialled - from).num_seconds());
            Part::new("s-wait", at, at + units(on_the_line(call)), self.longest / 250.0)
        });
        Some(AttemptsLine {
            uid: attempts.entries.first()?.uid,
            when: When {
                text: reader.from_to(&reader.time(from), &reader.time(attempts.to)),
                rough: false,
                detail: String::new(),
            },
            lead: reader.say(&headline.lead),
            rest: headline.rest.as_ref().map(|rest| reader.say(rest)).unwrap_or_default(),
            tags: self.tags(attempts.entries.first()?.uid, &headline),
            anatomy: Strip::new(units((attempts.to - from).num_seconds()), self.longest, parts.collect()),
            each: attempts.entries.iter().map(|entry| self.attempt(entry)).collect(),
        })
    }

    fn attempt(&self, entry: &EntryView) -> Attempt {
        let headline = self.teller.headline(entry);
        let told = [headline.lead].into_iter().chain(headline.tags).map(|phrase| self.reader.say(&phrase)).collect::<Vec<_>>();
        Attempt { uid: entry.uid, time: self.when(&entry.occurred).text, text: self.reader.line(&told) }
    }
}

/// From the first to the last minute of a day.
const WHOLE_DAY_MINUTES: i64 = 24 * 60 - 1;

/// How long the line was taken, dialling included, in seconds.
fn on_the_line(call: &CallView) -> i64 {
    let ended = call.ended.or(call.answered).unwrap_or(call.dialled);
    (ended - call.dialled).num_seconds()
}

/// Who may read an entry as a rule.
fn usual(entry: &EntryView) -> Visibility {
    match entry.kind {
        EntryKind::Call | EntryKind::FailedAttempt if entry.company.is_some() => Visibility::Provider,
        EntryKind::Notice | EntryKind::Reply => Visibility::Provider,
        _ => Visibility::Meeting,
    }
}

fn icon(entry: &EntryView) -> &'static str {
    match (entry.kind, entry.call.as_ref().map(|call| call.direction)) {
        (EntryKind::Call, Some(Direction::In)) => "call_in",
        (EntryKind::Call, _) => "call_out",
        (kind, _) => kind.as_str(),
    }
}

/// The part of a call's drawing that a tag explains.
fn swatch(tag: &Phrase) -> &'static str {
    match tag.key {
        "phrase-hold" | "phrase-length" => "s-wait",
        key if key.starts_with("phrase-told") => "s-told",
        _ => "",
    }
}

/// How much is shown of a long citation: the whole stands in the brief.
const CITED: usize = 18;

/// A file's length: `240 KB`.
pub fn size(bytes: i64) -> String {
    const KILO: i64 = 1000;
    match bytes {
        ..KILO => format!("{bytes} B"),
        KILO..1_000_000 => format!("{} KB", (bytes + KILO / 2) / KILO),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}
