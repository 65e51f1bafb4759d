//! What stands around every page: whose it is, in which language and zone, and what the bar shows.

use serde::Serialize;

use crate::domain::locale::{DEFAULT_ZONE, Locale, Zone};

/// The frame of a page; `frame` in every template.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The page's language.
    pub locale: Locale,
    /// The zone in which its times are shown.
    pub zone: Zone,
    /// Who is logged in.
    pub me: Option<FrameMe>,
    /// The company's name, once it is set up.
    pub company: Option<String>,
    /// What every form of this page must bring back (`csrf`).
    pub csrf: String,
    /// Marks the forms of this very page (`key`), so that sending one twice does it once.
    pub key: String,
    /// The key of what is to be said once, about what was just done.
    pub flash: Option<String>,
    /// The time by the folder's own clock, where it has one: the page has to say so.
    pub clock: Option<String>,
    /// The section of the bar in which the page stands, such as `people`; empty for none.
    pub section: &'static str,
}

/// Who is logged in, as far as the bar shows it.
#[derive(Clone, Debug, Serialize)]
pub struct FrameMe {
    /// Their name.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// Whether they may write: offers the buttons that do.
    pub may_edit: bool,
    /// Whether they may rule: offers people and settings.
    pub may_manage: bool,
}

impl Frame {
    /// The frame of a page for somebody not logged in.
    pub fn anonymous(locale: Locale) -> Self {
        Self {
            locale,
            zone: DEFAULT_ZONE,
            me: None,
            company: None,
            csrf: String::new(),
            key: String::new(),
            flash: None,
            clock: None,
            section: "",
        }
    }
}
