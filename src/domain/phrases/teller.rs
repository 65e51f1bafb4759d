//! What is said about the parts of a view.

use super::{Arg, Phrase, joined};
use crate::domain::call::{Direction, Outcome, WaitWhy};
use crate::domain::entry::EntryKind;
use crate::domain::moment::Stamp;
use crate::domain::reply::ActKind;
use crate::domain::statement::{DueBy, PromiseState};
use crate::domain::text::beginning;
use crate::domain::view::{
    ActOfKind, ActView, AskView, Attempts, Audience, AudienceName, CallView, EntryView, LegView, PromiseView, Quote, ReplyNote,
    View, WaitView, Who,
};

/// Tells about the parts of one view, in the manner its audience is spoken to.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// The company answerable: it goes without saying.
    provider: &'a str,
    /// Whether it is the provider who reads: calm, and nothing that sounds like a reproach.
    outward: bool,
}

/// The line of the timeline that says what an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// What it is, set strong: "通話 30分".
    pub lead: Phrase,
    /// With whom, or what: "無関係の部署 → 取次ぎ 1分 → 最初の窓口".
    pub rest: Option<Phrase>,
    /// What it cost and what else is to be known, one by one: "保留 6分", "一から説明 4分", "後から記録".
    pub tags: Vec<Phrase>,
}

impl Headline {
    /// All of it in one line, for lists, mail and speech.
    pub fn line(&self) -> Phrase {
        let told = match self.rest.clone() {
            Some(rest) => Phrase::new("phrase-headline").phrase("lead", self.lead.clone()).phrase("rest", rest),
            None => self.lead.clone(),
        };
        self.tags.iter().cloned().fold(told, Phrase::beside)
    }
}

impl<'a> Teller<'a> {
    /// For what `view` shows.
    pub fn of<A: Audience>(view: &'a View<A>) -> Self {
        match A::NAME {
            AudienceName::Provider => Self::outward(&view.provider),
            AudienceName::Internal | AudienceName::Meeting => Self::inward(&view.provider),
        }
    }

    /// For our own people, where the answerable company is `provider`.
    pub const fn inward(provider: &'a str) -> Self {
        Self { provider, outward: false }
    }

    /// For the people of `provider`, the answerable company.
    pub const fn outward(provider: &'a str) -> Self {
        Self { provider, outward: true }
    }

    /// The headline of an entry.
    pub fn headline(&self, entry: &EntryView) -> Headline {
        let mut headline = match &entry.call {
            Some(call) => self.call(entry, call),
            None => Headline { lead: Phrase::new(kind_key(entry.kind)), rest: self.matter(entry), tags: Vec::new() },
        };
        if let Some(reply) = &entry.reply {
            headline.tags.extend(reply.takes_over.then(|| Phrase::new("phrase-reply-takes-over")));
            headline.tags.push(weight(reply.formal));
        }
        headline.tags.extend(record_tags(entry));
        headline
    }

    /// The headline of a run of failed attempts: "サポート窓口へ 9回 つながらず".
    pub fn attempts(&self, attempts: &Attempts<'_>) -> Headline {
        let calls = || attempts.entries.iter().filter_map(|entry| entry.call.as_ref());
        let ours = calls().all(|call| call.direction == Direction::Out);
        let company = attempts.company.unwrap_or(self.provider);
        let lead = Phrase::new(if ours { "phrase-attempts" } else { "phrase-attempts-both-ways" });
        Headline {
            lead: lead.text("company", company).count("count", attempts.entries.len()),
            rest: Some(Phrase::new("phrase-attempts-failed")),
            tags: measured("phrase-length", attempts.seconds).into_iter().collect(),
        }
    }

    fn call(&self, entry: &EntryView, call: &CallView) -> Headline {
        if call.outcome.connected() {
            let key = match (call.direction, call.length_seconds) {
                (Direction::Out, Some(_)) => "phrase-call-out",
                (Direction::Out, None) => "phrase-call-out-unmeasured",
                (Direction::In, Some(_)) => "phrase-call-in",
                (Direction::In, None) => "phrase-call-in-unmeasured",
            };
            let lead = call.length_seconds.into_iter().fold(Phrase::new(key), |lead, seconds| lead.seconds("length", seconds));
            return Headline { lead, rest: self.course(entry, call), tags: call_tags(call) };
        }
        let length = call.length_seconds.and_then(|seconds| measured("phrase-length", seconds));
        Headline { lead: Phrase::new(self.failure(call)), rest: self.other_end(entry, call), tags: length.into_iter().collect() }
    }

