//! One's own account.

use serde::Serialize;

use super::Choices;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The page of one's own account.
#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    /// The reader's name.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// Fields `locale`, `zone`, `revision`.
    pub form: FormView,
    /// Fields `current`, `password`.
    pub password_form: FormView,
    /// What can be chosen.
    pub choices: Choices,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "account/account.html";
    const SECTION: &'static str = "account";
}

#[cfg(test)]
impl crate::render::tera::Sampled for AccountPage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["locale", "zone", "current", "password"]);
        let stale = FormView { stale: true, ..FormView::new() };
        [FormView::new(), refused, stale]
            .into_iter()
            .map(|form| Self {
                name: "髙﨑 加".to_owned(),
                login: "alice".to_owned(),
                form: form.clone(),
                password_form: form,
                choices: Choices::all(),
            })
            .collect()
    }
}
