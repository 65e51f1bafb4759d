//! Every operation of the API, on one page: method, path, scope, what answers, and how it is documented. The routes and the OpenAPI
//! document are both made of this table.

use actix_web::http::Method;
use actix_web::{FromRequest, Handler, Responder, Route as ActixRoute, web};
use serde_json::Value;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::body::Shape;
use super::companies::{self, set_term};
use super::resource::{Item, Page, PageQuery, Resource, Strike, Writable, add, change, list, show, strike};
use super::{desk, exports, incidents, overview, shares};
use crate::domain::api_token::Scope::{self, Companies, Read, Record, Share};
use crate::domain::overview::{IncidentRow, Morning};
use crate::domain::view::{EntryView, Internal, View};
use crate::web::nouns::{
    AgreementNoun, AgreementTermNoun, AskNoun, CallNoun, ChangeNoun, ClauseNoun, ClauseTermNoun, ClosureNoun, CompanyNoun,
    CompanyRecordNoun, ContactNoun, ContractNoun, ContractRecordNoun, ContradictionNoun, DescriptionNoun, EntryNoun,
    IncidentNoun, NoticeNoun, ReadersNoun, RuledOutNoun, SayNoun, SettlementNoun, StatementNoun, TimesNoun,
};
use crate::web::routes::{Access, Route};

/// The operations, in the order of the reference.
pub fn operations() -> Vec<Operation> {
    [of_the_house(), of_incidents(), of_timelines(), of_live_calls(), beside_timelines(), given_out(), of_companies()]
        .into_iter()
        .flatten()
        .collect()
}

#[rustfmt::skip]
fn of_the_house() -> Vec<Operation> {
    vec![
        get("/api/v1/token",    "token",    "show", overview::token).any_token().gives::<overview::TokenInfo>(200),
        get("/api/v1/overview", "overview", "show", overview::overview).gives::<Morning>(200),
        get("/api/v1/search",   "search",   "find", overview::find).asks::<overview::SearchQuery>().gives::<overview::Found>(200),
    ]
}

#[rustfmt::skip]
fn of_incidents() -> Vec<Operation> {
    vec![
        get("/api/v1/incidents", "incidents", "list", incidents::list).asks::<incidents::IncidentsQuery>().gives::<Page<IncidentRow>>(200),
        added::<IncidentNoun>("/api/v1/incidents", Record, "incidents"),
        get("/api/v1/incidents/{at}", "incidents", "whole", incidents::show).asks::<incidents::AudienceQuery>().gives::<View<Internal>>(200),
        shown::<DescriptionNoun>("/api/v1/incidents/{at}/description", "incidents"),
        changed::<DescriptionNoun>(Method::PATCH, "/api/v1/incidents/{at}/description", Record, "incidents", "change"),
        changed::<TimesNoun>(Method::PATCH, "/api/v1/incidents/{at}/times", Record, "incidents", "times"),
        op(Method::PUT, "/api/v1/incidents/{at}/closure", "incidents", "close", incidents::close).scope(Record).conditional()
            .takes::<super::shapes::incidents::Closing>().gives::<Item<<ClosureNoun as Resource>::Shown>>(200),
        op(Method::DELETE, "/api/v1/incidents/{at}/closure", "incidents", "reopen", incidents::reopen).scope(Record).conditional()
            .gives::<Item<<ClosureNoun as Resource>::Shown>>(200),
        get("/api/v1/incidents/{at}/verdicts", "verdicts", "list", incidents::verdicts).gives::<incidents::Verdicts>(200),
    ]
}

