//! Every route, on one page: method, path, who may come that way, and what answers.
//!
//! The table registers the routes *and* says who may enter: [`super::extract::Visit`] asks it in every request, so that a handler
//! cannot forget to. A new verb is a new noun (`POST …/suspension`). Beyond the table, the store's permits decide about the thing itself.

use std::collections::HashMap;

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route as ActixRoute, guard};

use super::nouns::{
    AgreementNoun, AgreementTermNoun, AskNoun, CallNoun, ChangeNoun, ClaimAnswerNoun, ClauseNoun, ClauseTermNoun, ClosureNoun,
    CompanyNoun, CompanyRecordNoun, ContactNoun, ContractNoun, ContractPlace, ContractRecordNoun, ContradictionNoun, CostNoun,
    CreditClaimNoun, DecisionNoun, DescriptionNoun, EntryNoun, ErasureNoun, FileNoun, IncidentNoun, IncidentPlace, MergerNoun,
    NoticeNoun, PaperNoun, ReadersNoun, RestrictionNoun, RuledOutNoun, SayNoun, SettlementNoun, ShareNoun, StatementNoun,
    TimesNoun, ask_edit, ask_new, ask_strike, save_edit, save_new, save_strike,
};
use super::{
    account, api, attachments, backups, calendar, clause_import, companies, credits, deadlines, desk, events, exports, files,
    health, history, house, incidents, login, mail_files, mails, meeting, moments, papers, people, provider_record, reminders,
    replies, reset, seals, search, second_step, setup, share, shares, taken, tokens, webhooks,
};
use crate::domain::api_token::Scope;
use crate::domain::permit::Deed::{self, Edit, Look, Manage};

/// Who may come a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// Who is logged in and may do this at all.
    Session(Deed),
    /// A machine whose token has this scope; none: any good token.
    Token(Option<Scope>),
}

use Access::{Anyone, Session};

