//! What does not fit together, and what changed by which notice.

use super::{Eye, reason};
use crate::domain::matter::{Against, Contradiction};
use crate::domain::notice::{Change, Notice};
use crate::domain::view::{AgainstView, Audience, ChangeView, ContradictionView, NoticeView};

impl<A: Audience> Eye<'_, A> {
    pub(super) fn sees_contradiction(&self, item: &Contradiction) -> bool {
        self.shows(item.struck.as_ref())
            && A::sees(self.reader, item.visibility, None)
            && self.statements.contains_key(&item.statement)
    }

    pub(super) fn contradiction(&self, item: &Contradiction) -> Option<ContradictionView> {
        if !self.sees_contradiction(item) {
            return None;
        }
        Some(ContradictionView {
            uid: item.uid,
            said: self.quote(item.statement)?,
            against: self.against(item.against)?,
            note: if A::SHOWS_COST { item.note.clone() } else { String::new() },
            struck: reason(item.struck.as_ref()),
        })
    }

    /// The other side of a contradiction; none where the reader may not see it, and then they do not see the first either.
    fn against(&self, against: Against) -> Option<AgainstView> {
        match against {
            Against::Statement(id) => self.quote(id).map(|quote| AgainstView::Statement { quote }),
            Against::Clause(id) => {
                let clause = self.dossier.clauses.iter().find(|clause| clause.id == id)?;
                self.contract_heard(clause.contract)
                    .then(|| AgainstView::Clause { number: clause.number.clone(), quote: clause.quote.clone() })
            }
            Against::Agreement(id) => {
                let agreement = self.dossier.agreements.iter().find(|agreement| agreement.id == id)?;
                self.sees_agreement(agreement).then(|| AgainstView::Agreement {
                    made: agreement.made.clone(),
                    how: agreement.how,
                    words: agreement.words.clone(),
                    standing: agreement.standing,
                })
            }
            Against::Entry(id) => {
                let entry = self.entries().find(|entry| entry.id == id)?;
                let text = if entry.title.is_empty() { entry.body.clone() } else { entry.title.clone() };
                Some(AgainstView::Entry { uid: entry.uid, entry_kind: entry.kind, at: entry.occurred.clone(), text })
            }
        }
    }

    pub(super) fn change(&self, change: &Change) -> Option<ChangeView> {
        let seen = self.shows(change.struck.as_ref())
            && A::sees(self.reader, change.visibility, None)
            && A::hears(self.reader, change.provider);
        let notices = self.dossier.notices.iter().filter(|notice| notice.change == change.id);
        seen.then(|| ChangeView {
            uid: change.uid,
            company: self.dossier.name_of(change.provider),
            what: change.what.clone(),
            effective: change.effective.clone(),
            notices: notices.filter_map(|notice| self.notice(notice)).collect(),
            struck: reason(change.struck.as_ref()),
        })
    }

    fn notice(&self, notice: &Notice) -> Option<NoticeView> {
        let seen = self.shows(notice.struck.as_ref())
            && A::sees(self.reader, notice.visibility, None)
            && A::hears(self.reader, notice.provider);
        seen.then(|| NoticeView {
            uid: notice.uid,
            form: notice.form,
            sent: notice.sent.clone(),
            received: notice.received.clone(),
            address: notice.address.clone(),
            to_registered: notice.to_registered,
            standing: notice.standing,
            note: notice.note.clone(),
            struck: reason(notice.struck.as_ref()),
        })
    }
}
