//! What a share's reader replies with: the form, the receipt, and what they wrote where it came too late.

use serde::Serialize;

use crate::domain::dossier::Dossier;
use crate::domain::entry::Entry;
use crate::domain::ledger::Digest;
use crate::domain::locale::{Locale, Zone};
use crate::domain::moment::Stamp;
use crate::domain::moment::show;
use crate::domain::party::Owner;
use crate::domain::phrases::{Arg, Phrase, Teller};
use crate::domain::share::{Opening, Share};
use crate::domain::view::{Provider, Subject, View};
use crate::render::form::FormView;
use crate::render::say::Voice;
use crate::render::tera::Page;
use crate::render::words::Words;

/// Where something that can be replied to stands in the form, and what its fields begin with.
fn anchor(subject: &Subject) -> String {
    match subject {
        Subject::Statement(uid) => format!("s-{uid}"),
        Subject::Ask { uid, .. } => format!("q-{uid}"),
        Subject::Agreement(uid) => format!("a-{uid}"),
    }
}

/// The field in which they say yes, or no.
pub fn yes_field(subject: &Subject) -> String {
    anchor(subject) + "-yes"
}

/// The field of their words.
pub fn words_field(subject: &Subject) -> String {
    anchor(subject) + "-words"
}

/// A thing that can be replied to, as the form shows it.
#[derive(Clone, Debug, Serialize)]
pub struct SubjectLine {
    /// Where it stands in the form.
    pub anchor: String,
    /// The field of yes or no; empty where there is none.
    pub yes: String,
    /// The field of their words.
    pub words_field: String,
    /// What it says.
    pub words: String,
    /// Whose it is and when.
    pub source: String,
    /// What was replied to it before.
    pub before: Vec<String>,
}

/// The form of a reply.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyPage {
    /// What it is about.
    pub title: String,
    /// The page that they came from.
    pub url: String,
    /// Where the form is sent.
    pub action: String,
    /// Who replies, as they gave their name.
    pub name: String,
    /// Their department.
    pub department: String,
    /// What we ask.
    pub asks: Vec<SubjectLine>,
    /// What was agreed.
    pub agreements: Vec<SubjectLine>,
    /// What they were noted as saying.
    pub statements: Vec<SubjectLine>,
    /// How a time can be told.
    pub time_example: String,
    /// What is typed.
    pub form: FormView,
    /// The language it is in.
    pub locale: Locale,
    /// The languages it can be read in.
    pub languages: &'static [Locale],
}

impl Page for ReplyPage {
    const TEMPLATE: &'static str = "share/reply.html";

    fn locale(&self) -> Option<Locale> {
        Some(self.locale)
    }
}

impl ReplyPage {
    /// For what `view` shows to the reader of `share`.
    pub fn new(
        view: &View<Provider>,
        share: &Share,
        opening: &Opening,
        (words, zone, now): (Words, Zone, Stamp),
        form: FormView,
    ) -> Self {
        let teller = Teller::of(view);
        let voice = Voice::new(words, zone, Some(now.with_timezone(&zone).date_naive()));
        let pen = Pen { view, teller: &teller, voice };
        let all = view.subjects();
        let lines = |wanted: fn(&Subject) -> bool| -> Vec<SubjectLine> {
            all.iter().filter(|subject| wanted(subject)).filter_map(|subject| pen.line(subject)).collect()
        };
        let url = format!("/s/view/{}", share.number);
        Self {
            title: view.title.clone(),
            action: format!("{url}/answer"),
            url,
            name: opening.name.clone(),
            department: opening.department.clone(),
            asks: lines(|subject| matches!(subject, Subject::Ask { .. })),
            agreements: lines(|subject| matches!(subject, Subject::Agreement(_))),
            statements: lines(|subject| matches!(subject, Subject::Statement(_))),
            time_example: now.with_timezone(&zone).format("%Y-%m-%d 17:00").to_string(),
            form,
            locale: words.locale(),
            languages: Locale::ALL,
        }
    }
}

/// Writes the lines of the form.
struct Pen<'a> {
    view: &'a View<Provider>,
    teller: &'a Teller<'a>,
    voice: Voice,
}

