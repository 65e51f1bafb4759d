//! The letter that asks for a credit: to the company, on one or two pages, made of what the company may see.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::incident::Which;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::{Stamp, show};
use crate::domain::view::{CreditView, Provider, View};
use crate::render::say::{self, Voice};
use crate::render::words::{Args, Words};
use crate::render::{credit, money};

use super::sheet::{Masthead, SubstitutionWords};
use super::{PdfError, Template, compile};

/// What the letter prints.
#[derive(Clone, Debug, Serialize)]
struct Letter {
    #[serde(flatten)]
    masthead: Masthead,
    date: String,
    to: String,
    subject: String,
    greeting: String,
    body: Vec<String>,
    closing: String,
    /// What stands over the particulars 記.
    particulars: String,
    rows: Vec<Row>,
    /// What stands under them 以上; empty where the language has nothing there.
    end: String,
}

/// One of the particulars.
#[derive(Clone, Debug, Serialize)]
struct Row {
    label: String,
    lines: Vec<String>,
    /// Whether they are quoted word for word.
    quoted: bool,
}

/// Prints the letter of `now` for what is due by `credit`, asking for an answer by the end of `answer_by`.
///
/// # Errors
/// [`PdfError`] where the typesetter fails.
pub fn claim_letter(
    view: &View<Provider>,
    credit: &CreditView,
    answer_by: NaiveDate,
    words: Words,
    zone: Zone,
    now: Stamp,
) -> Result<Vec<u8>, PdfError> {
    let letter = letter(view, credit, answer_by, words, zone, now);
    compile(Template::ClaimLetter, &serde_json::to_value(letter)?, None, now)
}

fn letter(view: &View<Provider>, credit: &CreditView, answer_by: NaiveDate, words: Words, zone: Zone, now: Stamp) -> Letter {
    let put = |key: &str, name: &'static str, value: String| words.with(key, &Args::new().text(name, value));
    let day = |day| long_day(day, words);
    let clause = called(credit, words);
    let about = Args::new().text("contract", &credit.contract_title).text("clause", clause);
    let asks = match amount(credit, words) {
        Some(amount) => words.with("letter-asks-amount", &about.text("amount", amount)),
        None => words.with("letter-asks", &about),
    };
    let subject = put("letter-subject", "number", view.number.to_string());
    Letter {
        masthead: Masthead {
            lang: words.locale().as_str(),
            title: subject.clone(),
            company: view.company.clone(),
            head: [String::new(), String::new()],
            foot: [view.number.to_string(), String::new()],
            substitution_words: SubstitutionWords::of(words),
        },
        date: day(now.with_timezone(&zone).date_naive()),
        to: put("letter-to", "company", credit.company.clone()),
        subject,
        greeting: words.get("letter-greeting"),
        body: vec![asks, put("letter-answer", "day", day(answer_by)), words.get("letter-differ")],
        closing: words.get("letter-closing"),
        particulars: words.get("letter-particulars"),
        rows: rows(view, credit, answer_by, words, zone),
        end: words.get("letter-end"),
    }
}

/// A day as a letter says it: with its year, without its weekday.
fn long_day(day: NaiveDate, words: Words) -> String {
    let part = |format: &str| day.format(format).to_string();
    let month = if words.locale() == Locale::En { part("%B") } else { part("%-m") };
    words.with("letter-day", &Args::new().text("y", part("%Y")).text("m", month).text("d", part("%-d")))
}

/// The clause, or that it was agreed.
fn called(credit: &CreditView, words: Words) -> String {
    match &credit.clause {
        // A bare number would not say what it numbers.
        Some(clause) if !credit.agreement_governs && clause.number.starts_with(|first: char| first.is_ascii_digit()) => {
            words.with("letter-clause", &Args::new().text("number", &clause.number))
        }
        Some(clause) if !credit.agreement_governs => clause.number.clone(),
        _ => words.get("letter-the-agreement"),
    }
}

fn amount(credit: &CreditView, words: Words) -> Option<String> {
    let amount = credit.due.as_ref()?.amount?;
    Some(money::amount(amount, &credit.currency, words))
}

fn rows(view: &View<Provider>, credit: &CreditView, answer_by: NaiveDate, words: Words, zone: Zone) -> Vec<Row> {
    let voice = Voice::new(words, zone, None);
    let row = |key: &str, lines: Vec<String>| Row { label: words.get(key), lines, quoted: false };
    let number = (!credit.contract_number.is_empty())
        .then(|| words.with("letter-contract-number", &Args::new().text("number", &credit.contract_number)));
    let quote = |key: &str, text: &str, verbatim: bool| {
        let marks = if verbatim { "paper-verbatim" } else { "paper-gist" };
        Row { label: words.get(key), lines: vec![words.with(marks, &Args::new().text("words", text))], quoted: true }
    };
    let clause = credit.clause.iter().flat_map(|clause| {
        let name = say::clause(&clause.number, &clause.heading);
        [row("letter-row-clause", vec![name]), quote("letter-row-quote", &clause.quote, true)]
    });
    let governs = credit.agreement_governs || credit.clause.is_none();
    let agreement = credit
        .agreement
        .iter()
        .filter(|_| governs)
        .map(|agreement| quote("letter-row-agreement", &agreement.words, agreement.verbatim));
    let counted = credit::counting(credit).map(|phrase| voice.say(phrase));
    let calculation = credit.due.as_ref().map(|due| credit::calculation(credit, due, words)).filter(|line| !line.is_empty());
    let lines = [
        row("letter-row-incident", vec![view.number.to_string(), view.title.clone()]),
        row("letter-row-contract", std::iter::once(credit.contract_title.clone()).chain(number).collect()),
    ];
    let after = [
        row("letter-row-times", times(view, words, zone)),
        row("letter-row-working", counted.chain(calculation).collect()),
        row("letter-row-amount", amount(credit, words).into_iter().collect()),
        row("letter-row-answer", vec![long_day(answer_by, words)]),
    ];
    let all = lines.into_iter().chain(clause).chain(agreement).chain(after);
    all.filter(|row| !row.lines.is_empty()).collect()
}

