//! The mail that reminds one of our people of deadlines.

use chrono::Timelike;
use serde::Serialize;

use super::Text;
use crate::domain::deadline::{Deadline, DeadlineKind, Side};
use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::reminder::{Digest, Item, Nearness};
use crate::domain::text::beginning;
use crate::render::frame::Frame;
use crate::render::pages::deadlines::DeadlineLine;
use crate::render::pages::reader::{Reader, number};
use crate::render::tera::{Page, RenderError, render};
use crate::render::words::{Args, Words};

/// How many characters of a clause or a promise stand in the text.
const ABOUT: usize = 200;

/// How many of them stand in the subject.
const ABOUT_IN_SUBJECT: usize = 40;

/// The most characters of a subject.
const SUBJECT: usize = 150;

/// What is overdue, due today and coming, ours and the companies' apart.
#[derive(Clone, Debug, Serialize)]
pub struct ReminderMail {
    subject: String,
    lead: String,
    parts: Vec<Part>,
    base: String,
}

/// What is equally near, and ours or the companies'.
#[derive(Clone, Debug, Serialize)]
struct Part {
    title: String,
    lines: Vec<Line>,
}

/// One deadline.
#[derive(Clone, Debug, Serialize)]
struct Line {
    what: String,
    /// What has to be known of its last day; empty where nothing has.
    mark: String,
    when: String,
    incident: String,
    link: String,
}

impl Page for ReminderMail {
    const TEMPLATE: &'static str = "mail/reminder.txt";
}

impl ReminderMail {
    /// Of a digest, as it is read in `zone` at `now`; links begin with `base`.
    pub fn new(digest: &Digest, words: Words, zone: Zone, base: String, now: Stamp) -> Self {
        let reader = Reader::new(&Frame { zone, ..Frame::anonymous(words.locale()) }, now);
        let alike = |one: &Item, other: &Item| (one.nearness, one.deadline.side) == (other.nearness, other.deadline.side);
        let part = |items: &[Item]| Part {
            title: items.first().map_or_else(String::new, |item| title(item, reader)),
            lines: items.iter().map(|item| line(item, reader, &base, now)).collect(),
        };
        Self {
            subject: subject(digest, reader),
            lead: reader.with("reminder-lead", "at", reader.at_in_zone(now.with_second(0).unwrap_or(now))),
            parts: digest.items.chunk_by(alike).map(part).collect(),
            base,
        }
    }

    /// Its text in the language of `words`.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn text(&self, words: Words) -> Result<Text, RenderError> {
        Ok(Text { subject: self.subject.clone(), body: render(self, &Frame::anonymous(words.locale()))? })
    }
}

/// What is most urgent, and how many more there are.
fn subject(digest: &Digest, reader: Reader) -> String {
    let Some(first) = digest.first() else { return String::new() };
    let key = match first.nearness {
        Nearness::Overdue => "reminder-subject-overdue",
        Nearness::Today => "reminder-subject-today",
        Nearness::Coming => "reminder-subject-coming",
    };
    let what = reader.say(&shortened(&first.deadline, ABOUT_IN_SUBJECT).what());
    let args = Args::new().number("count", first.days).text("what", what);
    let args = Args::new().number("count", number(digest.items.len()) - 1).text("first", reader.with_args(key, &args));
    // Words come from people: a subject is one line, whatever stands in them.
    beginning(&reader.with_args("reminder-subject", &args), SUBJECT)
}

fn title(item: &Item, reader: Reader) -> String {
    let side = reader.get(if item.deadline.side == Side::Us { "reminder-ours" } else { "reminder-theirs" });
    reader.with_args("reminder-part", &Args::new().text("near", reader.value("reminder", item.nearness)).text("side", side))
}

fn line(item: &Item, reader: Reader, base: &str, now: Stamp) -> Line {
    let shown = DeadlineLine::new(&shortened(&item.deadline, ABOUT), reader, now);
    let is_claim = item.deadline.kind == DeadlineKind::Claim && item.nearness != Nearness::Overdue;
    Line {
        what: shown.what,
        mark: if is_claim { reader.count("reminder-claim-left", item.days.max(0)) } else { String::new() },
        when: shown.when,
        incident: format!("{} {}", shown.number, shown.title),
        link: format!("{base}{}", shown.href),
    }
}

