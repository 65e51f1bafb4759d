//! The tokens by which machines come in.

use serde::Serialize;

use super::reader::Reader;
use crate::domain::api_token::{ApiToken, DAYS, Scope};
use crate::domain::moment::Stamp;
use crate::domain::person::Person;
use crate::render::form::FormView;
use crate::render::tera::Page;

/// One's own tokens, or everybody's.
#[derive(Clone, Debug, Serialize)]
pub struct TokensPage {
    /// Whether it is everybody's.
    pub of_house: bool,
    /// Fields `purpose`, `days`, `current` and one of each scope's name.
    pub form: FormView,
    /// The buttons that take one away; they have no fields.
    pub revoking: FormView,
    /// A token that was just made, shown this once; empty otherwise.
    pub fresh: String,
    /// The tokens, the one made last first.
    pub tokens: Vec<TokenLine>,
    /// What can be allowed.
    pub scopes: Vec<ScopeLine>,
    /// For how many days; their texts are `token-days-…`.
    pub days: Vec<String>,
}

/// A token.
#[derive(Clone, Debug, Serialize)]
pub struct TokenLine {
    /// What it is for.
    pub purpose: String,
    /// Whose it is; empty on one's own page.
    pub who: String,
    /// What it allows.
    pub scopes: String,
    /// Since when, until when, last used.
    pub facts: String,
    /// Whether it has ended.
    pub over: bool,
    /// Where the button sends that takes it away.
    pub revocation: String,
}

/// A scope that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeLine {
    /// Its field.
    pub name: &'static str,
    /// What it is called.
    pub label: String,
    /// What it allows.
    pub hint: String,
}

impl Page for TokensPage {
    const TEMPLATE: &'static str = "account/tokens.html";
    const SECTION: &'static str = "account";
}

impl TokensPage {
    /// The reader's own; `scopes` are those of use to them, `fresh` was just made.
    pub fn own(tokens: &[ApiToken], scopes: &[Scope], form: FormView, fresh: String, reader: Reader, now: Stamp) -> Self {
        let of = |scope: &Scope| ScopeLine {
            name: scope.as_str(),
            label: reader.value("scope", *scope),
            hint: reader.value("scope-hint", *scope),
        };
        let line = |token| TokenLine::of(token, None, reader, now);
        Self {
            of_house: false,
            form,
            revoking: FormView::new(),
            fresh,
            tokens: tokens.iter().map(line).collect(),
            scopes: scopes.iter().map(of).collect(),
            days: DAYS.iter().map(i64::to_string).collect(),
        }
    }

    /// Everybody's.
    pub fn of_house(tokens: &[ApiToken], people: &[Person], reader: Reader, now: Stamp) -> Self {
        let line = |token: &ApiToken| {
            let person = people.iter().find(|person| person.id == token.person)?;
            Some(TokenLine::of(token, Some(person), reader, now))
        };
        let tokens = tokens.iter().filter_map(line).collect();
        Self {
            of_house: true,
            form: FormView::new(),
            revoking: FormView::new(),
            fresh: String::new(),
            tokens,
            scopes: Vec::new(),
            days: Vec::new(),
        }
    }
}

impl TokenLine {
    fn of(token: &ApiToken, person: Option<&Person>, reader: Reader, now: Stamp) -> Self {
        let over = token.expires_at <= now;
        let ends = if over { "token-ended" } else { "token-ends" };
        let used = token.used_at.map(|at| reader.with("token-used", "at", reader.at(at)));
        let facts = [
            reader.with("token-since", "at", reader.at(token.made_at)),
            reader.with(ends, "at", reader.at(token.expires_at)),
            used.unwrap_or_else(|| reader.get("token-unused")),
        ];
        let scopes: Vec<String> = token.scopes.iter().map(|scope| reader.value("scope", *scope)).collect();
        let home = person.map_or_else(|| "/account".to_owned(), |person| format!("/people/{}", person.uid));
        Self {
            purpose: token.purpose.clone(),
            who: person.map(|person| person.name.clone()).unwrap_or_default(),
            scopes: reader.line(&scopes),
            facts: reader.line(&facts),
            over,
            revocation: format!("{home}/tokens/{}/revocation", token.uid),
        }
    }
}

#[cfg(test)]
impl crate::render::tera::Sampled for TokensPage {
    fn samples() -> Vec<Self> {
        use crate::domain::id::{Id, Uid};
        use crate::domain::locale::{DEFAULT_ZONE, Locale};
        use crate::domain::permit::Role;
        use crate::render::sample::friday;

        let now = friday();
        let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, now);
        let person = Person {
            id: Id::new(1),
            uid: Uid::NIL,
            revision: 0,
            login: "bob".to_owned(),
            name: "髙﨑 加".to_owned(),
            role: Role::Member,
            locale: Locale::Ja,
            zone: DEFAULT_ZONE,
            disabled_at: None,
        };
        let token = |days: i64, used_at| ApiToken {
            uid: Uid::NIL,
            person: person.id,
            purpose: "監視 <b>&\"'加".to_owned(),
            scopes: Scope::ALL.to_vec(),
            made_at: now,
            expires_at: now + chrono::Duration::days(days),
            used_at,
        };
        let tokens = [token(90, None), token(0, Some(now))];
        let fields = ["purpose", "days", "current", "scopes"];
        let refused = crate::render::pages::refused_form(&fields);
        vec![
            Self::own(&[], Scope::ALL, FormView::new(), String::new(), reader, now),
            Self::own(&tokens, &[Scope::Read], refused, "tellonce_0".to_owned(), reader, now),
            Self::of_house(&tokens, std::slice::from_ref(&person), reader, now),
            Self::of_house(&[], &[], reader, now),
        ]
    }
}
