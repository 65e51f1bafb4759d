//! What a report prints: words already chosen, times already written, in the order of the paper. The template adds only
//! the look.

use serde::Serialize;

use crate::domain::id::Uid;
use crate::render::words::Words;

/// How a run of text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// As the rest.
    Plain,
    /// A time only roughly known.
    Rough,
    /// Weighty.
    Strong,
    /// Said in passing.
    Soft,
    /// Overdue, not as agreed.
    Alarm,
}

/// A run of text in one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The text.
    pub t: String,
    /// The style.
    pub s: Style,
}

/// Text in runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line(Vec<Run>);

impl Line {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// With `text` behind it.
    #[must_use]
    pub fn and(mut self, style: Style, text: impl Into<String>) -> Self {
        let t = text.into();
        if !t.is_empty() {
            self.0.push(Run { t, s: style });
        }
        self
    }

    /// With `text` behind it, set as the rest.
    #[must_use]
    pub fn plain(self, text: impl Into<String>) -> Self {
        self.and(Style::Plain, text)
    }

    /// With another line behind it.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many characters it has.
    pub fn chars(&self) -> usize {
        self.0.iter().map(|run| run.t.chars().count()).sum()
    }

    /// Without the colours that a fax does not carry.
    #[must_use]
    pub fn in_black(mut self) -> Self {
        for run in &mut self.0 {
            run.s = match run.s {
                Style::Soft => Style::Plain,
                Style::Alarm => Style::Strong,
                style => style,
            };
        }
        self
    }

    /// Its first `most` characters; what was cut shows.
    #[must_use]
    pub fn cut_to(&self, most: usize) -> Self {
        let mut left = most;
        let mut line = Self::new();
        for run in &self.0 {
            let kept: String = run.t.chars().take(left).collect();
            left -= kept.chars().count();
            let is_cut = kept.len() < run.t.len();
            line = line.and(run.s, if is_cut { kept + "…" } else { kept });
            if is_cut {
                break;
            }
        }
        line
    }
}

/// What every paper has.
#[derive(Clone, Debug, Serialize)]
pub struct Masthead {
    /// Language of the document, `ja` or `en`.
    pub lang: &'static str,
    /// What it is about, in one line.
    pub title: String,
    /// Whose paper it is.
    pub company: String,
    /// The running head, left and right.
    pub head: [String; 2],
    /// The foot, left and right of the page number.
    pub foot: [String; 2],
    /// Words for what could not be printed.
    pub substitution_words: SubstitutionWords,
}

/// A whole report.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// What every paper has.
    #[serde(flatten)]
    pub masthead: Masthead,
    /// Whose record, about whom, as of when.
    pub subtitle: String,
    /// What the attached file is.
    pub attachment: String,
    /// The first minute.
    pub brief: Vec<Fact>,
    /// What it cost.
    pub figures: Option<Section<Figure>>,
    /// How long it was down, by every definition.
    pub downs: Option<Section<Fact>>,
    /// The timeline as a picture.
    pub picture: Option<Picture>,
    /// The promises.
    pub promises: Option<Section<PromiseRow>>,
    /// What one of us took on in a decision.
    pub steps: Option<Section<PromiseRow>>,
    /// What the company it is made for told us, what we ask it to confirm first, then the latest; for a page, the timeline of the
    /// paper has it.
    pub heard: Option<Section<Heard>>,
    /// What does not fit together.
    pub contradictions: Option<Section<Pair>>,
    /// What we ask.
    pub asks: Option<Section<AskRow>>,
    /// What was agreed, and the clauses.
    pub agreements: Option<Section<Agreed>>,
    /// What the clauses come to.
    pub verdicts: Option<Section<Agreed>>,
    /// The provider's changes and the notices of them.
    pub changes: Option<Section<Changed>>,
    /// What was checked, and what cannot be done.
    pub ruled_out: Option<Section<RuledOut>>,
    /// The people reached.
    pub people: Option<Section<Person>>,
    /// Everything, day by day.
    pub timeline: Option<Section<Day>>,
    /// The files, with what tells their bytes from others.
    pub files: Option<Section<FileRow>>,
    /// The code that leads to the page of today, as SVG; may be empty.
    pub qr: String,
    /// What the code leads to, in words.
    pub qr_words: String,
}

/// Words for the list of what could not be printed.
#[derive(Clone, Debug, Serialize)]
pub struct SubstitutionWords {
    /// Heading.
    pub heading: String,
    /// What it means.
    pub note: String,
    /// The columns: code point, what stands in its place, how often.
    pub columns: [String; 3],
    /// What stands where a character was left out.
    pub nothing: String,
}

impl SubstitutionWords {
    /// They are the same on every paper.
    pub fn of(words: Words) -> Self {
        Self {
            heading: words.get("paper-substitutions"),
            note: words.get("paper-substitutions-note"),
            columns: ["code", "shown", "count"].map(|column| words.get(&format!("paper-substitutions-{column}"))),
            nothing: words.get("paper-substitutions-nothing"),
        }
    }
}

/// A part of the paper with a heading.
#[derive(Clone, Debug, Serialize)]
pub struct Section<T> {
    /// Its heading.
    pub heading: String,
    /// What has to be known to read it; may be empty.
    pub note: String,
    /// The heads of its columns, where it is a table.
    pub columns: Vec<String>,
    /// What is in it.
    pub items: Vec<T>,
}

/// A line of the brief.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What is so.
    pub lines: Vec<Line>,
    /// The same, where it has labels of its own.
    pub parts: Vec<Fact>,
}

