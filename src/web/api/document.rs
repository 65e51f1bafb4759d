//! The OpenAPI 3.1 document, made of the table of operations.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::Method;
use serde_json::{Map, Value};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem, PathsBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Ref, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ComponentsBuilder, HeaderBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, RefOr, Required, ResponseBuilder,
    ResponsesBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};

use super::problem::Problem;
use super::table::{Gives, Named, Operation, Takes, operations};
use crate::domain::api_token::PREFIX;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::locale::Locale;
use crate::render::words::Words;

/// The document, in JSON. It is in English, as its types are.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| joined(serde_json::to_value(document()).unwrap_or_default()));

/// `GET /api/v1/openapi.json`
pub async fn show() -> HttpResponse {
    HttpResponse::Ok().json(&*DOCUMENT)
}

/// With each thing that is several at once (`allOf`), one of which takes no other fields (`additionalProperties`, as what is sent has
/// it), as one thing with the fields of all: each of the several would refuse the others' (JSON Schema 2020-12, core, 10.3.2.3).
fn joined(mut document: Value) -> Value {
    let all = document["components"]["schemas"].clone();
    let schemas = document["components"]["schemas"].as_object_mut().into_iter().flatten();
    for (_, schema) in schemas {
        let Some(parts) = schema["allOf"].as_array() else { continue };
        let parts: Vec<Value> =
            parts.iter().map(|part| part["$ref"].as_str().map_or(part, |to| named(&all, to)).clone()).collect();
        if !parts.iter().any(|part| part["additionalProperties"] == Value::Bool(false)) {
            continue;
        }
        let each = |field: &'static str| parts.iter().map(move |part| &part[field]);
        let properties: Map<String, Value> = each("properties").filter_map(Value::as_object).flatten().map(owned).collect();
        let required: Vec<Value> = each("required").filter_map(Value::as_array).flatten().cloned().collect();
        let description = schema["description"].take();
        *schema = serde_json::json!({ "type": "object", "properties": properties, "required": required });
        if !description.is_null() {
            schema["description"] = description;
        }
    }
    document
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

/// The schema to which a reference leads, or that has that name.
pub fn named<'a>(all: &'a Value, reference: &str) -> &'a Value {
    &all[reference.rsplit('/').next().unwrap_or_default()]
}

fn document() -> OpenApi {
    let words = Words::new(Locale::En);
    let (mut paths, mut schemas, mut tags) = (PathsBuilder::new(), BTreeMap::new(), Vec::new());
    let mut items: BTreeMap<&'static str, PathItem> = BTreeMap::new();
    keep(&mut schemas, Named { name: Problem::name().into_owned(), schema: Problem::schema(), others: others::<Problem>() });
    for operation in operations() {
        if !tags.contains(&operation.noun) {
            tags.push(operation.noun);
        }
        let (path, method) = (operation.path, method(&operation.method));
        let item = PathItem::new(method, described(operation, words, &mut schemas));
        match items.get_mut(path) {
            Some(there) => there.merge_operations(item),
            None => drop(items.insert(path, item)),
        }
    }
    for (path, item) in items {
        paths = paths.path(path, item);
    }
    let tag = |noun: &'static str| TagBuilder::new().name(words.get(&format!("api-noun-{noun}"))).build();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format(format!("{PREFIX}…"));
    let bearer = bearer.description(Some(words.get("api-bearer"))).build();
    let info = InfoBuilder::new().title("Tellonce").version(env!("CARGO_PKG_VERSION")).description(Some(words.get("api-lead")));
    let components = ComponentsBuilder::new().schemas_from_iter(schemas).security_scheme("token", SecurityScheme::Http(bearer));
    OpenApiBuilder::new()
        .info(info.license(Some(License::new("AGPL-3.0-or-later"))).build())
        .paths(paths.build())
        .tags(Some(tags.into_iter().map(tag)))
        .components(Some(components.build()))
        .security(Some([SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]))
        .build()
}

fn others<T: ToSchema>() -> Vec<(String, RefOr<Schema>)> {
    let mut others = Vec::new();
    T::schemas(&mut others);
    others
}

fn keep(schemas: &mut BTreeMap<String, RefOr<Schema>>, named: Named) {
    schemas.extend(named.others);
    schemas.insert(named.name, named.schema);
}

