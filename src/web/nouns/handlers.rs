//! The handlers of every noun's form: new, correct, strike out.

use actix_web::HttpRequest;

use super::read::Reader;
use super::{Added, DeskOf, Noun, Place, Writing, WritingOf};
use crate::actions::Outcome;
use crate::domain::id::Uid;
use crate::domain::moment::Stamp;
use crate::error::AppError;
use crate::render::form::FormView;
use crate::render::pages::noun_form::{FieldKind, Fields, Link, NounFormPage, Section, Standing};
use crate::render::words::Words;
use crate::store::Tx;
use crate::web::extract::{Posted, Visit};
use crate::web::history;
use crate::web::visit::{Answer, Done, Me};

/// Where a request points: the place, the thing in it, and the path.
struct Target<N: Noun> {
    at: <N::Place as Place>::At,
    uid: Uid,
    path: String,
}

impl<N: Noun> Clone for Target<N> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), uid: self.uid, path: self.path.clone() }
    }
}

fn target<N: Noun>(req: &HttpRequest) -> Result<Target<N>, AppError> {
    let named = |name: &str| req.match_info().get(name);
    let at = N::Place::read_at(named("at").unwrap_or_default()).ok_or(AppError::NotFound)?;
    let uid = match named("uid") {
        Some(text) => text.parse().map_err(|_| AppError::NotFound)?,
        None => Uid::NIL,
    };
    Ok(Target { at, uid, path: req.path().to_owned() })
}

/// The form of a new one.
pub async fn ask_new<N: Noun>(req: HttpRequest, visit: Visit) -> Answer {
    let target = target::<N>(&req)?;
    let asked = FormView::from_query(req.query_string());
    visit
        .page(move |tx, me| {
            let desk = N::Place::desk(tx, me.actor, &target.at)?;
            Ok(page::<N>(&desk, me, &target, None, N::blank(&desk, asked)))
        })
        .await
}

/// A new one is written down.
pub async fn save_new<N: Noun>(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    save_new_by::<N, _>(req, visit, posted, N::add).await
}

/// A new one is written down by `add`, which brings what the form does not say.
pub async fn save_new_by<N, F>(req: HttpRequest, visit: Visit, posted: Posted, add: F) -> Answer
where
    N: Noun,
    F: for<'a, 'tx> FnOnce(WritingOf<'a, 'tx, N>, N::Input) -> Outcome<Added> + Send + 'static,
{
    let target = target::<N>(&req)?;
    let (again, view) = (target.clone(), posted.fields.view());
    visit
        .submit(
            posted,
            move |tx, me, _| {
                let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
                let desk = N::Place::desk(tx, me.actor, &target.at)?;
                let input = read::<N>(&desk, me, tx.now(), view, None)?;
                let written = add(Writing { tx, permit }, input)?;
                Ok(done::<N>(&target, written.goto))
            },
            move |tx, me, form| {
                let desk = N::Place::desk(tx, me.actor, &again.at)?;
                Ok(page::<N>(&desk, me, &again, None, form))
            },
        )
        .await
}

/// The form of one on record.
pub async fn ask_edit<N: Noun>(req: HttpRequest, visit: Visit) -> Answer {
    let target = target::<N>(&req)?;
    let asked = FormView::from_query(req.query_string());
    visit
        .page(move |tx, me| {
            let desk = N::Place::desk(tx, me.actor, &target.at)?;
            let stored = N::find(&desk, target.uid).ok_or(AppError::NotFound)?;
            let form = N::begun(N::filled(&desk, stored), &asked).with("revision", N::revision(&desk, stored).to_string());
            Ok(page::<N>(&desk, me, &target, Some(stored), form))
        })
        .await
}

/// One on record is corrected.
pub async fn save_edit<N: Noun>(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let target = target::<N>(&req)?;
    let (again, view) = (target.clone(), posted.fields.view());
    visit
        .submit(
            posted,
            move |tx, me, form| {
                let seen = form.revision()?;
                let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
                let desk = N::Place::desk(tx, me.actor, &target.at)?;
                let stored = N::find(&desk, target.uid).ok_or(AppError::NotFound)?;
                let input = read::<N>(&desk, me, tx.now(), view, Some(stored))?;
                let goto = N::change(Writing { tx, permit }, target.uid, seen, input)?;
                Ok(done::<N>(&target, goto))
            },
            move |tx, me, form| again_page::<N>(tx, me, &again, form),
        )
        .await
}

