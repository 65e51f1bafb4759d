//! The seals made day by day, and who keeps them.

use serde::Serialize;

use super::pager::{Pager, pages};
use super::reader::Reader;
use crate::domain::sealing::{DailySeal, SEALS_PER_PAGE};
use crate::render::tera::Page;

/// The seals.
#[derive(Clone, Debug, Serialize)]
pub struct SealsPage {
    /// Whether any are made.
    pub is_planned: bool,
    /// The seals, the latest first.
    pub seals: Vec<SealLine>,
    /// The way to its other pages.
    #[serde(flatten)]
    pub pager: Pager,
}

/// A seal.
#[derive(Clone, Debug, Serialize)]
pub struct SealLine {
    /// When it was made.
    pub at: String,
    /// The file to keep.
    pub href: String,
    /// The beginning of its digest.
    pub fingerprint: String,
    /// Over how many chains.
    pub chains: String,
    /// Who has it, and since when.
    pub kept: Vec<String>,
    /// Who has it not yet, and why; empty where all have it.
    pub trouble: String,
}

impl Page for SealsPage {
    const TEMPLATE: &'static str = "house/seals.html";
    const SECTION: &'static str = "house";
}

impl SealsPage {
    /// Of one page of the list, and how many there are.
    pub fn new(is_planned: bool, (seals, all): &(Vec<DailySeal>, i64), page: i64, reader: Reader) -> Self {
        Self {
            is_planned,
            seals: seals.iter().map(|seal| SealLine::new(seal, reader)).collect(),
            pager: Pager::new(reader.words(), (page, pages(*all, SEALS_PER_PAGE)), |page| format!("/house/seals?page={page}")),
        }
    }
}

impl SealLine {
    fn new(seal: &DailySeal, reader: Reader) -> Self {
        let mailed = seal.mail.map(|_| reader.get(if seal.is_mailed { "seal-mailed" } else { "seal-mail-waits" }));
        let posted = seal.posted_at.map(|at| reader.with("seal-posted", "at", reader.at(at)));
        let stamped = seal.stamp.as_ref().map(|stamp| reader.with("seal-stamped", "at", reader.at(stamp.at)));
        let trouble = seal.trouble.as_ref().map(|(trouble, words)| {
            let next = seal.next_at.map(|at| reader.with("seal-next", "at", reader.at(at)));
            let next = next.unwrap_or_else(|| reader.get("seal-given-up"));
            reader.line(&[reader.value("seal-trouble", trouble), words.clone(), next])
        });
        Self {
            at: reader.at(seal.seal.at),
            href: format!("/house/seals/{}", seal.seal.digest),
            fingerprint: seal.seal.digest.fingerprint(),
            chains: reader.count("seal-chains", super::reader::number(seal.seal.heads.len())),
            kept: [mailed, posted, stamped].into_iter().flatten().collect(),
            trouble: trouble.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::ledger::Seal;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::domain::sealing::{SealTrouble, TimeStamp};
    use crate::render::pages::Sampled;
    use crate::render::sample;

    impl Sampled for SealsPage {
        fn samples() -> Vec<Self> {
            let now = sample::friday();
            let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, now);
            let seal = |trouble: Option<SealTrouble>| DailySeal {
                id: Id::new(1),
                seal: Seal::over(now, Vec::new()).expect("a seal"),
                mail: Some(Id::new(2)),
                is_mailed: trouble.is_none(),
                to_post: "https://x".to_owned(),
                posted_at: trouble.is_none().then_some(now),
                to_stamp: "https://x".to_owned(),
                stamp: trouble.is_none().then(|| TimeStamp { at: now, answer: String::new() }),
                attempts: 1,
                next_at: trouble.filter(|trouble| *trouble == SealTrouble::Post).map(|_| now),
                trouble: trouble.map(|trouble| (trouble, "<b>&\"' 加".to_owned())),
            };
            let all: Vec<DailySeal> = std::iter::once(None).chain(SealTrouble::ALL.iter().copied().map(Some)).map(seal).collect();
            let count = super::super::reader::number(all.len()) + 2 * SEALS_PER_PAGE;
            vec![Self::new(false, &(Vec::new(), 0), 1, reader), Self::new(true, &(all, count), 2, reader)]
        }
    }
}
