//! The overview: the page that one opens in the morning.

use serde::Serialize;

use super::backups;
use super::deadlines::DeadlineLine;
use super::reader::Reader;
use crate::domain::backup::Care;
use crate::domain::deadline::Deadline;
use crate::domain::moment::Stamp;
use crate::domain::overview::{DuePromise, FreshReply, Morning, Named, OpenAsk, OpenStep, SilentIncident};
use crate::render::frame::Frame;
use crate::render::tera::Page;
use crate::render::words::Args;

/// The overview.
#[derive(Clone, Debug, Serialize)]
pub struct OverviewPage {
    /// The day, in words.
    pub day: String,
    /// That nobody looks after the backups, to whom it may concern; empty where all is well.
    pub backups: String,
    /// Whether they were planned, and do not come.
    pub backups_late: bool,
    /// Replies that nobody has looked at.
    pub replies: Vec<Line>,
    /// Promises whose time has passed.
    pub overdue: Vec<Line>,
    /// Promises of today.
    pub today: Vec<Line>,
    /// Deadlines of the next days, and those just missed.
    pub deadlines: Vec<DeadlineLine>,
    /// How many more there are, in words; empty where there are none.
    pub more_deadlines: String,
    /// Next steps that are not due yet.
    pub steps: Vec<Line>,
    /// What nobody has answered.
    pub asks: Vec<Line>,
    /// Incidents without news.
    pub silent: Vec<Line>,
    /// The companies with incidents open.
    pub companies: Vec<CompanyLine>,
    /// Whether there is any incident at all.
    pub any: bool,
    /// Whether the reader may write.
    pub may_edit: bool,
}

impl Page for OverviewPage {
    const TEMPLATE: &'static str = "overview/page.html";
    const SECTION: &'static str = "overview";
}

/// One thing to be done.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// Where it stands.
    pub href: String,
    /// What it is.
    pub words: String,
    /// When it falls due, or since when; may be empty.
    pub when: String,
    /// Of which company.
    pub company: String,
    /// Of which incident.
    pub number: String,
    /// What that is called; empty where it is named already.
    pub title: String,
}

/// A company.
#[derive(Clone, Debug, Serialize)]
pub struct CompanyLine {
    /// Its incidents.
    pub href: String,
    /// Its name.
    pub name: String,
    /// How many go on, in words.
    pub open: String,
    /// How many of its promises are overdue, in words; may be empty.
    pub overdue: String,
}

impl OverviewPage {
    /// Of what wants to be done, and the first of all the deadlines that are near.
    pub fn new(morning: &Morning, (deadlines, all): (&[Deadline], i64), frame: &Frame, may_edit: bool, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        let company = |load: &crate::domain::overview::CompanyLoad| {
            let late = morning.overdue.iter().filter(|promise| promise.company == load.name).count();
            CompanyLine {
                href: format!("/incidents?provider={}", load.uid),
                name: load.name.clone(),
                open: reader.count("overview-open", load.open),
                overdue: if late > 0 {
                    reader.count("overview-overdue-count", super::reader::number(late))
                } else {
                    String::new()
                },
            }
        };
        let more = all - super::reader::number(deadlines.len());
        Self {
            backups: String::new(),
            backups_late: false,
            day: reader.day(reader.date(now)),
            replies: morning.replies.iter().map(|fresh| reply(fresh, reader)).collect(),
            overdue: morning.overdue.iter().map(|promise| due(promise, reader)).collect(),
            today: morning.today.iter().map(|promise| due(promise, reader)).collect(),
            deadlines: deadlines.iter().map(|deadline| DeadlineLine::new(deadline, reader, now)).collect(),
            more_deadlines: if more > 0 { reader.count("deadlines-more", more) } else { String::new() },
            steps: morning.steps.iter().map(|open| step(open, reader)).collect(),
            asks: morning.asks.iter().map(ask).collect(),
            silent: morning.silent.iter().map(|incident| silent(incident, reader)).collect(),
            companies: morning.companies.iter().map(company).collect(),
            any: morning.any,
            may_edit,
        }
    }

    /// The same, saying of the backups what a manager should know.
    #[must_use]
    pub fn with_care(self, care: &Care, frame: &Frame, now: Stamp) -> Self {
        let said = if care.is_neglected(now) { backups::state(care, Reader::new(frame, now), now) } else { String::new() };
        Self { backups: said, backups_late: care.plan.is_some(), ..self }
    }
}