/// The form with what was typed; where somebody was faster, with what stands on record beside it.
fn again_page<N: Noun>(tx: &mut Tx<'_>, me: &Me, target: &Target<N>, form: FormView) -> Result<NounFormPage, AppError> {
    let desk = N::Place::desk(tx, me.actor, &target.at)?;
    let stored = N::find(&desk, target.uid).ok_or(AppError::NotFound)?;
    let filled = N::filled(&desk, stored);
    let is_stale = form.stale;
    let mut page = page::<N>(&desk, me, target, Some(stored), form);
    if is_stale {
        page.standing = differences(&page.sections, &filled, &page.form);
        page.changed = last_change::<N>(tx, me, &desk, target)?;
        // Sent again, the form is made on what stands now, which its sender has before their eyes.
        page.form.values.insert("revision".to_owned(), vec![N::revision(&desk, stored).to_string()]);
    }
    Ok(page)
}

/// Who changed it last, and when. What has no uid of its own is called as its place is, by the last part of that one's path.
fn last_change<N: Noun>(tx: &mut Tx<'_>, me: &Me, desk: &DeskOf<N>, target: &Target<N>) -> Result<String, AppError> {
    if target.uid != Uid::NIL {
        return history::last_change(tx, me, N::KIND, &N::ledgered_as(desk, target.uid).to_string());
    }
    let place = N::Place::url(&target.at);
    history::last_change(tx, me, N::KIND, place.rsplit('/').next().unwrap_or_default())
}

/// The fields in which what was typed is not what stands on record.
fn differences(sections: &[Section], filled: &FormView, typed: &FormView) -> Vec<Standing> {
    let fields = sections.iter().flat_map(|section| &section.fields);
    fields
        .filter_map(|field| {
            let say = |form: &FormView| {
                let values = form.values.get(&field.name).map(Vec::as_slice).unwrap_or_default();
                let label = |value: &String| {
                    let known = field.options.iter().find(|option| option.value == *value);
                    known.map_or_else(|| value.clone(), |option| option.label.clone())
                };
                values.iter().filter(|value| !value.is_empty()).map(label).collect::<Vec<_>>().join(", ")
            };
            let (on_record, typed) = (say(filled), say(typed));
            (on_record != typed && field.kind != FieldKind::Hidden).then(|| Standing {
                label: field.label.clone(),
                on_record,
                typed,
            })
        })
        .collect()
}

/// The form that asks why something is to be struck out.
pub async fn ask_strike<N: Noun>(req: HttpRequest, visit: Visit) -> Answer {
    let target = target::<N>(&req)?;
    visit
        .page(move |tx, me| {
            let desk = N::Place::desk(tx, me.actor, &target.at)?;
            let stored = N::find(&desk, target.uid).ok_or(AppError::NotFound)?;
            let form = FormView::new().with("revision", N::revision(&desk, stored).to_string());
            Ok(strike_page::<N>(&desk, me, &target, stored, form))
        })
        .await
}

/// Something is struck out.
pub async fn save_strike<N: Noun>(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let target = target::<N>(&req)?;
    let again = target.clone();
    visit
        .submit(
            posted,
            move |tx, me, form| {
                let seen = form.revision()?;
                let Some(reason) = form.prose("reason") else { return Err(form.refusal()) };
                let permit = N::Place::for_edit(tx, me.actor, &target.at)?;
                let goto = N::strike(Writing { tx, permit }, target.uid, seen, reason.to_string())?;
                Ok(done::<N>(&target, goto))
            },
            move |tx, me, mut form| {
                let desk = N::Place::desk(tx, me.actor, &again.at)?;
                let stored = N::find(&desk, again.uid).ok_or(AppError::NotFound)?;
                let mut changed = String::new();
                if form.stale {
                    changed = last_change::<N>(tx, me, &desk, &again)?;
                    form.values.insert("revision".to_owned(), vec![N::revision(&desk, stored).to_string()]);
                }
                Ok(NounFormPage { changed, ..strike_page::<N>(&desk, me, &again, stored, form) })
            },
        )
        .await
}

fn read<N: Noun>(
    desk: &DeskOf<N>,
    me: &Me,
    now: Stamp,
    view: FormView,
    stored: Option<&N::Stored>,
) -> Result<N::Input, AppError> {
    read_with::<N>(desk, Reader::new(view, now, me.zone(), Words::new(me.locale())), stored)
}

