//! The page that says calmly what went wrong: what happened, what was kept, what to do.

use serde::Serialize;

use crate::render::tera::Page;

/// A message in place of a page. Its texts are `message-KIND-title`, `-what` and `-do` of the catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct MessagePage {
    /// Which message.
    pub kind: &'static str,
    /// By what the log knows this occurrence, where somebody may have to look.
    pub reference: Option<String>,
}

impl MessagePage {
    /// Every kind there is.
    pub const KINDS: &'static [&'static str] = &[
        "not-found",
        "forbidden",
        "cross-site",
        "too-large",
        "too-slow",
        "unreadable",
        "stale",
        "key-reused",
        "busy",
        "away",
        "moved",
        "fault",
        "reset-gone",
        "setup-gone",
    ];
}

impl Page for MessagePage {
    const TEMPLATE: &'static str = "message.html";
}

#[cfg(test)]
impl crate::render::tera::Sampled for MessagePage {
    fn samples() -> Vec<Self> {
        Self::KINDS.iter().map(|kind| Self { kind, reference: Some("7f3a09c1".to_owned()) }).collect()
    }
}
