//! The second step of one's own login.

use serde::Serialize;

use super::reader::Reader;
use crate::domain::account::{Enrolment, SecondStep};
use crate::render::form::FormView;
use crate::render::pdf::qr;
use crate::render::tera::Page;

/// The page of one's second step.
#[derive(Clone, Debug, Serialize)]
pub struct SecondStepPage {
    /// Fields `current`, `code`.
    pub form: FormView,
    /// Whether the login needs a code.
    pub is_on: bool,
    /// Since when, in words; empty where it does not.
    pub since: String,
    /// How many recovery codes are left, in words.
    pub left: String,
    /// Whether few are left.
    pub few: bool,
    /// Recovery codes that were just made, in groups; none where they were shown already.
    pub codes: Vec<String>,
    /// What the app has to be told, while it has not been confirmed.
    pub enrolment: Option<EnrolmentPart>,
}

/// What the app has to be told.
#[derive(Clone, Debug, Serialize)]
pub struct EnrolmentPart {
    /// As a picture, SVG.
    pub picture: String,
    /// As an address, for an app on this very machine.
    pub url: String,
    /// As letters, in groups of four.
    pub secret: String,
}

impl Page for SecondStepPage {
    const TEMPLATE: &'static str = "account/second-step.html";
    const SECTION: &'static str = "account";
}

/// How few recovery codes are few.
const FEW: i64 = 3;

/// In groups, so that it can be copied by hand.
fn grouped(text: &str, by: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    let groups: Vec<String> = chars.chunks(by).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

impl SecondStepPage {
    /// Of a step as it stands.
    pub fn new(step: SecondStep, enrolment: Option<&Enrolment>, codes: Vec<String>, form: FormView, reader: Reader) -> Self {
        let (since, left) = match step {
            SecondStep::On { since, codes } => (reader.at(since), codes),
            SecondStep::Off | SecondStep::Begun => (String::new(), 0),
        };
        let is_on = !since.is_empty();
        Self {
            form,
            is_on,
            left: if is_on { reader.count("step-codes-left", left) } else { String::new() },
            few: is_on && left <= FEW,
            since,
            codes: codes.iter().map(|code| grouped(code, 5)).collect(),
            enrolment: enrolment.map(|enrolment| EnrolmentPart {
                picture: qr(&enrolment.url).unwrap_or_default(),
                url: enrolment.url.clone(),
                secret: grouped(&enrolment.secret, 4),
            }),
        }
    }
}

#[cfg(test)]
impl crate::render::tera::Sampled for SecondStepPage {
    fn samples() -> Vec<Self> {
        use crate::domain::locale::{DEFAULT_ZONE, Locale};

        let now = crate::render::sample::friday();
        let reader = Reader::of(Locale::Ja, DEFAULT_ZONE, now);
        let refused = crate::render::pages::refused_form(&["current", "code"]);
        let enrolment = Enrolment { url: "otpauth://totp/<b>&\"'".to_owned(), secret: "GEZDGNBV".to_owned() };
        let on = SecondStep::On { since: now, codes: 2 };
        vec![
            Self::new(SecondStep::Off, None, Vec::new(), refused.clone(), reader),
            Self::new(SecondStep::Begun, Some(&enrolment), Vec::new(), refused.clone(), reader),
            Self::new(on, None, vec!["0123456789abcdef0123".to_owned()], FormView::new(), reader),
            Self::new(on, None, Vec::new(), refused, reader),
        ]
    }
}
