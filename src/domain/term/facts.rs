//! The facts that a term is held against: times as intervals, each with who stands behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::calendar::Calendar;
use crate::domain::contract::{NoticeForm, Standing};
use crate::domain::moment::{Moment, Stamp};
use crate::domain::text_enum::text_enum;

/// A time that is a fact: somewhere from `from` to `to`, both possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The earliest it can have been.
    pub from: Stamp,
    /// The latest it can have been.
    pub to: Stamp,
    /// Who stands behind it.
    pub standing: Standing,
}

impl Fact {
    /// As it is shown, in the calendar's zone.
    pub fn moment(&self, calendar: &Calendar) -> Moment {
        Moment { from: self.from, to: self.to, words: None, zone: calendar.zone }
    }
}

/// On whose word alone something rests. Nothing rests on it in that side's favour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// On theirs: it cannot be met.
    pub theirs: bool,
    /// On ours: it cannot be breached.
    pub ours: bool,
}

impl Word {
    /// On what rests on both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { theirs: self.theirs || other.theirs, ours: self.ours || other.ours }
    }
}

impl From<Standing> for Word {
    fn from(standing: Standing) -> Self {
        Self { theirs: standing == Standing::Theirs, ours: standing == Standing::Ours }
    }
}

/// Everything that is known of a matter, as far as a term asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// From when the change works.
    pub effective: Option<Fact>,
    /// What was sent about it, or is said to have been.
    pub notices: Vec<NoticeFact>,
    /// Where somebody of ours looked and found nothing.
    pub none_received: Looked,
    /// Which exceptions are invoked, by name.
    pub exceptions: BTreeMap<String, Exception>,
    /// When the outage began.
    pub started: Option<Fact>,
    /// When we reported it.
    pub reported: Option<Fact>,
    /// When the provider knew.
    pub provider_knew: Option<Fact>,
    /// When they responded.
    pub responded: Option<Fact>,
    /// When something was written that may have been their response, where nothing surely was.
    pub perhaps_responded: Option<Fact>,
    /// When it was restored.
    pub restored: Option<Fact>,
    /// Whether it is established that what is waited for has not happened yet.
    pub open: bool,
    /// Whether it was wholly unusable, or to an equal degree; none where that is not known.
    pub total: Option<bool>,
    /// Whose fault it was; none where that is not known.
    pub fault: Option<Fault>,
    /// The monthly fee, in the smallest unit of the currency.
    pub monthly_fee: Option<i64>,
    /// When the credit was claimed.
    pub claimed_on: Option<Fact>,
    /// The first day of the month that is measured.
    pub month: Option<NaiveDate>,
    /// When it was down.
    pub downtime: Vec<Outage>,
    /// When it was allowed to be: agreed maintenance.
    pub excluded: Vec<Outage>,
}

/// One notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoticeFact {
    /// Its form.
    pub form: NoticeForm,
    /// Who stands behind it as a whole.
    pub standing: Standing,
    /// When it was sent; of a website, posted.
    pub sent: Option<Fact>,
    /// When it arrived.
    pub received: Option<Fact>,
    /// Whether it went to an address registered for its form; none where that is not known.
    pub to_registered: Option<bool>,
}

/// For which forms somebody of ours looked and found nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Looked {
    /// Nobody looked.
    #[default]
    Nowhere,
    /// For these.
    For(Vec<NoticeForm>),
    /// For all.
    Everywhere,
}

impl Looked {
    /// Whether somebody looked for notices in `form`.
    pub fn covers(&self, form: NoticeForm) -> bool {
        match self {
            Self::Nowhere => false,
            Self::For(forms) => forms.contains(&form),
            Self::Everywhere => true,
        }
    }

    /// Whether somebody looked for notices in all of `forms`; none: in any form there is.
    pub fn covers_all(&self, forms: Option<&[NoticeForm]>) -> bool {
        forms.unwrap_or(NoticeForm::ALL).iter().all(|form| self.covers(*form))
    }
}

text_enum! {
    /// How an exception stands.
    pub enum Exception {
        /// It is shown.
        Established = "established",
        /// Only they say so.
        Theirs = "theirs",
        /// Only we say so.
        Ours = "ours",
        /// It is shown not to hold.
        Refuted = "refuted",
    }
}

text_enum! {
    /// Whose fault an outage was.
    pub enum Fault {
        /// The provider's.
        Provider = "provider",
        /// Ours.
        Customer = "customer",
        /// Nobody's: force majeure 不可抗力.
        Neither = "neither",
    }
}

/// A time during which it was down, or was allowed to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// When it began: the earliest and the latest.
    pub from: (Stamp, Stamp),
    /// When it ended: the earliest and the latest; none while it lasts.
    pub to: Option<(Stamp, Stamp)>,
    /// Who stands behind it.
    pub standing: Standing,
}
