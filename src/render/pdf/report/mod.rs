//! The report 経緯報告書: from a view to the words and times that are printed.
//!
//! The same paper serves the meeting and the provider. What the provider may not see is not in the view; what is said to
//! them more calmly has a text of its own, its key ending in `-outward`.

mod brief;
pub mod one_page;
mod points;
mod timeline;
mod verdicts;

use crate::domain::locale::Zone;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::paper::{Edition, PaperForm};
use crate::domain::phrases::{Phrase, Teller};
use crate::domain::view::{Audience, AudienceName, Quote, View, Who};
use crate::render::picture;
use crate::render::say::Voice;
use crate::render::words::{Args, Words};

use super::sheet::{Line, Masthead, Picture, Section, Sheet, Style, SubstitutionWords};
use super::short::qr;
use super::when::When;
use super::{PdfError, Template, compile};

/// How something is printed: the same gives the same bytes.
#[derive(Clone, Copy, Debug)]
pub struct Print<'a> {
    /// In which language.
    pub words: Words,
    /// The zone in which its times are read.
    pub zone: Zone,
    /// When.
    pub printed_at: Stamp,
    /// The address of the page that shows the same today; none where that is not known.
    pub page: Option<&'a str>,
    /// Whether it stands; none where that is not said: a page of today stands for itself.
    pub edition: Option<Edition>,
}

impl Print<'_> {
    /// Without a page to which it leads.
    pub const fn alone(words: Words, zone: Zone, printed_at: Stamp) -> Self {
        Self { words, zone, printed_at, page: None, edition: None }
    }
}

/// Prints `view` in that form: a PDF/A-3a, the view itself attached as JSON. A draft, where nothing else is said.
///
/// # Errors
/// [`PdfError`] where the typesetter fails.
pub fn paper<A: Audience>(view: &View<A>, form: PaperForm, print: Print<'_>) -> Result<Vec<u8>, PdfError> {
    let print = Print { edition: print.edition.or(Some(Edition::Draft)), ..print };
    let (template, data) = match form {
        PaperForm::Report => (Template::Report, serde_json::to_value(sheet(view, print))?),
        PaperForm::OnePage => (Template::OnePage, serde_json::to_value(one_page::sheet(view, print))?),
    };
    compile(template, &data, Some(serde_json::to_vec_pretty(view)?), print.printed_at)
}

/// What the whole report prints.
pub fn sheet<A: Audience>(view: &View<A>, print: Print<'_>) -> Sheet {
    let press = Press::of(view, print);
    Sheet {
        masthead: press.masthead(print.printed_at),
        subtitle: press.subtitle(),
        attachment: print.words.get("paper-attachment"),
        brief: press.brief(),
        figures: press.figures(),
        downs: press.downs(),
        picture: press.picture(),
        promises: press.promises(),
        steps: press.steps(),
        heard: press.heard(),
        contradictions: press.contradictions(),
        asks: press.asks(),
        agreements: press.agreements(),
        verdicts: press.verdicts(),
        changes: press.changes(),
        ruled_out: press.ruled_out(),
        people: press.people(),
        timeline: press.timeline(),
        files: press.files(),
        qr: press.qr(),
        qr_words: press.words.get("paper-qr"),
    }
}

/// What every part of the report needs.
struct Press<'a, A: Audience> {
    view: &'a View<A>,
    words: Words,
    zone: Zone,
    page: Option<&'a str>,
    edition: Option<Edition>,
    when: When,
    voice: Voice,
    teller: Teller<'a>,
    outward: bool,
}

impl<'a, A: Audience> Press<'a, A> {
    fn of(view: &'a View<A>, print: Print<'a>) -> Self {
        let Print { words, zone, page, edition, .. } = print;
        Self {
            view,
            words,
            zone,
            page,
            edition,
            when: When::new(words, zone, view.as_of),
            voice: Voice::new(words, zone, Some(view.as_of.with_timezone(&zone).date_naive())),
            teller: Teller::of(view),
            outward: view.audience == AudienceName::Provider,
        }
    }

    fn picture(&self) -> Option<Picture> {
        picture::timeline(self.view, self.words, self.zone, picture::Links::None).map(|drawing| Picture {
            heading: self.words.get("picture-heading"),
            svg: drawing.svg,
            alt: drawing.alt,
            note: drawing.note,
        })
    }

