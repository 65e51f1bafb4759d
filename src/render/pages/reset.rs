//! A new password by a one-time link.

use serde::Serialize;

use crate::render::form::FormView;
use crate::render::tera::Page;

/// The page on which a new password is chosen.
#[derive(Clone, Debug, Serialize)]
pub struct ResetPage {
    /// Where the form is sent.
    pub action: String,
    /// What its bearer logs in with.
    pub login: String,
    /// Whether their second step goes with the old password.
    pub anew: bool,
    /// Field `password`.
    pub form: FormView,
}

impl Page for ResetPage {
    const TEMPLATE: &'static str = "login/reset.html";
}

#[cfg(test)]
impl crate::render::tera::Sampled for ResetPage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["password"]);
        let page = |form, anew| Self { action: "/reset/0f".to_owned(), login: "alice".to_owned(), anew, form };
        vec![page(FormView::new(), false), page(refused, true)]
    }
}
