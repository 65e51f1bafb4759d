//! What most nouns do alike: listed, shown, written down, changed, struck out.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use actix_web::http::header::{ETAG, LOCATION};
use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{AllOfBuilder, ArrayBuilder, ObjectBuilder, Ref, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::BASE;
use super::body::{Sent, Shape, at_places};
use super::caller::{Caller, Me};
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::store::Tx;
use crate::web::nouns::{Added, DeskOf, Noun, Place, Writing, read_with};
use crate::web::visit::Failure;

/// The answer of a handler.
pub type Answer = Result<HttpResponse, Failure>;

/// The most things of one page of a list.
pub const MOST: usize = 200;
/// How many there are where nobody says.
const USUAL: usize = 50;

/// A noun as machines see it.
pub trait Resource: Noun {
    /// What is sent, in part, to change it.
    type Change: Shape;
    /// What comes back.
    type Shown: Serialize + ToSchema + Send + 'static;

    /// All that the reader may see of its kind, in the order of the lists.
    fn shown(desk: &DeskOf<Self>, me: &Me, now: Stamp) -> Vec<(Uid, Self::Shown)>;
}

/// A noun that machines write down.
pub trait Writable: Noun {
    /// What is sent.
    type New: Shape;
    /// What it is once it stands on record.
    type Becomes: Resource;
    /// What that is called in addresses, under its place; empty where it has an address of its own.
    const PATH: &'static str;

    /// Where it stands then.
    fn location(at: &<Self::Place as Place>::At, added: &Added) -> String {
        match &added.goto {
            Some(page) if Self::PATH.is_empty() => format!("{BASE}{page}"),
            _ => format!("{BASE}{}/{}/{}", Self::Place::url(at), Self::PATH, added.uid),
        }
    }
}

/// Something on record, with the tag by which a change names what it has seen.
#[derive(Clone, Debug, Serialize)]
pub struct Item<T> {
    /// What the next change of it must send as `If-Match`.
    pub etag: String,
    /// Itself.
    #[serde(flatten)]
    pub thing: T,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
    /// The things of this part.
    pub items: Vec<T>,
    /// What to ask for as `cursor` to have the next part; none where this was the last.
    pub next: Option<String>,
}

/// The schema of a thing, in what holds it.
fn pointed_to<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

fn text(description: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(description))
}

// Not derived: every item and every page would bear the same name.
impl<T: ToSchema> PartialSchema for Item<T> {
    fn schema() -> RefOr<Schema> {
        let etag = text("What the next change of it must send as `If-Match`.");
        let etag = ObjectBuilder::new().property("etag", etag).required("etag");
        let all = AllOfBuilder::new().item(etag).item(Ref::from_schema_name(T::name().into_owned()));
        all.description(Some("With the tag by which a change names what it has seen.")).into()
    }
}

impl<T: ToSchema> ToSchema for Item<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Item", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        pointed_to::<T>(schemas);
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let items = ArrayBuilder::new().items(Ref::from_schema_name(T::name().into_owned()));
        let next = text("What to ask for as `cursor` to have the next part; none where this was the last.");
        let next = next.schema_type(SchemaType::from_iter([Type::String, Type::Null]));
        let page = ObjectBuilder::new().description(Some("A part of a list.")).property("items", items).required("items");
        page.property("next", next).required("next").into()
    }
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        pointed_to::<T>(schemas);
    }
}

/// Which part of a list is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct PageQuery {
    /// Where the part before ended: its `next`.
    cursor: Option<String>,
    /// How many things it holds at the most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
}

impl<T> Page<T> {
    /// The first `limit` of `things`, which go on where there are more; `key` is what the list goes by.
    pub fn cut(mut things: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Self {
        let more = things.len() > limit;
        things.truncate(limit);
        let next = things.last().filter(|_| more).map(key);
        Self { items: things, next }
    }
}

impl PageQuery {
    /// That part.
    pub const fn of(cursor: Option<String>, limit: Option<usize>) -> Self {
        Self { cursor, limit }
    }

    /// How many things a part holds.
    ///
    /// # Errors
    /// [`AppError::Refused`].
    pub fn limit(&self) -> Result<usize, AppError> {
        let limit = self.limit.unwrap_or(USUAL);
        if (1..=MOST).contains(&limit) { Ok(limit) } else { Err(AppError::refused("limit", "api-limit")) }
    }

    /// Where the part before ended (empty: nowhere), read as what such a list goes by.
    ///
    /// # Errors
    /// [`AppError::Refused`] where it is none of ours.
    pub fn after<K: std::str::FromStr>(&self) -> Result<Option<K>, AppError> {
        let read = |cursor: &String| cursor.parse().map_err(|_| AppError::refused("cursor", "api-cursor"));
        self.cursor.as_ref().filter(|cursor| !cursor.is_empty()).map(read).transpose()
    }