impl Pen<'_> {
    fn line(&self, subject: &Subject) -> Option<SubjectLine> {
        let (words, source, notes) = match subject {
            Subject::Statement(uid) => {
                let mut all = self.view.entries.iter().flat_map(|entry| entry.statements.iter().map(move |said| (entry, said)));
                let (entry, said) = all.find(|(_, said)| said.uid == *uid)?;
                let at = match said.said_at {
                    Some(at) => Phrase::new("phrase-at").with("at", Arg::At(at)),
                    None => Phrase::new("phrase-at").moment("at", &entry.occurred),
                };
                (&said.words, self.voice.say(&self.teller.who(&said.who).beside(at)), &said.replies)
            }
            Subject::Ask { uid, .. } => {
                let ask = self.view.asks.iter().find(|ask| ask.uid == *uid)?;
                (&ask.words, self.voice.say(&self.teller.asked(ask)), &ask.replies)
            }
            Subject::Agreement(uid) => {
                let agreement = self.view.agreements.iter().find(|agreement| agreement.uid == *uid)?;
                (&agreement.words, self.voice.say(&Phrase::new("phrase-at").moment("at", &agreement.made)), &agreement.replies)
            }
        };
        let has_yes = !matches!(subject, Subject::Ask { agreement: None, .. });
        Some(SubjectLine {
            anchor: anchor(subject),
            yes: if has_yes { yes_field(subject) } else { String::new() },
            words_field: words_field(subject),
            words: words.clone(),
            source,
            before: notes.iter().map(|note| self.voice.say(&self.teller.replied(note))).collect(),
        })
    }
}

/// What somebody keeps of their reply.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptPage {
    /// Whose record it is.
    pub ours: String,
    /// What it is about.
    pub title: String,
    /// The incident's number.
    pub number: String,
    /// The page that they came from.
    pub url: String,
    /// When it was left.
    pub at: String,
    /// Who left it, by their own word.
    pub name: String,
    /// Their department.
    pub department: String,
    /// Whether it is their company's formal answer.
    pub formal: bool,
    /// Whether they take the matter over.
    pub takes_over: bool,
    /// Where they can be called.
    pub phone: String,
    /// What it says, one by one.
    pub lines: Vec<ReceiptLine>,
    /// What else it says.
    pub message: String,
    /// The files with it, with what they hash to.
    pub files: Vec<(String, String)>,
    /// Its place in the record.
    pub row: i64,
    /// What that row hashes to.
    pub fingerprint: String,
    /// The language it is in.
    #[serde(skip)]
    pub locale: Locale,
}

/// One thing that a reply says.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptLine {
    /// What it does, and to what.
    pub what: String,
    /// In which words; may be empty.
    pub words: String,
    /// By when, in words; may be empty.
    pub due: String,
}

impl Page for ReceiptPage {
    const TEMPLATE: &'static str = "share/receipt.html";

    fn locale(&self) -> Option<Locale> {
        Some(self.locale)
    }
}

impl ReceiptPage {
    /// Of `entry`, which is a reply that came by `share` and stands in that row of the record.
    pub fn new(
        (dossier, view): (&Dossier, &View<Provider>),
        share: &Share,
        entry: &Entry,
        (row, hash): (i64, Digest),
        (words, zone): (Words, Zone),
    ) -> Self {
        let voice = Voice::new(words, zone, None);
        let teller = Teller::of(view);
        let shown = view.entries.iter().find(|shown| shown.uid == entry.uid);
        let acts = shown.and_then(|shown| shown.reply.as_ref()).map(|reply| reply.acts.as_slice()).unwrap_or_default();
        let line = |act: &crate::domain::view::ActView| {
            let said = act.statement.and_then(|uid| entry.statements.iter().find(|said| said.uid == uid));
            let promise = said.and_then(|said| dossier.promises.iter().find(|promise| promise.statement == said.id));
            let due = promise.and_then(|promise| promise.due.as_ref());
            ReceiptLine {
                what: voice.say(&teller.act(act)),
                words: said.map(|said| said.words.clone()).unwrap_or_default(),
                due: due.map(|due| voice.say(&Phrase::new("phrase-at").moment("at", due))).unwrap_or_default(),
            }
        };
        let reply = entry.reply.as_ref();
        let enclosed = dossier.attachments.iter().filter(|file| file.owner == Owner::Entry(entry.id));
        Self {
            ours: dossier.house.company.clone(),
            title: view.title.clone(),
            number: dossier.incident.number.to_string(),
            url: format!("/s/view/{}", share.number),
            at: format!(
                "{} {}",
                show::at(entry.recorded_at, words.locale(), zone, None),
                entry.recorded_at.with_timezone(&zone).format("%Z")
            ),
            name: reply.map(|reply| reply.name.clone()).unwrap_or_default(),
            department: reply.map(|reply| reply.department.clone()).unwrap_or_default(),
            formal: reply.is_some_and(|reply| reply.formal),
            takes_over: reply.is_some_and(|reply| reply.takes_over),
            phone: reply.map(|reply| reply.phone.clone()).unwrap_or_default(),
            lines: acts.iter().map(line).collect(),
            message: entry.body.clone(),
            files: enclosed.map(|file| (file.name.clone(), file.sha256.clone())).collect(),
            row,
            fingerprint: hash.fingerprint(),
            locale: words.locale(),
        }
    }
}

