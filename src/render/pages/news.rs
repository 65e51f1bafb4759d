//! What is new to a reader since they last looked, as it is shown to them and to us.

use chrono::Timelike;
use serde::Serialize;

use super::reader::Reader;
use crate::domain::ledger::ObjectKind;
use crate::domain::moment::Stamp;
use crate::domain::text::beginning;
use crate::domain::view::{Fate, NewsItem};

/// What is new to a reader.
#[derive(Clone, Debug)]
pub struct News {
    /// Since when: when they last opened it.
    pub since: Stamp,
    /// What, the latest last.
    pub items: Vec<NewsItem>,
}

/// What is new, as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct NewsList {
    /// Since when, to the minute: the heading has one line on a telephone.
    pub since: String,
    /// The news, the latest first.
    pub lines: Vec<NewsLine>,
    /// How many more there are.
    pub more: usize,
}

/// One thing that is new.
#[derive(Clone, Debug, Serialize)]
pub struct NewsLine {
    /// What happened to it.
    pub fate: String,
    /// Whether it was struck out.
    pub withdrawn: bool,
    /// What it is, and when it happened.
    pub what: String,
    /// Its words.
    pub words: String,
    /// The part of the page in which it stands.
    pub part: &'static str,
}

impl NewsList {
    /// How many are shown: who was away for long reads the whole.
    const MOST: usize = 12;

    /// Of `news`, in a reader's words.
    pub fn new(news: &News, reader: Reader) -> Self {
        let more = news.items.len().saturating_sub(Self::MOST);
        Self {
            since: reader.at(news.since.with_second(0).unwrap_or(news.since)),
            lines: news.items.iter().rev().take(Self::MOST).map(|item| news_line(item, reader)).collect(),
            more,
        }
    }
}

fn news_line(item: &NewsItem, reader: Reader) -> NewsLine {
    let kind = match item.entry {
        Some(kind) => reader.value("entry-kind", kind),
        None => reader.value("object", item.kind),
    };
    let when = item.occurred.as_ref().map(|at| reader.told(at)).unwrap_or_default();
    let fate = match item.fate {
        Fate::Added => "share-news-added",
        Fate::Changed => "share-news-changed",
        Fate::Withdrawn => "share-news-withdrawn",
    };
    NewsLine {
        fate: reader.get(fate),
        withdrawn: item.fate == Fate::Withdrawn,
        what: [kind, when].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        words: beginning(&item.words, 80),
        part: match item.kind {
            ObjectKind::Promise => "promises",
            ObjectKind::Ask => "asks",
            ObjectKind::RuledOut => "ruled-out",
            ObjectKind::Agreement => "agreed",
            ObjectKind::Contradiction => "points",
            ObjectKind::Change | ObjectKind::Notice => "changes",
            ObjectKind::Attachment => "files",
            ObjectKind::Entry => "timeline",
            _ => "main",
        },
    }
}
