//! Our people, for the admin.

use serde::Serialize;

use super::Choices;
use crate::domain::id::Uid;
use crate::domain::permit::Role;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// One of our people, in the list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// In URLs.
    pub uid: Uid,
    /// Their name.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// What they may do.
    pub role: Role,
    /// Whether they are shut out.
    pub disabled: bool,
    /// Whether it is the reader themselves.
    pub is_me: bool,
}

/// The list of our people.
#[derive(Clone, Debug, Serialize)]
pub struct PeoplePage {
    /// Everybody, by name.
    pub people: Vec<PersonRow>,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "people/list.html";
    const SECTION: &'static str = "people";
}

/// A new person.
#[derive(Clone, Debug, Serialize)]
pub struct NewPersonPage {
    /// Fields `name`, `login`, `role`, `password`, `locale`, `zone`.
    pub form: FormView,
    /// What can be chosen.
    pub choices: Choices,
}

impl Page for NewPersonPage {
    const TEMPLATE: &'static str = "people/new.html";
    const SECTION: &'static str = "people";
}

/// One of our people.
#[derive(Clone, Debug, Serialize)]
pub struct PersonPage {
    /// The person as they stand.
    pub person: PersonRow,
    /// Fields `name`, `role`, `locale`, `zone`, `revision`.
    pub form: FormView,
    /// A link by which they choose a new password, just made; empty where it was shown already.
    pub link: String,
    /// Whether their login has a second step.
    pub has_second_step: bool,
    /// The button that shuts out, or lets in again.
    pub access_form: FormView,
    /// What can be chosen.
    pub choices: Choices,
}

impl Page for PersonPage {
    const TEMPLATE: &'static str = "people/person.html";
    const SECTION: &'static str = "people";
}

#[cfg(test)]
mod samples {
    use super::*;
    use crate::render::pages::refused_form;
    use crate::render::tera::Sampled;

    fn row(disabled: bool, is_me: bool) -> PersonRow {
        let (name, login) = ("髙﨑 <b>&\"'加".to_owned(), "alice".to_owned());
        PersonRow { uid: Uid::from_parts(1, [7; 10]), name, login, role: Role::Admin, disabled, is_me }
    }

    impl Sampled for PeoplePage {
        fn samples() -> Vec<Self> {
            vec![Self { people: vec![] }, Self { people: vec![row(false, true), row(true, false)] }]
        }
    }

    impl Sampled for NewPersonPage {
        fn samples() -> Vec<Self> {
            let refused = refused_form(&["name", "login", "role", "password", "locale", "zone"]);
            [FormView::new(), refused].into_iter().map(|form| Self { form, choices: Choices::all() }).collect()
        }
    }

    impl Sampled for PersonPage {
        fn samples() -> Vec<Self> {
            let page = |disabled, is_me, form: FormView| Self {
                person: row(disabled, is_me),
                form: form.clone(),
                link: if disabled { String::new() } else { "https://tellonce.example/reset/0f".to_owned() },
                has_second_step: is_me,
                access_form: form,
                choices: Choices::all(),
            };
            let refused = refused_form(&["name", "role", "locale", "zone"]);
            let stale = FormView { stale: true, ..FormView::new() };
            vec![page(false, true, FormView::new()), page(true, false, refused), page(false, false, stale)]
        }
    }
}