#[rustfmt::skip]
fn of_timelines() -> Vec<Operation> {
    vec![
        listed::<EntryNoun>("/api/v1/incidents/{at}/entries", "entries"),
        added::<EntryNoun>("/api/v1/incidents/{at}/entries", Record, "entries"),
        shown::<EntryNoun>("/api/v1/incidents/{at}/entries/{uid}", "entries"),
        changed::<EntryNoun>(Method::PATCH, "/api/v1/incidents/{at}/entries/{uid}", Record, "entries", "change"),
        struck::<EntryNoun>("/api/v1/incidents/{at}/entries/{uid}/strike", Record, "entries"),
        changed::<ReadersNoun>(Method::PUT, "/api/v1/incidents/{at}/entries/{uid}/visibility", Record, "entries", "readers"),
        get("/api/v1/incidents/{at}/calls", "calls", "list", incidents::calls).asks::<PageQuery>().gives::<Page<Item<EntryView>>>(200),
        added::<CallNoun>("/api/v1/incidents/{at}/calls", Record, "calls"),
        listed::<StatementNoun>("/api/v1/incidents/{at}/statements", "statements"),
        op(Method::POST, "/api/v1/incidents/{at}/entries/{uid}/statements", "statements", "say", change::<SayNoun>).scope(Record)
            .conditional().takes::<<SayNoun as Resource>::Change>().gives::<Item<EntryView>>(200),
        shown::<StatementNoun>("/api/v1/incidents/{at}/statements/{uid}", "statements"),
        changed::<StatementNoun>(Method::PATCH, "/api/v1/incidents/{at}/statements/{uid}", Record, "statements", "change"),
        listed::<SettlementNoun>("/api/v1/incidents/{at}/promises", "promises"),
        shown::<SettlementNoun>("/api/v1/incidents/{at}/promises/{uid}", "promises"),
        changed::<SettlementNoun>(Method::PATCH, "/api/v1/incidents/{at}/promises/{uid}", Record, "promises", "settle"),
    ]
}

#[rustfmt::skip]
fn of_live_calls() -> Vec<Operation> {
    vec![
        get("/api/v1/incidents/{at}/desk/calls", "live-calls", "list", desk::list).gives::<desk::LiveCalls>(200),
        op(Method::POST, "/api/v1/incidents/{at}/desk/calls", "live-calls", "begin", desk::begin).scope(Record).once()
            .takes::<desk::NewTaps>().gives::<desk::LiveShown>(201),
        get("/api/v1/incidents/{at}/desk/calls/{uid}", "live-calls", "show", desk::show).gives::<desk::LiveShown>(200),
        op(Method::POST, "/api/v1/incidents/{at}/desk/calls/{uid}/taps", "live-calls", "stamp", desk::tap).scope(Record).once()
            .takes::<desk::NewTaps>().gives::<desk::LiveShown>(200),
        op(Method::POST, "/api/v1/incidents/{at}/desk/calls/{uid}/record", "live-calls", "record", desk::record).scope(Record)
            .takes::<desk::Closing>().gives::<Item<EntryView>>(201),
        op(Method::DELETE, "/api/v1/incidents/{at}/desk/calls/{uid}", "live-calls", "drop", desk::drop_call).scope(Record).gives_nothing(),
    ]
}

#[rustfmt::skip]
fn beside_timelines() -> Vec<Operation> {
    vec![
        listed::<AskNoun>("/api/v1/incidents/{at}/asks", "asks"),
        added::<AskNoun>("/api/v1/incidents/{at}/asks", Record, "asks"),
        shown::<AskNoun>("/api/v1/incidents/{at}/asks/{uid}", "asks"),
        changed::<AskNoun>(Method::PATCH, "/api/v1/incidents/{at}/asks/{uid}", Record, "asks", "change"),
        struck::<AskNoun>("/api/v1/incidents/{at}/asks/{uid}/strike", Record, "asks"),
        listed::<RuledOutNoun>("/api/v1/incidents/{at}/ruled-out", "ruled-out"),
        added::<RuledOutNoun>("/api/v1/incidents/{at}/ruled-out", Record, "ruled-out"),
        shown::<RuledOutNoun>("/api/v1/incidents/{at}/ruled-out/{uid}", "ruled-out"),
        changed::<RuledOutNoun>(Method::PATCH, "/api/v1/incidents/{at}/ruled-out/{uid}", Record, "ruled-out", "change"),
        struck::<RuledOutNoun>("/api/v1/incidents/{at}/ruled-out/{uid}/strike", Record, "ruled-out"),
        listed::<ContradictionNoun>("/api/v1/incidents/{at}/contradictions", "contradictions"),
        added::<ContradictionNoun>("/api/v1/incidents/{at}/contradictions", Record, "contradictions"),
        shown::<ContradictionNoun>("/api/v1/incidents/{at}/contradictions/{uid}", "contradictions"),
        changed::<ContradictionNoun>(Method::PATCH, "/api/v1/incidents/{at}/contradictions/{uid}", Record, "contradictions", "change"),
        struck::<ContradictionNoun>("/api/v1/incidents/{at}/contradictions/{uid}/strike", Record, "contradictions"),
        listed::<ChangeNoun>("/api/v1/incidents/{at}/changes", "changes"),
        added::<ChangeNoun>("/api/v1/incidents/{at}/changes", Record, "changes"),
        shown::<ChangeNoun>("/api/v1/incidents/{at}/changes/{uid}", "changes"),
        changed::<ChangeNoun>(Method::PATCH, "/api/v1/incidents/{at}/changes/{uid}", Record, "changes", "change"),
        struck::<ChangeNoun>("/api/v1/incidents/{at}/changes/{uid}/strike", Record, "changes"),
        listed::<NoticeNoun>("/api/v1/incidents/{at}/notices", "notices"),
        added::<NoticeNoun>("/api/v1/incidents/{at}/notices", Record, "notices"),
        shown::<NoticeNoun>("/api/v1/incidents/{at}/notices/{uid}", "notices"),
        changed::<NoticeNoun>(Method::PATCH, "/api/v1/incidents/{at}/notices/{uid}", Record, "notices", "change"),
        struck::<NoticeNoun>("/api/v1/incidents/{at}/notices/{uid}/strike", Record, "notices"),
    ]
}

