//! A table as CSV (RFC 4180): UTF-8 with a byte order mark, which spreadsheets need to know it by, and CRLF.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection"). What we made ourselves, a
//! number or a time, stays as it is.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::{NaiveDate, SecondsFormat};

use super::ExportError;
use crate::domain::locale::Zone;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::text_enum::text_enum;
use crate::domain::view::{Audience, AudienceName, Who};
use crate::render::words::{Args, Words};

/// What a spreadsheet knows UTF-8 by.
const MARK: &str = "\u{feff}";

/// Texts that sound like a reproach, and what is said to the provider instead.
const CALMER: [(&str, &str); 1] = [("column-against", "column-against-outward")];

text_enum! {
    /// The tables of an incident.
    pub enum TableName {
        /// What it is, its times, and where it stands.
        Incident = "incident",
        /// The timeline.
        Entries = "entries",
        /// The calls among the entries.
        Calls = "calls",
        /// The people reached in calls, one after the other.
        Legs = "legs",
        /// The waits within calls.
        Waits = "waits",
        /// What was said.
        Statements = "statements",
        /// The promises.
        Promises = "promises",
        /// What is asked.
        Asks = "asks",
        /// The agreements.
        Agreements = "agreements",
        /// The clauses.
        Clauses = "clauses",
        /// The changes, with the notices of them.
        Notices = "notices",
        /// What does not fit together.
        Contradictions = "contradictions",
        /// What was ruled out.
        RuledOut = "ruled-out",
        /// The claims for credits.
        CreditClaims = "credit-claims",
        /// The files.
        Files = "files",
        /// What it cost.
        Figures = "figures",
    }
}

impl TableName {
    /// The file's name. The provider is told of points to confirm.
    pub const fn file(self, audience: AudienceName) -> &'static str {
        match (self, audience) {
            (Self::Contradictions, AudienceName::Provider) => "points.csv",
            (Self::Incident, _) => "incident.csv",
            (Self::Entries, _) => "entries.csv",
            (Self::Calls, _) => "calls.csv",
            (Self::Legs, _) => "legs.csv",
            (Self::Waits, _) => "waits.csv",
            (Self::Statements, _) => "statements.csv",
            (Self::Promises, _) => "promises.csv",
            (Self::Asks, _) => "asks.csv",
            (Self::Agreements, _) => "agreements.csv",
            (Self::Clauses, _) => "clauses.csv",
            (Self::Notices, _) => "notices.csv",
            (Self::Contradictions, _) => "contradictions.csv",
            (Self::RuledOut, _) => "ruled-out.csv",
            (Self::CreditClaims, _) => "credit-claims.csv",
            (Self::Files, _) => "files.csv",
            (Self::Figures, _) => "figures.csv",
        }
    }
}

/// A column, by the key of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// One cell.
    Plain(&'static str),
    /// One cell that the provider's tables do not have.
    Inward(&'static str),
    /// A time as it is known: the earliest, the latest, and the words in which it was told.
    Moment(&'static str),
    /// Somebody: the company, or that it is one of us, and the person.
    Who(&'static str),
}

/// A table, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of these columns, with nothing in it yet.
    pub fn new(pen: Pen, columns: &[Column]) -> Self {
        Self { head: columns.iter().flat_map(|column| pen.heading(*column)).collect(), rows: Vec::new() }
    }

    /// With these rows.
    #[must_use]
    pub fn with(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows.into_iter().map(|row| row.cells));
        self
    }

    /// How many rows it has below its head.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has only a head.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As CSV.
    ///
    /// # Errors
    /// [`ExportError::Csv`] where a row has more or fewer cells than the head, which is a fault of ours.
    pub fn csv(&self) -> Result<Vec<u8>, ExportError> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
        writer.write_record(&self.head)?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|error| ExportError::Io(error.into_error()))
    }
}

