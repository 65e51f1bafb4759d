//! The fax sheet: one black-and-white page of the first minute, with the share's number and a QR code of its link. The code is not
//! on it: a fax lies open in a tray. Where there is too much for one page, it says so and is cut.

use serde::Serialize;

use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::view::{Provider, View};
use crate::render::words::{Args, Words};

use super::report::{self, Print};
use super::sheet::{Fact, Line, Masthead};
use super::short::{is_long, qr, short_fact, shorter};
use super::{PdfError, Template, compile};

/// The most characters of one fact.
const FACT: usize = 140;
/// The most characters of one thing that we ask.
const ASK: usize = 90;
/// The most characters of a line on top.
const TOP: usize = 70;
/// The most things that we ask.
const ASKS: usize = 5;

/// What is given away by the sheet.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// The share's number, in groups.
    pub number: &'a str,
    /// The short page's address.
    pub short: &'a str,
    /// The long link, for the QR code; none where it cannot be shown on this machine.
    pub link: Option<&'a str>,
    /// Whom to call.
    pub call: &'a str,
}

/// What the sheet prints.
#[derive(Clone, Debug, Serialize)]
struct Fax {
    #[serde(flatten)]
    masthead: Masthead,
    to: String,
    subtitle: String,
    labels: Labels,
    number: String,
    short: String,
    call: String,
    qr: String,
    brief: Vec<Fact>,
    asks: Vec<String>,
    cut: String,
}

#[derive(Clone, Debug, Serialize)]
struct Labels {
    read: String,
    number: String,
    code: String,
    asks: String,
    call: String,
    qr: String,
}

/// Prints the sheet.
///
/// # Errors
/// [`PdfError`] where the typesetter fails.
pub fn fax(view: &View<Provider>, given: Given<'_>, words: Words, zone: Zone, printed_at: Stamp) -> Result<Vec<u8>, PdfError> {
    compile(Template::Fax, &serde_json::to_value(sheet(view, given, words, zone, printed_at))?, None, printed_at)
}

fn sheet(view: &View<Provider>, given: Given<'_>, words: Words, zone: Zone, printed_at: Stamp) -> Fax {
    let whole = report::sheet(view, Print::alone(words, zone, printed_at));
    let asked = whole.asks.map(|asks| asks.items).unwrap_or_default();
    let open: Vec<String> = asked.into_iter().filter(|ask| ask.answer.is_empty()).map(|ask| ask.words).collect();
    let cut = open.len() > ASKS
        || open.iter().any(|ask| ask.chars().count() > ASK)
        || whole.brief.iter().any(|fact| is_long(fact, FACT));
    let put = |key: &str, name: &'static str, value: &str| words.with(key, &Args::new().text(name, value));
    Fax {
        masthead: Masthead { title: shorter(&whole.masthead.title, TOP), ..whole.masthead },
        to: put("fax-to", "company", &shorter(&view.provider, TOP)),
        subtitle: shorter(&whole.subtitle, FACT),
        labels: Labels {
            read: words.get("fax-read"),
            number: words.get("share-number"),
            code: words.get("fax-code"),
            asks: words.get("paper-asks-outward"),
            call: words.get("fax-call"),
            qr: words.get("fax-qr"),
        },
        number: given.number.to_owned(),
        short: given.short.to_owned(),
        call: shorter(given.call, TOP),
        qr: given.link.and_then(qr).unwrap_or_default(),
        brief: whole.brief.into_iter().map(|fact| in_black(short_fact(fact, FACT))).collect(),
        asks: open.iter().take(ASKS).map(|ask| shorter(ask, ASK)).collect(),
        cut: if cut { words.get("fax-cut") } else { String::new() },
    }
}

/// Without the colours that a fax does not carry.
fn in_black(fact: Fact) -> Fact {
    Fact {
        label: fact.label,
        lines: fact.lines.into_iter().map(Line::in_black).collect(),
        parts: fact.parts.into_iter().map(in_black).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::view::Outward;
    use crate::render::pdf::world::pages_of;
    use crate::render::sample::{friday, story};

    const GIVEN: Given<'_> = Given {
        number: "4827-1936",
        short: "tellonce.example.jp/s",
        link: Some("https://tellonce.example.jp/s/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"),
        call: "総務 03-5550-0100",
    };

    fn pages(dossier: &crate::domain::dossier::Dossier, given: Given<'_>) -> Vec<String> {
        let view = dossier.view::<Provider>(&Outward::plain(Id::new(1)), friday());
        let sheet = sheet(&view, given, Words::new(dossier.house.locale), DEFAULT_ZONE, friday());
        pages_of(Template::Fax, &serde_json::to_value(sheet).expect("JSON")).expect("it is set")
    }

    #[test]
    fn it_is_one_page_with_the_number_and_whom_to_call() {
        for locale in [Locale::Ja, Locale::En] {
            let pages = pages(&story(locale), GIVEN);
            assert_eq!(pages.len(), 1);
            for part in [GIVEN.number, GIVEN.short, GIVEN.call] {
                assert!(pages[0].contains(part), "{part}: {}", pages[0]);
            }
        }
    }

    #[test]
    fn it_is_one_page_however_much_was_written() {
        let mut dossier = story(Locale::Ja);
        let long = "長い話 ".repeat(2_000);
        dossier.incident.what.clone_from(&long);
        dossier.incident.affected.clone_from(&long);
        dossier.incident.title_outward.clone_from(&long);
        for ask in &mut dossier.asks {
            ask.words.clone_from(&long);
        }
        let many: Vec<_> = dossier.asks.iter().cycle().take(40).cloned().collect();
        dossier.asks = many;
        let long_call = "電話".repeat(400);
        let pages = pages(&dossier, Given { call: &long_call, link: None, ..GIVEN });
        assert_eq!(pages.len(), 1);
        assert!(pages[0].contains(&Words::new(Locale::Ja).get("fax-cut")), "{}", pages[0]);
    }

    #[test]
    fn it_names_the_character_that_it_could_not_print() {
        let mut dossier = story(Locale::En);
        dossier.asks[0].words = "Whom do we call? 😀".to_owned();
        let pages = pages(&dossier, GIVEN);
        assert!(pages[0].contains("〓") && pages[0].contains("U+1F600"), "{}", pages[0]);
    }

    /// Writes the sheets where they can be looked at: `TELLONCE_PAPERS=/tmp cargo test --lib faxes_to_look_at -- --ignored`.
    #[test]
    #[ignore = "for the eye"]
    fn faxes_to_look_at() {
        let folder = std::env::var("TELLONCE_PAPERS").expect("TELLONCE_PAPERS names a folder");
        for locale in [Locale::Ja, Locale::En] {
            let view = story(locale).view::<Provider>(&Outward::plain(Id::new(1)), friday());
            let bytes = fax(&view, GIVEN, Words::new(locale), DEFAULT_ZONE, friday()).expect("it prints");
            std::fs::write(format!("{folder}/fax-{locale}.pdf"), bytes).expect("the folder can be written to");
        }
    }
}
