//! The reference of the API.

use serde::Serialize;
use serde_json::Value;

use crate::render::tera::Page;
use crate::render::words::Words;

/// How an operation is called, in the reader's language.
#[derive(Clone, Debug)]
pub struct Called {
    /// Its id in the document.
    pub id: String,
    /// What it is about: `api-noun-…`.
    pub noun: &'static str,
    /// What it does: `api-verb-…`.
    pub verb: &'static str,
}

/// The reference of the API.
#[derive(Clone, Debug, Serialize)]
pub struct ReferencePage {
    /// The operations by what they are about.
    pub groups: Vec<Group>,
    /// What is sent and comes back.
    pub shapes: Vec<ShapePart>,
    /// What can go wrong.
    pub problems: Vec<ProblemPart>,
}

/// Operations about one thing.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// For links.
    pub anchor: &'static str,
    /// What it is about.
    pub title: String,
    /// Its operations.
    pub operations: Vec<OperationPart>,
}

/// An operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationPart {
    /// Its id.
    pub id: String,
    /// How it is called.
    pub method: String,
    /// Where.
    pub path: String,
    /// What it does.
    pub title: String,
    /// What a token must allow; empty where any will do.
    pub scope: String,
    /// What is asked in the address or the headers.
    pub parameters: Vec<FieldPart>,
    /// The shape of its body; empty where it has none.
    pub takes: String,
    /// A body that could be sent.
    pub example: String,
    /// The status where it went well.
    pub status: String,
    /// The shape of what comes back; empty where nothing of a shape does.
    pub gives: String,
}

/// What is sent or comes back.
#[derive(Clone, Debug, Serialize)]
pub struct ShapePart {
    /// Its name.
    pub name: String,
    /// What it is.
    pub says: String,
    /// Its fields.
    pub fields: Vec<FieldPart>,
    /// What it is made of, where it has no fields.
    pub kind: Kind,
}

/// A field, or a parameter.
#[derive(Clone, Debug, Serialize)]
pub struct FieldPart {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub says: String,
}

/// What stands in a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// In words.
    pub text: String,
    /// The shape it leads to; empty where it leads to none.
    pub shape: String,
}

/// A kind of problem.
#[derive(Clone, Debug, Serialize)]
pub struct ProblemPart {
    /// Its name in addresses.
    pub kind: &'static str,
    /// Its status.
    pub status: u16,
    /// What it is called.
    pub title: String,
    /// What to do.
    pub says: String,
}

impl Page for ReferencePage {
    const TEMPLATE: &'static str = "api/reference.html";
    const SECTION: &'static str = "";
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What a schema allows, in a few words.
fn kind(schema: &Value) -> Kind {
    if let Some(shape) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        return Kind { text: shape.to_owned(), shape: shape.to_owned() };
    }
    let choices: Vec<&Value> = list(&schema["oneOf"]).iter().filter(|one| one["type"] != "null").collect();
    if let [only] = choices[..] {
        return kind(only);
    }
    let words = list(&schema["enum"]);
    if !words.is_empty() {
        let words: Vec<String> = words.iter().map(text).collect();
        return Kind { text: words.join(" | "), shape: String::new() };
    }
    let of = match &schema["type"] {
        Value::Array(all) => all.iter().find(|one| *one != "null").map(text).unwrap_or_default(),
        one => text(one),
    };
    match (of.as_str(), schema["format"].as_str()) {
        ("array", _) => {
            let Kind { text, shape } = kind(&schema["items"]);
            Kind { text: format!("[{text}]"), shape }
        }
        (_, Some(format)) => Kind { text: format.to_owned(), shape: String::new() },
        _ => Kind { text: of, shape: String::new() },
    }
}

/// The fields of a schema, those of what it takes in among them.
fn fields(schema: &Value) -> Vec<FieldPart> {
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, of)| FieldPart {
        name: name.clone(),
        kind: kind(of),
        required: list(&schema["required"]).iter().any(|required| required == name),
        says: text(&of["description"]),
    });
    let taken_in = list(&schema["allOf"]).iter().flat_map(|part| match part["$ref"].as_str() {
        Some(_) => vec![FieldPart { name: "…".to_owned(), kind: kind(part), required: true, says: String::new() }],
        None => fields(part),
    });
    own.chain(taken_in).collect()
}

