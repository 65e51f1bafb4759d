//! A contract's text becomes its clauses: the form by which it is pasted, and the page on which what was found is confirmed.

use serde::Serialize;

use super::noun_form::Link;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// The form by which a text is pasted, or its file chosen; once it is taken apart, what was found.
#[derive(Clone, Debug, Serialize)]
pub struct ImportPage {
    /// The way back.
    pub back: Link,
    /// Where a text is sent.
    pub action: String,
    /// What was found in it, if it is taken apart.
    pub found: Option<FoundClauses>,
    /// What stands in the fields, and what is wrong with it.
    pub form: FormView,
}

impl Page for ImportPage {
    const TEMPLATE: &'static str = "contracts/import.html";
}

/// The clauses that were found, to be confirmed.
#[derive(Clone, Debug, Serialize)]
pub struct FoundClauses {
    /// What was found and what was left out, in sentences.
    pub says: Vec<String>,
    /// The clauses.
    pub clauses: Vec<FoundClause>,
}

/// One of them. Its fields are called `c{n}_take`, `c{n}_number`, `c{n}_heading` and `c{n}_quote`.
#[derive(Clone, Debug, Serialize)]
pub struct FoundClause {
    /// What its fields' names begin with.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Whether its number is on record already.
    pub is_known: bool,
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::render::form::Problem;
    use crate::render::tera::Sampled;

    const HARD: &str = "髙﨑①㈱ｶﾅ <b>&\"'加";

    fn link() -> Link {
        Link { href: "/contracts/1".to_owned(), text: HARD.to_owned() }
    }

    impl Sampled for ImportPage {
        fn samples() -> Vec<Self> {
            let page = |found, form| Self { back: link(), action: "/contracts/1/import".to_owned(), found, form };
            let refused = FormView::new().with("text", HARD).with_problem("file", Problem::new("import-pdf"));
            let clause = |n: usize, is_known| FoundClause { name: format!("c{n}_"), title: HARD.to_owned(), is_known };
            let found = |says| Some(FoundClauses { says, clauses: vec![clause(1, false), clause(2, true)] });
            let typed = ["c1_number", "c1_heading", "c1_quote"].iter().fold(FormView::new(), |form, name| form.with(*name, HARD));
            let typed = typed.with("c1_take", "yes");
            let wrong = typed.clone().with_problem("c1_quote", Problem::new("text-error-empty"));
            let wrong = wrong.with_problem("", Problem::new("import-none-ticked"));
            vec![
                page(None, FormView::new()),
                page(None, refused.with_problem("text", Problem::new("import-nothing"))),
                page(found(vec![HARD.to_owned()]), typed),
                page(found(Vec::new()), wrong),
            ]
        }
    }
}
