//! Templates: `templates/**`, embedded, one set per language, so that `t(key="…")` knows its language, and per folder, so that
//! whoever comes to one door need not wait until all the rooms are read. A template may use what stands in its own folder, in
//! `components/` and on top.
//!
//! A page is a struct that names its template. To add one: write the struct in [`super::pages`] with [`Page`], give it samples
//! (`Sampled`, for the tests), and list it in `pages::samples`. The tests render every template in both languages; a template
//! without a sample fails.
//!
//! In every template: the struct's fields, `frame` ([`Frame`]), and the functions
//!
//! - `t(key="…", name=value, …)`: a text of the catalogue;
//! - `static_url(path="css/tellonce.css")`;
//! - `form | value(name="…")`, `form | problem(name="…")`: see [`super::form`].

use std::collections::BTreeSet;
use std::sync::{LazyLock, OnceLock};

use serde::Serialize;
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, Value};

use super::assets;
use super::frame::Frame;
use super::words::{Args, Words};
use crate::domain::locale::Locale;

/// A page: what its template shows.
pub trait Page: Serialize {
    /// The template, such as `people/list.html`.
    const TEMPLATE: &'static str;
    /// The section of the bar in which it stands, such as `people`; empty for none.
    const SECTION: &'static str = "";

    /// The language it is made in, where that is not the frame's: what somebody else is to read.
    fn locale(&self) -> Option<Locale> {
        None
    }
}

/// A page could not be made: a fault of ours, never of what is shown.
#[derive(Debug, thiserror::Error)]
#[error("{template} cannot be rendered: {cause}")]
pub struct RenderError {
    /// The template.
    pub template: &'static str,
    /// What the engine says.
    pub cause: String,
}

/// The page as HTML, in its own language or the frame's. The frame's section is the page's.
///
/// # Errors
/// [`RenderError`] where the template asks for what the page does not have.
pub fn render<P: Page>(page: &P, frame: &Frame) -> Result<String, RenderError> {
    let failed = |cause: &tera::Error| RenderError { template: P::TEMPLATE, cause: cause.to_string() };
    let mut context = Context::from_serialize(page).map_err(|cause| failed(&cause))?;
    let locale = page.locale().unwrap_or(frame.locale);
    context.insert("frame", &Frame { section: P::SECTION, locale, ..frame.clone() });
    engine(locale, P::TEMPLATE).map_err(failed)?.render(P::TEMPLATE, &context).map_err(|cause| failed(&cause))
}

/// Reads the templates of a page's folder before somebody asks for it. What is wrong with them is said when they are rendered.
pub fn read_ahead<P: Page>(locale: Locale) {
    let _: bool = engine(locale, P::TEMPLATE).is_ok();
}

/// The embedded templates.
#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
#[include = "*.html"]
#[include = "mail/*.txt"]
struct Templates;

type Engine = Result<Tera, tera::Error>;

/// The set of one folder in one language.
struct Set {
    locale: Locale,
    folder: String,
    engine: OnceLock<Engine>,
}

/// The set that the template stands in, read when it is asked for first.
fn engine(locale: Locale, template: &str) -> Result<&'static Tera, &'static tera::Error> {
    static SETS: LazyLock<Vec<Set>> = LazyLock::new(|| {
        let folders: BTreeSet<String> = Templates::iter().map(|name| folder(&name).to_owned()).collect();
        let set =
            |locale: Locale| folders.iter().map(move |folder| Set { locale, folder: folder.clone(), engine: OnceLock::new() });
        Locale::ALL.iter().flat_map(|locale| set(*locale)).collect()
    });
    static NONE: LazyLock<tera::Error> = LazyLock::new(|| tera::Error::message("there is no such folder of templates"));
    let set = SETS.iter().find(|set| set.locale == locale && set.folder == folder(template)).ok_or_else(|| &*NONE)?;
    set.engine.get_or_init(|| load(locale, &set.folder)).as_ref()
}

/// The folder of a template; empty for one that stands on top.
fn folder(template: &str) -> &str {
    template.split_once('/').map_or("", |(folder, _)| folder)
}