    /// The part of `all` that is asked for.
    ///
    /// # Errors
    /// As [`Self::after`] and [`Self::limit`].
    pub fn part<T>(&self, all: Vec<(Uid, T)>) -> Result<Page<T>, AppError> {
        let (after, limit) = (self.after::<Uid>()?, self.limit()?);
        let begin = match after {
            None => 0,
            Some(after) => {
                let at = all.iter().position(|(uid, _)| *uid == after);
                at.ok_or_else(|| AppError::refused("cursor", "api-cursor"))? + 1
            }
        };
        let part = all.into_iter().skip(begin).take(limit + 1).collect();
        let Page { items, next } = Page::cut(part, limit, |(uid, _): &(Uid, T)| uid.to_string());
        Ok(Page { items: items.into_iter().map(|(_, thing)| thing).collect(), next })
    }
}

/// Whether so many characters are looked for.
///
/// # Errors
/// [`AppError::Refused`].
pub fn looked_for(words: &str, lengths: RangeInclusive<usize>) -> Result<(), AppError> {
    if lengths.contains(&words.chars().count()) { Ok(()) } else { Err(AppError::refused("q", "api-words")) }
}

/// Where a request points.
pub struct Target<N: Noun> {
    pub at: <N::Place as Place>::At,
    pub uid: Uid,
}

impl<N: Noun> Clone for Target<N> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), uid: self.uid }
    }
}

/// Reads it from the address; no uid is [`Uid::NIL`].
///
/// # Errors
/// [`AppError::NotFound`].
pub fn target<N: Noun>(req: &HttpRequest) -> Result<Target<N>, AppError> {
    let named = |name: &str| req.match_info().get(name);
    let at = N::Place::read_at(named("at").unwrap_or_default()).ok_or(AppError::NotFound)?;
    let uid = named("uid").map_or(Ok(Uid::NIL), |uid| uid.parse().map_err(|_| AppError::NotFound))?;
    Ok(Target { at, uid })
}

/// The tag of a revision.
pub fn etag(revision: i64) -> String {
    format!("\"{revision}\"")
}

/// The answer with something on record.
pub fn with_tag<T: Serialize>(mut answer: HttpResponseBuilder, item: &Item<T>) -> HttpResponse {
    answer.insert_header((ETAG, item.etag.clone())).json(item)
}

/// One as it stands.
///
/// # Errors
/// [`AppError::NotFound`] where there is none that the reader may see.
pub fn standing<N: Resource>(tx: &mut Tx<'_>, me: &Me, target: &Target<N>) -> Result<Item<N::Shown>, AppError> {
    let desk = N::Place::desk(tx, me.actor, &target.at)?;
    let revision = N::find(&desk, target.uid).map(|stored| N::revision(&desk, stored)).ok_or(AppError::NotFound)?;
    let found = N::shown(&desk, me, tx.now()).into_iter().find(|(uid, _)| *uid == target.uid);
    let (_, thing) = found.ok_or(AppError::NotFound)?;
    Ok(Item { etag: etag(revision), thing })
}

/// `GET` of a list.
pub async fn list<N: Resource>(req: HttpRequest, caller: Caller, query: Query<PageQuery>) -> Answer {
    let target = target::<N>(&req)?;
    let read = move |tx: &mut Tx<'_>, me: &Me| {
        let desk = N::Place::desk(tx, me.actor, &target.at)?;
        let tag = |uid: Uid| N::find(&desk, uid).map(|stored| etag(N::revision(&desk, stored)));
        let all = N::shown(&desk, me, tx.now()).into_iter();
        let all = all.filter_map(|(uid, thing)| Some((uid, Item { etag: tag(uid)?, thing })));
        query.part(all.collect())
    };
    Ok(HttpResponse::Ok().json(caller.read(read).await?))
}

/// `GET` of one.
pub async fn show<N: Resource>(req: HttpRequest, caller: Caller) -> Answer {
    let target = target::<N>(&req)?;
    let item = caller.read(move |tx, me| standing::<N>(tx, me, &target)).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

/// `POST` of a new one.
pub async fn add<N: Writable>(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let target = target::<N>(&req)?;
    let once = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let location = once.once(tx, me, &sent.bytes, |tx| write_down::<N>(tx, me, &target, &sent))?;
        // What was made under the same key before is shown as it stands now.
        let item = standing::<N::Becomes>(tx, me, &at_location(&location)?)?;
        Ok((location, item))
    };
    let (location, item) = caller.write(write).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, location));
    Ok(with_tag(answer, &item))
}