    /// How an attempt failed. Whom we could not reach is not told that they would not speak to us.
    const fn failure(&self, call: &CallView) -> &'static str {
        match (call.direction, call.outcome) {
            (Direction::In, _) => "phrase-attempt-missed",
            (_, Outcome::Busy) => "phrase-attempt-busy",
            (_, Outcome::Voicemail) => "phrase-attempt-voicemail",
            (_, Outcome::Refused) if !self.outward => "phrase-attempt-refused",
            _ => "phrase-attempt-no-answer",
        }
    }

    /// Who was reached, one after the other, and how they put through; with the title where there is one.
    fn course(&self, entry: &EntryView, call: &CallView) -> Option<Phrase> {
        let steps = in_order(&call.legs, &call.waits).into_iter().map(|step| match step {
            Step::Reached(leg) => self.who(&leg.who),
            Step::Transfer(wait) => Phrase::new("phrase-transfer").seconds("length", wait.seconds),
        });
        let reached = if call.legs.is_empty() { self.other_end(entry, call) } else { joined(steps, Phrase::then) };
        joined(reached.into_iter().chain(typed(&entry.title)), Phrase::beside)
    }

    /// The other end of a call in which nobody is named.
    fn other_end(&self, entry: &EntryView, call: &CallView) -> Option<Phrase> {
        if call.own_colleague {
            return Some(Phrase::new("phrase-colleague"));
        }
        entry.with.as_ref().map(|who| self.who(who)).or_else(|| entry.company.as_deref().and_then(typed))
    }

    /// What is not a call: with whom, and what.
    fn matter(&self, entry: &EntryView) -> Option<Phrase> {
        let foreign = entry.company.as_deref().filter(|company| *company != self.provider);
        let with = entry.with.as_ref().map(|who| self.who(who)).or_else(|| foreign.and_then(typed));
        let title = typed(&entry.title).or_else(|| entry.body.lines().next().and_then(typed));
        joined(with.into_iter().chain(title), Phrase::beside)
    }

    /// Somebody: the desk and the name, as far as known; with their company, where it is not the one answerable.
    pub fn who(&self, who: &Who) -> Phrase {
        match who {
            Who::Ours { name: None } => Phrase::new("phrase-we"),
            Who::Ours { name: Some(name) } => Phrase::typed(name),
            Who::Theirs { company, desk, name } => {
                let name = name.as_deref().and_then(typed);
                match joined(typed(desk).into_iter().chain(name), Phrase::followed) {
                    None => Phrase::new("phrase-somebody-at").text("company", company),
                    Some(person) if company == self.provider => person,
                    Some(person) => Phrase::typed(company).followed(person),
                }
            }
        }
    }

    /// Whose words, when, and how they were taken down: "最初の窓口 · 11月22日(水) 10:24 · 聞き取りによる記録(録音なし)".
    pub fn source(&self, quote: &Quote) -> Phrase {
        let at = Phrase::new("phrase-at").moment("at", &quote.at);
        let taken = Phrase::new(if quote.verbatim { "phrase-verbatim" } else { "phrase-in-our-words" });
        self.who(&quote.who).beside(at).beside(taken)
    }

    /// When a promise falls due: "11月22日(水) 11:20までと受け取り".
    pub fn due(&self, promise: &PromiseView) -> Phrase {
        match (&promise.due, promise.due_by) {
            (None, _) => Phrase::new("phrase-due-none"),
            // What one of us takes on has the time that we say.
            (Some(due), _) if matches!(promise.quote.who, Who::Ours { .. }) => Phrase::new("phrase-due").moment("due", due),
            (Some(due), DueBy::Theirs) => Phrase::new("phrase-due").moment("due", due),
            (Some(due), DueBy::Ours) => Phrase::new("phrase-due-ours").moment("due", due),
        }
    }

    /// What became of a promise: "期限経過 4時間50分". For the provider nothing is called broken: it is not confirmed yet.
    pub fn state(&self, promise: &PromiseView) -> Phrase {
        let late = |key, measured: &'static str| match promise.late_seconds.filter(|seconds| *seconds >= 60) {
            // Late is told to the minute: a due moment is seldom known better.
            Some(seconds) => Phrase::new(measured).seconds("late", seconds / 60 * 60),
            None => Phrase::new(key),
        };
        match promise.state {
            PromiseState::Broken if self.outward && promise.settled.is_some() => Phrase::new("phrase-promise-not-in-time"),
            PromiseState::Open | PromiseState::Broken if self.outward => Phrase::new("phrase-promise-unconfirmed"),
            PromiseState::Open if promise.overdue => late("phrase-promise-overdue", "phrase-promise-overdue-by"),
            PromiseState::Open => Phrase::new("phrase-promise-open"),
            PromiseState::Broken => late("phrase-promise-broken", "phrase-promise-broken-by"),
            PromiseState::Kept => Phrase::new("phrase-promise-kept"),
            PromiseState::Moved => Phrase::new("phrase-promise-moved"),
            PromiseState::Withdrawn => Phrase::new("phrase-promise-withdrawn"),
        }
    }

    /// What a part of a reply does, and to which words: "訂正「…」".
    pub fn act(&self, act: &ActView) -> Phrase {
        let key = act_key(act.kind, act.of.as_ref().map(|of| of.kind));
        match &act.of {
            Some(of) => Phrase::new(key).text("words", beginning(&of.words, CITED)),
            None => Phrase::new(key),
        }
    }

    /// What was replied about something, beside it: "技術部 · 11月22日(水) 14:03 · 訂正 …".
    pub fn replied(&self, note: &ReplyNote) -> Phrase {
        let at = Phrase::new("phrase-at").moment("at", &note.at);
        let what = Phrase::new(match note.kind {
            ActKind::Confirms => "phrase-reply-confirmed",
            ActKind::Corrects => "phrase-reply-corrected",
            ActKind::Answers => "phrase-reply-answered",
            ActKind::Commits => "phrase-reply-committed",
        });
        let said = typed(&note.words).map_or_else(|| what.clone(), |words| what.clone().followed(words));
        self.who(&note.who).beside(at).beside(weight(note.formal)).beside(said)
    }

    /// How an ask stands: "2回尋ねた · 未回答"; to those who are asked, courteously.
    pub fn asked(&self, ask: &AskView) -> Phrase {
        let key = |inward, outward| if self.outward { outward } else { inward };
        // Who replies to it has read it.
        let is_read = !ask.replies.is_empty();
        let asked = match ask.times_asked {
            0 if is_read && !self.outward => Phrase::new("phrase-asked-on-share"),
            0 => Phrase::new(key("phrase-asked-not-yet", "phrase-asked-now-outward")),
            times => Phrase::new(key("phrase-asked", "phrase-asked-outward")).count("count", times),
        };
        asked.beside(Phrase::new(match ask.answer {
            Some(_) => key("phrase-answered", "phrase-answered-outward"),
            None if is_read => key("phrase-answered-open", "phrase-answered-outward"),
            None => key("phrase-unanswered", "phrase-unanswered-outward"),
        }))
    }
}

