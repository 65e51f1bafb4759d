//! What is new to a reader, of what they may see.

use super::Eye;
use crate::domain::dossier::Dossier;
use crate::domain::entry::{Entry, Struck};
use crate::domain::ledger::ObjectKind;
use crate::domain::party::Owner;
use crate::domain::view::{Audience, Fate, NewsItem, Touched};

/// What of `touched` the reader may see, the latest last. A promise or a file that came with its entry is told of once, by the
/// entry; a thing that came and went meanwhile is not told of.
pub fn redact_news<A: Audience>(dossier: &Dossier, reader: &A::Reader, touched: &[Touched]) -> Vec<NewsItem> {
    let eye = Eye::<A>::new(dossier, reader);
    touched.iter().filter_map(|thing| eye.news(*thing, touched)).collect()
}

impl<A: Audience> Eye<'_, A> {
    fn news(&self, thing: Touched, all: &[Touched]) -> Option<NewsItem> {
        let came_with = |entry: &Entry| {
            thing.added && all.iter().any(|other| other.added && other.kind == ObjectKind::Entry && other.id == entry.id.raw())
        };
        if thing.kind == ObjectKind::Entry {
            return self.news_of_entry(thing);
        }
        let (words, struck) = match thing.kind {
            ObjectKind::Incident => (String::new(), None),
            ObjectKind::Promise => {
                let promise = self.dossier.promises.iter().find(|promise| promise.id.raw() == thing.id)?;
                let (entry, statement) = self.statements.get(&promise.statement)?;
                if came_with(entry) {
                    return None;
                }
                (statement.words.clone(), promise.struck.as_ref())
            }
            ObjectKind::Ask => {
                let ask = self.dossier.asks.iter().find(|ask| ask.id.raw() == thing.id)?;
                (self.may_see_ask(ask).then(|| ask.words.clone())?, ask.struck.as_ref())
            }
            ObjectKind::RuledOut => {
                let item = self.dossier.ruled_out.iter().find(|item| item.id.raw() == thing.id)?;
                (self.may_see_ruled_out(item).then(|| item.what.clone())?, item.struck.as_ref())
            }
            ObjectKind::Agreement => {
                let agreement = self.dossier.agreements.iter().find(|agreement| agreement.id.raw() == thing.id)?;
                (self.may_see_agreement(agreement).then(|| agreement.words.clone())?, agreement.struck.as_ref())
            }
            ObjectKind::Contradiction => {
                let item = self.dossier.contradictions.iter().find(|item| item.id.raw() == thing.id)?;
                (self.contradiction(item)?.said.words, None)
            }
            ObjectKind::Change => {
                let change = self.dossier.changes.iter().find(|change| change.id.raw() == thing.id)?;
                (self.change(change)?.what, None)
            }
            ObjectKind::Notice => {
                let notice = self.dossier.notices.iter().find(|notice| notice.id.raw() == thing.id)?;
                let change = self.dossier.changes.iter().find(|change| change.id == notice.change)?;
                let seen = self.change(change)?;
                seen.notices.iter().any(|shown| shown.uid == notice.uid).then_some((seen.what, None))?
            }
            ObjectKind::Attachment => {
                let file = self.dossier.attachments.iter().find(|file| file.id.raw() == thing.id)?;
                match file.owner {
                    Owner::Entry(id) if came_with(self.entries().find(|entry| entry.id == id)?) => return None,
                    Owner::Entry(_) => {}
                    Owner::Agreement(id) => {
                        let mut known = self.dossier.agreements.iter();
                        known.find(|agreement| agreement.id == id && self.sees_agreement(agreement))?;
                    }
                    // Of a clause the reader is shown the words, and no file.
                    Owner::Clause(_) => return None,
                }
                self.files(file.owner).iter().any(|shown| shown.uid == file.uid).then(|| (file.name.clone(), None))?
            }
            _ => return None,
        };
        let fate = fate(thing, struck)?;
        Some(NewsItem { kind: thing.kind, entry: None, occurred: None, fate, at: thing.at, words })
    }

    fn news_of_entry(&self, thing: Touched) -> Option<NewsItem> {
        let entry = self.dossier.entries.iter().find(|entry| entry.id.raw() == thing.id)?;
        if !self.may_see_entry(entry) {
            return None;
        }
        let said = || self.statements_of(entry).next().map(|statement| statement.words.clone());
        let words = [&entry.title, &entry.body].into_iter().find(|text| !text.is_empty()).cloned();
        Some(NewsItem {
            kind: ObjectKind::Entry,
            entry: Some(entry.kind),
            occurred: Some(entry.occurred.clone()),
            fate: fate(thing, entry.struck.as_ref())?,
            at: thing.at,
            words: words.or_else(said).unwrap_or_default(),
        })
    }
}

/// What happened to it; nothing where its reader has never seen it.
fn fate(thing: Touched, struck: Option<&Struck>) -> Option<Fate> {
    match (thing.added, struck) {
        (true, Some(_)) => None,
        (false, Some(_)) => Some(Fate::Withdrawn),
        (true, None) => Some(Fate::Added),
        (false, None) => Some(Fate::Changed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contract::Agreement;
    use crate::domain::deadline::tests::{OVER, at, dossier};
    use crate::domain::id::{Id, Uid};
    use crate::domain::party::Attachment;
    use crate::domain::verdict::tests::agreement;
    use crate::domain::view::{Outward, Provider};
    use crate::domain::visibility::Visibility;

    #[test]
    fn a_file_is_no_news_for_whom_the_agreement_it_belongs_to_is_not() {
        let touched = Touched { kind: ObjectKind::Attachment, id: 1, added: true, at: at("2006-11-24T13:00") };
        let told = |owner: Owner, visibility: Visibility| {
            let mut dossier = dossier(&OVER, Vec::new());
            dossier.agreements.push(Agreement { visibility, ..agreement() });
            dossier.attachments.push(Attachment {
                id: Id::new(1),
                uid: Uid::from_parts(1, [1; 10]),
                revision: 0,
                owner,
                name: "form.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                size: 1,
                sha256: String::new(),
                visibility: Visibility::Provider,
                added_at: touched.at,
                added_by: None,
                struck: None,
                held: false,
            });
            redact_news::<Provider>(&dossier, &Outward::plain(Id::new(1)), &[touched]).len()
        };
        assert_eq!(told(Owner::Agreement(Id::new(3)), Visibility::Provider), 1);
        assert_eq!(told(Owner::Agreement(Id::new(3)), Visibility::Internal), 0);
        assert_eq!(told(Owner::Clause(Id::new(2)), Visibility::Provider), 0);
    }
}