/// Writes a new one down; answers with its address.
fn write_down<'tx, N: Writable>(tx: &mut Tx<'tx>, me: &Me, target: &Target<N>, sent: &Sent) -> Result<String, AppError> {
    let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
    let desk = N::Place::desk(tx, me.actor, &target.at)?;
    let form = sent.new_form::<N::New>(N::blank(&desk, FormView::new()))?;
    let added = read_with::<N>(&desk, me.reader(form, tx.now()), None)
        .and_then(|input| Ok(N::add(Writing { tx, permit }, input)?))
        .map_err(at_places::<N::New>)?;
    Ok(N::location(&target.at, &added))
}

/// What stands at an address of ours: `/api/v1/incidents/{at}/asks/{uid}`, `/api/v1/incidents/{at}`.
///
/// # Errors
/// [`AppError::NotFound`] where it is none.
pub fn at_location<N: Noun>(location: &str) -> Result<Target<N>, AppError> {
    let parts: Vec<&str> = location.strip_prefix(BASE).unwrap_or_default().split('/').collect();
    let at = parts.get(2).and_then(|at| N::Place::read_at(at)).ok_or(AppError::NotFound)?;
    let own = parts.get(4..).and_then(<[&str]>::last);
    let uid = own.map_or(Ok(Uid::NIL), |uid| uid.parse().map_err(|_| AppError::NotFound))?;
    Ok(Target { at, uid })
}

/// What is to be changed, and the revision that the caller has seen of it.
///
/// # Errors
/// [`AppError::NotFound`], and as [`Caller::seen`].
pub fn found<'a, N: Noun>(caller: &Caller, desk: &'a DeskOf<N>, uid: Uid) -> Result<(&'a N::Stored, i64), AppError> {
    let stored = N::find(desk, uid).ok_or(AppError::NotFound)?;
    Ok((stored, caller.seen(N::revision(desk, stored))?))
}

/// `PATCH` of one: what is sent takes the place of what stands there (RFC 7396).
pub async fn change<N: Resource>(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    change_where::<N, _>(req, caller, sent, |_| Ok(())).await
}

/// The same, where `may` says so of what stands there in the moment of the change.
pub async fn change_where<N, F>(req: HttpRequest, caller: Caller, sent: Sent, may: F) -> Answer
where
    N: Resource,
    F: FnOnce(&DeskOf<N>) -> Result<(), AppError> + Send + 'static,
{
    let target = target::<N>(&req)?;
    let condition = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
        let desk = N::Place::desk(tx, me.actor, &target.at)?;
        may(&desk)?;
        let (stored, seen) = found::<N>(&condition, &desk, target.uid)?;
        let form = sent.changed_form::<N::Change>(N::filled(&desk, stored))?;
        read_with::<N>(&desk, me.reader(form, tx.now()), Some(stored))
            .and_then(|input| Ok(N::change(Writing { tx, permit }, target.uid, seen, input)?))
            .map_err(at_places::<N::Change>)?;
        standing::<N>(tx, me, &target)
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}

/// Why something is struck out.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Strike {
    /// The reason, which stays readable beside it.
    #[schema(min_length = 1, max_length = 10_000)]
    pub reason: String,
}

impl Shape for Strike {
    fn example() -> Self {
        Self { reason: "Noted twice".to_owned() }
    }
}

/// Why something is struck out, as it was sent.
///
/// # Errors
/// [`AppError::Refused`].
pub fn reason(sent: &Sent, me: &Me, now: Stamp) -> Result<String, AppError> {
    let mut form = me.reader(sent.new_form::<Strike>(FormView::new())?, now);
    let reason = form.required_prose("reason");
    if form.is_refused() { Err(at_places::<Strike>(form.refusal())) } else { Ok(reason) }
}

/// `POST …/strike`: one is struck out, and stays readable.
pub async fn strike<N: Resource>(req: HttpRequest, caller: Caller, sent: Sent) -> Answer {
    let target = target::<N>(&req)?;
    let condition = caller.clone();
    let write = move |tx: &mut Tx<'_>, me: &Me| {
        let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
        let desk = N::Place::desk(tx, me.actor, &target.at)?;
        let (_, seen) = found::<N>(&condition, &desk, target.uid)?;
        let reason = reason(&sent, me, tx.now())?;
        N::strike(Writing { tx, permit }, target.uid, seen, reason).map_err(|error| at_places::<Strike>(error.into()))?;
        standing::<N>(tx, me, &target)
    };
    let item = caller.write(write).await?;
    Ok(with_tag(HttpResponse::Ok(), &item))
}