/// From when to when, each time as it is known, in its own words.
fn times(view: &View<Provider>, words: Words, zone: Zone) -> Vec<String> {
    let shown = view
        .times
        .iter()
        .filter(|time| matches!(time.which, Which::Started | Which::Reported | Which::Mitigated | Which::Restored));
    let mut lines: Vec<String> = shown
        .map(|time| {
            let at = time.at.shown(words.locale(), zone, None).line(words.locale());
            let label = words.get(&format!("time-{}", time.which));
            words.with("letter-time", &Args::new().text("label", label).text("at", at))
        })
        .collect();
    let is_over = view.times.iter().any(|time| matches!(time.which, Which::Restored | Which::Closed));
    if !is_over {
        let at = show::at(view.as_of, words.locale(), zone, None);
        lines.push(words.with("letter-not-restored", &Args::new().text("at", at)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::DEFAULT_ZONE;
    use crate::domain::view::Outward;
    use crate::render::pdf::world::pages_of;
    use crate::render::sample::{credit_uid, friday, with_credit};

    fn pages(dossier: &crate::domain::dossier::Dossier, locale: Locale) -> Vec<String> {
        let credit = dossier.credit_outward(friday(), credit_uid()).expect("it may be told");
        let view = dossier.view::<Provider>(&Outward::plain(credit.company_key), friday());
        let by = NaiveDate::from_ymd_opt(2006, 12, 8).expect("a day");
        let letter = letter(&view, &credit, by, Words::new(locale), DEFAULT_ZONE, friday());
        pages_of(Template::ClaimLetter, &serde_json::to_value(letter).expect("JSON")).expect("it is set")
    }

    #[test]
    fn it_is_one_page_with_clause_times_working_and_amount() {
        for (locale, parts) in [
            (Locale::Ja, ["御中", "第27条", "3,200円", "火曜の夜10時頃", "2006年12月8日", "拝啓", "敬具", "以上"]),
            (
                Locale::En,
                ["Dear", "27", "JPY 3,200", "about ten on Tuesday night", "8 December 2006", "Toto Net", "Yours", "whole days"],
            ),
        ] {
            let pages = pages(&with_credit(locale), locale);
            assert_eq!(pages.len(), 1);
            for part in parts {
                assert!(pages[0].contains(part), "{part}: {}", pages[0]);
            }
        }
    }

    #[test]
    fn without_a_fee_it_names_the_clause_and_no_amount() {
        for locale in [Locale::Ja, Locale::En] {
            let mut dossier = with_credit(locale);
            dossier.contracts[0].monthly_fee = None;
            let pages = pages(&dossier, locale);
            assert!(!pages[0].contains("3,200") && pages[0].contains("27"), "{}", pages[0]);
        }
    }

    #[test]
    fn nothing_that_is_ours_alone_stands_in_it() {
        let mut dossier = with_credit(Locale::En);
        let secret = "not for them";
        dossier.incident.cause = secret.to_owned();
        dossier.incident.title = secret.to_owned();
        dossier.contracts[0].note = secret.to_owned();
        for entry in &mut dossier.entries {
            entry.body = secret.to_owned();
        }
        let text = pages(&dossier, Locale::En).join("\n");
        assert!(!text.contains(secret) && !text.contains("Alice"), "{text}");
    }

    /// Writes the letters where they can be looked at: `TELLONCE_PAPERS=/tmp cargo test --lib letters_to_look_at -- --ignored`.
    #[test]
    #[ignore = "for the eye"]
    fn letters_to_look_at() {
        let folder = std::env::var("TELLONCE_PAPERS").expect("TELLONCE_PAPERS names a folder");
        for locale in [Locale::Ja, Locale::En] {
            let dossier = with_credit(locale);
            let credit = dossier.credit_outward(friday(), credit_uid()).expect("it may be told");
            let view = dossier.view::<Provider>(&Outward::plain(credit.company_key), friday());
            let by = NaiveDate::from_ymd_opt(2006, 12, 8).expect("a day");
            let bytes = claim_letter(&view, &credit, by, Words::new(locale), DEFAULT_ZONE, friday()).expect("it prints");
            std::fs::write(format!("{folder}/claim-letter-{locale}.pdf"), bytes).expect("the folder can be written to");
        }
    }
}
