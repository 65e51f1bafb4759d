//! Bodies: JSON of a known shape, read as the form of its noun is.

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::lengths::too_long;
use crate::error::{AppError, FieldError};
use crate::render::form::{FormView, Problem};
use crate::web::extract::{FORM_DEADLINE, read};
use crate::web::pace::in_time;
use crate::web::visit::Failure;

/// The shape of a body. Its fields are named as those of the form are, so that the form's own reading takes them.
pub trait Shape: Serialize + DeserializeOwned + ToSchema + 'static {
    /// Lists of objects, each with what its rows are called in the form: `legs` is `leg1_…`, `leg2_…`.
    const LISTS: &'static [(&'static str, &'static str)] = &[];
    /// Objects whose fields the form has by themselves, each with what is set before their names.
    const PARTS: &'static [(&'static str, &'static str)] = &[];
    /// Lists of texts that the form has as lines of one field.
    const LINES: &'static [&'static str] = &[];

    /// One that could be sent, for the reference.
    fn example() -> Self;
}

/// A body as it was sent: JSON, an object.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Its bytes, by which a request is known again.
    pub bytes: Vec<u8>,
    /// What stands in it.
    pub object: Map<String, Value>,
}

impl FromRequest for Sent {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = req.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default().to_owned());
        let payload = payload.take();
        Box::pin(async move {
            let bytes = in_time(payload, FORM_DEADLINE, read).await?;
            // What has no body needs no type.
            if !bytes.is_empty() && !kind.as_deref().is_some_and(is_json) {
                return Err(AppError::NotJson.into());
            }
            Ok(Self::of(bytes.to_vec())?)
        })
    }
}

fn is_json(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    ["application/json", "application/merge-patch+json"].iter().any(|json| essence.eq_ignore_ascii_case(json))
}

impl Sent {
    fn of(bytes: Vec<u8>) -> Result<Self, AppError> {
        let object = if bytes.is_empty() { Ok(Map::new()) } else { serde_json::from_slice(&bytes) };
        let object = object.map_err(|error| AppError::Unreadable(error.to_string()))?;
        Ok(Self { bytes, object })
    }

    /// The body as a value of its shape.
    ///
    /// # Errors
    /// [`AppError::Unreadable`] where there is none; [`AppError::Refused`] at what does not fit.
    pub fn whole<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        if self.bytes.is_empty() {
            return Err(AppError::Unreadable("there is no body".to_owned()));
        }
        self.fitting()
    }

    fn fits_in<T: Shape>(&self) -> Result<(), AppError> {
        let Some(over) = too_long(&T::name(), &Value::Object(self.object.clone())) else { return Ok(()) };
        let limits = Problem::new(over.key).with("limit", over.limit.to_string());
        Err(refused(over.pointer, limits.with("given", over.given.to_string())))
    }

    fn fitting<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        serde_path_to_error::deserialize(Value::Object(self.object.clone())).map_err(|error| misfit(&error))
    }

    /// The form of a new thing: what a blank one holds, and what was sent.
    ///
    /// # Errors
    /// As [`Self::whole`].
    pub fn new_form<T: Shape>(&self, blank: FormView) -> Result<FormView, AppError> {
        self.whole::<T>()?;
        self.fits_in::<T>()?;
        Ok(typed::<T>(blank, &self.object))
    }

    /// The form of one on record, with what was sent in place of what stands there (RFC 7396); what was not sent stays.
    ///
    /// # Errors
    /// As [`Self::whole`].
    pub fn changed_form<T: Shape>(&self, filled: FormView) -> Result<FormView, AppError> {
        self.whole::<Map<String, Value>>()?;
        self.fits_in::<T>()?;
        let example = serde_json::to_value(T::example()).map_err(|error| AppError::Fault(error.to_string()))?;
        // A part of a shape fits where the whole would, whatever stands in the rest.
        let mut whole = example.as_object().cloned().unwrap_or_default();
        for (name, value) in self.object.iter().filter(|(_, value)| !value.is_null()) {
            whole.insert(name.clone(), lasting::<T>(name, value));
        }
        Self { bytes: Vec::new(), object: whole }.fitting::<T>()?;
        // An example holds every field, those without a value as `null`.
        if let Some(unknown) = self.object.keys().find(|name| example.get(name.as_str()).is_none()) {
            return Err(refused(format!("/{unknown}"), Problem::new("api-unknown-field")));
        }
        Ok(typed::<T>(filled, &self.object))
    }
}

