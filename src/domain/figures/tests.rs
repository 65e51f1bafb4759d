//! The figures against the same figures counted slowly: second by second, with fingers.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::domain::call::{Direction, Leg, Outcome, Telling, Wait};
use crate::domain::deadline::tests::dossier;
use crate::domain::entry::{EntryKind, Struck};
use crate::domain::locale::DEFAULT_ZONE;
use crate::domain::matter::Against;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::verdict::tests::said;

/// How long anything in these calls takes at the most, in seconds.
const LONGEST: i64 = 40;

fn at(second: i64) -> Stamp {
    DateTime::from_timestamp(1_164_158_400 + second, 0).expect("a time")
}

fn uid(n: i64) -> Uid {
    Uid::from_parts(u64::try_from(n).expect("not below zero"), [0; 10])
}

/// What is in a call, in the order in which it happens; lengths in seconds.
#[derive(Clone, Debug)]
struct Script {
    starts: i64,
    outgoing: bool,
    outcome: Outcome,
    rings: i64,
    /// Talk, then wait; and what the wait is for.
    turns: Vec<(i64, i64, bool)>,
    is_end_known: bool,
    /// Whom each leg reaches, and how long the story took there, if it was told.
    legs: Vec<(i64, Option<Option<i64>>)>,
    company: i64,
    private: bool,
    struck: bool,
}

prop_compose! {
    fn script()(
        starts in 0_i64..5000,
        outgoing in any::<bool>(),
        outcome in prop::sample::select(Outcome::ALL.to_vec()),
        rings in 0..LONGEST,
        turns in prop::collection::vec((0..LONGEST, 0..LONGEST, any::<bool>()), 0..4),
        is_end_known in prop::bool::weighted(0.9),
        legs in prop::collection::vec((1_i64..6, prop::option::of(prop::option::of(0..LONGEST))), 0..4),
        company in 1_i64..3,
        private in prop::bool::weighted(0.1),
        struck in prop::bool::weighted(0.1),
    ) -> Script {
        Script { starts, outgoing, outcome, rings, turns, is_end_known, legs, company, private, struck }
    }
}

impl Script {
    fn answered(&self) -> i64 {
        self.starts + self.rings
    }

    fn ends(&self) -> i64 {
        self.answered() + self.turns.iter().map(|(talk, wait, _)| talk + wait).sum::<i64>()
    }

    fn counts(&self) -> bool {
        self.company == 1 && !self.private && !self.struck
    }

    fn call(&self) -> Call {
        let mut now = self.answered();
        let mut waits = Vec::new();
        for (talk, wait, hold) in &self.turns {
            now += talk;
            let why = if *hold { WaitWhy::Hold } else { WaitWhy::Transfer };
            waits.push(Wait { why, from: at(now), to: at(now + wait) });
            now += wait;
        }
        let leg = |(who, told): &(i64, Option<Option<i64>>)| {
            let from = Some(at(self.answered()));
            let telling = |length: Option<i64>| Telling { from, to: length.map(|length| at(self.answered() + length)) };
            Leg { contact: Some(Id::new(*who)), who: String::new(), from, to: None, told_from_start: told.map(telling) }
        };
        let connected = self.outcome.connected();
        Call {
            direction: if self.outgoing { Direction::Out } else { Direction::In },
            with: CallWith::Company,
            number: String::new(),
            dialled: at(self.starts),
            answered: connected.then(|| at(self.answered())),
            ended: self.is_end_known.then(|| at(self.ends())),
            outcome: self.outcome,
            legs: self.legs.iter().map(leg).collect(),
            waits: if connected { waits } else { Vec::new() },
        }
    }

    fn entry(&self, n: i64) -> Entry {
        let struck = Struck { at: at(0), reason: "wrong".to_owned() };
        Entry {
            id: Id::new(n),
            uid: uid(n),
            revision: 0,
            incident: Id::new(1),
            kind: EntryKind::Call,
            occurred: Moment::exact(at(self.starts), DEFAULT_ZONE),
            recorded_at: at(9000),
            author: None,
            provider: Some(Id::new(self.company)),
            contact: None,
            title: String::new(),
            body: String::new(),
            place: String::new(),
            looked_for: Vec::new(),
            settles: None,
            change: None,
            visibility: if self.private { Visibility::Private } else { Visibility::Provider },
            struck: self.struck.then_some(struck),
            call: Some(self.call()),
            reply: None,
            statements: Vec::new(),
        }
    }
}

/// What a second of a call is spent on.
fn spent(call: &Call, second: Stamp) -> &'static str {
    let within = |wait: &&Wait| wait.from <= second && second < wait.to;
    let waits = call.waits.iter().find(within).map(|wait| if wait.why == WaitWhy::Hold { "hold" } else { "transfer" });
    match (call.answered, waits) {
        (_, Some(waits)) => waits,
        (Some(answered), None) if second < answered => "before",
        (Some(_), None) => "talk",
        (None, None) => "attempt",
    }
}