fn load(locale: Locale, own: &str) -> Engine {
    let words = Words::new(locale);
    let mut tera = Tera::default();
    tera.register_function("t", move |args: Kwargs, _: &State| text(words, &args));
    tera.register_function("static_url", |args: Kwargs, _: &State| args.must_get::<&str>("path").map(assets::url));
    tera.register_filter("value", |form: &Value, args: Kwargs, _: &State| first_value(form, &args));
    tera.register_filter("values", |form: &Value, args: Kwargs, _: &State| all_values(form, &args));
    tera.register_filter("problem", move |form: &Value, args: Kwargs, _: &State| problem(words, form, &args));
    let files: Vec<(String, String)> = Templates::iter()
        .filter(|name| ["", "components", own].contains(&folder(name)))
        .filter_map(|name| {
            Templates::get(&name).map(|file| (name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect();
    tera.add_raw_templates(files)?;
    Ok(tera)
}

/// `t(key="…", name=value, …)`.
fn text(words: Words, args: &Kwargs) -> tera::TeraResult<String> {
    let key = args.must_get::<&str>("key")?;
    let put_in = args.iter().filter_map(|(name, value)| Some((name.as_str()?, value)));
    Ok(words.with(key, &args_from(put_in.filter(|(name, _)| *name != "key"))?))
}

/// What a text puts in, from values of a template: texts and whole numbers.
fn args_from<'a>(values: impl Iterator<Item = (&'a str, &'a Value)>) -> tera::TeraResult<Args> {
    let mut args = Args::new();
    for (name, value) in values {
        args = match (value.as_i64(), value.as_str()) {
            (Some(number), _) => args.number(name.to_owned(), number),
            (None, Some(text)) => args.text(name.to_owned(), text),
            (None, None) => return Err(tera::Error::message(format!("`{name}` is neither a text nor a whole number"))),
        };
    }
    Ok(args)
}

/// `part[name]` of a [`super::form::FormView`], where `name` is the filter's argument.
fn of_field<'a>(form: &'a Value, part: &'static str, args: &Kwargs) -> tera::TeraResult<Option<&'a Value>> {
    let name = args.must_get::<&str>("name")?;
    let part = form.as_map().and_then(|form| form.get(&Key::from(part)));
    let part = part.and_then(Value::as_map).ok_or_else(|| tera::Error::message("this is no form"))?;
    Ok(part.get(&Key::from(name.to_owned())))
}

fn first_value(form: &Value, args: &Kwargs) -> tera::TeraResult<Value> {
    let values = of_field(form, "values", args)?.and_then(Value::as_array);
    Ok(values.and_then(|all| all.first()).cloned().unwrap_or_else(|| Value::normal_string("")))
}

fn all_values(form: &Value, args: &Kwargs) -> tera::TeraResult<Value> {
    Ok(of_field(form, "values", args)?.cloned().unwrap_or_else(|| Value::from(Vec::<Value>::new())))
}

/// What a problem puts in is kept as text; this one is a number, so that it chooses a plural form.
const COUNTED: &str = "minutes";

fn problem(words: Words, form: &Value, args: &Kwargs) -> tera::TeraResult<String> {
    let Some(problem) = of_field(form, "problems", args)?.and_then(Value::as_map) else {
        return Ok(String::new());
    };
    let key = problem.get(&Key::from("key")).and_then(Value::as_str).unwrap_or_default();
    let put_in = problem.get(&Key::from("args")).and_then(Value::as_map);
    let put_in = put_in.iter().flat_map(|args| args.iter()).filter_map(|(name, value)| Some((name.as_str()?, value)));
    let (counted, texts): (Vec<_>, Vec<_>) = put_in.partition(|(name, _)| *name == COUNTED);
    let counts = counted.iter().filter_map(|(_, value)| value.as_str()?.parse::<i64>().ok());
    let args = counts.fold(args_from(texts.into_iter())?, |args, count| args.number(COUNTED, count));
    Ok(words.with(key, &args))
}

/// A page with what the tests render it with.
#[cfg(test)]
pub trait Sampled: Page + Sized {
    /// The page empty, full, and with what else changes its look.
    fn samples() -> Vec<Self>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::form::{FormView, Problem};
    use crate::render::frame::FrameMe;
    use crate::render::pages;
    use crate::render::words::MISSING;

    fn frames() -> Vec<Frame> {
        let me = FrameMe { name: "髙﨑 加".to_owned(), login: "alice".to_owned(), may_edit: true, may_manage: true };
        let full = |locale| Frame {
            me: Some(me.clone()),
            company: Some("㈱例 <b>&\"'".to_owned()),
            flash: Some("flash-saved".to_owned()),
            clock: Some("2006".to_owned()),
            ..Frame::anonymous(locale)
        };
        Locale::ALL.iter().flat_map(|locale| [Frame::anonymous(*locale), full(*locale)]).collect()
    }

    #[test]
    fn every_sample_renders_in_both_languages_with_every_text() {
        for frame in frames() {
            for sample in pages::samples() {
                let html = (sample.render)(&frame).unwrap_or_else(|error| panic!("{error}"));
                assert!(!html.contains(MISSING.0), "{} in {} lacks {}", sample.template, frame.locale, missing(&html));
                // A mail is plain text: nothing in it is markup.
                assert!(
                    sample.template.ends_with(".txt") || !html.contains("<b>&"),
                    "{} shows what was typed unescaped",
                    sample.template
                );
            }
        }
    }

    #[test]
    fn a_problem_says_one_minute_and_several_minutes() {
        let said = |key: &str, minutes: &str| {
            let form = FormView::new().with_problem("", Problem::new(key).with("minutes", minutes));
            let mut context = Context::new();
            context.insert("form", &form);
            let mut tera = Tera::default();
            let words = Words::new(Locale::En);
            tera.register_filter("problem", move |form: &Value, args: Kwargs, _: &State| problem(words, form, &args));
            tera.add_raw_template("said", "{{ form | problem(name=\"\") }}").expect("a template");
            tera.render("said", &context).expect("a text")
        };
        for key in ["login-throttled", "step-throttled", "share-throttled", "reply-throttled"] {
            assert!(said(key, "1").contains(" one minute"), "{}", said(key, "1"));
            assert!(said(key, "15").contains(" 15 minutes"), "{}", said(key, "15"));
        }
    }

    fn missing(html: &str) -> String {
        html.split(MISSING.0).skip(1).filter_map(|rest| rest.split(MISSING.1).next()).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_template_has_a_sample() {
        let sampled: BTreeSet<&str> = pages::samples().iter().map(|sample| sample.template).collect();
        for name in Templates::iter() {
            let name = name.as_ref();
            let part = name == "base.html" || name.starts_with("components/") || name.contains("/_");
            assert!(part || sampled.contains(name), "{name} has no sample: give its page one in render::pages");
        }
    }
}
