//! Shares as our own people see them: the list, and one with all that is given away.

use serde::Serialize;

use super::noun_form::Link;
use super::reader::Reader;
use crate::domain::dossier::Dossier;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::Stamp;
use crate::domain::party::Provider;
use crate::domain::share::{Given, Opening, Share, ShareState, Shown};
use crate::domain::spoken::{Try, spoken};
use crate::render::frame::Frame;
use crate::render::tera::Page;
use crate::render::words::{Args, Words};

/// The shares of an incident.
#[derive(Clone, Debug, Serialize)]
pub struct SharesPage {
    /// The way back.
    pub back: Link,
    /// The page's own address.
    pub href: String,
    /// Whether the reader may make and revoke.
    pub may_edit: bool,
    /// The shares, the latest first.
    pub shares: Vec<ShareLine>,
}

impl Page for SharesPage {
    const TEMPLATE: &'static str = "shares/list.html";
}

/// A share in the list.
#[derive(Clone, Debug, Serialize)]
pub struct ShareLine {
    /// Its page.
    pub href: String,
    /// For which company.
    pub company: String,
    /// To whom it was given.
    pub note: String,
    /// Its number, in groups.
    pub number: String,
    /// Where it stands.
    pub state: ShareState,
    /// Until when it is good.
    pub until: String,
    /// How often it was opened, and when last.
    pub openings: String,
}

/// An opening.
#[derive(Clone, Debug, Serialize)]
pub struct OpeningLine {
    /// When.
    pub at: String,
    /// Who, by their own word.
    pub name: String,
    /// Their department, by their own word.
    pub department: String,
    /// By which way, in words.
    pub way: String,
    /// The network address.
    pub address: String,
}

impl SharesPage {
    /// Of an incident's shares and their openings.
    pub fn new(
        back: Link,
        number: IncidentNumber,
        (shares, openings): (&[Share], &[Opening]),
        companies: &[Provider],
        may_edit: bool,
        frame: &Frame,
        now: Stamp,
    ) -> Self {
        let href = format!("/incidents/{number}/shares");
        let reader = Reader::new(frame, now);
        let line = |share: &Share| {
            let mine: Vec<&Opening> = openings.iter().filter(|opening| opening.share == share.id).collect();
            let last = mine.last().map(|opening| reader.with("share-last-opened", "at", reader.at(opening.at)));
            let count = reader.count("share-openings", super::reader::number(mine.len()));
            ShareLine {
                href: format!("{href}/{}", share.uid),
                company: name_of(companies, share),
                note: share.note.clone(),
                number: share.number.shown(),
                state: share.state(now),
                until: reader.with("share-until", "at", reader.at(share.expires_at)),
                openings: reader.line(&[count, last.unwrap_or_default()]),
            }
        };
        Self { back, may_edit, shares: shares.iter().rev().map(line).collect(), href }
    }
}

fn name_of(companies: &[Provider], share: &Share) -> String {
    companies.iter().find(|company| company.id == share.provider).map(|company| company.name.clone()).unwrap_or_default()
}

/// One share, with what is given away.
#[derive(Clone, Debug, Serialize)]
pub struct SharePage {
    /// The way back to the incident.
    pub back: Link,
    /// All shares of the incident.
    pub all: String,
    /// The page's own address.
    pub href: String,
    /// For which company.
    pub company: String,
    /// To whom it was given.
    pub note: String,
    /// Where it stands.
    pub state: ShareState,
    /// Until when it is good.
    pub until: String,
    /// What it shows beyond the default, in words.
    pub shows: Vec<String>,
    /// The short page's address, as it is spoken and typed.
    pub short: String,
    /// The number.
    pub number: Said,
    /// The code; none where it cannot be shown on this machine.
    pub code: Option<Said>,
    /// The long link.
    pub link: Option<String>,
    /// Whether wrong codes have locked the short page.
    pub number_locked: bool,
    /// Whether they have locked the long link.
    pub link_locked: bool,
    /// What to say over the telephone.
    pub sentence: String,
    /// What to send as a short message: the code is said apart.
    pub message: String,
    /// Who opened it.
    pub openings: Vec<OpeningLine>,
    /// The history of the share.
    pub history: String,
}

impl Page for SharePage {
    const TEMPLATE: &'static str = "shares/page.html";
}

/// Digits, as they are read and as they are spoken.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// In groups.
    pub shown: String,
    /// Spoken.
    pub spoken: String,
    /// Spoken for a second try.
    pub again: String,
}

impl Said {
    /// Of these digits.
    pub fn of(digits: &crate::domain::share::Digits, words: Words) -> Self {
        let shown = digits.shown();
        let said = |time| spoken(&shown, words.locale(), time);
        Self { spoken: said(Try::First), again: said(Try::Again), shown }
    }
}

/// What a share's page is made from.
pub struct ShareParts<'a> {
    /// The way back to the incident.
    pub back: Link,
    /// The share.
    pub share: &'a Share,
    /// Its secrets.
    pub shown: Shown,
    /// Who opened it.
    pub openings: &'a [Opening],
    /// The phone book.
    pub companies: &'a [Provider],
    /// Where a reader reaches us: scheme and host.
    pub site: &'a str,
}

