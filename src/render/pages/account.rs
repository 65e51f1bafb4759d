//! One's own account.

use serde::Serialize;

use super::Choices;
use super::mails::MailLine;
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
    /// Since when the reader's calendar has an address, in words; empty where it has none.
    pub calendar_since: String,
    /// The address, just made; empty where it was shown already.
    pub calendar_address: String,
    /// Since when their login asks for a code, in words; empty where it does not.
    pub second_step: String,
    /// The reader's reminders.
    pub reminders: RemindersPart,
}

/// Mail on one's own wish: reminders of deadlines, and word of replies.
#[derive(Clone, Debug, Serialize)]
pub struct RemindersPart {
    /// Whether mail can be sent.
    pub can: bool,
    /// Whether the reader is reminded of deadlines.
    pub is_on: bool,
    /// Whether the reader is told of replies.
    pub replies: bool,
    /// Fields `address`, `deadlines`, `at`, `replies`.
    pub form: FormView,
    /// What became of the last reminder.
    pub last: Option<MailLine>,
    /// What became of the last word of a reply.
    pub last_reply: Option<MailLine>,
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "account/account.html";
    const SECTION: &'static str = "account";
}

#[cfg(test)]
impl crate::render::tera::Sampled for AccountPage {
    fn samples() -> Vec<Self> {
        let refused =
            crate::render::pages::refused_form(&["locale", "zone", "current", "password", "address", "at", "deadlines"]);
        let last = MailLine {
            to: "bob@example.jp".to_owned(),
            subject: String::new(),
            state: "送信待ち".to_owned(),
            trouble: "メールサーバーにつながりません".to_owned(),
            words: "550 <b>&\"'".to_owned(),
            given_up: false,
        };
        let stale = FormView { stale: true, ..FormView::new() };
        let since = ["", "11月24日 9:00", "11月24日 9:00"].map(str::to_owned);
        let address = ["", "", "https://tellonce.example/calendar/0.ics"].map(str::to_owned);
        [FormView::new(), refused.clone(), stale]
            .into_iter()
            .zip(since.into_iter().zip(address))
            .map(|(form, (calendar_since, calendar_address))| Self {
                name: "髙﨑 加".to_owned(),
                login: "alice".to_owned(),
                form: form.clone(),
                password_form: form,
                choices: Choices::all(),
                second_step: calendar_since.clone(),
                reminders: RemindersPart {
                    can: calendar_address.is_empty(),
                    is_on: !calendar_since.is_empty(),
                    replies: !calendar_since.is_empty(),
                    form: refused.clone(),
                    last: Some(last.clone()).filter(|_| !calendar_since.is_empty()),
                    last_reply: Some(last.clone()).filter(|_| !calendar_since.is_empty()),
                },
                calendar_since,
                calendar_address,
            })
            .collect()
    }
}