    /// The code that leads to the page, as SVG; empty where its address is not known.
    fn qr(&self) -> String {
        self.page.and_then(qr).unwrap_or_default()
    }

    /// The text of `key`, in the tone for this audience.
    fn tone(&self, key: &str) -> String {
        if self.outward { self.words.get(&format!("{key}-outward")) } else { self.words.get(key) }
    }

    /// The text of one value of an enumeration, in the tone for this audience where it has one of its own.
    fn value(&self, kind: &str, value: &str) -> String {
        self.words.value(kind, value, self.outward)
    }

    /// The text of `key` with one text put in.
    fn put(&self, key: &str, name: &'static str, value: impl Into<String>) -> String {
        self.words.with(key, &Args::new().text(name, value))
    }

    /// The text of `key` with one count put in.
    fn count(&self, key: &str, n: usize) -> String {
        self.words.with(key, &Args::new().number("n", i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// Texts that are not empty, with the usual dot between them.
    fn dotted<I: IntoIterator<Item = String>>(&self, texts: I) -> String {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        texts.join(&self.separator())
    }

    fn separator(&self) -> String {
        // Fluent trims a text that begins or ends with a blank; the blanks around the dot stand in braces.
        self.words.get("paper-separator")
    }

    fn subtitle(&self) -> String {
        let view = self.view;
        let provider = self.put("paper-provider", "company", &view.provider);
        let as_of = self.put("paper-as-of", "time", self.when.official(view.as_of));
        self.dotted([view.company.clone(), provider, as_of])
    }

    fn head(&self) -> [String; 2] {
        let audience = self.value("audience", self.view.audience.as_str());
        let status = self.value("status", self.view.status.as_str());
        [self.dotted([self.view.number.to_string(), audience, self.edition()]), self.dotted([self.tone("paper-name"), status])]
    }

    /// Whether it stands, in words; may be empty.
    fn edition(&self) -> String {
        match self.edition {
            None => String::new(),
            Some(Edition::Draft) => self.words.get("paper-draft"),
            Some(Edition::Final(number)) => self.words.with("paper-final", &Args::new().number("n", number)),
        }
    }

    fn foot(&self, printed_at: Stamp) -> [String; 2] {
        let fingerprint = Args::new().text("fingerprint", &self.view.fingerprint).number("changes", self.view.changes_recorded);
        let left = [self.words.with("paper-fingerprint", &fingerprint), self.words.get("paper-no-opinion")];
        [self.dotted(left), self.put("paper-printed", "time", self.when.short(printed_at))]
    }

    fn masthead(&self, printed_at: Stamp) -> Masthead {
        Masthead {
            lang: self.words.locale().as_str(),
            title: self.view.title.clone(),
            company: self.view.company.clone(),
            head: self.head(),
            foot: self.foot(printed_at),
            substitution_words: SubstitutionWords::of(self.words),
        }
    }

    /// A section, unless there is nothing in it.
    fn section<T>(&self, heading: String, note: String, columns: &[&str], items: Vec<T>) -> Option<Section<T>> {
        let columns = columns.iter().map(|column| self.words.get(column)).collect();
        (!items.is_empty()).then_some(Section { heading, note, columns, items })
    }

    /// Words as they are quoted: in quotation marks if they are verbatim.
    fn quoted(&self, words: &str, verbatim: bool) -> String {
        self.put(if verbatim { "paper-verbatim" } else { "paper-gist" }, "words", words)
    }

    /// A phrase of the domain, as every other output says it.
    fn say(&self, phrase: &Phrase) -> String {
        self.voice.say(phrase)
    }

    /// Somebody. The company answerable goes without saying.
    fn who(&self, who: &Who) -> String {
        self.say(&self.teller.who(who))
    }

    /// Whether this is somebody of the company it is made for.
    fn is_reader(&self, who: &Who) -> bool {
        matches!(who, Who::Theirs { company, .. } if self.view.reader.as_ref() == Some(company))
    }

    /// Whose words, and from when. How they are known shows in their marks.
    fn source(&self, quote: &Quote) -> Line {
        self.whose(&quote.who, &quote.at)
    }

    fn whose(&self, who: &Who, at: &Moment) -> Line {
        Line::new().and(Style::Strong, self.who(who)).plain(self.separator()).then(self.when.moment(at))
    }
}