impl Fact {
    /// A fact in lines; those with nothing in them are left out.
    pub fn lines(label: String, lines: Vec<Line>) -> Self {
        Self { label, lines: lines.into_iter().filter(|line| !line.is_empty()).collect(), parts: Vec::new() }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.parts.is_empty()
    }
}

/// A figure in its cell.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Numbers strong, units plain.
    pub value: Line,
    /// What it counts.
    pub label: String,
    /// What it is made of, a line each.
    pub detail: Vec<String>,
}

/// A picture with words for those who do not see it.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// Its heading.
    pub heading: String,
    /// SVG.
    pub svg: String,
    /// What it shows.
    pub alt: String,
    /// How its marks are to be read.
    pub note: String,
}

/// How a promise stands, from the most pressing to the least; told by shape and not by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Its time has passed.
    Late,
    /// Not known yet.
    Open,
    /// Kept.
    Done,
    /// Moved or taken back.
    Gone,
}

/// A promise.
#[derive(Clone, Debug, Serialize)]
pub struct PromiseRow {
    /// Its number on this paper.
    pub n: usize,
    /// The words, quoted.
    pub words: String,
    /// Who gave it, and when.
    pub given: Vec<Line>,
    /// When it falls due, and why so.
    pub due: Vec<Line>,
    /// How it stands.
    pub mark: Mark,
    /// The same in words, and how late.
    pub state: Vec<Line>,
}

/// What somebody of the company it is made for told us.
#[derive(Clone, Debug, Serialize)]
pub struct Heard {
    /// The statement, in URLs.
    pub uid: Uid,
    /// The words, quoted if they are verbatim.
    pub words: String,
    /// Which desk, and when.
    pub source: Line,
}

/// Two things that do not fit together.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// Its number on this paper.
    pub n: usize,
    /// What was said, and the other side.
    pub sides: [Side; 2],
    /// Why; may be empty.
    pub note: String,
}

/// One side.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// Whose words, from when, how known.
    pub source: Line,
    /// The words.
    pub words: String,
}

/// What we ask.
#[derive(Clone, Debug, Serialize)]
pub struct AskRow {
    /// Its number on this paper.
    pub n: usize,
    /// The ask, in URLs; none where nobody has put it into words yet.
    pub uid: Option<Uid>,
    /// Whether it is the company the paper is made for that is asked.
    pub theirs: bool,
    /// The words.
    pub words: String,
    /// Of whom, how often.
    pub about: String,
    /// The answer; empty while there is none.
    pub answer: Line,
    /// What stands before the place for an answer by hand; empty where there is an answer.
    pub blank: String,
}

/// An agreement, or a clause.
#[derive(Clone, Debug, Serialize)]
pub struct Agreed {
    /// What it is.
    pub title: Line,
    /// Its words.
    pub words: String,
    /// Whether it is a printed clause.
    pub printed: bool,
    /// How it is known.
    pub facts: Vec<Fact>,
}

/// A change.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// What changes, and from when.
    pub title: Line,
    /// The notices of it.
    pub notices: Vec<Vec<Line>>,
}

/// What was ruled out.
#[derive(Clone, Debug, Serialize)]
pub struct RuledOut {
    /// Whether it was checked; else it is what cannot be done.
    pub checked: bool,
    /// Checked, or not to be had.
    pub kind: String,
    /// What.
    pub what: String,
    /// How, or why.
    pub why: String,
}

/// Somebody reached.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// Who. The company answerable goes without saying.
    pub who: String,
    /// In how many calls.
    pub calls: String,
    /// How often it was told to them; empty where that is not shown.
    pub told: String,
}

/// A file.
#[derive(Clone, Debug, Serialize)]
pub struct FileRow {
    /// Its name.
    pub name: String,
    /// How long it is.
    pub size: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A day of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Which.
    pub day: String,
    /// What happened.
    pub records: Vec<Record>,
}

/// The shape beside a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A call.
    Call,
    /// An attempt at one.
    Attempt,
    /// Anything else that happened between us and a company.
    Exchange,
    /// What we saw, did or decided.
    Own,
}

/// One thing on the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// When: a clock time, or the words of a rough one.
    pub time: Line,
    /// The ends of a rough one; may be empty.
    pub range: String,
    /// Its shape.
    pub shape: Shape,
    /// What it is.
    pub head: String,
    /// With whom, or what about.
    pub rest: String,
    /// What it cost and what else is to be known, in one line.
    pub tags: String,
    /// How a call went, or its attempts, by the clock.
    pub course: Vec<String>,
    /// Where it was seen, who recorded it, and the like.
    pub detail: String,
    /// The rest.
    pub body: String,
    /// What was said.
    pub said: Vec<Said>,
    /// What a reply does that is said in no words of its own.
    pub acts: Vec<String>,
    /// Its files.
    pub files: Vec<String>,
    /// Whether it was struck out.
    pub struck: bool,
}

/// Something said.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// The statement, in URLs.
    pub uid: Uid,
    /// Who; empty where it is the same as just before.
    pub who: String,
    /// Whether it was one of us.
    pub ours: bool,
    /// Whether it was one of the company the paper is made for.
    pub theirs: bool,
    /// What they do to which words of the record, where they were left in a reply; may be empty.
    pub does: String,
    /// The words, quoted if they are verbatim.
    pub words: String,
    /// What kind of statement it is; may be empty.
    pub kind: String,
    /// The promise and the contradictions it stands in.
    pub see: String,
}