#[rustfmt::skip]
fn given_out() -> Vec<Operation> {
    vec![
        get("/api/v1/incidents/{at}/shares", "shares", "list", shares::list).gives::<Page<Item<shares::ShareShown>>>(200),
        op(Method::POST, "/api/v1/incidents/{at}/shares", "shares", "add", shares::make).scope(Share).once()
            .takes::<super::shapes::shares::NewShare>().gives::<Item<shares::ShareShown>>(201),
        op(Method::GET, "/api/v1/incidents/{at}/shares/{uid}", "shares", "show", shares::show).scope(Share)
            .gives::<Item<shares::ShareShown>>(200),
        op(Method::PATCH, "/api/v1/incidents/{at}/shares/{uid}", "shares", "change", shares::choose).scope(Share).conditional()
            .takes_part_of::<super::shapes::shares::NewShare>().gives::<Item<shares::ShareShown>>(200),
        op(Method::POST, "/api/v1/incidents/{at}/shares/{uid}/pause", "shares", "pause", shares::pause).scope(Share).conditional()
            .gives::<Item<shares::ShareShown>>(200),
        op(Method::POST, "/api/v1/incidents/{at}/shares/{uid}/resume", "shares", "resume", shares::resume).scope(Share).conditional()
            .gives::<Item<shares::ShareShown>>(200),
        op(Method::POST, "/api/v1/incidents/{at}/shares/{uid}/revocation", "shares", "revoke", shares::revoke).scope(Share).conditional()
            .takes::<Strike>().gives::<Item<shares::ShareShown>>(200),
        get("/api/v1/incidents/{at}/exports", "exports", "list", exports::list).gives::<exports::Orders>(200),
        op(Method::POST, "/api/v1/incidents/{at}/exports", "exports", "order", exports::order).scope(Read)
            .takes::<exports::NewOrder>().gives::<exports::OrderShown>(202),
        get("/api/v1/incidents/{at}/exports/{uid}", "exports", "show", exports::show).gives::<exports::OrderShown>(200),
        get("/api/v1/incidents/{at}/exports/{uid}/file", "exports", "fetch", exports::fetch).gives_file(&["application/pdf", "application/zip"]),
    ]
}

