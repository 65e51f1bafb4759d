//! What falls on a day or a time in one incident: promises, deadlines, answers and calls. A deadline and a promise have the same name as
//! in the feed, so that a program that holds both shows one.

use super::Export;
use crate::domain::credit_claim::ClaimAnswer;
use crate::domain::deadline::whole_days;
use crate::domain::moment::Moment;
use crate::domain::phrases::{Phrase, Teller};
use crate::domain::statement::PromiseState;
use crate::domain::view::{AskView, Audience, CreditClaimView, EntryView, PromiseView, Who};
use crate::render::ics::{Begins, Happening, of_deadline, written};
use crate::render::say::Voice;
use crate::render::words::Args;

/// The calendar.
pub(super) fn of<A: Audience>(export: &Export<'_, A>) -> String {
    let view = export.view;
    let scribe = Scribe { export, voice: Voice::new(export.words, export.zone, None), teller: Teller::of(view) };
    let deadlines = view.deadlines.iter().map(|deadline| of_deadline(&deadline.0, view.as_of, export.words, scribe.voice));
    let calls = view.entries.iter().filter(|entry| entry.struck.is_none()).filter_map(|entry| scribe.call(entry));
    let promises = view
        .promises
        .iter()
        .chain(&view.steps)
        .filter(|promise| promise.struck.is_none())
        .filter_map(|promise| scribe.promise(promise));
    let answers = view.asks.iter().filter(|ask| ask.struck.is_none()).filter_map(|ask| scribe.answer(ask));
    let claims = view.credit_claims.iter().filter(|claim| claim.struck.is_none()).filter_map(|claim| scribe.claim(claim));
    let name = scribe.put("calendar-of-incident", &[("title", &view.title), ("incident", &view.number.to_string())]);
    written(&name, None, deadlines.chain(promises).chain(claims).chain(answers).chain(calls))
}

/// Writes the events of one export.
struct Scribe<'a, A: Audience> {
    export: &'a Export<'a, A>,
    voice: Voice,
    teller: Teller<'a>,
}

