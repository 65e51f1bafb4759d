//! How values with a spelling of their own stand in JSON documents, as JSON Schema; what is made of them derives its schema.

use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, Ref, SchemaFormat, Type};
use utoipa::openapi::{OneOfBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::id::Uid;
use super::incident::IncidentNumber;
use super::ledger::Digest;
use super::moment::{Moment, Span};
use super::phrases::{Arg, Phrase};
use super::view::DeadlineView;

/// One of these words.
pub(crate) fn words(all: impl Iterator<Item = &'static str>) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).into()
}

/// A text of one form.
fn text(description: &str, pattern: &str) -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).description(Some(description)).pattern(Some(pattern)).into()
}

/// The schema of a type, and the types that it points to.
macro_rules! schema_of {
    ($($name:ident $([$($other:ident),+])? => $schema:expr;)+) => { $(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema
            }
        }

        impl ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            #[allow(unused_variables, reason = "most point to nothing")]
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $($(
                    schemas.push(($other::name().into_owned(), $other::schema()));
                    $other::schemas(schemas);
                )+)?
            }
        }
    )+ };
}

schema_of! {
    Uid => ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid))).into();
    IncidentNumber => text("The number of an incident.", "^INC-[0-9]{4,}-[0-9]{4,}$");
    Digest => text("SHA-256, in lower-case hex.", "^[0-9a-f]{64}$");
    Span => whole_seconds();
    Phrase [Arg] => phrase();
    Arg [Moment] => arg();
    DeadlineView [Moment] => deadline();
}

/// See [`Phrase`]; its arguments by name.
fn phrase() -> RefOr<Schema> {
    let args = ObjectBuilder::new().additional_properties(Some(AdditionalProperties::RefOr(Ref::from_schema_name("Arg").into())));
    let phrase = ObjectBuilder::new().description(Some("A sentence as a key of the catalogues, with what is put in."));
    let phrase = phrase.property("key", ObjectBuilder::new().schema_type(Type::String)).required("key");
    phrase.property("args", args).required("args").into()
}

/// See [`Arg`]: an object with one property, which says what it is.
fn arg() -> RefOr<Schema> {
    let one = |name: &str, of: RefOr<Schema>| ObjectBuilder::new().property(name, of).required(name);
    let text = |format: Option<KnownFormat>| {
        ObjectBuilder::new().schema_type(Type::String).format(format.map(SchemaFormat::KnownFormat)).into()
    };
    let moment = Ref::from_schema_name(Moment::name().into_owned()).into();
    OneOfBuilder::new()
        .item(one("text", text(None)))
        .item(one("number", integer().into()))
        .item(one("moment", moment))
        .item(one("at", text(Some(KnownFormat::DateTime))))
        .item(one("day", text(Some(KnownFormat::Date))))
        .item(one("seconds", integer().into()))
        .item(one("span", whole_seconds()))
        .item(one("phrase", Ref::from_schema_name("Phrase").into()))
        .into()
}

/// See [`DeadlineView`].
fn deadline() -> RefOr<Schema> {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let day = || text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
    let days = ArrayBuilder::new().items(day()).min_items(Some(2)).max_items(Some(2));
    let days = OneOfBuilder::new().item(days).item(ObjectBuilder::new().schema_type(Type::Null));
    let all = ObjectBuilder::new().description(Some("By when something must be done, and by whom."));
    let all = all.property("uid", text()).property("company", text()).property("about", text());
    let all = all.property("kind", super::deadline::DeadlineKind::schema()).property("side", super::deadline::Side::schema());
    let all = all.property("when", Ref::from_schema_name(Moment::name().into_owned())).property("days", days);
    ["uid", "kind", "side", "company", "about", "when", "days"].into_iter().fold(all, ObjectBuilder::required).into()
}

fn integer() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer)
}

fn whole_seconds() -> RefOr<Schema> {
    let ends = ObjectBuilder::new().description(Some("A duration in whole seconds, at both readings."));
    ends.property("min", integer()).property("max", integer()).required("min").required("max").into()
}