/// How values are written: in which language, which zone, and whether it is the provider who reads.
#[derive(Clone, Copy, Debug)]
pub struct Pen {
    words: Words,
    zone: Zone,
    outward: bool,
}

impl Pen {
    /// For that audience.
    pub fn new<A: Audience>(words: Words, zone: Zone) -> Self {
        Self { words, zone, outward: A::NAME == AudienceName::Provider }
    }

    /// The language.
    pub const fn words(self) -> Words {
        self.words
    }

    /// The zone in which times are told.
    pub const fn zone(self) -> Zone {
        self.zone
    }

    /// A row with nothing in it yet.
    pub const fn row(self) -> Row {
        Row { pen: self, cells: Vec::new() }
    }

    /// A text of the catalogue; of two the calmer one where it is the provider who reads.
    pub fn get(self, key: &str) -> String {
        let calmer = CALMER.iter().find(|(usual, _)| self.outward && *usual == key);
        self.words.get(calmer.map_or(key, |(_, calmer)| calmer))
    }

    /// A value of an enumeration in words, in the tone for the audience.
    pub fn value(self, kind: &str, value: impl Display) -> String {
        self.words.value(kind, value, self.outward)
    }

    /// A point in time: ISO 8601 with the distance from UTC.
    fn iso(self, at: Stamp) -> String {
        at.with_timezone(&self.zone).to_rfc3339_opts(SecondsFormat::AutoSi, false)
    }

    fn heading(self, column: Column) -> Vec<String> {
        let part = |key: &str, of: &str| self.words.with(key, &Args::new().text("of", self.get(of)));
        match column {
            Column::Inward(_) if self.outward => Vec::new(),
            Column::Plain(key) | Column::Inward(key) => vec![self.get(key)],
            Column::Moment(key) => ["column-from", "column-to", "column-words"].map(|part_key| part(part_key, key)).to_vec(),
            Column::Who(key) => ["column-company", "column-person"].map(|part_key| part(part_key, key)).to_vec(),
        }
    }
}

/// A row in the making.
#[derive(Clone, Debug)]
pub struct Row {
    pen: Pen,
    cells: Vec<String>,
}

impl Row {
    fn cell(mut self, cell: impl Into<String>) -> Self {
        self.cells.push(cell.into());
        self
    }

    /// What somebody may have typed, without the power of a formula.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        let cell = defused(text).into_owned();
        self.cell(cell)
    }

    /// The same, where there is something.
    #[must_use]
    pub fn maybe(self, text: Option<&str>) -> Self {
        self.text(text.unwrap_or_default())
    }

    /// What can be printed: a key, a name of ours.
    #[must_use]
    pub fn shown(self, value: impl Display) -> Self {
        let text = value.to_string();
        self.text(&text)
    }

    /// The same, where there is one.
    #[must_use]
    pub fn maybe_shown(self, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.shown(value),
            None => self.cell(""),
        }
    }

    /// A number of ours.
    #[must_use]
    pub fn number(self, number: i64) -> Self {
        self.cell(number.to_string())
    }

    /// A number, where there is one.
    #[must_use]
    pub fn maybe_number(self, number: Option<i64>) -> Self {
        self.cell(number.map(|number| number.to_string()).unwrap_or_default())
    }

    /// How many.
    #[must_use]
    pub fn count(self, count: usize) -> Self {
        self.cell(count.to_string())
    }

    /// A value of an enumeration in words: `{kind}-{value}`.
    #[must_use]
    pub fn value(self, kind: &str, value: impl Display) -> Self {
        let text = self.pen.value(kind, value);
        self.cell(text)
    }

    /// The same, where there is one.
    #[must_use]
    pub fn maybe_value(self, kind: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.value(kind, value),
            None => self.cell(""),
        }
    }

    /// A text of the catalogue.
    #[must_use]
    pub fn word(self, key: &str) -> Self {
        let text = self.pen.get(key);
        self.cell(text)
    }

    /// Yes or no.
    #[must_use]
    pub fn yes(self, is_so: bool) -> Self {
        self.word(if is_so { "form-yes" } else { "form-no" })
    }

    /// Yes or no, where it is known.
    #[must_use]
    pub fn maybe_yes(self, is_so: Option<bool>) -> Self {
        match is_so {
            Some(is_so) => self.yes(is_so),
            None => self.cell(""),
        }
    }

    /// A point in time.
    #[must_use]
    pub fn at(self, at: Option<Stamp>) -> Self {
        let text = at.map(|at| self.pen.iso(at)).unwrap_or_default();
        self.cell(text)
    }

    /// A day.
    #[must_use]
    pub fn day(self, day: Option<NaiveDate>) -> Self {
        self.cell(day.map(|day| day.to_string()).unwrap_or_default())
    }

    /// A time as it is known, in three cells.
    #[must_use]
    pub fn moment(self, moment: Option<&Moment>) -> Self {
        let (from, to) = (moment.map(|moment| moment.from), moment.map(|moment| moment.to));
        self.at(from).at(to).maybe(moment.and_then(|moment| moment.words.as_deref()))
    }

    /// Somebody, in two cells.
    #[must_use]
    pub fn who(self, who: Option<&Who>) -> Self {
        match who {
            None => self.cell("").cell(""),
            Some(Who::Ours { name }) => self.word("form-ours").maybe(name.as_deref()),
            Some(Who::Theirs { company, desk, name }) => {
                let person = [desk.as_str(), name.as_deref().unwrap_or_default()];
                let person = person.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
                self.text(company).text(&person)
            }
        }
    }

    /// What the provider's tables do not have.
    #[must_use]
    pub fn inward(self, add: impl FnOnce(Self) -> Self) -> Self {
        if self.pen.outward { self } else { add(self) }
    }
}