/// What somebody wrote whose time to read was over: to be copied, and sent again once they have given the code again.
#[derive(Clone, Debug, Serialize)]
pub struct LostReplyPage {
    /// Their words, one after the other.
    pub words: Vec<String>,
}

impl Page for LostReplyPage {
    const TEMPLATE: &'static str = "share/lost.html";
}

impl LostReplyPage {
    /// Of what was typed.
    pub fn of(form: &FormView) -> Self {
        let is_text = |name: &str| name.ends_with("-words") || matches!(name, "message" | "commit-at" | "commit-what" | "phone");
        let typed = form.values.iter().filter(|(name, _)| is_text(name)).flat_map(|(_, values)| values.clone());
        Self { words: typed.filter(|text| !text.trim().is_empty()).collect() }
    }
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::share::Way;
    use crate::render::pages::refused_form;
    use crate::render::pages::share::sample_share;
    use crate::render::sample;
    use crate::render::tera::Sampled;

    fn opening() -> Opening {
        Opening {
            id: crate::domain::id::Id::new(1),
            uid: crate::domain::id::Uid::NIL,
            revision: 0,
            incident: crate::domain::id::Id::new(1),
            share: sample_share().id,
            at: sample::friday(),
            way: Way::Number,
            name: "佐藤 <b>&\"' 加".to_owned(),
            department: "技術窓口".to_owned(),
            address: "203.0.113.7".to_owned(),
            version: Some(61),
            fingerprint: "7f3a-09c1-e4".to_owned(),
        }
    }

    impl Sampled for ReplyPage {
        fn samples() -> Vec<Self> {
            let page = |locale: Locale, form: FormView| {
                let dossier = sample::replied(locale);
                let view = dossier.view::<Provider>(&sample_share().outward(), sample::friday());
                let eyes = (Words::new(locale), dossier.house.zone, sample::friday());
                Self::new(&view, &sample_share(), &opening(), eyes, form)
            };
            let refused = refused_form(&["phone", "commit-at", "commit-what", "message", "file", ""]);
            let pages = Locale::ALL.iter().flat_map(|locale| [page(*locale, FormView::new()), page(*locale, refused.clone())]);
            pages.collect()
        }
    }

    impl Sampled for ReceiptPage {
        fn samples() -> Vec<Self> {
            let page = |locale: Locale| {
                let dossier = sample::replied(locale);
                let view = dossier.view::<Provider>(&sample_share().outward(), sample::friday());
                let reply = dossier.entries.iter().find(|entry| entry.reply.is_some()).cloned();
                let reply = reply.expect("the sample has a reply");
                let eyes = (Words::new(locale), dossier.house.zone);
                Self::new((&dossier, &view), &sample_share(), &reply, (62, Digest::GENESIS), eyes)
            };
            Locale::ALL.iter().map(|locale| page(*locale)).collect()
        }
    }

    impl Sampled for LostReplyPage {
        fn samples() -> Vec<Self> {
            vec![Self { words: Vec::new() }, Self { words: vec!["<script>髙﨑①㈱\n加".to_owned()] }]
        }
    }
}
