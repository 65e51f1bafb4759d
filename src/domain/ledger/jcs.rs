//! The JSON Canonicalization Scheme (RFC 8785) for what we write: text, whole numbers, lists and objects. It makes one value
//! have one spelling, so that its hash is the same on every machine.

use serde_json::{Number, Value};

/// The largest whole number that every JSON reader keeps exactly (RFC 7493, section 2.2).
const LARGEST: i64 = (1 << 53) - 1;

/// The value cannot be written in the canonical form we use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no whole number below 2^53 and has no canonical spelling here")]
pub struct NotCanonical(pub String);

/// `value` in canonical form: no spaces, members sorted by the UTF-16 units of their names, the shortest escapes.
///
/// # Errors
/// [`NotCanonical`] for a fraction or a number of 2^53 or more.
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    let mut out = String::new();
    write_value(&mut out, value)?;
    Ok(out)
}

fn write_value(out: &mut String, value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number)?,
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                write_value(out, member)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_number(out: &mut String, number: &Number) -> Result<(), NotCanonical> {
    match number.as_i64() {
        Some(whole) if (-LARGEST..=LARGEST).contains(&whole) => {
            out.push_str(&whole.to_string());
            Ok(())
        }
        _ => Err(NotCanonical(number.to_string())),
    }
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
