//! Replies: on the timeline, and beside what they are about.

use super::Eye;
use crate::domain::contract::Agreement;
use crate::domain::entry::Entry;
use crate::domain::id::Id;
use crate::domain::matter::Ask;
use crate::domain::phrases::Phrase;
use crate::domain::reply::{Act, ActAbout, ActKind, Reply};
use crate::domain::statement::Statement;
use crate::domain::view::{ActOf, ActOfKind, ActView, Audience, AudienceName, ReplyNote, ReplyView, Who};

impl<A: Audience> Eye<'_, A> {
    pub(super) fn reply(&self, entry: &Entry) -> Option<ReplyView> {
        let reply = entry.reply.as_ref()?;
        let inside = A::NAME == AudienceName::Internal;
        let acts = reply.acts.iter().enumerate().filter(|(_, act)| act.about.is_none_or(|about| self.act_of(about).is_some()));
        Some(ReplyView {
            formal: reply.formal,
            takes_over: reply.takes_over,
            phone: if A::SHOWS_COST { reply.phone.clone() } else { String::new() },
            acts: acts.map(|(position, act)| self.act(entry, position, act)).collect(),
            noted: reply.noted.as_ref().map(|noted| noted.at).filter(|_| inside),
        })
    }

    fn act(&self, entry: &Entry, position: usize, act: &Act) -> ActView {
        let words = act.statement.and_then(|id| entry.statements.iter().find(|statement| statement.id == id));
        ActView {
            position,
            kind: act.kind,
            of: act.about.and_then(|about| self.act_of(about)),
            statement: words.map(|statement| statement.uid),
            awaits: A::NAME == AudienceName::Internal && entry.struck.is_none() && self.awaits(act),
        }
    }

    /// Whether something of ours would become another by that act, if one of us accepted it.
    fn awaits(&self, act: &Act) -> bool {
        match (act.kind, act.about) {
            (ActKind::Confirms, Some(ActAbout::Agreement(id))) => {
                let agreement = self.dossier.agreements.iter().find(|agreement| agreement.id == id);
                agreement.is_some_and(|agreement| agreement.struck.is_none() && agreement.confirmed_in.is_none())
            }
            (ActKind::Answers, Some(ActAbout::Ask(id))) => {
                let ask = self.dossier.asks.iter().find(|ask| ask.id == id);
                act.statement.is_some() && ask.is_some_and(|ask| ask.struck.is_none() && ask.answered_by.is_none())
            }
            _ => false,
        }
    }

    /// What a part of a reply is about, as far as the reader may see it.
    fn act_of(&self, about: ActAbout) -> Option<ActOf> {
        Some(match about {
            ActAbout::Statement(id) => {
                let (_, statement) = self.statements.get(&id)?;
                ActOf { kind: ActOfKind::Statement, uid: statement.uid, words: statement.words.clone() }
            }
            ActAbout::Ask(id) => {
                let ask = self.dossier.asks.iter().find(|ask| ask.id == id && self.sees_ask(ask))?;
                ActOf { kind: ActOfKind::Ask, uid: ask.uid, words: ask.words.clone() }
            }
            ActAbout::Agreement(id) => {
                let mut known = self.dossier.agreements.iter();
                let agreement = known.find(|agreement| agreement.id == id && self.sees_agreement(agreement))?;
                ActOf { kind: ActOfKind::Agreement, uid: agreement.uid, words: agreement.words.clone() }
            }
        })
    }

    pub(super) fn sees_ask(&self, ask: &Ask) -> bool {
        self.shows(ask.struck.as_ref()) && self.may_see_ask(ask)
    }

    /// Whether the reader may see it, were it not struck out.
    pub(super) fn may_see_ask(&self, ask: &Ask) -> bool {
        A::sees(self.reader, ask.visibility, None) && A::hears(self.reader, ask.provider)
    }

    /// What was replied about that, in the order of the timeline.
    pub(super) fn replies_about(&self, about: ActAbout) -> Vec<ReplyNote> {
        let replied = self.replied.iter().filter(|(entry, _)| entry.struck.is_none());
        let of_it = replied.flat_map(|(entry, reply)| reply.about(about).map(move |act| (*entry, *reply, act)));
        of_it.map(|(entry, reply, act)| self.note(entry, reply, act)).collect()
    }

    fn note(&self, entry: &Entry, reply: &Reply, act: &Act) -> ReplyNote {
        let words = act.statement.and_then(|id| entry.statements.iter().find(|statement| statement.id == id));
        ReplyNote {
            entry: entry.uid,
            at: entry.occurred.clone(),
            who: self.replier(entry, reply),
            kind: act.kind,
            words: words.map(|statement| statement.words.clone()).unwrap_or_default(),
            formal: reply.formal,
        }
    }

    /// Who replied: the department, and the name where it is told.
    pub(super) fn replier(&self, entry: &Entry, reply: &Reply) -> Who {
        Who::Theirs {
            company: entry.provider.map(|company| self.dossier.name_of(company)).unwrap_or_default(),
            desk: reply.department.clone(),
            name: Some(reply.name.clone()).filter(|name| !name.is_empty() && A::their_names(self.reader)),
        }
    }

    /// The agreement that an ask wants confirmed, where it is seen.
    pub(super) fn asked_agreement(&self, ask: &Ask) -> Option<&Agreement> {
        let about = ask.about.as_deref()?;
        let mut seen = self.dossier.agreements.iter().filter(|agreement| self.sees_agreement(agreement));
        seen.find(|agreement| to_confirm(agreement).name() == about)
    }

    /// Of a statement: what was replied to it.
    pub(super) fn replies_to(&self, statement: Id<Statement>) -> Vec<ReplyNote> {
        self.replies_about(ActAbout::Statement(statement))
    }
}

/// The question by which a provider is asked to confirm an agreement.
pub(super) fn to_confirm(agreement: &Agreement) -> Phrase {
    Phrase::new("term-ask-agreement").moment("made", &agreement.made).text("words", agreement.words.clone())
}
