//! Shares as our own people see them: the list, and one with all that is given away.

use serde::Serialize;

use super::news::{News, NewsList};
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
    /// What has changed since then.
    pub href: String,
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
                state: share.state_at_door(now, super::reader::number(mine.len())),
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
    /// For whom of its people; may be empty.
    pub person: String,
    /// To whom it was given.
    pub note: String,
    /// Where it stands.
    pub state: ShareState,
    /// Its revision, for its buttons.
    pub revision: i64,
    /// Whether number, code and link can be given away.
    pub is_open: bool,
    /// Until when it is good.
    pub until: String,
    /// How often it may be opened; may be empty.
    pub limit: String,
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
        let href = format!("{all}/{}", share.uid);
        let state = share.state_at_door(now, super::reader::number(openings.len()));
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
            company: name_of(companies, share),
            person: share.contact.and_then(|id| dossier.contact(id)).map(|person| person.known().join(" · ")).unwrap_or_default(),
            note: share.note.clone(),
            state,
            revision: share.revision,
            is_open: matches!(state, ShareState::Live | ShareState::Paused),
            until: reader.with("share-until", "at", reader.at(share.expires_at)),
            limit: share.most_openings.map(|most| reader.count("share-at-most", most)).unwrap_or_default(),
            shows: shows(share, companies, reader),
            link: shown.given.as_ref().map(|given| long_link(site, given)),
            number_locked: shown.number_locked,
            link_locked: shown.link_locked,
            sentence: words.with("share-sentence", &sentence),
            message: words.with("share-message", &message),
            openings: openings.iter().rev().map(|opening| opening_line(opening, &href, reader)).collect(),
            history: format!("/history/share/{}", share.uid),
            href,
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
    let chosen = [
        (share.their_names, "share-shows-their-names"),
        (share.our_names, "share-shows-our-names"),
        (share.without_files, "share-shows-no-files"),
    ];
    let chosen = chosen.into_iter().filter(|(is, _)| *is).map(|(_, key)| reader.get(key));
    let others = companies.iter().filter(|company| share.other_companies.contains(&company.id));
    let others = others.map(|company| reader.with("share-shows-other", "company", &*company.name));
    let entries = [(&share.let_in, "share-shows-let-in"), (&share.left_out, "share-shows-left-out")];
    let entries = entries.into_iter().filter(|(ids, _)| !ids.is_empty());
    let entries = entries.map(|(ids, key)| reader.count(key, super::reader::number(ids.len())));
    let language = share.locale.map(|locale| reader.with("share-shows-locale", "language", reader.value("locale", locale)));
    chosen.chain(others).chain(entries).chain(language).collect()
}

/// An opening, and what has changed since in what its reader may see.
#[derive(Clone, Debug, Serialize)]
pub struct OpeningPage {
    /// The way back to the incident.
    pub back: Link,
    /// The share's page.
    pub share: String,
    /// The share's number, in groups.
    pub number: String,
    /// Who opened it, when and how.
    pub opening: OpeningLine,
    /// What they were shown: the change up to which the record went, and its fingerprint; empty where it was not kept.
    pub seen: String,
    /// What the record is now, likewise.
    pub stands: String,
    /// What has changed since.
    pub news: NewsList,
}

impl Page for OpeningPage {
    const TEMPLATE: &'static str = "shares/opening.html";
}

impl OpeningPage {
    /// Of one of the openings of `share`.
    pub fn new(back: Link, share: &Share, opening: &Opening, news: &News, dossier: &Dossier, frame: &Frame, now: Stamp) -> Self {
        let reader = Reader::new(frame, now);
        let href = format!("{}/shares/{}", back.href, share.uid);
        let version = |count: i64, fingerprint: &str| {
            reader.with_args("share-version", &Args::new().number("row", count).text("fingerprint", fingerprint))
        };
        Self {
            opening: opening_line(opening, &href, reader),
            seen: opening.version.map(|count| version(count, &opening.fingerprint)).unwrap_or_default(),
            stands: version(dossier.head.count, &dossier.head.hash.fingerprint()),
            news: NewsList::new(news, reader),
            number: share.number.shown(),
            share: href,
            back,
        }
    }
}

fn opening_line(opening: &Opening, share: &str, reader: Reader) -> OpeningLine {
    OpeningLine {
        href: format!("{share}/openings/{}", opening.uid),
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
    use crate::domain::entry::EntryKind;
    use crate::domain::id::{Id, Uid};
    use crate::domain::ledger::ObjectKind;
    use crate::domain::locale::Locale;
    use crate::domain::share::{Digits, Way};
    use crate::domain::view::{Fate, NewsItem};
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
            version: (way == Way::Link).then_some(61),
            fingerprint: if way == Way::Link { "7f3a-09c1-e4".to_owned() } else { String::new() },
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
                let share = Share { their_names: locked, our_names: locked, without_files: locked, ..sample_share() };
                let openings = if locked { vec![opening(Way::Number), opening(Way::Link)] } else { Vec::new() };
                let (companies, site) = (&dossier.providers, "https://tellonce.example.jp");
                let parts = ShareParts { back: back(), share: &share, shown, openings: &openings, companies, site };
                Self::new(parts, &dossier, Words::new(Locale::Ja), &Frame::anonymous(Locale::Ja), sample::friday())
            };
            vec![page(Some(given), false), page(None, true)]
        }
    }

    impl Sampled for OpeningPage {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let frame = Frame::anonymous(Locale::Ja);
            let page = |way: Way, items: Vec<NewsItem>| {
                let news = News { since: sample::friday(), items };
                Self::new(back(), &sample_share(), &opening(way), &news, &dossier, &frame, sample::friday())
            };
            let item = |fate: Fate, words: &str| NewsItem {
                kind: ObjectKind::Entry,
                entry: Some(EntryKind::Call),
                occurred: None,
                fate,
                at: sample::friday(),
                words: words.to_owned(),
            };
            let items = vec![item(Fate::Added, "<b>&\"' 加"), item(Fate::Withdrawn, "x"), item(Fate::Changed, "")];
            vec![page(Way::Number, Vec::new()), page(Way::Link, items)]
        }
    }
}
