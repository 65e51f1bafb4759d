//! A mail as a file: the form by which it is sent in, and the page on which it is looked over before it is put on record.

use serde::Serialize;

use super::noun_form::{Choice, Link, Section};
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The form by which a mail is sent in.
#[derive(Clone, Debug, Serialize)]
pub struct MailFilePage {
    /// The way back.
    pub back: Link,
    /// Where the form is sent.
    pub action: String,
    /// The changes that it can be a notice of.
    pub changes: Vec<Choice>,
    /// What was chosen, and what is wrong with it.
    pub form: FormView,
}

impl Page for MailFilePage {
    const TEMPLATE: &'static str = "mail_files/new.html";
}

/// A mail that waits.
#[derive(Clone, Debug, Serialize)]
pub struct MailPreviewPage {
    /// The way back.
    pub back: Link,
    /// Where another file is chosen.
    pub again: String,
    /// Where the form is sent.
    pub action: String,
    /// What it reports of another mail, if it does.
    pub report: Option<Report>,
    /// Who wrote it to whom, when, and what came with it.
    pub facts: Vec<Fact>,
    /// The beginning of its text.
    pub beginning: String,
    /// Whether the text goes on.
    pub is_cut: bool,
    /// Whether there is a change that it can be a notice of.
    pub has_changes: bool,
    /// The fields, in groups.
    pub sections: Vec<Section>,
    /// What stands in them.
    pub form: FormView,
}

impl Page for MailPreviewPage {
    const TEMPLATE: &'static str = "mail_files/preview.html";
}

/// One thing that a mail says.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What it says.
    pub text: String,
}

/// What a mail reports of another one.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// What became of it.
    pub title: String,
    /// The same in a sentence.
    pub lead: String,
    /// What the report says.
    pub facts: Vec<Fact>,
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::render::form::Problem;
    use crate::render::pages::noun_form::Fields;
    use crate::render::tera::Sampled;
    use crate::render::words::Words;

    const HARD: &str = "髙﨑①㈱ｶﾅ <b>&\"'加";

    fn link() -> Link {
        Link { href: "/incidents/INC-2006-0012".to_owned(), text: HARD.to_owned() }
    }

    fn changes() -> Vec<Choice> {
        vec![Choice { value: "a".to_owned(), label: HARD.to_owned() }]
    }

    fn facts() -> Vec<Fact> {
        ["差出人", "件名"].map(|label| Fact { label: label.to_owned(), text: HARD.to_owned() }).to_vec()
    }

    impl Sampled for MailFilePage {
        fn samples() -> Vec<Self> {
            let page = |changes, form| Self { back: link(), action: "/mail-file".to_owned(), changes, form };
            let refused = FormView::new().with("change", "a").with_problem("file", Problem::new("mail-file-no-mail"));
            vec![page(Vec::new(), FormView::new()), page(changes(), refused)]
        }
    }

    impl Sampled for MailPreviewPage {
        fn samples() -> Vec<Self> {
            let fields = Fields::new(Words::new(Locale::Ja)).moment("occurred", true).section("mail-file-notice", false);
            let plain = Self {
                back: link(),
                again: "/mail-file".to_owned(),
                action: "/mail-file/1".to_owned(),
                report: None,
                facts: facts(),
                beginning: String::new(),
                is_cut: false,
                has_changes: false,
                sections: fields.choice("change", "change", false, changes()).done(),
                form: FormView::new(),
            };
            let report = Report { title: HARD.to_owned(), lead: HARD.to_owned(), facts: facts() };
            let form = FormView::new().with("occurred", HARD).with_problem("occurred", Problem::new("moment-error-empty"));
            let beginning = format!("{HARD}\n\n{HARD}");
            vec![plain.clone(), Self { report: Some(report), beginning, is_cut: true, has_changes: true, form, ..plain }]
        }
    }
}
