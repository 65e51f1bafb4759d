//! A reply on the timeline: what it does to our record, and what of it waits for one of us.

use serde::Serialize;

use super::super::reader::Reader;
use super::entry::Pen;
use crate::domain::id::Uid;
use crate::domain::phrases::Teller;
use crate::domain::text::beginning;
use crate::domain::view::{EntryView, Internal, ReplyNote, ReplyView, View};
use crate::render::frame::Frame;

/// How many characters of a reply are told on a page that is open already.
const HEARD: usize = 160;

/// What a reply says beyond its words.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyBlock {
    /// What it does, one by one.
    pub acts: Vec<ActLine>,
    /// Where its sender can be called; may be empty.
    pub phone: String,
    /// Whether nobody of us has looked at it yet.
    pub fresh: bool,
    /// Since when one of us has, in words; may be empty.
    pub noted: String,
}

/// One thing that a reply does.
#[derive(Clone, Debug, Serialize)]
pub struct ActLine {
    /// Its place in the reply.
    pub position: usize,
    /// In words.
    pub text: String,
    /// Whether it can be taken over, and is not yet.
    pub awaits: bool,
}

/// What was replied to something, beside it.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyLink {
    /// In words.
    pub text: String,
    /// The entry it stands in.
    pub entry: Uid,
}

impl Pen<'_> {
    /// The block of a reply. What is said in the same words is taken over together, by one button.
    pub fn reply(&self, reply: &ReplyView) -> ReplyBlock {
        let offered = |position: usize| {
            let before = reply.acts.iter().take(position);
            let same = |act: &crate::domain::view::ActView| {
                act.awaits && act.statement.is_some() && Some(act.statement) == reply.acts.get(position).map(|act| act.statement)
            };
            before.into_iter().any(same)
        };
        let acts = reply.acts.iter().enumerate().map(|(index, act)| ActLine {
            position: act.position,
            text: self.reader.say(&self.teller.act(act)),
            awaits: act.awaits && !offered(index),
        });
        ReplyBlock {
            acts: acts.collect(),
            phone: reply.phone.clone(),
            fresh: reply.noted.is_none(),
            noted: reply.noted.map(|at| self.reader.with("reply-noted-at", "at", self.reader.at(at))).unwrap_or_default(),
        }
    }
}

/// What was replied to something, in words.
pub fn links(notes: &[ReplyNote], teller: &Teller<'_>, reader: Reader) -> Vec<ReplyLink> {
    notes.iter().map(|note| ReplyLink { text: reader.say(&teller.replied(note)), entry: note.entry }).collect()
}

/// The headlines of those replies, for a page that is open already: in a line or two, however long what they wrote is.
pub fn heard(view: &View<Internal>, fresh: &[Uid], frame: &Frame) -> Vec<(Uid, String)> {
    let reader = Reader::new(frame, view.as_of);
    let teller = Teller::of(view);
    let came = view.entries.iter().filter(|entry| fresh.contains(&entry.uid));
    let line = |entry: &EntryView| beginning(&reader.say(&teller.headline(entry).line()), HEARD);
    came.map(|entry: &EntryView| (entry.uid, line(entry))).collect()
}