/// A line that leads to that part of the incident's page.
fn of(incident: &Named, part: &str) -> Line {
    Line {
        href: format!("/incidents/{}{part}", incident.number),
        number: incident.number.to_string(),
        title: incident.title.clone(),
        ..Line::default()
    }
}

fn reply(fresh: &FreshReply, reader: Reader) -> Line {
    let who = Args::new().text("name", &*fresh.name).text("department", &*fresh.department);
    let takes_over = if fresh.takes_over { reader.get("phrase-reply-takes-over") } else { String::new() };
    let words = reader.line(&[reader.with_args("overview-reply", &who), takes_over]);
    Line { words, when: reader.at(fresh.at), company: fresh.company.clone(), ..of(&fresh.incident, &format!("#e-{}", fresh.uid)) }
}

fn due(promise: &DuePromise, reader: Reader) -> Line {
    let when = reader.with("overview-due", "at", reader.told(&promise.due));
    let line = of(&promise.incident, &format!("#p-{}", promise.uid));
    Line { words: promise.words.clone(), when, company: promise.company.clone(), ..line }
}

fn step(step: &OpenStep, reader: Reader) -> Line {
    let when = step.due.as_ref().map_or_else(String::new, |due| reader.with("overview-due", "at", reader.told(due)));
    let line = of(&step.incident, &format!("#p-{}", step.uid));
    Line { words: step.words.clone(), when, company: step.owner.clone(), ..line }
}

fn ask(ask: &OpenAsk) -> Line {
    Line { words: ask.words.clone(), company: ask.company.clone(), ..of(&ask.incident, "#asks") }
}

fn silent(silent: &SilentIncident, reader: Reader) -> Line {
    let when = silent.since.map_or_else(|| reader.get("overview-never"), |at| reader.with("overview-since", "at", reader.at(at)));
    Line {
        words: silent.incident.title.clone(),
        title: String::new(),
        when,
        company: silent.company.clone(),
        ..of(&silent.incident, "")
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::id::Uid;
    use crate::domain::incident::IncidentNumber;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::moment::Moment;
    use crate::domain::overview::CompanyLoad;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    impl Sampled for OverviewPage {
        fn samples() -> Vec<Self> {
            let now = sample::friday();
            let company = || "東都ネット <b>&\"'".to_owned();
            let incident = || Named {
                number: IncidentNumber { year: 2006, count: 7 },
                title: "メールを送信できない <b>&".to_owned(),
            };
            let due = || DuePromise {
                incident: incident(),
                company: company(),
                uid: Uid::NIL,
                words: "すぐに連絡させます".to_owned(),
                due: Moment::exact(now, DEFAULT_ZONE),
            };
            let reply = |takes_over| FreshReply {
                incident: incident(),
                company: company(),
                uid: Uid::NIL,
                name: "佐藤 <b>&\"'".to_owned(),
                department: "技術部 加".to_owned(),
                takes_over,
                at: now,
            };
            let full = Morning {
                replies: [true, false].map(reply).to_vec(),
                overdue: vec![due(), due()],
                today: vec![due()],
                steps: vec![OpenStep {
                    incident: incident(),
                    owner: company(),
                    uid: Uid::NIL,
                    words: "回線を替える会社を探す 加".to_owned(),
                    due: None,
                }],
                asks: vec![OpenAsk { incident: incident(), company: company(), words: "いつ送られましたか".to_owned() }],
                silent: [None, Some(now)]
                    .map(|since| SilentIncident { incident: incident(), company: company(), since })
                    .to_vec(),
                companies: vec![CompanyLoad { uid: Uid::NIL, name: company(), open: 3 }],
                any: true,
            };
            let frame = Frame::anonymous(Locale::Ja);
            let quiet = Morning { any: true, ..Morning::default() };
            let deadlines = super::super::deadlines::samples::all();
            let near = [(deadlines.as_slice(), 9), (&deadlines[..1], 1), (&[], 0)];
            let samples = [full, quiet, Morning::default()].into_iter().zip(near);
            samples.map(|(morning, near)| Self::new(&morning, near, &frame, true, now)).collect()
        }
    }
}