/// The routes.
pub fn table() -> Vec<Route> {
    [
        house_routes(),
        account_routes(),
        share_routes(),
        incident_routes(),
        giving_routes(),
        paper_routes(),
        matter_routes(),
        credit_routes(),
        company_routes(),
        api_routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The door, our people, and what belongs to no single thing.
#[rustfmt::skip]
fn house_routes() -> Vec<Route> {
    vec![
        get ("/",                              Session(Look),   incidents::overview),
        get ("/deadlines",                     Session(Look),   deadlines::list),

        get ("/login",                         Anyone,          login::show),
        post("/login",                         Anyone,          login::log_in),
        post("/login/code",                    Anyone,          login::log_in_by_code),
        post("/logout",                        Session(Look),   login::log_out),
        get ("/setup/{token}",                 Anyone,          setup::show),
        post("/setup/{token}",                 Anyone,          setup::begin),
        get ("/reset/{token}",                 Anyone,          reset::show),
        post("/reset/{token}",                 Anyone,          reset::set_password),

        get ("/people",                        Session(Manage), people::list),
        post("/people",                        Session(Manage), people::add),
        get ("/people/new",                    Session(Manage), people::new),
        get ("/people/{person}",               Session(Manage), people::show),
        post("/people/{person}",               Session(Manage), people::change),
        post("/people/{person}/link",          Session(Manage), reset::make_link),
        post("/people/{person}/suspension",    Session(Manage), people::suspend),
        post("/people/{person}/reinstatement", Session(Manage), people::reinstate),

        get ("/house",                         Session(Manage), house::show),
        post("/house",                         Session(Manage), house::change),
        get ("/house/security",                Session(Manage), events::house),
        get ("/house/backups",                 Session(Manage), backups::list),
        get ("/house/seals",                   Session(Manage), seals::list),
        get ("/house/seals/{digest}",          Session(Manage), seals::file),
        get ("/house/tokens",                  Session(Manage), tokens::house),
        post("/people/{person}/tokens/{uid}/revocation", Session(Manage), tokens::revoke),

        get ("/house/webhooks",                Session(Manage), webhooks::list),
        post("/house/webhooks",                Session(Manage), webhooks::make),
        get ("/house/webhooks/{uid}",          Session(Manage), webhooks::show),
        post("/house/webhooks/{uid}",          Session(Manage), webhooks::change),
        post("/house/webhooks/{uid}/secret",   Session(Manage), webhooks::renew),
        post("/house/webhooks/{uid}/trial",    Session(Manage), webhooks::try_out),
        post("/house/webhooks/{uid}/pause",    Session(Manage), webhooks::pause),
        post("/house/webhooks/{uid}/resumption", Session(Manage), webhooks::resume),
        post("/house/webhooks/{uid}/removal",  Session(Manage), webhooks::remove),
        post("/house/webhooks/{uid}/deliveries/{message}/repetition", Session(Manage), webhooks::send_again),

        get ("/desk",                          Session(Edit),   desk::current),
        get ("/call-sheet",                    Session(Look),   desk::sheet),
        get ("/search",                        Session(Look),   search::show),
        get ("/history/{kind}/{uid}",          Session(Look),   history::show),
        get ("/history/{kind}/{uid}/erasure",  Session(Manage), history::ask_to_erase),
        post("/history/{kind}/{uid}/erasure",  Session(Manage), history::erase),
        get ("/files/{uid}",                   Session(Look),   attachments::download),
        get ("/moments",                       Session(Look),   moments::understand),
        get ("/taken",                         Session(Look),   taken::ask),

        get ("/static/{version}/{path:.*}",    Anyone,          files::asset),
        get ("/robots.txt",                    Anyone,          files::robots),
        get ("/livez",                         Anyone,          health::live),
        get ("/readyz",                        Anyone,          health::ready),
    ]
}

/// What everybody has of their own.
#[rustfmt::skip]
fn account_routes() -> Vec<Route> {
    vec![
        get ("/account",                       Session(Look),   account::show),
        post("/account",                       Session(Look),   account::adjust),
        post("/account/password",              Session(Look),   account::set_password),
        get ("/account/second-step",           Session(Look),   second_step::show),
        post("/account/second-step",           Session(Look),   second_step::begin),
        post("/account/second-step/confirmation", Session(Look), second_step::confirm),
        post("/account/second-step/codes",     Session(Look),   second_step::renew_codes),
        post("/account/second-step/end",       Session(Look),   second_step::end),
        get ("/account/sessions",              Session(Look),   events::sessions),
        post("/account/sessions/end",          Session(Look),   events::end_sessions),
        get ("/account/security",              Session(Look),   events::own),
        get ("/account/tokens",                Session(Look),   tokens::own),
        post("/account/tokens",                Session(Look),   tokens::make),
        post("/account/tokens/{uid}/revocation", Session(Look), tokens::revoke_own),
        get ("/account/calendar",              Session(Look),   account::show),
        post("/account/calendar",              Session(Look),   calendar::make),
        post("/account/calendar/revocation",   Session(Look),   calendar::revoke),
        get ("/account/reminders",             Session(Look),   account::show),
        post("/account/reminders",             Session(Look),   reminders::choose),
        post("/account/reminders/cancellation", Session(Look),   reminders::cancel),
        get ("/calendar/{secret}.ics",         Anyone,          calendar::read),
    ]
}

/// What companies are shown: no account, a number or a link, and always the code.
#[rustfmt::skip]
fn share_routes() -> Vec<Route> {
    vec![
        get ("/s",                             Anyone,          share::ask_number),
        post("/s",                             Anyone,          share::open_by_number),
        get ("/s/{token}",                     Anyone,          share::ask_code),
        post("/s/{token}",                     Anyone,          share::open_by_link),
        get ("/s/view/{number}",               Anyone,          share::show),
        get ("/s/view/{number}/report.pdf",    Anyone,          share::report),
        get ("/s/view/{number}/files/{uid}",   Anyone,          share::file),
        get ("/s/view/{number}/answer",        Anyone,          share::reply::ask),
        post("/s/view/{number}/answer",        Anyone,          share::reply::leave),
        get ("/s/view/{number}/answer/{uid}",  Anyone,          share::reply::receipt),
    ]
}

/// Incidents and their timelines.
#[rustfmt::skip]
fn incident_routes() -> Vec<Route> {
    vec![
        get ("/incidents",                     Session(Look),   incidents::list),
        get ("/incidents/new",                 Session(Edit),   ask_new::<IncidentNoun>),
        post("/incidents/new",                 Session(Edit),   save_new::<IncidentNoun>),
        get ("/incidents/{at}",                Session(Look),   incidents::show),
        get ("/incidents/{at}/edit",           Session(Edit),   ask_edit::<DescriptionNoun>),
        post("/incidents/{at}/edit",           Session(Edit),   save_edit::<DescriptionNoun>),
        get ("/incidents/{at}/times",          Session(Edit),   ask_edit::<TimesNoun>),
        post("/incidents/{at}/times",          Session(Edit),   save_edit::<TimesNoun>),
        get ("/incidents/{at}/cost",           Session(Edit),   ask_edit::<CostNoun>),
        post("/incidents/{at}/cost",           Session(Edit),   save_edit::<CostNoun>),
        get ("/incidents/{at}/closure",        Session(Edit),   ask_edit::<ClosureNoun>),
        post("/incidents/{at}/closure",        Session(Edit),   save_edit::<ClosureNoun>),
        get ("/incidents/{at}/restriction",    Session(Manage), ask_edit::<RestrictionNoun>),
        post("/incidents/{at}/restriction",    Session(Manage), save_edit::<RestrictionNoun>),
        get ("/incidents/{at}/desk",           Session(Edit),   desk::show),
        get ("/incidents/{at}/desk/calls",     Session(Edit),   desk::calls),
        get ("/incidents/{at}/desk/events",    Session(Edit),   desk::listen),
        post("/incidents/{at}/desk/taps",      Session(Edit),   desk::tap),
        get ("/incidents/{at}/desk/calls/{uid}",              Session(Edit), desk::review),
        post("/incidents/{at}/desk/calls/{uid}",              Session(Edit), desk::save),
        get ("/incidents/{at}/desk/calls/{uid}/withdrawal",   Session(Edit), desk::ask_drop),
        post("/incidents/{at}/desk/calls/{uid}/withdrawal",   Session(Edit), desk::drop_call),
        get ("/incidents/{at}/calls/new",      Session(Edit),   ask_new::<CallNoun>),
        post("/incidents/{at}/calls/new",      Session(Edit),   save_new::<CallNoun>),
        get ("/incidents/{at}/entries/new",    Session(Edit),   ask_new::<EntryNoun>),
        post("/incidents/{at}/entries/new",    Session(Edit),   save_new::<EntryNoun>),
        get ("/incidents/{at}/entries/{uid}/edit",            Session(Edit), ask_edit::<EntryNoun>),
        post("/incidents/{at}/entries/{uid}/edit",            Session(Edit), save_edit::<EntryNoun>),
        get ("/incidents/{at}/entries/{uid}/strike",          Session(Edit), ask_strike::<EntryNoun>),
        post("/incidents/{at}/entries/{uid}/strike",          Session(Edit), save_strike::<EntryNoun>),
        get ("/incidents/{at}/entries/{uid}/statements/new",  Session(Edit), ask_edit::<SayNoun>),
        post("/incidents/{at}/entries/{uid}/statements/new",  Session(Edit), save_edit::<SayNoun>),
        get ("/incidents/{at}/entries/{uid}/files/new",       Session(Edit), attachments::ask::<EntryNoun>),
        post("/incidents/{at}/entries/{uid}/files/new",       Session(Edit), attachments::add::<EntryNoun>),
        get ("/incidents/{at}/entries/{uid}/visibility",      Session(Edit), ask_edit::<ReadersNoun>),
        post("/incidents/{at}/entries/{uid}/visibility",      Session(Edit), save_edit::<ReadersNoun>),
        get ("/incidents/{at}/files/{uid}/strike",            Session(Edit), ask_strike::<FileNoun<IncidentPlace>>),
        post("/incidents/{at}/files/{uid}/strike",            Session(Edit), save_strike::<FileNoun<IncidentPlace>>),
        get ("/incidents/{at}/entries/{uid}/erasure",         Session(Edit), ask_edit::<ErasureNoun>),
        post("/incidents/{at}/entries/{uid}/erasure",         Session(Edit), attachments::erase),
        get ("/incidents/{at}/statements/{uid}/edit",         Session(Edit), ask_edit::<StatementNoun>),
        post("/incidents/{at}/statements/{uid}/edit",         Session(Edit), save_edit::<StatementNoun>),
        get ("/incidents/{at}/promises/{uid}/settlement",     Session(Edit), ask_edit::<SettlementNoun>),
        post("/incidents/{at}/promises/{uid}/settlement",     Session(Edit), save_edit::<SettlementNoun>),
    ]
}

/// What goes out of an incident: paper, files, shares, mail.
#[rustfmt::skip]
fn giving_routes() -> Vec<Route> {
    vec![
        get ("/incidents/{at}/report.pdf",     Session(Look),   incidents::report),
        get ("/incidents/{at}/offline.html",   Session(Look),   incidents::offline),
        get ("/incidents/{at}/view.json",      Session(Look),   incidents::json),
        get ("/incidents/{at}/tables.zip",     Session(Look),   exports::tables),
        get ("/incidents/{at}/calendar.ics",   Session(Look),   exports::calendar),
        get ("/incidents/{at}/archive.zip",    Session(Look),   exports::archive),
        get ("/incidents/{at}/exports",        Session(Look),   exports::list),
        post("/incidents/{at}/exports",        Session(Look),   exports::order),
        get ("/incidents/{at}/exports/{uid}",  Session(Look),   exports::fetch),
        get ("/incidents/{at}/shares",         Session(Look),   shares::list),
        get ("/incidents/{at}/shares/new",     Session(Edit),   ask_new::<ShareNoun>),
        post("/incidents/{at}/shares/new",     Session(Edit),   shares::make),
        get ("/incidents/{at}/shares/{uid}",   Session(Edit),   shares::show),
        get ("/incidents/{at}/shares/{uid}/edit",             Session(Edit), ask_edit::<ShareNoun>),
        post("/incidents/{at}/shares/{uid}/edit",             Session(Edit), save_edit::<ShareNoun>),
        post("/incidents/{at}/shares/{uid}/pause",            Session(Edit), shares::pause),
        post("/incidents/{at}/shares/{uid}/resume",           Session(Edit), shares::resume),
        get ("/incidents/{at}/shares/{uid}/preview",          Session(Edit), shares::preview),
        get ("/incidents/{at}/shares/{uid}/preview.pdf",      Session(Edit), shares::preview_paper),
        get ("/incidents/{at}/shares/{uid}/openings/{opening}", Session(Edit), shares::opening),
        get ("/incidents/{at}/shares/{uid}/fax.pdf",          Session(Edit), shares::fax_sheet),
        get ("/incidents/{at}/shares/{uid}/mail",             Session(Edit), mails::ask),
        post("/incidents/{at}/shares/{uid}/mail",             Session(Edit), mails::send),
        get ("/incidents/{at}/summary",                       Session(Edit), mails::ask),
        post("/incidents/{at}/summary",                       Session(Edit), mails::send),
        get ("/incidents/{at}/shares/{uid}/strike",           Session(Edit), ask_strike::<ShareNoun>),
        post("/incidents/{at}/shares/{uid}/strike",           Session(Edit), save_strike::<ShareNoun>),
    ]
}

/// Papers that are frozen, and prints held against the record.
#[rustfmt::skip]
fn paper_routes() -> Vec<Route> {
    vec![
        get ("/incidents/{at}/papers",                        Session(Look), papers::list),
        get ("/incidents/{at}/papers/new",                    Session(Edit), ask_new::<PaperNoun>),
        post("/incidents/{at}/papers/new",                    Session(Edit), papers::make),
        get ("/incidents/{at}/papers/{uid}/paper.pdf",        Session(Look), papers::show),
        get ("/incidents/{at}/papers/{uid}/since",            Session(Look), papers::since),
        get ("/incidents/{at}/papers/{uid}/strike",           Session(Edit), ask_strike::<PaperNoun>),
        post("/incidents/{at}/papers/{uid}/strike",           Session(Edit), save_strike::<PaperNoun>),
        get ("/against",                                      Session(Look), papers::ask_against),
        post("/against",                                      Session(Look), papers::against),
    ]
}

/// What stands beside a timeline.
#[rustfmt::skip]
fn matter_routes() -> Vec<Route> {
    vec![
        get ("/incidents/{at}/meeting",                       Session(Look), meeting::show),
        get ("/incidents/{at}/decisions/new",                 Session(Edit), ask_new::<DecisionNoun>),
        post("/incidents/{at}/decisions/new",                 Session(Edit), save_new::<DecisionNoun>),
        get ("/incidents/{at}/replies",                       Session(Look), replies::news),
        post("/incidents/{at}/replies/{uid}/note",            Session(Edit), replies::note),
        post("/incidents/{at}/replies/{uid}/acceptance",      Session(Edit), replies::accept),
        post("/incidents/{at}/files/{uid}/release",           Session(Edit), replies::release_file),
        get ("/incidents/{at}/asks/new",                      Session(Edit), ask_new::<AskNoun>),
        post("/incidents/{at}/asks/new",                      Session(Edit), save_new::<AskNoun>),
        get ("/incidents/{at}/asks/{uid}/edit",               Session(Edit), ask_edit::<AskNoun>),
        post("/incidents/{at}/asks/{uid}/edit",               Session(Edit), save_edit::<AskNoun>),
        get ("/incidents/{at}/asks/{uid}/strike",             Session(Edit), ask_strike::<AskNoun>),
        post("/incidents/{at}/asks/{uid}/strike",             Session(Edit), save_strike::<AskNoun>),
        get ("/incidents/{at}/ruled-out/new",                 Session(Edit), ask_new::<RuledOutNoun>),
        post("/incidents/{at}/ruled-out/new",                 Session(Edit), save_new::<RuledOutNoun>),
        get ("/incidents/{at}/ruled-out/{uid}/edit",          Session(Edit), ask_edit::<RuledOutNoun>),
        post("/incidents/{at}/ruled-out/{uid}/edit",          Session(Edit), save_edit::<RuledOutNoun>),
        get ("/incidents/{at}/ruled-out/{uid}/strike",        Session(Edit), ask_strike::<RuledOutNoun>),
        post("/incidents/{at}/ruled-out/{uid}/strike",        Session(Edit), save_strike::<RuledOutNoun>),
        get ("/incidents/{at}/contradictions/new",            Session(Edit), ask_new::<ContradictionNoun>),
        post("/incidents/{at}/contradictions/new",            Session(Edit), save_new::<ContradictionNoun>),
        get ("/incidents/{at}/contradictions/{uid}/edit",     Session(Edit), ask_edit::<ContradictionNoun>),
        post("/incidents/{at}/contradictions/{uid}/edit",     Session(Edit), save_edit::<ContradictionNoun>),
        get ("/incidents/{at}/contradictions/{uid}/strike",   Session(Edit), ask_strike::<ContradictionNoun>),
        post("/incidents/{at}/contradictions/{uid}/strike",   Session(Edit), save_strike::<ContradictionNoun>),
        get ("/incidents/{at}/changes/new",                   Session(Edit), ask_new::<ChangeNoun>),
        post("/incidents/{at}/changes/new",                   Session(Edit), save_new::<ChangeNoun>),
        get ("/incidents/{at}/changes/{uid}/edit",            Session(Edit), ask_edit::<ChangeNoun>),
        post("/incidents/{at}/changes/{uid}/edit",            Session(Edit), save_edit::<ChangeNoun>),
        get ("/incidents/{at}/changes/{uid}/strike",          Session(Edit), ask_strike::<ChangeNoun>),
        post("/incidents/{at}/changes/{uid}/strike",          Session(Edit), save_strike::<ChangeNoun>),
        get ("/incidents/{at}/notices/new",                   Session(Edit), ask_new::<NoticeNoun>),
        post("/incidents/{at}/notices/new",                   Session(Edit), save_new::<NoticeNoun>),
        get ("/incidents/{at}/mail-file",                     Session(Edit), mail_files::ask),
        post("/incidents/{at}/mail-file",                     Session(Edit), mail_files::receive),
        get ("/incidents/{at}/mail-file/{uid}",               Session(Edit), mail_files::show),
        post("/incidents/{at}/mail-file/{uid}",               Session(Edit), mail_files::save),
        get ("/incidents/{at}/notices/{uid}/edit",            Session(Edit), ask_edit::<NoticeNoun>),
        post("/incidents/{at}/notices/{uid}/edit",            Session(Edit), save_edit::<NoticeNoun>),
        get ("/incidents/{at}/notices/{uid}/strike",          Session(Edit), ask_strike::<NoticeNoun>),
        post("/incidents/{at}/notices/{uid}/strike",          Session(Edit), save_strike::<NoticeNoun>),
    ]
}

/// Credits, and the claims for them.
#[rustfmt::skip]
fn credit_routes() -> Vec<Route> {
    vec![
        get ("/incidents/{at}/credits/{uid}",                 Session(Look), credits::show),
        get ("/incidents/{at}/credits/{uid}/letter.pdf",      Session(Look), credits::letter),
        get ("/incidents/{at}/credit-claims/new",             Session(Edit), ask_new::<CreditClaimNoun>),
        post("/incidents/{at}/credit-claims/new",             Session(Edit), save_new::<CreditClaimNoun>),
        get ("/incidents/{at}/credit-claims/{uid}/edit",      Session(Edit), ask_edit::<CreditClaimNoun>),
        post("/incidents/{at}/credit-claims/{uid}/edit",      Session(Edit), save_edit::<CreditClaimNoun>),
        get ("/incidents/{at}/credit-claims/{uid}/answer",    Session(Edit), ask_edit::<ClaimAnswerNoun>),
        post("/incidents/{at}/credit-claims/{uid}/answer",    Session(Edit), save_edit::<ClaimAnswerNoun>),
        get ("/incidents/{at}/credit-claims/{uid}/strike",    Session(Edit), ask_strike::<CreditClaimNoun>),
        post("/incidents/{at}/credit-claims/{uid}/strike",    Session(Edit), save_strike::<CreditClaimNoun>),
    ]
}

/// The phone book and the contracts.
#[rustfmt::skip]
fn company_routes() -> Vec<Route> {
    vec![
        get ("/providers",                     Session(Look),   companies::list),
        get ("/providers/new",                 Session(Edit),   ask_new::<CompanyNoun>),
        post("/providers/new",                 Session(Edit),   save_new::<CompanyNoun>),
        get ("/providers/{at}",                Session(Look),   companies::show),
        get ("/providers/{at}/record",         Session(Look),   provider_record::show),
        get ("/providers/{at}/record.pdf",     Session(Look),   provider_record::paper),
        get ("/providers/{at}/edit",           Session(Edit),   ask_edit::<CompanyRecordNoun>),
        post("/providers/{at}/edit",           Session(Edit),   save_edit::<CompanyRecordNoun>),
        get ("/providers/{at}/contacts/new",   Session(Edit),   ask_new::<ContactNoun>),
        post("/providers/{at}/contacts/new",   Session(Edit),   save_new::<ContactNoun>),
        get ("/providers/{at}/contacts/{uid}/edit",           Session(Edit), ask_edit::<ContactNoun>),
        post("/providers/{at}/contacts/{uid}/edit",           Session(Edit), save_edit::<ContactNoun>),
        get ("/providers/{at}/contacts/{uid}/merger",         Session(Edit), ask_edit::<MergerNoun>),
        post("/providers/{at}/contacts/{uid}/merger",         Session(Edit), save_edit::<MergerNoun>),
        get ("/providers/{at}/contracts/new",  Session(Edit),   ask_new::<ContractNoun>),
        post("/providers/{at}/contracts/new",  Session(Edit),   save_new::<ContractNoun>),
        get ("/contracts/{at}",                Session(Look),   companies::contract),
        get ("/contracts/{at}/edit",           Session(Edit),   ask_edit::<ContractRecordNoun>),
        post("/contracts/{at}/edit",           Session(Edit),   save_edit::<ContractRecordNoun>),
        get ("/contracts/{at}/import",         Session(Edit),   clause_import::ask),
        post("/contracts/{at}/import",         Session(Edit),   clause_import::split),
        post("/contracts/{at}/import/clauses", Session(Edit),   clause_import::save),
        get ("/contracts/{at}/clauses/new",    Session(Edit),   ask_new::<ClauseNoun>),
        post("/contracts/{at}/clauses/new",    Session(Edit),   save_new::<ClauseNoun>),
        get ("/contracts/{at}/clauses/{uid}/edit",            Session(Edit), ask_edit::<ClauseNoun>),
        post("/contracts/{at}/clauses/{uid}/edit",            Session(Edit), save_edit::<ClauseNoun>),
        get ("/contracts/{at}/clauses/{uid}/term",            Session(Edit), ask_edit::<ClauseTermNoun>),
        post("/contracts/{at}/clauses/{uid}/term",            Session(Edit), save_edit::<ClauseTermNoun>),
        get ("/contracts/{at}/clauses/{uid}/strike",          Session(Edit), ask_strike::<ClauseNoun>),
        post("/contracts/{at}/clauses/{uid}/strike",          Session(Edit), save_strike::<ClauseNoun>),
        get ("/contracts/{at}/clauses/{uid}/files/new",       Session(Edit), attachments::ask::<ClauseNoun>),
        post("/contracts/{at}/clauses/{uid}/files/new",       Session(Edit), attachments::add::<ClauseNoun>),
        get ("/contracts/{at}/files/{uid}/strike",            Session(Edit), ask_strike::<FileNoun<ContractPlace>>),
        post("/contracts/{at}/files/{uid}/strike",            Session(Edit), save_strike::<FileNoun<ContractPlace>>),
        get ("/contracts/{at}/agreements/new", Session(Edit),   ask_new::<AgreementNoun>),
        post("/contracts/{at}/agreements/new", Session(Edit),   save_new::<AgreementNoun>),
        get ("/contracts/{at}/agreements/{uid}/edit",         Session(Edit), ask_edit::<AgreementNoun>),
        post("/contracts/{at}/agreements/{uid}/edit",         Session(Edit), save_edit::<AgreementNoun>),
        get ("/contracts/{at}/agreements/{uid}/term",         Session(Edit), ask_edit::<AgreementTermNoun>),
        post("/contracts/{at}/agreements/{uid}/term",         Session(Edit), save_edit::<AgreementTermNoun>),
        get ("/contracts/{at}/agreements/{uid}/strike",       Session(Edit), ask_strike::<AgreementNoun>),
        post("/contracts/{at}/agreements/{uid}/strike",       Session(Edit), save_strike::<AgreementNoun>),
        get ("/contracts/{at}/agreements/{uid}/files/new",    Session(Edit), attachments::ask::<AgreementNoun>),
        post("/contracts/{at}/agreements/{uid}/files/new",    Session(Edit), attachments::add::<AgreementNoun>),
    ]
}

/// What machines come by: its documentation, and its operations (see [`api::table`]).
#[rustfmt::skip]
fn api_routes() -> Vec<Route> {
    let mut routes = vec![
        get ("/api/v1/openapi.json",           Anyone,          api::openapi),
        get ("/api/v1/reference",              Anyone,          api::reference),
    ];
    routes.extend(api::table::routes());
    routes
}

/// One route.
pub struct Route {
    /// GET (which answers HEAD too), POST, or one of those by which machines change things.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// Who may come that way.
    pub access: Access,
    make: Box<dyn Fn() -> ActixRoute>,
}

fn get<F, Args>(path: &'static str, access: Access, handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let make = move || web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler.clone());
    Route { method: Method::GET, path, access, make: Box::new(make) }
}

fn post<F, Args>(path: &'static str, access: Access, handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Route { method: Method::POST, path, access, make: Box::new(move || web::post().to(handler.clone())) }
}

impl Route {
    /// A route whose handler is given by `make`.
    pub(super) fn new(method: Method, path: &'static str, access: Access, make: Box<dyn Fn() -> ActixRoute>) -> Self {
        Self { method, path, access, make }
    }
}

/// Who may come which way, as a request finds it.
#[derive(Clone, Debug)]
pub struct Book(HashMap<&'static str, Vec<(Method, Access)>>);

impl Book {
    /// Of the whole table.
    pub fn new() -> Self {
        let mut book: HashMap<_, Vec<_>> = HashMap::new();
        for Route { path, method, access, .. } in table() {
            book.entry(path).or_default().push((method, access));
        }
        Self(book)
    }

    /// Who may come by `method` on the path `pattern`; none where the table has no such route.
    pub fn access(&self, method: &Method, pattern: Option<&str>) -> Option<Access> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.0.get(pattern?)?.iter().find(|(of, _)| of == method).map(|(_, access)| *access)
    }
}

impl Default for Book {
    fn default() -> Self {
        Self::new()
    }
}

/// Registers the table.
pub fn register(config: &mut ServiceConfig) {
    let mut resources: Vec<(&'static str, actix_web::Resource)> = Vec::new();
    for route in table() {
        let made = (route.make)();
        match resources.iter().position(|(path, _)| *path == route.path) {
            Some(at) => {
                let (path, resource) = resources.remove(at);
                resources.insert(at, (path, resource.route(made)));
            }
            None => resources.push((route.path, web::resource(route.path).route(made))),
        }
    }
    for (_, resource) in resources {
        config.service(resource);
    }
}
