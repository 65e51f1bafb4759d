//! Logging in, and what was typed when a session ended under it.

use serde::Serialize;

use crate::render::form::FormView;
use crate::render::tera::Page;

/// A field of a form that is kept while somebody logs in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptField {
    /// Its name.
    pub name: String,
    /// What was typed in it.
    pub value: String,
}

/// A form that could not be taken because its session had ended, with all that was typed in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptForm {
    /// Where it was sent to: a path of ours.
    pub action: String,
    /// What was typed, in order.
    pub fields: Vec<KeptField>,
}

/// The login page.
#[derive(Clone, Debug, Serialize)]
pub struct LoginPage {
    /// Fields `login`, `password`, `next`.
    pub form: FormView,
    /// The form that waits for the login, if one does.
    pub kept: Option<KeptForm>,
}

impl Page for LoginPage {
    const TEMPLATE: &'static str = "login/login.html";
}

/// The page of the second step.
#[derive(Clone, Debug, Serialize)]
pub struct CodePage {
    /// Fields `ticket`, `code`, `next`.
    pub form: FormView,
    /// The form that waits for the login, if one does.
    pub kept: Option<KeptForm>,
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "login/code.html";
}

/// After logging in again: what was typed, to be looked at and sent.
#[derive(Clone, Debug, Serialize)]
pub struct KeptPage {
    /// The form that waited.
    pub kept: KeptForm,
}

impl Page for KeptPage {
    const TEMPLATE: &'static str = "login/kept.html";
}

#[cfg(test)]
fn kept() -> KeptForm {
    let field = |name: &str, value: &str| KeptField { name: name.to_owned(), value: value.to_owned() };
    KeptForm {
        action: "/incidents/INC-2006-0001/calls".to_owned(),
        fields: vec![field("key", "k"), field("words", "メールで送りました\n<b>&\"'髙﨑①㈱ｶﾅ加"), field("number", "")],
    }
}

#[cfg(test)]
impl crate::render::tera::Sampled for LoginPage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["login", "password"]).with("next", "/people");
        vec![Self { form: FormView::new(), kept: None }, Self { form: refused, kept: Some(kept()) }]
    }
}

#[cfg(test)]
impl crate::render::tera::Sampled for CodePage {
    fn samples() -> Vec<Self> {
        let refused = crate::render::pages::refused_form(&["code"]).with("next", "/people");
        vec![Self { form: FormView::new(), kept: None }, Self { form: refused, kept: Some(kept()) }]
    }
}

#[cfg(test)]
impl crate::render::tera::Sampled for KeptPage {
    fn samples() -> Vec<Self> {
        vec![Self { kept: kept() }]
    }
}
