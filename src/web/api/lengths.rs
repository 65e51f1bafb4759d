//! Texts and lists are no longer than the document says. What a text loses on its way onto record (control characters, blanks
//! at its ends) counts: a machine is held to what it was told, and not to what comes of it.

use serde_json::Value;

use super::document::{DOCUMENT, named};

/// A text or a list that is too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooLong {
    /// Where it stands (RFC 6901).
    pub pointer: String,
    /// What is said about it.
    pub key: &'static str,
    /// The most characters, or things, that it may have.
    pub limit: u64,
    /// How many it has.
    pub given: u64,
}

/// The first text or list in `value` that is longer than the schema of that name lets it be.
pub fn too_long(schema: &str, value: &Value) -> Option<TooLong> {
    let all = &DOCUMENT["components"]["schemas"];
    look(all, named(all, schema), value, String::new())
}

fn look(all: &Value, schema: &Value, value: &Value, pointer: String) -> Option<TooLong> {
    let schema = schema["$ref"].as_str().map_or(schema, |to| named(all, to));
    match value {
        Value::String(text) => {
            let (limit, given) = (schema["maxLength"].as_u64()?, text.chars().count() as u64);
            (given > limit).then_some(TooLong { pointer, key: "text-error-too-long", limit, given })
        }
        Value::Array(items) => {
            let given = items.len() as u64;
            if let Some(limit) = schema["maxItems"].as_u64().filter(|limit| given > *limit) {
                return Some(TooLong { pointer, key: "api-too-many", limit, given });
            }
            let mut items = items.iter().enumerate();
            items.find_map(|(n, item)| look(all, &schema["items"], item, format!("{pointer}/{n}")))
        }
        Value::Object(fields) => {
            let within = |(name, field): (&String, &Value)| {
                look(all, &schema["properties"][name.as_str()], field, format!("{pointer}/{name}"))
            };
            fields.iter().find_map(within)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_is_held_to_what_the_document_says() {
        let contact = |role: String| too_long("ContactRecord", &json!({ "role": role }));
        assert_eq!(contact("加".repeat(300)), None);
        let over = TooLong { pointer: "/role".to_owned(), key: "text-error-too-long", limit: 300, given: 301 };
        assert_eq!(contact(format!("{}\u{1}", "加".repeat(300))), Some(over));
    }

    #[test]
    fn a_list_is_held_to_what_the_document_says() {
        let call = |legs: usize| too_long("NewCall", &json!({ "legs": vec![json!({ "who": "a" }); legs] }));
        assert_eq!(call(200), None);
        let over = TooLong { pointer: "/legs".to_owned(), key: "api-too-many", limit: 200, given: 201 };
        assert_eq!(call(201), Some(over));
    }
}