/// The shape that a body or an answer has.
fn shape(content: &Value) -> String {
    kind(&content["content"]["application/json"]["schema"]).shape
}

impl ReferencePage {
    /// Of the OpenAPI document, with how its operations are called and the kinds of problems with their status.
    pub fn new(document: &Value, called: &[Called], problems: &[(&'static str, u16)], words: Words) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for of in called {
            let Some(operation) = operation(document, of, words) else { continue };
            match groups.iter_mut().find(|group| group.anchor == of.noun) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group {
                    anchor: of.noun,
                    title: words.get(&format!("api-noun-{}", of.noun)),
                    operations: vec![operation],
                }),
            }
        }
        let shapes = document["components"]["schemas"].as_object().into_iter().flatten().map(|(name, schema)| ShapePart {
            name: name.clone(),
            says: text(&schema["description"]),
            fields: fields(schema),
            kind: kind(schema),
        });
        let problem = |(kind, status): &(&'static str, u16)| ProblemPart {
            kind,
            status: *status,
            title: words.get(&format!("problem-kind-{kind}")),
            says: words.get(&format!("problem-means-{kind}")),
        };
        Self { groups, shapes: shapes.collect(), problems: problems.iter().map(problem).collect() }
    }
}

fn operation(document: &Value, called: &Called, words: Words) -> Option<OperationPart> {
    let paths = document["paths"].as_object()?;
    let (path, method, found) = paths.iter().find_map(|(path, item)| {
        let (method, found) = item.as_object()?.iter().find(|(_, found)| found["operationId"] == called.id.as_str())?;
        Some((path, method, found))
    })?;
    let parameters = list(&found["parameters"]).iter().filter(|parameter| parameter["in"] != "path").map(|parameter| FieldPart {
        name: text(&parameter["name"]),
        kind: kind(&parameter["schema"]),
        required: parameter["required"] == true,
        says: text(&parameter["description"]),
    });
    let example = &found["requestBody"]["content"]["application/json"]["example"];
    let (status, good) = found["responses"].as_object()?.iter().find(|(status, _)| status.starts_with('2'))?;
    let scope = list(&found["security"]).iter().find_map(|security| security["token"].as_array()?.first()?.as_str());
    Some(OperationPart {
        id: called.id.clone(),
        method: method.to_uppercase(),
        path: path.clone(),
        title: words.get(&format!("api-verb-{}", called.verb)),
        scope: scope.map(|scope| words.get(&format!("scope-{scope}"))).unwrap_or_default(),
        parameters: parameters.collect(),
        takes: shape(&found["requestBody"]),
        example: if example.is_null() { String::new() } else { serde_json::to_string_pretty(example).unwrap_or_default() },
        status: status.clone(),
        gives: shape(good),
    })
}

#[cfg(test)]
impl crate::render::tera::Sampled for ReferencePage {
    fn samples() -> Vec<Self> {
        use crate::domain::locale::Locale;

        let document = serde_json::json!({
            "paths": { "/api/v1/incidents/{at}/asks": { "post": {
                "operationId": "add-asks",
                "parameters": [
                    { "name": "at", "in": "path", "schema": { "type": "string" } },
                    { "name": "Idempotency-Key", "in": "header", "schema": { "type": ["string", "null"] }, "description": "<b>&\"'加" },
                ],
                "requestBody": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Ask" }, "example": { "words": "<b>&\"'加" },
                } } },
                "responses": { "201": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Ask" } } } } },
                "security": [{ "token": ["record"] }],
            } } },
            "components": { "schemas": {
                "Ask": { "description": "<b>&\"'加", "required": ["words"], "allOf": [{ "$ref": "#/components/schemas/Word" }], "properties": {
                    "words": { "type": "string", "format": "date-time" },
                    "all": { "type": "array", "items": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Word" }] } },
                } },
                "Word": { "type": "string", "enum": ["open", "closed"] },
            } },
        });
        let called = [Called { id: "add-asks".to_owned(), noun: "asks", verb: "add" }];
        vec![Self::new(&document, &called, &[("not-found", 404)], Words::new(Locale::Ja))]
    }
}