/// What a form says, however it came.
///
/// # Errors
/// [`AppError::Refused`] with what is wrong at each field.
pub fn read_with<N: Noun>(desk: &DeskOf<N>, mut form: Reader, stored: Option<&N::Stored>) -> Result<N::Input, AppError> {
    match N::read(desk, &mut form, stored) {
        Some(input) if !form.is_refused() => Ok(input),
        _ => Err(form.refusal()),
    }
}

fn done<N: Noun>(target: &Target<N>, goto: super::GoTo) -> Done {
    let own_page = || N::Place::url(&target.at);
    let location = match goto {
        None => own_page(),
        Some(part) if part.starts_with('#') => own_page() + &part,
        Some(path) => path,
    };
    Done::to(location).saying("flash-saved")
}

fn back<N: Noun>(desk: &DeskOf<N>, target: &Target<N>, words: Words) -> Link {
    match N::LISTED {
        Some((href, key)) => Link { href: href.to_owned(), text: words.get(key) },
        None => Link { href: N::Place::url(&target.at), text: N::Place::name(desk, words) },
    }
}

fn page<N: Noun>(desk: &DeskOf<N>, me: &Me, target: &Target<N>, stored: Option<&N::Stored>, form: FormView) -> NounFormPage {
    let words = Words::new(me.locale());
    let mut sections = N::fields(desk, words, stored);
    if stored.is_some() {
        sections.extend(Fields::new(words).hidden("revision").done());
    }
    unfold(&mut sections, &form);
    NounFormPage {
        starts: N::starts(words)
            .into_iter()
            .map(|(query, text)| Link { href: format!("{}?{query}", target.path), text })
            .collect(),
        title: words.get(&match stored {
            Some(stored) => N::edited_as(desk, stored).map_or_else(|| format!("edit-{}", N::SLUG), str::to_owned),
            None => format!("new-{}", N::SLUG),
        }),
        lead: N::lead(desk, words, stored),
        back: back::<N>(desk, target, words),
        action: target.path.clone(),
        submit: words.get(N::SUBMIT.unwrap_or(if stored.is_some() { "form-save" } else { "form-record" })),
        sections,
        form: as_understood(form),
        standing: Vec::new(),
        changed: String::new(),
        beside: stored.map(|stored| beside::<N>(desk, target, stored, words)).unwrap_or_default(),
    }
}

/// A group in which something stands, or is wrong, is not folded.
fn unfold(sections: &mut [Section], form: &FormView) {
    let says = |name: &String| form.values.get(name).is_some_and(|all| all.iter().any(|value| !value.is_empty()));
    for section in sections.iter_mut().filter(|section| section.folded) {
        let fields = || section.fields.iter().map(|field| &field.name);
        section.folded = !fields().any(|name| says(name) || form.problems.contains_key(name));
    }
}

/// Puts how a moment was understood into its field, where the form comes back to have that confirmed.
pub fn as_understood(mut form: FormView) -> FormView {
    for (field, problem) in &form.problems {
        if let Some(spelled) = problem.args.get("spelled") {
            form.values.insert(field.clone(), vec![spelled.clone()]);
        }
    }
    form
}

fn beside<N: Noun>(desk: &DeskOf<N>, target: &Target<N>, stored: &N::Stored, words: Words) -> Vec<Link> {
    if target.uid == Uid::NIL {
        return Vec::new();
    }
    let history = format!("/history/{}/{}", N::KIND, N::ledgered_as(desk, target.uid));
    let history = Link { href: history, text: words.get("form-history") };
    let thing = target.path.strip_suffix("/edit").into_iter();
    let ways = thing.flat_map(|thing| N::ways(desk, stored).iter().map(move |way| (thing, way)));
    let ways = ways.map(|(thing, (part, key))| Link { href: format!("{thing}/{part}"), text: words.get(key) });
    std::iter::once(history).chain(ways).collect()
}

fn strike_page<N: Noun>(desk: &DeskOf<N>, me: &Me, target: &Target<N>, stored: &N::Stored, form: FormView) -> NounFormPage {
    let words = Words::new(me.locale());
    let kind = words.get(&format!("object-{}", N::KIND));
    let which = N::lead(desk, words, Some(stored));
    NounFormPage {
        starts: Vec::new(),
        title: words.get("strike-title"),
        lead: if which.is_empty() { kind } else { format!("{kind} · {which}") },
        back: back::<N>(desk, target, words),
        action: target.path.clone(),
        submit: words.get("form-strike"),
        sections: Fields::new(words).area("reason", true).hidden("revision").done(),
        form,
        standing: Vec::new(),
        changed: String::new(),
        beside: Vec::new(),
    }
}
