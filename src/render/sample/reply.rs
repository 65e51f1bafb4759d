//! A reply to the week, as their next person left it.

use super::builder::{entry, exact, say, theirs, uid};
use crate::domain::dossier::Dossier;
use crate::domain::entry::{Entry, EntryKind};
use crate::domain::id::Id;
use crate::domain::locale::Locale;
use crate::domain::party::{Attachment, Owner};
use crate::domain::reply::{Act, ActAbout, ActKind, Reply};
use crate::domain::statement::{DueBy, Promise, PromiseState, StatementKind};
use crate::domain::visibility::Visibility;

/// Adds to the week a reply that confirms the agreement, corrects the first thing they said, commits to a time and brings a file.
pub fn add(dossier: &mut Dossier, locale: Locale) {
    let provider = dossier.incident.provider;
    let at = super::friday();
    let said = |id, kind, ja, en| theirs(id, provider, say(locale, "技術窓口", "technical desk"), kind, say(locale, ja, en));
    let yes = said(901, StatementKind::Admission, "はい、この特約のとおりです。", "Yes, this was agreed.");
    let no = said(902, StatementKind::Explanation, "担当が違います <b>①㈱</b>", "That was another desk <b>&</b>");
    let call = said(903, StatementKind::Promise, "折り返しご連絡します。", "I will get back to you.");
    let act = |kind, about, statement| Act { kind, about, statement };
    let corrected =
        dossier.entries.iter().flat_map(|entry| &entry.statements).next().map(|statement| ActAbout::Statement(statement.id));
    let acts = vec![
        act(ActKind::Answers, dossier.asks.first().map(|ask| ActAbout::Ask(ask.id)), Some(yes.id)),
        act(ActKind::Confirms, dossier.agreements.first().map(|agreement| ActAbout::Agreement(agreement.id)), Some(yes.id)),
        act(ActKind::Corrects, corrected, Some(no.id)),
        act(ActKind::Commits, None, Some(call.id)),
    ];
    let reply = Reply {
        share: Id::new(900),
        opening: Id::new(1),
        name: say(locale, "佐藤 加", "Sato").to_owned(),
        department: say(locale, "技術窓口", "technical desk").to_owned(),
        formal: false,
        takes_over: true,
        phone: "03-5550-0199".to_owned(),
        acts,
        noted: None,
    };
    let left = Entry {
        author: None,
        provider: Some(provider),
        recorded_at: at,
        visibility: Visibility::Provider,
        body: say(locale, "調べてご連絡します。\n佐藤", "We look into it.\nSato").to_owned(),
        reply: Some(reply),
        statements: vec![yes, no, call],
        ..entry(900, EntryKind::Reply, exact(at), "")
    };
    dossier.promises.push(Promise {
        id: Id::new(900),
        uid: uid(5, 900),
        revision: 0,
        incident: dossier.incident.id,
        entry: left.id,
        statement: Id::new(903),
        due: Some(exact(at + chrono::Duration::hours(6))),
        due_by: DueBy::Theirs,
        due_reason: String::new(),
        state: PromiseState::Open,
        settled: None,
        settled_by: None,
        moved_to: None,
        struck: None,
    });
    dossier.attachments.push(Attachment {
        id: Id::new(900),
        uid: uid(6, 900),
        revision: 0,
        owner: Owner::Entry(left.id),
        name: "回答書.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        size: 48_213,
        sha256: "0".repeat(64),
        visibility: Visibility::Provider,
        added_at: at,
        added_by: None,
        struck: None,
        held: true,
    });
    dossier.entries.push(left);
}
