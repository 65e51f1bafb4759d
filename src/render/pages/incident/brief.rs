//! The brief 要約: the first minute of an incident, and what does not fit together in it.

use serde::Serialize;

use super::super::reader::Reader;
use super::verdicts::{self, FindingTag};
use crate::domain::id::Uid;
use crate::domain::incident::Which;
use crate::domain::matter::RuledOutKind;
use crate::domain::moment::show::Shown;
use crate::domain::phrases::Teller;
use crate::domain::view::{AgainstView, AgreementView, ContradictionView, Internal, Quote, VerdictView, View};
use crate::render::say;

/// What somebody has to know who has one minute.
#[derive(Clone, Debug, Serialize)]
pub struct Brief {
    /// What does not work, and what does.
    pub what: String,
    /// Since when.
    pub since: Option<Shown>,
    /// Until when, and how it ended.
    pub until: Option<Until>,
    /// How long, in words.
    pub duration: String,
    /// Whether that goes on.
    pub going_on: bool,
    /// Those of the six times that are neither its beginning nor its end.
    pub also: Vec<TimeLine>,
    /// Whom it hurts.
    pub affected: String,
    /// The cause as far as known.
    pub cause: String,
    /// What was agreed beside the print.
    pub agreements: Vec<AgreementLine>,
    /// The printed clauses that count here.
    pub clauses: Vec<ClauseLine>,
    /// What was checked.
    pub checked: Vec<RuledOutLine>,
    /// What cannot be done.
    pub remedies: Vec<RuledOutLine>,
    /// What we ask and have no answer to.
    pub asks: Vec<AskLine>,
    /// What would settle a clause, and nobody has asked yet.
    pub to_ask: Vec<String>,
    /// What the clauses come to.
    pub verdicts: Vec<VerdictLine>,
    /// What is overdue about credits.
    pub overdue_credits: Vec<String>,
}

/// What a clause comes to, in a line.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictLine {
    /// The clause.
    pub of: String,
    /// What it comes to.
    pub finding: FindingTag,
    /// What it would come to under an agreement that is not proved.
    pub under_agreement: Option<FindingTag>,
}

/// One of the six times.
#[derive(Clone, Debug, Serialize)]
pub struct TimeLine {
    /// Which, in words.
    pub label: String,
    /// When.
    pub at: Shown,
    /// Whose doing; may be empty.
    pub by: String,
}

/// The end of it.
#[derive(Clone, Debug, Serialize)]
pub struct Until {
    /// When.
    pub at: Shown,
    /// How it ended, in words.
    pub how: String,
    /// Whose doing; may be empty.
    pub by: String,
}

/// An agreement.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementLine {
    /// In URLs.
    pub uid: Uid,
    /// In which words.
    pub words: String,
    /// Whether they are verbatim.
    pub verbatim: bool,
    /// When it was made.
    pub made: Shown,
    /// How and with whom, in words.
    pub how: String,
    /// How well it is proved, in words.
    pub standing: String,
    /// What proof there is; may be empty.
    pub evidence: String,
    /// Which clause it comes before, in words; may be empty.
    pub before: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// A printed clause.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseLine {
    /// In URLs.
    pub uid: Uid,
    /// Number and heading.
    pub name: String,
    /// Its words.
    pub quote: String,
}

/// Something ruled out.
#[derive(Clone, Debug, Serialize)]
pub struct RuledOutLine {
    /// In URLs.
    pub uid: Uid,
    /// What.
    pub what: String,
    /// How, or why.
    pub why: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// An ask without an answer.
#[derive(Clone, Debug, Serialize)]
pub struct AskLine {
    /// In URLs.
    pub uid: Uid,
    /// What.
    pub words: String,
}

/// Two things that do not fit together, face to face.
#[derive(Clone, Debug, Serialize)]
pub struct Face {
    /// In URLs.
    pub uid: Uid,
    /// Which it is on this page, from 1.
    pub number: usize,
    /// What was said.
    pub said: Side,
    /// What it does not fit with.
    pub against: Side,
    /// Why; may be empty.
    pub note: String,
    /// Why it was struck out, if it was.
    pub struck: Option<String>,
}

/// One side of a contradiction.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// Who, when and how we know, in one line.
    pub source: String,
    /// The words.
    pub words: String,
    /// Whether they stand between quotation marks.
    pub quoted: bool,
    /// The entry it stands in, for a link.
    pub entry: Option<Uid>,
}

