//! Set-up: the first admin and the house.

use serde::Serialize;

use super::Choices;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The set-up page.
#[derive(Clone, Debug, Serialize)]
pub struct SetupPage {
    /// Where it is sent to: the one-time link itself.
    pub action: String,
    /// Fields `company`, `name`, `login`, `password`, `locale`, `zone`.
    pub form: FormView,
    /// What can be chosen.
    pub choices: Choices,
}

impl Page for SetupPage {
    const TEMPLATE: &'static str = "setup/setup.html";
}

#[cfg(test)]
impl crate::render::tera::Sampled for SetupPage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["company", "name", "login", "password", "locale", "zone"]);
        [FormView::new(), refused]
            .into_iter()
            .map(|form| Self { action: "/setup/token".to_owned(), form, choices: Choices::all() })
            .collect()
    }
}
