//! A provider's record.

use serde::Serialize;

use super::Choice;
use super::noun_form::Link;
use super::pager::Pager;
use crate::domain::locale::Zone;
use crate::domain::provider_record::ProviderRecord;
use crate::domain::provider_record::period::Period;
use crate::domain::view::AudienceName;
use crate::render::frame::Frame;
use crate::render::record::{Figure, RecordVoice, Table, period_name};
use crate::render::tera::Page;
use crate::render::words::Words;

/// How many incidents stand on one page.
const PER_PAGE: usize = 50;

/// The page of a record.
#[derive(Clone, Debug, Serialize)]
pub struct RecordPage {
    /// The company.
    pub back: Link,
    /// The page's own address.
    pub href: String,
    /// The periods that are offered.
    pub periods: Vec<Choice>,
    /// The first day, as the form holds it.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The period in words.
    pub period: String,
    /// That something is being computed again; empty where nothing is.
    pub computing: String,
    /// The totals.
    pub figures: Vec<Figure>,
    /// The credits.
    pub credits: Table,
    /// The trend, an `<svg>` of ours; empty where there is nothing to show.
    pub picture: String,
    /// How its marks are to be read.
    pub picture_note: String,
    /// The same as a table.
    pub quarters: Table,
    /// The headings of the incidents.
    pub columns: Vec<String>,
    /// The incidents of this page.
    pub rows: Vec<IncidentLine>,
    /// How the figures are to be read.
    pub note: String,
    /// The paper for the meeting.
    pub for_meeting: String,
    /// The paper for the company.
    pub for_company: String,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "companies/record.html";
}

/// One incident of the record.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentLine {
    /// Its page.
    pub href: String,
    /// What it adds.
    pub cells: Vec<String>,
    /// Whether that is being computed again.
    pub computing: bool,
}

impl RecordPage {
    /// Of a record of the company at `href`, its page `page`, with times and days as read in the house's `zone`.
    pub fn new(record: &ProviderRecord, href: &str, page: usize, frame: &Frame, zone: Zone) -> Self {
        let words = Words::new(frame.locale);
        let voice = RecordVoice::new(record, AudienceName::Meeting, words, zone);
        let pages = record.rows.len().div_ceil(PER_PAGE).max(1);
        let page = page.clamp(1, pages);
        let own = format!("{href}/record");
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let picture = voice.picture();
        let paper =
            |audience: AudienceName| format!("{own}.pdf?period={}&audience={audience}&lang={}", record.period, frame.locale);
        let shown = record.rows.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
        Self {
            back: Link { href: href.to_owned(), text: record.company.clone() },
            periods: choices(record, zone, words),
            from: record.days.0.to_string(),
            to: record.days.1.to_string(),
            period: voice.period(),
            computing: voice.computing(),
            figures: voice.figures(),
            credits: voice.credits(),
            picture_note: picture.as_ref().map(|drawing| drawing.note.clone()).unwrap_or_default(),
            picture: picture.map(|drawing| drawing.svg).unwrap_or_default(),
            quarters: voice.quarters(),
            columns: voice.columns(),
            rows: shown
                .map(|row| IncidentLine {
                    href: format!("/incidents/{}", row.number),
                    cells: voice.cells(row),
                    computing: row.computing,
                })
                .collect(),
            note: voice.note(),
            for_meeting: paper(AudienceName::Meeting),
            for_company: paper(AudienceName::Provider),
            pager: Pager::new(words, (number(page), number(pages)), |page| format!("{own}?period={}&page={page}", record.period)),
            href: own,
        }
    }
}

fn choices(record: &ProviderRecord, zone: Zone, words: Words) -> Vec<Choice> {
    let today = record.as_of.with_timezone(&zone).date_naive();
    let mut offered = Period::offered(today);
    // What was asked for by its address is offered too, so that the form shows what the page shows.
    if !offered.contains(&record.period) && !matches!(record.period, Period::Between(..)) {
        offered.push(record.period);
    }
    let between = Choice {
        value: "between".to_owned(),
        text: words.get("record-period-between"),
        chosen: matches!(record.period, Period::Between(..)),
    };
    let named = offered.into_iter().map(|period| Choice {
        value: period.to_string(),
        text: period_name(period, words),
        chosen: period == record.period,
    });
    named.chain([between]).collect()
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::incident::IncidentNumber;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::provider_record::{Row, Share};
    use crate::render::sample::{friday, with_credit};
    use crate::render::tera::Sampled;

    impl Sampled for RecordPage {
        fn samples() -> Vec<Self> {
            let frame = Frame::anonymous(Locale::Ja);
            let share = Share::of(&with_credit(Locale::Ja), friday(), friday());
            let row =
                |count: i64| Row { number: IncidentNumber { year: 2006, count }, share: share.clone(), computing: count == 2 };
            [(0, 0), (1, 0), (120, 2)]
                .map(|(many, not_yet)| {
                    let rows = (1..=many).map(row).collect();
                    let record =
                        ProviderRecord::new("髙﨑①㈱ <b>".to_owned(), rows, not_yet, Period::LastYear, DEFAULT_ZONE, friday());
                    Self::new(&record, "/providers/x", 2, &frame, DEFAULT_ZONE)
                })
                .to_vec()
        }
    }
}