impl Brief {
    /// The brief of what `view` shows.
    pub fn of(view: &View<Internal>, reader: Reader) -> Self {
        let time = |which| view.times.iter().find(|time| time.which == which);
        let ends = [Which::Mitigated, Which::Restored, Which::Closed];
        let ruled_out = |kind| ruled_out(view, kind);
        Self {
            what: view.what.clone(),
            since: time(Which::Started).map(|time| reader.moment(&time.at)),
            until: ends.into_iter().find_map(time).map(|end| Until {
                at: reader.moment(&end.at),
                how: reader.value("time", end.which),
                by: end.by.clone().unwrap_or_default(),
            }),
            duration: view.down.map(|span| reader.span(span.in_minutes())).unwrap_or_default(),
            going_on: view.still_down,
            also: also(view, reader),
            affected: view.affected.clone(),
            cause: view.cause.clone(),
            agreements: view.agreements.iter().map(|agreement| AgreementLine::of(agreement, reader)).collect(),
            clauses: (view.clauses.iter())
                .map(|clause| ClauseLine {
                    uid: clause.uid,
                    name: say::clause(&clause.number, &clause.heading),
                    quote: clause.quote.clone(),
                })
                .collect(),
            checked: ruled_out(RuledOutKind::Checked),
            remedies: ruled_out(RuledOutKind::Remedy),
            asks: (view.asks.iter())
                .filter(|ask| ask.answer.is_none() && ask.struck.is_none())
                .map(|ask| AskLine { uid: ask.uid, words: ask.words.clone() })
                .collect(),
            to_ask: to_ask(view, reader),
            verdicts: verdicts::in_order(view).into_iter().map(|verdict| VerdictLine::of(verdict, reader)).collect(),
            overdue_credits: view.overdue_credits().iter().map(|phrase| reader.say(phrase)).collect(),
        }
    }
}

impl VerdictLine {
    fn of(verdict: &VerdictView, reader: Reader) -> Self {
        let finding = FindingTag::of(verdict.finding, reader);
        let under_agreement = verdicts::under_agreement(verdict, reader).filter(|_| finding.open);
        Self { of: verdicts::title(verdict), finding, under_agreement }
    }
}

fn to_ask(view: &View<Internal>, reader: Reader) -> Vec<String> {
    let mut questions = Vec::new();
    for missing in view.verdicts.iter().flat_map(|verdict| &verdict.missing).filter(|missing| !missing.asked) {
        let question = missing.question.as_ref().map(|question| reader.say(question));
        questions.extend(question.filter(|question| !questions.contains(question)));
    }
    questions
}

fn also(view: &View<Internal>, reader: Reader) -> Vec<TimeLine> {
    let shown = view.times.iter().filter(|time| matches!(time.which, Which::Detected | Which::Reported));
    shown
        .map(|time| TimeLine {
            label: reader.value("time", time.which),
            at: reader.moment(&time.at),
            by: time.by.clone().unwrap_or_default(),
        })
        .collect()
}

fn ruled_out(view: &View<Internal>, kind: RuledOutKind) -> Vec<RuledOutLine> {
    let items = view.ruled_out.iter().filter(|item| item.kind == kind);
    items
        .map(|item| RuledOutLine { uid: item.uid, what: item.what.clone(), why: item.why.clone(), struck: item.struck.clone() })
        .collect()
}

impl AgreementLine {
    fn of(agreement: &AgreementView, reader: Reader) -> Self {
        let before = agreement.before_clause.as_deref();
        Self {
            uid: agreement.uid,
            words: agreement.words.clone(),
            verbatim: agreement.verbatim,
            made: reader.moment(&agreement.made),
            how: reader.line(&[reader.value("agreement-how", agreement.how), agreement.made_with.clone()]),
            standing: reader.value("standing", agreement.standing),
            evidence: agreement.evidence.clone(),
            before: before.map(|clause| reader.with("agreement-before", "clause", clause)).unwrap_or_default(),
            struck: agreement.struck.clone(),
        }
    }
}

/// What does not fit together, numbered.
pub fn faces(view: &View<Internal>, reader: Reader) -> Vec<Face> {
    let face = |(item, number): (&ContradictionView, usize)| Face {
        uid: item.uid,
        number,
        said: said(&item.said, view, reader),
        against: against(&item.against, view, reader),
        note: item.note.clone(),
        struck: item.struck.clone(),
    };
    view.contradictions.iter().zip(1..).map(face).collect()
}

fn said(quote: &Quote, view: &View<Internal>, reader: Reader) -> Side {
    Side {
        source: reader.say(&Teller::of(view).source(quote)),
        words: quote.words.clone(),
        quoted: quote.verbatim,
        entry: Some(quote.entry),
    }
}

fn against(against: &AgainstView, view: &View<Internal>, reader: Reader) -> Side {
    match against {
        AgainstView::Statement { quote } => said(quote, view, reader),
        AgainstView::Clause { number, quote } => {
            Side { source: reader.with("against-clause", "number", number), words: quote.clone(), quoted: true, entry: None }
        }
        AgainstView::Agreement { made, how, words, standing } => Side {
            source: reader.line(&[
                reader.get("against-agreement"),
                reader.told(made),
                reader.value("agreement-how", how),
                reader.value("standing", standing),
            ]),
            words: words.clone(),
            quoted: false,
            entry: None,
        },
        AgainstView::Entry { uid, entry_kind, at, text } => Side {
            source: reader.line(&[reader.value("entry-kind", entry_kind), reader.told(at)]),
            words: text.clone(),
            quoted: false,
            entry: Some(*uid),
        },
    }
}
