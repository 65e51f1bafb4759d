//! Deadlines: a list of their own, and lines on the page of the morning.

use serde::Serialize;

use super::pager::Pager;
use super::reader::Reader;
use crate::domain::deadline::{Deadline, DeadlineKind, DeadlineList, Side};
use crate::domain::moment::Stamp;
use crate::render::frame::Frame;
use crate::render::tera::Page;

/// The list of all deadlines.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlinesPage {
    /// The deadlines, the earliest first.
    pub rows: Vec<DeadlineLine>,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

impl Page for DeadlinesPage {
    const TEMPLATE: &'static str = "deadlines/list.html";
    const SECTION: &'static str = "overview";
}

/// One deadline.
#[derive(Clone, Debug, Serialize)]
pub struct DeadlineLine {
    /// Where in the incident it stands.
    pub href: String,
    /// By when, in words.
    pub when: String,
    /// Whether it has passed.
    pub late: bool,
    /// What must be done.
    pub what: String,
    /// Who must do it.
    pub side: String,
    /// The company.
    pub company: String,
    /// Of which incident.
    pub number: String,
    /// What that is called.
    pub title: String,
}

impl DeadlineLine {
    /// One line, as it is read at `now`.
    pub fn new(deadline: &Deadline, reader: Reader, now: Stamp) -> Self {
        let late = deadline.is_passed(now);
        let by = reader.say(&deadline.by());
        let part = match (deadline.kind, deadline.of()) {
            (DeadlineKind::Claim, Some(of)) => format!("/credits/{of}"),
            (DeadlineKind::Promise, _) => "#promises".to_owned(),
            _ => "#verdicts".to_owned(),
        };
        Self {
            href: format!("/incidents/{}{part}", deadline.incident),
            when: reader.with(if late { "deadline-passed" } else { "overview-due" }, "at", by),
            late,
            what: reader.say(&deadline.what()),
            side: if deadline.side == Side::Us { reader.get("deadline-side-us") } else { deadline.company_name.clone() },
            company: deadline.company_name.clone(),
            number: deadline.incident.to_string(),
            title: deadline.title.clone(),
        }
    }
}

impl DeadlinesPage {
    /// The page `list`, for the reader of `frame`, at `now`.
    pub fn new(list: &DeadlineList, frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        Self {
            rows: list.rows.iter().map(|deadline| DeadlineLine::new(deadline, reader, now)).collect(),
            pager: Pager::new(reader.words(), (list.page, list.pages), |page| format!("/deadlines?page={page}")),
        }
    }
}

/// Deadlines of every kind, passed and to come.
#[cfg(test)]
pub mod samples {
    use chrono::{Duration, NaiveDate};

    use super::*;
    use crate::domain::id::Id;
    use crate::domain::incident::IncidentNumber;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::moment::Moment;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    pub fn all() -> Vec<Deadline> {
        let day = |day| NaiveDate::from_ymd_opt(2006, 11, day);
        let one = |(n, kind): (i64, &DeadlineKind)| {
            let at = sample::friday() + Duration::days(n * 3 - 4);
            Deadline {
                uid: format!("{kind}-{n}"),
                incident: IncidentNumber { year: 2006, count: 7 },
                title: "メールを送信できない <b>&".to_owned(),
                kind: *kind,
                side: if n % 2 == 0 { Side::Us } else { Side::Company },
                company: Id::new(1),
                company_name: "東都ネット <b>&\"'".to_owned(),
                about: "第12条, 第2項; 減額\\料金\n加".repeat(4),
                at,
                when: Moment { from: at, to: at + Duration::hours(n), words: None, zone: DEFAULT_ZONE },
                days: day(22).zip(day(24)).filter(|_| n == 0),
                only_for: None,
            }
        };
        (0..).zip(DeadlineKind::ALL).map(one).collect()
    }

    impl Sampled for DeadlinesPage {
        fn samples() -> Vec<Self> {
            let frame = Frame::anonymous(Locale::Ja);
            let list = DeadlineList { rows: all(), page: 2, pages: 3 };
            let none = DeadlineList { rows: Vec::new(), page: 1, pages: 1 };
            [list, none].iter().map(|list| Self::new(list, &frame, sample::friday())).collect()
        }
    }
}