/// The same with so many characters of each text, each in one line and written in one direction: nothing that somebody wrote looks
/// like a line of ours, or turns one round.
fn shortened(deadline: &Deadline, about: usize) -> Deadline {
    let mut short = deadline.clone();
    for (text, most) in [(&mut short.about, about), (&mut short.company_name, ABOUT_IN_SUBJECT), (&mut short.title, ABOUT)] {
        *text = beginning(&super::undirected(text), most);
    }
    short
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::moment::Moment;
    use crate::render::pages::deadlines::samples;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    fn mail(deadlines: Vec<Deadline>, locale: Locale) -> ReminderMail {
        let digest = Digest::of(deadlines, sample::friday(), DEFAULT_ZONE);
        ReminderMail::new(&digest, Words::new(locale), DEFAULT_ZONE, "https://tellonce.example".to_owned(), sample::friday())
    }

    impl Sampled for ReminderMail {
        fn samples() -> Vec<Self> {
            vec![mail(samples::all(), Locale::Ja), mail(Vec::new(), Locale::Ja)]
        }
    }

    /// A credit whose last instant is so long after now, in the samples' words.
    fn claim(from_now: Duration) -> Deadline {
        let claim = samples::all().remove(0);
        let at = sample::friday() + from_now;
        Deadline { at, when: Moment { from: at, to: at, ..claim.when }, days: None, ..claim }
    }

    #[test]
    fn the_text_says_what_is_near_whose_it_is_and_where_it_stands() {
        let deadlines = || samples::all().into_iter().skip(1).chain([claim(Duration::hours(5))]).collect();
        let text = |locale| mail(deadlines(), locale).text(Words::new(locale)).expect("it renders");
        let Text { subject, body } = text(Locale::En);
        assert!(
            subject.starts_with("Due today: Claim the credit from 東都ネット") && subject.ends_with(" and 3 more"),
            "{subject}"
        );
        for line in [
            "Deadlines, as of Fri 24 Nov 09:00 JST",
            "■ Overdue (for the company to do)",
            "■ Due today (for us to do)",
            "[today is the last day to claim]",
            "https://tellonce.example/incidents/INC-2006-0007#verdicts",
            "https://tellonce.example/deadlines",
            "https://tellonce.example/account#reminders",
        ] {
            assert!(body.contains(line), "{line} is missing: {body}");
        }
        let Text { subject, body } = text(Locale::Ja);
        assert!(subject.starts_with("【今日が期限】東都ネット") && subject.ends_with(" ほか3件"), "{subject}");
        assert!(body.contains("■ 今日が期限です(当社がすること)") && body.contains("請求できるのは今日まで"), "{body}");
    }

    #[test]
    fn one_is_one_and_more_are_more_in_both_languages() {
        let days = |days: &[i64]| days.iter().map(|days| claim(Duration::days(*days))).collect::<Vec<_>>();
        let subject = |of: &[i64], locale| mail(days(of), locale).subject;
        assert!(!subject(&[1], Locale::En).contains("more"));
        assert!(subject(&[1, 2], Locale::En).ends_with(" and one more"));
        assert!(subject(&[1, 2], Locale::Ja).ends_with(" ほか1件"));
        assert!(subject(&[1], Locale::En).starts_with("Tomorrow: "));
        assert!(subject(&[3], Locale::En).starts_with("In 3 days: "));
        assert!(subject(&[3], Locale::Ja).starts_with("【あと3日】"));
        let body = |of: &[i64], locale| mail(days(of), locale).text(Words::new(locale)).expect("it renders").body;
        assert!(body(&[1], Locale::En).contains("[one day left to claim]"));
        assert!(body(&[3], Locale::En).contains("[3 days left to claim]"));
        assert!(body(&[3], Locale::Ja).contains("[請求の期限まであと3日]"));
    }

    #[test]
    fn whatever_somebody_wrote_a_subject_is_one_line_and_no_line_of_the_text_is_theirs() {
        let mut deadlines = samples::all();
        for deadline in &mut deadlines {
            deadline.about = "at once\r\nBcc: eve@evil.example\r\n\r\n■ Overdue\u{2028}\u{0}\u{85}\u{202e}x".repeat(20);
            deadline.title = "t\nhttps://evil.example".to_owned();
        }
        let Text { subject, body } = mail(deadlines, Locale::En).text(Words::new(Locale::En)).expect("it renders");
        assert!(!subject.contains(|c: char| c.is_control() || c == '\u{2028}') && subject.chars().count() <= 151, "{subject}");
        let theirs =
            |line: &str| ["Bcc", "https://evil", "■ Overdue\u{20}x"].iter().any(|start| line.trim_start().starts_with(start));
        assert!(body.lines().all(|line| !theirs(line)), "{body}");
        assert!(!body.contains('\u{202e}') && !subject.contains('\u{202e}'), "{body}");
    }
}