/// The text as a cell that no spreadsheet computes: an apostrophe before what begins, after whatever is not seen, with the sign of a
/// formula, in half or in full width; and before a tab or a line's end, behind which some look for one.
pub fn defused(text: &str) -> Cow<'_, str> {
    let begins = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_unseen(c));
    let is_formula = begins.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}']);
    if is_formula || text.starts_with(['\t', '\r', '\n']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Characters without width, and those that turn the direction of writing.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::view::Internal;
    use crate::render::sample;

    fn pen() -> Pen {
        Pen::new::<Internal>(Words::new(Locale::En), DEFAULT_ZONE)
    }

    #[test]
    fn no_cell_that_somebody_typed_is_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{feff}=1",
            "\u{202e}=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "　＝1",
        ] {
            assert_eq!(defused(text), format!("'{text}"), "{text:?}");
        }
        for text in ["", "加", "1-1", "a=b", "'=1", "(=1)", "→", "ー長音", "障害=加"] {
            assert_eq!(defused(text), text);
        }
    }

    #[test]
    fn a_table_is_utf_8_with_a_mark_and_ends_its_lines_as_the_rules_say() {
        let table = Table::new(pen(), &[Column::Plain("field-words"), Column::Plain("field-size")])
            .with([pen().row().text("he said \"no\",\nand hung up 加").number(-5)]);
        let csv = String::from_utf8(table.csv().expect("CSV")).expect("UTF-8");
        assert_eq!(csv, "\u{feff}Words,Size in bytes\r\n\"he said \"\"no\"\",\nand hung up 加\",-5\r\n");
    }

    #[test]
    fn a_time_carries_its_distance_from_utc_and_a_rough_one_its_words() {
        let at = sample::at("2006-11-21T21:00");
        let rough =
            Moment::between(at, sample::at("2006-11-21T23:00"), Some("about ten".to_owned()), DEFAULT_ZONE).expect("ends");
        let row = pen().row().moment(Some(&rough)).moment(None).at(Some(at));
        let night = "2006-11-21T21:00:00+09:00";
        assert_eq!(row.cells, [night, "2006-11-21T23:00:00+09:00", "about ten", "", "", "", night]);
    }
}