impl SharePage {
    /// Of a share of the incident of `dossier`.
    pub fn new(parts: ShareParts<'_>, dossier: &Dossier, words: Words, frame: &Frame, now: Stamp) -> Self {
        let ShareParts { back, share, shown, openings, companies, site } = parts;
        let reader = Reader::new(frame, now);
        let all = format!("{}/shares", back.href);
        let number = Said::of(&share.number, words);
        let code = shown.given.as_ref().map(|given| Said::of(&given.code, words));
        let short = short_page(site);
        let sentence = Args::new()
            .text("company", &dossier.house.company)
            .text("address", &short)
            .text("number", &number.spoken)
            .text("code", code.as_ref().map(|code| code.spoken.clone()).unwrap_or_default());
        let message = Args::new()
            .text("company", &dossier.house.company)
            .text("incident", dossier.incident.number.to_string())
            .text("address", format!("{site}/s"))
            .text("number", &number.shown);
        Self {
            href: format!("{all}/{}", share.uid),
            company: name_of(companies, share),
            note: share.note.clone(),
            state: share.state(now),
            until: reader.with("share-until", "at", reader.at(share.expires_at)),
            shows: shows(share, companies, reader),
            link: shown.given.as_ref().map(|given| long_link(site, given)),
            number_locked: shown.number_locked,
            link_locked: shown.link_locked,
            sentence: words.with("share-sentence", &sentence),
            message: words.with("share-message", &message),
            openings: openings.iter().rev().map(|opening| opening_line(opening, reader)).collect(),
            history: format!("/history/share/{}", share.uid),
            short,
            number,
            code,
            all,
            back,
        }
    }
}

/// The short page's address, as it is spoken and typed: without the scheme.
pub fn short_page(site: &str) -> String {
    format!("{}/s", site.trim_start_matches("https://").trim_start_matches("http://"))
}

/// The long link, as it is mailed and drawn.
pub fn long_link(site: &str, given: &Given) -> String {
    format!("{site}/s/{}", given.token)
}

fn shows(share: &Share, companies: &[Provider], reader: Reader) -> Vec<String> {
    let names = [(share.their_names, "share-shows-their-names"), (share.our_names, "share-shows-our-names")];
    let names = names.into_iter().filter(|(shown, _)| *shown).map(|(_, key)| reader.get(key));
    let others = companies.iter().filter(|company| share.other_companies.contains(&company.id));
    names.chain(others.map(|company| reader.with("share-shows-other", "company", &*company.name))).collect()
}

fn opening_line(opening: &Opening, reader: Reader) -> OpeningLine {
    OpeningLine {
        at: reader.at(opening.at),
        name: opening.name.clone(),
        department: opening.department.clone(),
        way: reader.value("share-way", opening.way),
        address: opening.address.clone(),
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::id::{Id, Uid};
    use crate::domain::locale::Locale;
    use crate::domain::share::{Digits, Way};
    use crate::render::pages::share::sample_share;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    fn opening(way: Way) -> Opening {
        Opening {
            id: Id::new(901),
            uid: Uid::NIL,
            revision: 0,
            incident: Id::new(1),
            share: Id::new(900),
            at: sample::friday(),
            way,
            name: "佐藤 <b>&\"'".to_owned(),
            department: "技術窓口".to_owned(),
            address: "2001:db8::1".to_owned(),
        }
    }

    fn back() -> Link {
        Link { href: "/incidents/INC-2006-0007".to_owned(), text: "INC-2006-0007".to_owned() }
    }

    impl Sampled for SharesPage {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let frame = Frame::anonymous(Locale::Ja);
            let page = |shares: &[Share], may_edit| {
                let number = dossier.incident.number;
                Self::new(
                    back(),
                    number,
                    (shares, &[opening(Way::Number)]),
                    &dossier.providers,
                    may_edit,
                    &frame,
                    sample::friday(),
                )
            };
            vec![page(&[], true), page(&[sample_share(), sample_share()], true), page(&[sample_share()], false)]
        }
    }

    impl Sampled for SharePage {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let given = Given { token: "0f".repeat(32), code: Digits::from_seven(7_305_184) };
            let page = |given: Option<Given>, locked| {
                let shown = Shown { given, number_locked: locked, link_locked: locked };
                let share = Share { their_names: locked, our_names: locked, ..sample_share() };
                let openings = if locked { vec![opening(Way::Number), opening(Way::Link)] } else { Vec::new() };
                let (companies, site) = (&dossier.providers, "https://tellonce.example.jp");
                let parts = ShareParts { back: back(), share: &share, shown, openings: &openings, companies, site };
                Self::new(parts, &dossier, Words::new(Locale::Ja), &Frame::anonymous(Locale::Ja), sample::friday())
            };
            vec![page(Some(given), false), page(None, true)]
        }
    }
}