impl<A: Audience> Scribe<'_, A> {
    fn put(&self, key: &str, parts: &[(&'static str, &str)]) -> String {
        let args = parts.iter().fold(Args::new(), |args, (name, text)| args.text(*name, *text));
        self.export.words.with(key, &args)
    }

    /// An event of `kind` about the thing `of`.
    fn happening(&self, kind: &str, of: impl std::fmt::Display, what: &str, about: &[String], begins: Begins) -> Happening {
        let view = self.export.view;
        let number = view.number.to_string();
        let about = [format!("{number} {}", view.title)].into_iter().chain(about.iter().cloned());
        Happening {
            uid: format!("{kind}-{of}-{number}"),
            summary: self.put("calendar-summary", &[("what", what), ("incident", &number)]),
            description: about.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            begins,
            ends: None,
            stamped: view.as_of,
            sequence: 0,
            is_gone: false,
            url: None,
        }
    }

    fn promise(&self, promise: &PromiseView) -> Option<Happening> {
        let due = promise.due.as_ref()?;
        let (key, company) = match &promise.quote.who {
            Who::Theirs { company, .. } => ("deadline-what-promise", company),
            Who::Ours { .. } => ("deadline-what-promise-ours", &self.export.view.provider),
        };
        let what = self.put(key, &[("about", &promise.quote.words), ("company", company)]);
        let by = self.voice.say(&Phrase::new("deadline-due").moment("at", due));
        let about = [by, self.voice.say(&self.teller.source(&promise.quote)), self.voice.say(&self.teller.state(promise))];
        let gone = matches!(promise.state, PromiseState::Moved | PromiseState::Withdrawn);
        Some(Happening { is_gone: gone, ..self.happening("promise", promise.uid, &what, &about, begins(due)) })
    }

    fn claim(&self, claim: &CreditClaimView) -> Option<Happening> {
        let day = claim.answer_by.filter(|_| claim.answer == ClaimAnswer::Open)?;
        let what = self.put("calendar-claim", &[("company", &claim.company), ("of", &claim.of)]);
        Some(self.happening("claim-answer", claim.uid, &what, &[], Begins::Day(day)))
    }

    fn answer(&self, ask: &AskView) -> Option<Happening> {
        let answer = ask.answer.as_ref()?;
        let what = self.put("calendar-answer", &[("company", &ask.company), ("words", &ask.words)]);
        let about = [answer.words.clone(), self.voice.say(&self.teller.source(answer))];
        Some(self.happening("answer", ask.uid, &what, &about, Begins::At(answer.at.from)))
    }

    fn call(&self, entry: &EntryView) -> Option<Happening> {
        let call = entry.call.as_ref()?;
        let what = self.voice.say(&self.teller.headline(entry).line());
        let at = self.voice.say(&Phrase::new("phrase-at").moment("at", &entry.occurred));
        let ends = call.ended.filter(|ended| *ended > call.dialled);
        Some(Happening { ends, ..self.happening("call", entry.uid, &what, &[at], Begins::At(call.dialled)) })
    }
}

/// The last day, where it is nothing but days; else the last instant.
fn begins(due: &Moment) -> Begins {
    whole_days(due).map_or(Begins::At(due.to), Begins::Day)
}

#[cfg(test)]
mod tests {
    use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue};

    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::view::{Internal, Outward, Provider};
    use crate::render::sample;
    use crate::render::words::{MISSING, Words};

    fn written<A: Audience>(reader: &A::Reader, locale: Locale) -> (String, Vec<String>) {
        let dossier = sample::with_credit(locale);
        let view = dossier.view::<A>(reader, sample::friday());
        let export = Export { view: &view, words: Words::new(locale), zone: DEFAULT_ZONE, at: sample::friday() };
        let text = of(&export);
        let due = view.promises.iter().filter(|promise| promise.due.is_some() && promise.struck.is_none()).count();
        let calls = view.entries.iter().filter(|entry| entry.call.is_some() && entry.struck.is_none()).count();
        let answers = view.asks.iter().filter(|ask| ask.answer.is_some() && ask.struck.is_none()).count();
        let claims =
            view.credit_claims.iter().filter(|claim| claim.answer_by.is_some() && claim.answer == ClaimAnswer::Open).count();
        let uids = uids(&text);
        assert_eq!(uids.len(), due + calls + answers + claims + view.deadlines.len());
        assert!(due > 0 && calls > 0, "the story has them");
        (text, uids)
    }

    fn uids(text: &str) -> Vec<String> {
        let calendar = ICalendar::parse(text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
        let events = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent);
        let uid = |event: &calcard::icalendar::ICalendarComponent| match &event.property(&ICalendarProperty::Uid)?.values[..] {
            [ICalendarValue::Text(uid)] => Some(uid.clone()),
            _ => None,
        };
        events.map(|event| uid(event).expect("a uid")).collect()
    }

    #[test]
    fn each_thing_that_has_a_time_is_one_event_in_both_languages_and_for_both_sides() {
        for locale in [Locale::Ja, Locale::En] {
            let provider = sample::with_credit(locale).incident.provider;
            let (inward, mut names) = written::<Internal>(&None, locale);
            let (outward, _) = written::<Provider>(&Outward::plain(provider), locale);
            for text in [&inward, &outward] {
                assert!(text.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
                assert!(!text.contains(MISSING.0) && !text.contains("{ $"), "{text}");
            }
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "no two have the same name");
        }
    }

    #[test]
    fn a_call_lasts_as_long_as_it_lasted() {
        let (text, _) = written::<Internal>(&None, Locale::En);
        assert!(text.contains("DTSTART:20061122T012000Z\r\n") && text.contains("DTEND:"), "{text}");
    }
}
