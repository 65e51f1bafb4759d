//! Replies as an audience sees them: on the timeline, and beside what they are about.

use serde::Serialize;

use super::{Provider, View, Who};
use crate::domain::contract::Standing;
use crate::domain::id::Uid;
use crate::domain::moment::{Moment, Stamp};
use crate::domain::reply::ActKind;

/// A reply, on its entry.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ReplyView {
    /// Whether it is their company's formal answer.
    pub formal: bool,
    /// Whether they take the matter over.
    pub takes_over: bool,
    /// Where they can be called directly; not for the provider.
    pub phone: String,
    /// What it says of the record, one by one.
    pub acts: Vec<ActView>,
    /// Since when one of us has looked at it; for our own people only.
    #[cfg_attr(feature = "app", schema(value_type = Option<DateTime<Utc>>))]
    pub noted: Option<Stamp>,
}

/// One thing that a reply says, of what the audience sees.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ActView {
    /// Its place in the reply.
    pub position: usize,
    /// What it does.
    pub kind: ActKind,
    /// To which words of the record; none where it stands for itself.
    pub of: Option<ActOf>,
    /// The statement with their words; none where a tick says it.
    pub statement: Option<Uid>,
    /// Whether it can be taken over into our own record, and is not yet; for our own people only.
    pub awaits: bool,
}

/// What a part of a reply is about.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ActOf {
    /// Which kind of thing.
    pub kind: ActOfKind,
    /// In URLs.
    pub uid: Uid,
    /// Its words.
    pub words: String,
}

/// The kinds of things that a reply is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActOfKind {
    /// What they were noted as saying.
    Statement,
    /// What we ask.
    Ask,
    /// What was agreed.
    Agreement,
}

/// What a reply says of one thing, beside that thing.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "app", derive(utoipa::ToSchema))]
pub struct ReplyNote {
    /// The entry of the reply.
    pub entry: Uid,
    /// When.
    pub at: Moment,
    /// Who, as far as told.
    pub who: Who,
    /// What it does.
    pub kind: ActKind,
    /// In which words; empty where a tick says it.
    pub words: String,
    /// Whether it is their company's formal answer.
    pub formal: bool,
}

/// Something that a share's reader can reply to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// What they were noted as saying.
    Statement(Uid),
    /// What we ask; with the agreement that it wants confirmed.
    Ask {
        /// The ask.
        uid: Uid,
        /// The agreement.
        agreement: Option<Uid>,
    },
    /// An agreement that is not proved, and that no ask is about.
    Agreement(Uid),
}

impl View<Provider> {
    /// What its reader can reply to: of what they are shown, what is asked of their company, and what it said or agreed to.
    pub fn subjects(&self) -> Vec<Subject> {
        let company = self.reader.as_deref();
        let asks = self.asks.iter().filter(|ask| Some(&*ask.company) == company && ask.answer.is_none());
        let asks: Vec<Subject> = asks.map(|ask| Subject::Ask { uid: ask.uid, agreement: ask.agreement }).collect();
        let asked =
            |uid: Uid| asks.iter().any(|ask| matches!(ask, Subject::Ask { agreement: Some(agreement), .. } if *agreement == uid));
        let open = self.agreements.iter().filter(|agreement| agreement.standing != Standing::Established);
        let agreements: Vec<Subject> =
            open.filter(|agreement| !asked(agreement.uid)).map(|agreement| Subject::Agreement(agreement.uid)).collect();
        let said = self.entries.iter().filter(|entry| entry.reply.is_none()).flat_map(|entry| &entry.statements);
        let theirs = said.filter(|said| matches!(&said.who, Who::Theirs { company: of, .. } if Some(&**of) == company));
        asks.into_iter().chain(agreements).chain(theirs.map(|said| Subject::Statement(said.uid))).collect()
    }
}