#[rustfmt::skip]
fn of_companies() -> Vec<Operation> {
    vec![
        get("/api/v1/providers", "providers", "list", companies::list).asks::<PageQuery>().gives::<Page<Item<companies::Company>>>(200),
        added::<CompanyNoun>("/api/v1/providers", Companies, "providers"),
        shown::<CompanyRecordNoun>("/api/v1/providers/{at}", "providers"),
        changed::<CompanyRecordNoun>(Method::PATCH, "/api/v1/providers/{at}", Companies, "providers", "change"),
        listed::<ContactNoun>("/api/v1/providers/{at}/contacts", "contacts"),
        added::<ContactNoun>("/api/v1/providers/{at}/contacts", Companies, "contacts"),
        shown::<ContactNoun>("/api/v1/providers/{at}/contacts/{uid}", "contacts"),
        changed::<ContactNoun>(Method::PATCH, "/api/v1/providers/{at}/contacts/{uid}", Companies, "contacts", "change"),
        get("/api/v1/contracts", "contracts", "list", companies::contracts).asks::<PageQuery>().gives::<Page<Item<companies::ContractShown>>>(200),
        added::<ContractNoun>("/api/v1/providers/{at}/contracts", Companies, "contracts"),
        shown::<ContractRecordNoun>("/api/v1/contracts/{at}", "contracts"),
        changed::<ContractRecordNoun>(Method::PATCH, "/api/v1/contracts/{at}", Companies, "contracts", "change"),
        listed::<ClauseNoun>("/api/v1/contracts/{at}/clauses", "clauses"),
        added::<ClauseNoun>("/api/v1/contracts/{at}/clauses", Companies, "clauses"),
        shown::<ClauseNoun>("/api/v1/contracts/{at}/clauses/{uid}", "clauses"),
        changed::<ClauseNoun>(Method::PATCH, "/api/v1/contracts/{at}/clauses/{uid}", Companies, "clauses", "change"),
        struck::<ClauseNoun>("/api/v1/contracts/{at}/clauses/{uid}/strike", Companies, "clauses"),
        termed::<ClauseNoun, _, _>("/api/v1/contracts/{at}/clauses/{uid}/term", "clauses", set_term::<ClauseTermNoun, ClauseNoun>),
        listed::<AgreementNoun>("/api/v1/contracts/{at}/agreements", "agreements"),
        added::<AgreementNoun>("/api/v1/contracts/{at}/agreements", Companies, "agreements"),
        shown::<AgreementNoun>("/api/v1/contracts/{at}/agreements/{uid}", "agreements"),
        changed::<AgreementNoun>(Method::PATCH, "/api/v1/contracts/{at}/agreements/{uid}", Companies, "agreements", "change"),
        struck::<AgreementNoun>("/api/v1/contracts/{at}/agreements/{uid}/strike", Companies, "agreements"),
        termed::<AgreementNoun, _, _>("/api/v1/contracts/{at}/agreements/{uid}/term", "agreements", set_term::<AgreementTermNoun, AgreementNoun>),
    ]
}

/// The routes of all operations.
pub fn routes() -> Vec<Route> {
    let route =
        |operation: Operation| Route::new(operation.method, operation.path, Access::Token(operation.scope), operation.make);
    operations().into_iter().map(route).collect()
}

/// One operation.
pub struct Operation {
    /// How it is called.
    pub method: Method,
    /// Where.
    pub path: &'static str,
    /// What a token must allow; none where any good one will do.
    pub scope: Option<Scope>,
    /// What it is about, as its part of the catalogue's key: `api-noun-…`.
    pub noun: &'static str,
    /// What it does with that: `api-verb-…`.
    pub verb: &'static str,
    /// What is asked in the address, if anything is.
    pub query: Option<fn() -> Vec<Parameter>>,
    /// What is sent.
    pub takes: Option<Takes>,
    /// What comes back, with its status.
    pub gives: (u16, Gives),
    /// Whether it names the revision that it changes.
    pub is_conditional: bool,
    /// Whether a key makes it happen once.
    pub has_key: bool,
    make: Box<dyn Fn() -> ActixRoute>,
}

/// A body that is sent.
pub struct Takes {
    /// Its schema, made where it is asked for: the routes need none.
    pub schema: fn() -> Named,
    /// Whether any part of it may be sent.
    pub in_part: bool,
    /// One that could be sent.
    pub example: fn() -> Value,
}

/// What comes back.
pub enum Gives {
    /// JSON.
    Json(fn() -> Named),
    /// Nothing.
    Nothing,
    /// A file of one of these kinds.
    File(&'static [&'static str]),
}

