//! The form by which a file is added.

use serde::Serialize;

use super::noun_form::{Choice, Link};
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The form.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentPage {
    /// To what the file is added, and the way back.
    pub back: Link,
    /// Where the form is sent.
    pub action: String,
    /// Who may read it.
    pub visibilities: Vec<Choice>,
    /// What was chosen, and what is wrong with it.
    pub form: FormView,
}

impl Page for AttachmentPage {
    const TEMPLATE: &'static str = "attachments/new.html";
}