fn refused(pointer: String, problem: Problem) -> AppError {
    AppError::Refused(vec![FieldError { field: pointer, problem }])
}

fn misfit(error: &serde_path_to_error::Error<serde_json::Error>) -> AppError {
    let path = error.path().iter().map(|segment| match segment {
        serde_path_to_error::Segment::Seq { index } => index.to_string(),
        serde_path_to_error::Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        serde_path_to_error::Segment::Enum { variant } => variant.clone(),
        serde_path_to_error::Segment::Unknown => String::new(),
    });
    let pointer: String = path.map(|part| format!("/{part}")).collect();
    refused(pointer, Problem::new("api-misfit").with("what", error.inner().to_string()))
}

/// A form with a JSON object typed into it.
fn typed<T: Shape>(form: FormView, object: &Map<String, Value>) -> FormView {
    object.iter().fold(form, |mut form, (name, value)| {
        let list = T::LISTS.iter().find(|(list, _)| list == name).map(|(_, row)| *row);
        let part = T::PARTS.iter().find(|(part, _)| part == name).map(|(_, prefix)| *prefix);
        match (list, part) {
            (Some(row), _) => rows(&mut form, row, value),
            (_, Some(prefix)) => parts(&mut form, prefix, value),
            _ if T::LINES.contains(&name.as_str()) => {
                form.values.insert(name.clone(), vec![texts(value).join("\n")]);
            }
            _ => {
                form.values.insert(name.clone(), texts(value));
            }
        }
        form
    })
}

/// Puts a list of objects in the place of the rows that stand in the form.
fn rows(form: &mut FormView, row: &str, value: &Value) {
    let is_row = |name: &str| {
        let rest = name.strip_prefix(row).and_then(|rest| rest.split_once('_'));
        rest.is_some_and(|(n, _)| n.parse::<usize>().is_ok())
    };
    // Rows that stand there and are not sent are emptied, not left out: a form that leaves them out has no room for them.
    form.values.iter_mut().filter(|(name, _)| is_row(name)).for_each(|(_, values)| *values = vec![String::new()]);
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    for (n, one) in (1..).zip(all) {
        for (name, value) in one.as_object().into_iter().flatten() {
            form.values.insert(format!("{row}{n}_{name}"), texts(value));
        }
    }
}

/// Puts an object's fields, or the words of a list as ticks, in the place of those in the form that begin so. Of an object what is
/// not sent stays, and what is `null` is taken away (RFC 7396); a list is all there is.
fn parts(form: &mut FormView, prefix: &str, value: &Value) {
    if let Value::Object(object) = value {
        form.values.extend(object.iter().map(|(name, value)| (format!("{prefix}{name}"), texts(value))));
        return;
    }
    form.values.retain(|name, _| !name.starts_with(prefix));
    let words = value.as_array().into_iter().flatten().flat_map(texts);
    form.values.extend(words.map(|word| (format!("{prefix}{word}"), vec!["yes".to_owned()])));
}

/// A value without what it takes away of a part: that fits wherever the part does.
fn lasting<T: Shape>(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(object) if T::PARTS.iter().any(|(part, _)| *part == name) => {
            let stays = object.iter().filter(|(_, value)| !value.is_null());
            Value::Object(stays.map(|(name, value)| (name.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// A value as a form has it.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec![String::new()],
        Value::Bool(true) => vec!["yes".to_owned()],
        Value::Bool(false) => vec!["no".to_owned()],
        Value::String(text) => vec![text.clone()],
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Number(_) | Value::Object(_) => vec![value.to_string()],
    }
}

/// Refusals at the fields of a form, at the places of the body instead.
pub fn at_places<T: Shape>(error: AppError) -> AppError {
    let AppError::Refused(errors) = error else { return error };
    let placed = errors.into_iter().map(|error| FieldError { field: pointer::<T>(&error.field), problem: error.problem });
    AppError::Refused(placed.collect())
}

fn pointer<T: Shape>(field: &str) -> String {
    let row = T::LISTS.iter().find_map(|(list, row)| {
        let (n, name) = field.strip_prefix(row)?.split_once('_')?;
        let n: usize = n.parse().ok()?;
        Some(format!("/{list}/{}/{name}", n.checked_sub(1)?))
    });
    let part = || T::PARTS.iter().find_map(|(part, prefix)| Some(format!("/{part}/{}", field.strip_prefix(prefix)?)));
    match field {
        "" => String::new(),
        placed if placed.starts_with('/') => placed.to_owned(),
        field => row.or_else(part).unwrap_or_else(|| format!("/{field}")),
    }
}
