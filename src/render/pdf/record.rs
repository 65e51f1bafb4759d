//! The record of one company over a period, for the yearly talk: for the meeting, or, calmer, for the company.

use serde::Serialize;

use super::sheet::{Masthead, Picture, SubstitutionWords};
use super::{PdfError, Template, compile};
use crate::domain::locale::Zone;
use crate::domain::person::House;
use crate::domain::provider_record::ProviderRecord;
use crate::domain::view::AudienceName;
use crate::render::record::{Figure, RecordVoice, Table};
use crate::render::words::{Args, Words};

/// What the paper prints.
#[derive(Clone, Debug, Serialize)]
struct Paper {
    #[serde(flatten)]
    masthead: Masthead,
    subtitle: String,
    computing: String,
    figures: Vec<Figure>,
    credits_heading: String,
    credits: Table,
    picture: Option<Picture>,
    quarters_heading: String,
    quarters: Table,
    incidents_heading: String,
    incidents: Table,
    /// Where there are none.
    empty: String,
    note: String,
}

/// Prints the record of `house` about a company.
///
/// # Errors
/// [`PdfError`] where the typesetter fails.
pub fn record(record: &ProviderRecord, house: &House, audience: AudienceName, words: Words) -> Result<Vec<u8>, PdfError> {
    compile(
        Template::Record,
        &serde_json::to_value(paper(record, &house.company, audience, words, house.zone))?,
        None,
        record.as_of,
    )
}

fn paper(record: &ProviderRecord, house: &str, audience: AudienceName, words: Words, zone: Zone) -> Paper {
    let voice = RecordVoice::new(record, audience, words, zone);
    let outward = audience == AudienceName::Provider;
    let name = words.get(if outward { "record-paper-outward" } else { "record-paper" });
    let as_of = words.with("paper-as-of", &Args::new().text("time", voice.as_of()));
    let dot = words.get("paper-separator");
    let picture = voice.picture().map(|drawing| Picture {
        heading: words.get("record-trend"),
        svg: drawing.svg,
        alt: drawing.alt,
        note: drawing.note,
    });
    let said_to = if outward { "paper-audience-provider-outward" } else { "audience-meeting" };
    let said_to = if words.has(said_to) { words.get(said_to) } else { words.get("audience-provider") };
    Paper {
        masthead: Masthead {
            lang: words.locale().as_str(),
            title: words.with("record-paper-title", &Args::new().text("company", &record.company)),
            company: house.to_owned(),
            head: [said_to, name],
            foot: [words.get("paper-no-opinion"), words.with("paper-printed", &Args::new().text("time", voice.as_of()))],
            substitution_words: SubstitutionWords::of(words),
        },
        subtitle: [house.to_owned(), voice.period(), as_of].join(&dot),
        computing: voice.computing(),
        figures: voice.figures(),
        credits_heading: words.get("record-credits"),
        credits: voice.credits(),
        picture,
        quarters_heading: words.get("record-quarters"),
        quarters: voice.quarters(),
        incidents_heading: words.get("record-list"),
        incidents: Table { columns: voice.columns(), rows: record.rows.iter().map(|row| voice.cells(row)).collect() },
        empty: if record.rows.is_empty() { words.get("record-empty") } else { String::new() },
        note: voice.note(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::incident::IncidentNumber;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::provider_record::period::Period;
    use crate::domain::provider_record::{Row, Share};
    use crate::render::pdf::world::pages_of;
    use crate::render::sample::{friday, with_credit};

    fn text(audience: AudienceName, locale: Locale, many: i64) -> String {
        let dossier = with_credit(locale);
        let share = match audience {
            AudienceName::Provider => Share::outward(&dossier, friday(), friday()),
            AudienceName::Internal | AudienceName::Meeting => Share::of(&dossier, friday(), friday()),
        };
        let row = |count| Row { number: IncidentNumber { year: 2006, count }, share: share.clone(), computing: false };
        let rows = (1..=many).map(row).collect();
        let record = ProviderRecord::new("Provider".to_owned(), rows, 0, Period::LastYear, DEFAULT_ZONE, friday());
        let paper = paper(&record, "House", audience, Words::new(locale), DEFAULT_ZONE);
        pages_of(Template::Record, &serde_json::to_value(paper).expect("JSON")).expect("it is set").join("\n")
    }

    #[test]
    fn the_meeting_reads_attempts_waiting_retellings_and_credits() {
        for (locale, words) in [
            (Locale::Ja, ["INC-2006-0003", "つながらなかった発信", "待ち時間", "一からの説明の繰り返し", "減額"]),
            (Locale::En, ["INC-2006-0003", "Attempts in vain", "Waiting", "Told again", "Credits"]),
        ] {
            let text = text(AudienceName::Meeting, locale, 3);
            for word in words {
                assert!(text.contains(word), "{word}: {text}");
            }
        }
    }

    #[test]
    fn the_company_reads_nothing_of_tone_retelling_and_cost() {
        for (locale, words) in [
            (Locale::Ja, ["つながらなかった", "待ち時間", "繰り返し", "未履行", "失効", "合わない"]),
            (Locale::En, ["in vain", "Waiting", "again", "broken", "lapsed", "not as agreed"]),
        ] {
            let text = text(AudienceName::Provider, locale, 3);
            assert!(text.contains("INC-2006-0003"), "{text}");
            for word in words {
                assert!(!text.contains(word), "{word}: {text}");
            }
        }
    }

    #[test]
    fn a_company_without_incidents_has_a_paper_that_says_so() {
        assert!(text(AudienceName::Meeting, Locale::En, 0).contains("No incident"));
    }
}
