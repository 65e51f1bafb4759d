//! The settings of the house.

use serde::Serialize;

use super::Choices;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The settings page.
#[derive(Clone, Debug, Serialize)]
pub struct HousePage {
    /// Fields `company`, `locale`, `zone`, `revision`.
    pub form: FormView,
    /// What can be chosen.
    pub choices: Choices,
}

impl Page for HousePage {
    const TEMPLATE: &'static str = "house/settings.html";
    const SECTION: &'static str = "house";
}

#[cfg(test)]
impl crate::render::tera::Sampled for HousePage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["company", "locale", "zone"]);
        let stale = FormView { stale: true, ..FormView::new() };
        [FormView::new(), refused, stale].into_iter().map(|form| Self { form, choices: Choices::all() }).collect()
    }
}