/// A schema with its name, and those it points to.
pub struct Named {
    /// Its name.
    pub name: String,
    /// Itself.
    pub schema: RefOr<Schema>,
    /// The others.
    pub others: Vec<(String, RefOr<Schema>)>,
}

impl Named {
    fn of<T: PartialSchema + ToSchema>() -> Self {
        let mut others = Vec::new();
        T::schemas(&mut others);
        Self { name: T::name().into_owned(), schema: T::schema(), others }
    }
}

fn op<F, Args>(method: Method, path: &'static str, noun: &'static str, verb: &'static str, handler: F) -> Operation
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let of = method.clone();
    Operation {
        method,
        path,
        scope: Some(Read),
        noun,
        verb,
        query: None,
        takes: None,
        gives: (204, Gives::Nothing),
        is_conditional: false,
        has_key: false,
        make: Box::new(move || web::method(of.clone()).to(handler.clone())),
    }
}

fn get<F, Args>(path: &'static str, noun: &'static str, verb: &'static str, handler: F) -> Operation
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    op(Method::GET, path, noun, verb, handler)
}

fn listed<N: Resource>(path: &'static str, noun: &'static str) -> Operation {
    get(path, noun, "list", list::<N>).asks::<PageQuery>().gives::<Page<Item<N::Shown>>>(200)
}

fn shown<N: Resource>(path: &'static str, noun: &'static str) -> Operation {
    get(path, noun, "show", show::<N>).gives::<Item<N::Shown>>(200)
}

fn added<N: Writable>(path: &'static str, scope: Scope, noun: &'static str) -> Operation {
    let operation = op(Method::POST, path, noun, "add", add::<N>).scope(scope).once();
    operation.takes::<N::New>().gives::<Item<<N::Becomes as Resource>::Shown>>(201)
}

fn changed<N: Resource>(method: Method, path: &'static str, scope: Scope, noun: &'static str, verb: &'static str) -> Operation {
    let operation = op(method, path, noun, verb, change::<N>).scope(scope).conditional();
    operation.takes_part_of::<N::Change>().gives::<Item<N::Shown>>(200)
}

fn struck<N: Resource>(path: &'static str, scope: Scope, noun: &'static str) -> Operation {
    let operation = op(Method::POST, path, noun, "strike", strike::<N>).scope(scope).conditional();
    operation.takes::<Strike>().gives::<Item<N::Shown>>(200)
}

fn termed<M, F, Args>(path: &'static str, noun: &'static str, handler: F) -> Operation
where
    M: Resource,
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let operation = op(Method::PUT, path, noun, "term", handler).scope(Companies).conditional();
    operation.takes::<super::shapes::companies::TermRecord>().gives::<Item<M::Shown>>(200)
}

impl Operation {
    fn any_token(self) -> Self {
        Self { scope: None, ..self }
    }

    fn scope(self, scope: Scope) -> Self {
        Self { scope: Some(scope), ..self }
    }

    fn conditional(self) -> Self {
        Self { is_conditional: true, ..self }
    }

    fn once(self) -> Self {
        Self { has_key: true, ..self }
    }

    fn asks<Q: IntoParams>(self) -> Self {
        Self { query: Some(|| Q::into_params(|| Some(ParameterIn::Query))), ..self }
    }

    fn takes<T: Shape>(self) -> Self {
        let example = || serde_json::to_value(T::example()).map(without_nulls).unwrap_or_default();
        Self { takes: Some(Takes { schema: Named::of::<T>, in_part: false, example }), ..self }
    }

    fn takes_part_of<T: Shape>(self) -> Self {
        let whole = self.takes::<T>();
        Self { takes: whole.takes.map(|takes| Takes { in_part: true, ..takes }), ..whole }
    }

    fn gives<T: ToSchema>(self, status: u16) -> Self {
        Self { gives: (status, Gives::Json(Named::of::<T>)), ..self }
    }

    fn gives_nothing(self) -> Self {
        Self { gives: (204, Gives::Nothing), ..self }
    }

    fn gives_file(self, kinds: &'static [&'static str]) -> Self {
        Self { gives: (200, Gives::File(kinds)), ..self }
    }
}

/// An example without what nobody would send.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let said = object.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(said.map(|(name, value)| (name, without_nulls(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(without_nulls).collect()),
        other => other,
    }
}