const fn method(method: &Method) -> HttpMethod {
    match *method {
        Method::PUT => HttpMethod::Put,
        Method::POST => HttpMethod::Post,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

/// What an operation is called, among all.
pub fn id(operation: &Operation) -> String {
    let what = operation.path.split('/').filter(|part| !part.is_empty() && !part.starts_with('{')).skip(2);
    let what: Vec<&str> = what.collect();
    format!("{}-{}", operation.verb, what.join("-"))
}

fn described(
    operation: Operation,
    words: Words,
    schemas: &mut BTreeMap<String, RefOr<Schema>>,
) -> utoipa::openapi::path::Operation {
    let noun = words.get(&format!("api-noun-{}", operation.noun));
    let summary = format!("{noun}: {}", words.get(&format!("api-verb-{}", operation.verb)));
    let scopes: Vec<&str> = operation.scope.iter().map(|scope| scope.as_str()).collect();
    let scope_note = operation.scope.map(|scope| format!("Scope: `{scope}`."));
    let mut builder = OperationBuilder::new()
        .operation_id(Some(id(&operation)))
        .tag(noun)
        .summary(Some(summary))
        .description(scope_note)
        .security(SecurityRequirement::new("token", scopes));
    for parameter in in_path(operation.path) {
        builder = builder.parameter(parameter);
    }
    for parameter in operation.query.map(|query| query()).unwrap_or_default() {
        builder = builder.parameter(parameter);
    }
    let text = |pattern: Option<&str>| ObjectBuilder::new().schema_type(Type::String).pattern(pattern);
    let header = |name: &str, description: String| {
        ParameterBuilder::new().name(name).parameter_in(ParameterIn::Header).description(Some(description))
    };
    if operation.is_conditional {
        let condition = header("If-Match", words.get("api-if-match")).required(Required::True);
        builder = builder.parameter(condition.schema(Some(text(Some("^(\\*|\"[0-9]{1,18}\")$")))));
    }
    if operation.has_key {
        let key = header("Idempotency-Key", words.get("api-idempotency-key")).required(Required::False);
        builder = builder.parameter(key.schema(Some(text(Some("^[!-~]{1,200}$")))));
    }
    let responses = responses(&operation, words);
    if let Some(takes) = operation.takes {
        builder = builder.request_body(Some(body(takes, schemas)));
    }
    if let (_, Gives::Json(named)) = operation.gives {
        keep(schemas, named());
    }
    builder.responses(responses).build()
}

/// The parameters of a path.
fn in_path(path: &str) -> Vec<utoipa::openapi::path::Parameter> {
    let parameter = |name: &str, description: &str, schema: RefOr<Schema>| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
        parameter.description(Some(description)).schema(Some(schema)).build()
    };
    let mut all = Vec::new();
    if path.contains("{at}") {
        all.push(match path.starts_with("/api/v1/incidents") {
            true => parameter("at", "The number of the incident.", IncidentNumber::schema()),
            false => parameter("at", "The uid of what it stands in.", Uid::schema()),
        });
    }
    if path.contains("{uid}") {
        all.push(parameter("uid", "Its uid.", Uid::schema()));
    }
    all
}

fn body(takes: Takes, schemas: &mut BTreeMap<String, RefOr<Schema>>) -> utoipa::openapi::request_body::RequestBody {
    let Takes { schema, in_part, example } = takes;
    let Named { name, schema, others } = schema();
    schemas.extend(others);
    let name = if in_part { format!("{name}InPart") } else { name };
    schemas.insert(name.clone(), if in_part { any_part_of(schema) } else { schema });
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).example(Some(example())).build();
    RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True)).build()
}

/// The schema of a change: everything may be left out.
fn any_part_of(schema: RefOr<Schema>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::Object(mut object)) => {
            object.required.clear();
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

fn responses(operation: &Operation, words: Words) -> utoipa::openapi::Responses {
    let problem = || {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(Problem::name().into_owned()))).build();
        ("application/problem+json", content)
    };
    let (status, gives) = &operation.gives;
    let mut good = ResponseBuilder::new().description(words.get(&format!("api-status-{status}")));
    match gives {
        Gives::Json(named) => {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(named().name))).build();
            good = good.content("application/json", content);
        }
        Gives::File(kinds) => {
            for kind in *kinds {
                good = good.content(*kind, ContentBuilder::new().schema(Some(ObjectBuilder::new())).build());
            }
        }
        Gives::Nothing => {}
    }
    let text = |description: String| {
        HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).description(Some(description)).build()
    };
    if matches!(status, 201 | 202) {
        good = good.header("Location", text(words.get("api-location")));
    }
    let mut all = ResponsesBuilder::new().response(status.to_string(), good.build());
    for status in bad(operation) {
        let (kind, content) = problem();
        let description = words.get(&format!("api-status-{status}"));
        all = all.response(status.to_string(), ResponseBuilder::new().description(description).content(kind, content).build());
    }
    all.build()
}

/// The statuses by which an operation can refuse.
fn bad(operation: &Operation) -> Vec<u16> {
    let has_body = operation.takes.is_some();
    let changes = operation.method != Method::GET;
    let found = operation.path.contains('{');
    let in_the_way = (operation.noun == "live-calls" && changes) || matches!(operation.gives.1, Gives::File(_));
    let all = [
        (400, has_body || operation.query.is_some()),
        (401, true),
        (403, true),
        (404, found),
        (408, has_body),
        (409, in_the_way),
        (412, operation.is_conditional),
        (413, has_body),
        (415, has_body),
        (422, has_body || operation.is_conditional || operation.has_key || operation.query.is_some()),
        (428, operation.is_conditional),
        (500, true),
        (503, true),
    ];
    all.into_iter().filter(|(_, is)| *is).map(|(status, _)| status).collect()
}