/// The figures, counted with fingers.
fn slowly(scripts: &[Script]) -> CallFigures {
    let mut figures = CallFigures::default();
    let mut people = Vec::new();
    let mut tellings = Vec::new();
    for script in scripts.iter().filter(|script| script.counts()) {
        let call = script.call();
        if script.outcome.connected() {
            figures.calls_connected += 1;
        } else {
            figures.attempts_failed += 1;
        }
        for second in script.starts..script.ends() {
            match spent(&call, at(second)) {
                "hold" => figures.waiting_of_which.hold += 1,
                "transfer" => figures.waiting_of_which.transfer += 1,
                "before" if script.outgoing => figures.waiting_of_which.before_answer += 1,
                "talk" if script.is_end_known => figures.talking_seconds += 1,
                "attempt" if script.outgoing && script.is_end_known => figures.waiting_of_which.failed_attempts += 1,
                _ => {}
            }
        }
        for (who, told) in &script.legs {
            if !people.contains(who) {
                people.push(*who);
            }
            if let Some(length) = told {
                tellings.push((script.answered(), length.unwrap_or(0)));
            }
        }
    }
    let waits = &figures.waiting_of_which;
    figures.waiting_seconds = waits.hold + waits.transfer + waits.before_answer + waits.failed_attempts;
    figures.people_reached = people.len();
    figures.told_from_start = tellings.len();
    tellings.sort_unstable();
    for (n, (_, length)) in tellings.into_iter().enumerate() {
        figures.telling_seconds += length;
        if n > 0 {
            figures.retold += 1;
            figures.retelling_seconds += length;
        }
    }
    figures
}

/// A call in which two are reached.
fn two_reached() -> Script {
    Script {
        starts: 0,
        outgoing: true,
        outcome: Outcome::Answered,
        rings: 1,
        turns: vec![(30, 0, false)],
        is_end_known: true,
        legs: vec![(1, None), (2, None)],
        company: 1,
        private: false,
        struck: false,
    }
}

#[test]
fn who_was_found_to_be_somebody_else_is_reached_once() {
    let mut dossier = dossier(&[], Vec::new());
    dossier.entries = vec![two_reached().entry(1)];
    let reached = |dossier: &Dossier| Figures::of(dossier).0.provider.people_reached;
    assert_eq!(reached(&dossier), 2);
    let contact = |n: i64, merged_into: Option<Id<Contact>>| Contact {
        id: Id::new(n),
        uid: uid(n),
        revision: 0,
        provider: Id::new(1),
        name: None,
        department: String::new(),
        role: String::new(),
        email: String::new(),
        note: String::new(),
        numbers: Vec::new(),
        merged_into,
    };
    dossier.contacts = vec![contact(1, None), contact(2, Some(Id::new(1)))];
    assert_eq!(reached(&dossier), 1);
}

#[test]
fn a_contradiction_counts_where_what_was_said_does() {
    let mut dossier = dossier(&[], Vec::new());
    dossier.entries = vec![Entry { statements: vec![said(true)], ..two_reached().entry(1) }];
    dossier.contradictions = vec![Contradiction {
        id: Id::new(1),
        uid: uid(1),
        revision: 0,
        incident: Id::new(1),
        statement: Id::new(1),
        against: Against::Clause(Id::new(2)),
        note: String::new(),
        visibility: Visibility::Meeting,
        struck: None,
    }];
    let count = |dossier: &Dossier| Figures::of(dossier).0.contradictions;
    assert_eq!(count(&dossier), 1);
    let mut noted_by_one = dossier.clone();
    noted_by_one.contradictions[0].visibility = Visibility::Private;
    assert_eq!(count(&noted_by_one), 0);
    dossier.entries[0].struck = Some(Struck { at: at(0), reason: "wrong".to_owned() });
    assert_eq!(count(&dossier), 0, "what was said is struck out");
}

proptest! {
    #[test]
    fn the_figures_are_those_that_one_counts_with_fingers(scripts in prop::collection::vec(script(), 0..8)) {
        let mut dossier = dossier(&[], Vec::new());
        dossier.entries = (1..).zip(&scripts).map(|(n, script)| script.entry(n)).collect();
        let (figures, counted) = Figures::of(&dossier);
        prop_assert_eq!(&figures.provider, &slowly(&scripts));
        // What a figure counts gives the same figure by itself, and nothing else adds to it.
        let only = |figure: Counted| {
            let uids = counted.get(&figure).cloned().unwrap_or_default();
            let kept = (1..).zip(&scripts).filter(|(n, _)| uids.contains(&uid(*n))).map(|(_, script)| script.clone());
            slowly(&kept.collect::<Vec<_>>())
        };
        prop_assert_eq!(only(Counted::Calls).calls_connected, figures.provider.calls_connected);
        prop_assert_eq!(only(Counted::Attempts).attempts_failed, figures.provider.attempts_failed);
        prop_assert_eq!(only(Counted::Waiting).waiting_seconds, figures.provider.waiting_seconds);
        prop_assert_eq!(only(Counted::Talking).talking_seconds, figures.provider.talking_seconds);
        prop_assert_eq!(only(Counted::People).people_reached, figures.provider.people_reached);
        prop_assert_eq!(only(Counted::Told).telling_seconds, figures.provider.telling_seconds);
        let told = only(Counted::Retold).told_from_start;
        prop_assert!(told >= figures.provider.retold, "the first telling may stand in the same call as the second");
    }
}
