//! Sample data for tests of pages and papers: a week like the one Tellonce was made for, in both languages.

mod builder;
mod credit;
mod reply;
mod story;

use crate::domain::dossier::Dossier;
use crate::domain::locale::Locale;
use crate::domain::moment::Stamp;

pub use builder::at;
pub use credit::{credit_uid, week as with_credit};

/// The Friday of the meeting, 9:00 in Tokyo.
pub fn friday() -> Stamp {
    at("2006-11-24T09:00")
}

/// The whole week.
pub fn story(locale: Locale) -> Dossier {
    story::week(locale)
}

/// The week, with a reply to it that came by a share.
pub fn replied(locale: Locale) -> Dossier {
    let mut dossier = story(locale);
    reply::add(&mut dossier, locale);
    dossier
}

/// The week, its entries told again and again until there are `count` of them.
pub fn long_story(locale: Locale, count: usize) -> Dossier {
    let mut dossier = story(locale);
    let week = dossier.entries.clone();
    for (round, days) in (1..).map(|round| (round, chrono::Duration::days(round))) {
        for entry in &week {
            if dossier.entries.len() >= count {
                dossier.entries.sort_by_key(|entry| entry.occurred.from);
                return dossier;
            }
            dossier.entries.push(builder::later(entry, days, round));
        }
    }
    dossier
}