/// In whose name they replied.
fn weight(formal: bool) -> Phrase {
    Phrase::new(if formal { "phrase-reply-formal" } else { "phrase-reply-in-charge" })
}

const fn act_key(kind: ActKind, of: Option<ActOfKind>) -> &'static str {
    match (kind, of) {
        (ActKind::Confirms, Some(ActOfKind::Agreement)) => "phrase-act-confirms-agreement",
        (ActKind::Corrects, Some(ActOfKind::Agreement)) => "phrase-act-denies-agreement",
        (ActKind::Confirms, _) => "phrase-act-confirms",
        (ActKind::Corrects, _) => "phrase-act-corrects",
        (ActKind::Answers, _) => "phrase-act-answers",
        (ActKind::Commits, _) => "phrase-act-commits",
    }
}

/// How much is shown of words that stand elsewhere in full.
const CITED: usize = 40;

/// One step of a call.
enum Step<'a> {
    Reached(&'a LegView),
    Transfer(&'a WaitView),
}

/// The legs in the order in which they are recorded, each transfer before the first leg that began after it.
fn in_order<'a>(legs: &'a [LegView], waits: &'a [WaitView]) -> Vec<Step<'a>> {
    let mut transfers: Vec<&WaitView> = waits.iter().filter(|wait| wait.why == WaitWhy::Transfer).collect();
    transfers.sort_by_key(|wait| wait.from);
    let mut transfers = transfers.into_iter().peekable();
    let mut steps = Vec::new();
    for leg in legs {
        let began_by = |at: Option<Stamp>, wait: &WaitView| at.is_some_and(|at| wait.from <= at);
        while let Some(wait) = transfers.next_if(|wait| began_by(leg.from, wait)) {
            steps.push(Step::Transfer(wait));
        }
        steps.push(Step::Reached(leg));
    }
    steps.extend(transfers.map(Step::Transfer));
    steps
}

/// What a call that connected cost: holds, tellings; and that it was cut off.
fn call_tags(call: &CallView) -> Vec<Phrase> {
    let held: i64 = call.waits.iter().filter(|wait| wait.why == WaitWhy::Hold).map(|wait| wait.seconds).sum();
    let cut_off = (call.outcome == Outcome::CutOff).then(|| Phrase::new("phrase-cut-off"));
    [cut_off, measured("phrase-hold", held), told(&call.legs)].into_iter().flatten().collect()
}

/// How often the whole story was told, and how long that took, where it was noted of every telling.
fn told(legs: &[LegView]) -> Option<Phrase> {
    let tellings: Vec<&LegView> = legs.iter().filter(|leg| leg.told_from_start).collect();
    let length: Option<i64> = tellings.iter().map(|leg| leg.telling_seconds).sum();
    let (one, measured) = match (tellings.len(), length) {
        (0, _) => return None,
        (1, Some(_)) => ("phrase-told", true),
        (1, None) => ("phrase-told-unmeasured", false),
        (_, Some(_)) => ("phrase-told-times", true),
        (_, None) => ("phrase-told-times-unmeasured", false),
    };
    let phrase = Phrase::new(one).count("count", tellings.len());
    Some(length.into_iter().filter(|_| measured).fold(phrase, |phrase, seconds| phrase.seconds("length", seconds)))
}

/// What is to be known of the record itself.
fn record_tags(entry: &EntryView) -> Vec<Phrase> {
    let late = entry.recorded_late.then(|| Phrase::new("phrase-recorded-late").with("at", Arg::At(entry.recorded_at)));
    // What we note beside a reply is a revision of its record; its words are theirs, and nobody corrects them.
    let ours = entry.reply.is_none();
    let corrected = usize::try_from(entry.revision).ok().filter(|times| *times > 0 && ours);
    let corrected = corrected.map(|times| Phrase::new("phrase-corrected").count("count", times));
    let struck = entry.struck.as_ref().map(|reason| Phrase::new("phrase-struck").text("reason", reason));
    [late, corrected, struck].into_iter().flatten().collect()
}

/// A duration that is worth a word.
fn measured(key: &'static str, seconds: i64) -> Option<Phrase> {
    (seconds > 0).then(|| Phrase::new(key).seconds("length", seconds))
}

fn typed(text: &str) -> Option<Phrase> {
    (!text.is_empty()).then(|| Phrase::typed(text))
}

const fn kind_key(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Call => "entry-kind-call",
        EntryKind::FailedAttempt => "entry-kind-failed_attempt",
        EntryKind::Email => "entry-kind-email",
        EntryKind::Letter => "entry-kind-letter",
        EntryKind::PortalMessage => "entry-kind-portal_message",
        EntryKind::Visit => "entry-kind-visit",
        EntryKind::Observation => "entry-kind-observation",
        EntryKind::Action => "entry-kind-action",
        EntryKind::Notice => "entry-kind-notice",
        EntryKind::Agenda => "entry-kind-agenda",
        EntryKind::Decision => "entry-kind-decision",
        EntryKind::Note => "entry-kind-note",
        EntryKind::Reply => "entry-kind-reply",
    }
}
