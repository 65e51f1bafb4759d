//! The pages: a struct for each template, a file per noun. See [`super::tera`] for how to add one.

pub mod account;
pub mod attachments;
pub mod backups;
pub mod clause_import;
pub mod companies;
pub mod credits;
pub mod deadlines;
pub mod desk;
pub mod events;
pub mod exports;
pub mod history;
pub mod house;
pub mod incident;
pub mod incidents;
pub mod login;
#[cfg(test)]
mod look;
pub mod mail_files;
pub mod mails;
pub mod meeting;
pub mod message;
pub mod news;
pub mod noun_form;
#[cfg(test)]
mod nouns_samples;
pub mod offline;
pub mod overview;
mod pager;
pub mod papers;
pub mod people;
pub mod reader;
pub mod record;
pub mod reference;
pub mod reply;
pub mod reset;
pub mod seals;
pub mod search;
pub mod second_step;
pub mod setup;
pub mod share;
pub mod shares;
pub mod tokens;
pub mod webhooks;

use crate::domain::locale::Locale;
use crate::domain::permit::Role;

#[cfg(test)]
use super::frame::Frame;
#[cfg(test)]
use super::tera::{RenderError, Sampled, render};

/// One sample of one page.
#[cfg(test)]
pub struct Sample {
    /// Its template.
    pub template: &'static str,
    /// Renders it.
    pub render: Rendered,
}

#[cfg(test)]
type Rendered = Box<dyn Fn(&Frame) -> Result<String, RenderError>>;

/// Samples of every page.
#[cfg(test)]
pub fn samples() -> Vec<Sample> {
    [
        of::<account::AccountPage>(),
        of::<attachments::AttachmentPage>(),
        of::<clause_import::ImportPage>(),
        of::<companies::CompaniesPage>(),
        of::<companies::CompanyPage>(),
        of::<companies::ContractPage>(),
        of::<credits::CreditPage>(),
        of::<deadlines::DeadlinesPage>(),
        of::<desk::CallSheetPage>(),
        of::<desk::DeskPage>(),
        of::<desk::review::ReviewPage>(),
        of::<crate::render::mail::ReminderMail>(),
        of::<crate::render::mail::ReplyMail>(),
        of::<crate::render::mail::ShareLinkMail>(),
        of::<crate::render::mail::SummaryMail>(),
        of::<mail_files::MailFilePage>(),
        of::<mail_files::MailPreviewPage>(),
        of::<mails::MailPage>(),
        of::<offline::OfflinePage>(),
        of::<overview::OverviewPage>(),
        of::<events::SessionsPage>(),
        of::<events::EventsPage>(),
        of::<backups::BackupsPage>(),
        of::<seals::SealsPage>(),
        of::<exports::ExportsPage>(),
        of::<reset::ResetPage>(),
        of::<second_step::SecondStepPage>(),
        of::<papers::PapersPage>(),
        of::<papers::SincePage>(),
        of::<papers::AgainstPage>(),
        of::<record::RecordPage>(),
        of::<reference::ReferencePage>(),
        of::<search::SearchPage>(),
        of::<reply::LostReplyPage>(),
        of::<reply::ReceiptPage>(),
        of::<reply::ReplyPage>(),
        of::<share::CodePage>(),
        of::<share::GonePage>(),
        of::<share::SharedPage>(),
        of::<shares::SharesPage>(),
        of::<shares::SharePage>(),
        of::<shares::OpeningPage>(),
        of::<history::HistoryPage>(),
        of::<history::ErasurePage>(),
        of::<house::HousePage>(),
        of::<login::LoginPage>(),
        of::<login::CodePage>(),
        of::<login::KeptPage>(),
        of::<meeting::MeetingPage>(),
        of::<message::MessagePage>(),
        of::<noun_form::NounFormPage>(),
        of::<people::PeoplePage>(),
        of::<people::NewPersonPage>(),
        of::<people::PersonPage>(),
        of::<setup::SetupPage>(),
        of::<tokens::TokensPage>(),
        of::<webhooks::WebhooksPage>(),
        of::<webhooks::WebhookPage>(),
    ]
    .into_iter()
    .flatten()
    .chain(look::samples())
    .collect()
}

#[cfg(test)]
fn of<P: Sampled + 'static>() -> Vec<Sample> {
    let sample = |page: P| Sample { template: P::TEMPLATE, render: Box::new(move |frame: &Frame| render(&page, frame)) };
    P::samples().into_iter().map(sample).collect()
}

/// What can be chosen above a list: a filter, a period.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What can be chosen in the forms about people and the house.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Choices {
    /// The languages; their texts are `locale-…`.
    pub locales: &'static [Locale],
    /// The roles; their texts are `role-…`.
    pub roles: &'static [Role],
    /// Zones that are offered; any other may be typed.
    pub zones: &'static [&'static str],
}

impl Choices {
    /// All of them.
    pub const fn all() -> Self {
        Self { locales: Locale::ALL, roles: Role::ALL, zones: ZONES }
    }
}

/// Zones of people who may work for a company in Japan; any other may be typed.
const ZONES: &[&str] = &[
    "Asia/Tokyo",
    "UTC",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Taipei",
    "Asia/Manila",
    "Asia/Ho_Chi_Minh",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
];

/// A form for samples, refused for every reason that a field has, with what is hard to show.
#[cfg(test)]
fn refused_form(fields: &[&str]) -> super::form::FormView {
    use super::form::{FormView, Problem};
    let whole = FormView::new().with_problem("", Problem::new("problem-busy"));
    fields.iter().fold(whole, |form, field| {
        form.with(*field, "髙﨑①㈱ｶﾅ <b>&\"'加").with_problem(*field, Problem::new("text-error-empty"))
    })
}
