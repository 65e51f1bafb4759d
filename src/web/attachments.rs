//! Files: added to entries, clauses and agreements, and handed out again as attachments.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{Data, block};
use actix_web::{HttpRequest, HttpResponse};

use super::extract::{Posted, Visit};
use super::nouns::{AgreementNoun, ClauseNoun, EntryNoun, ErasureNoun, IncidentPlace, Noun, Place, save_edit};
use super::upload::Upload;
use super::visit::{Answer, Done, Failure, Me};
use crate::actions::attachments::{self, NewAttachment};
use crate::app::App;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::party::{Attachment, Owner};
use crate::domain::permit::Deed;
use crate::domain::visibility::Visibility;
use crate::error::AppError;
use crate::intake::files::{media_type, safe_name};
use crate::render::form::FormView;
use crate::render::pages::attachments::AttachmentPage;
use crate::render::pages::noun_form::{Choice, Link};
use crate::render::words::Words;
use crate::store::{self, files::Files};

use super::nouns::{ContractDesk, DeskOf};

/// A noun that files can be added to.
pub trait Keeper: Noun {
    /// The noun under this uid as what a file belongs to, and who may read it.
    fn owner(desk: &DeskOf<Self>, uid: Uid) -> Option<(Owner, Visibility)>;
}

impl Keeper for EntryNoun {
    fn owner(desk: &Dossier, uid: Uid) -> Option<(Owner, Visibility)> {
        Self::find(desk, uid).map(|entry| (Owner::Entry(entry.id), entry.visibility))
    }
}

impl Keeper for ClauseNoun {
    fn owner(desk: &ContractDesk, uid: Uid) -> Option<(Owner, Visibility)> {
        Self::find(desk, uid).map(|clause| (Owner::Clause(clause.id), Visibility::Meeting))
    }
}

impl Keeper for AgreementNoun {
    fn owner(desk: &ContractDesk, uid: Uid) -> Option<(Owner, Visibility)> {
        Self::find(desk, uid).map(|agreement| (Owner::Agreement(agreement.id), agreement.visibility))
    }
}

/// Where the request points.
struct Target<P: Place> {
    at: P::At,
    uid: Uid,
    path: String,
}

impl<P: Place> Clone for Target<P> {
    fn clone(&self) -> Self {
        Self { at: self.at.clone(), uid: self.uid, path: self.path.clone() }
    }
}

fn target<P: Place>(req: &HttpRequest) -> Result<Target<P>, AppError> {
    let named = |name: &str| req.match_info().get(name).unwrap_or_default();
    let at = P::read_at(named("at")).ok_or(AppError::NotFound)?;
    let uid = named("uid").parse().map_err(|_| AppError::NotFound)?;
    Ok(Target { at, uid, path: req.path().to_owned() })
}

/// The form by which a file is added.
pub async fn ask<K: Keeper>(req: HttpRequest, visit: Visit) -> Answer {
    let target = target::<K::Place>(&req)?;
    visit.page(move |tx, me| page::<K>(tx, me, &target, FormView::new())).await
}

fn page<K: Keeper>(
    tx: &mut store::Tx<'_>,
    me: &Me,
    target: &Target<K::Place>,
    mut form: FormView,
) -> Result<AttachmentPage, AppError> {
    let words = Words::new(me.locale());
    let desk = K::Place::desk(tx, me.actor, &target.at)?;
    let (_, visibility) = K::owner(&desk, target.uid).ok_or(AppError::NotFound)?;
    if !form.values.contains_key("visibility") {
        form = form.with("visibility", visibility.as_str());
    }
    // What is attached is shown no more widely than what it is attached to.
    let narrower = Visibility::ALL.iter().filter(|choice| **choice <= visibility);
    let choice =
        |value: &Visibility| Choice { value: value.as_str().to_owned(), label: words.get(&format!("visibility-{value}")) };
    Ok(AttachmentPage {
        back: Link { href: K::Place::url(&target.at), text: K::Place::name(&desk, words) },
        action: target.path.clone(),
        visibilities: narrower.map(choice).collect(),
        form,
    })
}

/// A file is added.
pub async fn add<K: Keeper>(req: HttpRequest, visit: Visit, app: Data<App>, upload: Upload) -> Answer
where
    <K::Place as Place>::Thing: store::attachments::Keeps,
{
    let target = target::<K::Place>(&req)?;
    let again = target.clone();
    let Upload { posted, file, is_too_large } = upload;
    if is_too_large {
        return Err(AppError::TooLarge.into());
    }
    visit
        .submit(
            posted,
            move |tx, me, form| {
                let visibility = form.choice("visibility");
                let Some(file) = file.filter(|file| !file.bytes.is_empty()) else {
                    return Err(AppError::refused("file", "file-missing"));
                };
                let Some(visibility) = visibility else { return Err(form.refusal()) };
                let permit = K::Place::for_edit(tx, me.actor, &target.at)?;
                let desk = K::Place::desk(tx, me.actor, &target.at)?;
                let (owner, widest) = K::owner(&desk, target.uid).ok_or(AppError::NotFound)?;
                let new = NewAttachment {
                    owner,
                    name: safe_name(&file.name),
                    media_type: media_type(&file.bytes).to_owned(),
                    size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
                    sha256: Files::name_of(&file.bytes),
                    visibility: widest.min(visibility),
                    held: false,
                };
                attachments::add(tx, permit, new)?;
                // On the disk before the row that names it is committed: a crash between the two leaves bytes without a name, which is
                // harmless. After the row is written, so that whoever takes the same bytes away meanwhile is done with it.
                app.files().keep(&file.bytes).map_err(|error| AppError::Fault(error.to_string()))?;
                Ok(Done::to(K::Place::url(&target.at)).saying("flash-saved"))
            },
            move |tx, me, form| page::<K>(tx, me, &again, form),
        )
        .await
}

/// A private note is taken away for good, and then those bytes of its files that no record names any more.
pub async fn erase(req: HttpRequest, visit: Visit, app: Data<App>, posted: Posted) -> Answer {
    let target = target::<IncidentPlace>(&req)?;
    let found = visit
        .clone()
        .read(move |tx, me| {
            let desk = IncidentPlace::desk(tx, me.actor, &target.at)?;
            let owner = ErasureNoun::find(&desk, target.uid).map(|note| Owner::Entry(note.id));
            Ok(desk.attachments.into_iter().filter(|file| Some(file.owner) == owner).map(|file| file.sha256).collect::<Vec<_>>())
        })
        .await;
    let files = match found {
        // Said by the form, which then waits for the login.
        Err(Failure { error: AppError::LoginNeeded, .. }) => Vec::new(),
        found => found?,
    };
    let answer = save_edit::<ErasureNoun>(req, visit.clone(), posted).await?;
    if answer.status().is_redirection() && !files.is_empty() {
        let forgotten = visit.write_at_door(move |tx| Ok(store::attachments::forget(tx, &app.files(), &files)?)).await;
        if let Err(error) = forgotten {
            tracing::error!(%error, "the note is gone, but bytes of its files, which nothing names now, are still on the disk");
        }
    }
    Ok(answer)
}

/// A file is handed out, to be saved and never to be run: whatever it is, no browser shows it as a page of ours.
pub async fn download(req: HttpRequest, visit: Visit, app: Data<App>) -> Answer {
    let uid: Uid = req.match_info().get("uid").unwrap_or_default().parse().map_err(|_| AppError::NotFound)?;
    let found: Attachment = visit
        .read(move |tx, me| {
            let file = store::attachments::find(tx, me.actor, uid)?;
            // What came from outside is first opened by those who may say what it is.
            if file.held && !me.actor.may(Deed::Edit) { Err(AppError::Forbidden) } else { Ok(file) }
        })
        .await?;
    hand_out(app, &found.name, found.media_type, found.sha256).await
}

/// The bytes of a file under its name, for whoever may see it.
pub(super) async fn hand_out(app: Data<App>, name: &str, media_type: String, sha256: String) -> Answer {
    let bytes = block(move || app.files().read(&sha256)).await;
    let bytes = bytes
        .map_err(|error| AppError::Fault(error.to_string()))
        .and_then(|read| read.map_err(|error| AppError::Fault(error.to_string())))
        .map_err(Failure::from)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition(name)))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// `attachment`, with the name in ASCII and, after RFC 6266 and 8187, as it is.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_travels_in_both_spellings() {
        assert_eq!(
            disposition("手紙 \"1\".pdf"),
            "attachment; filename=\"____1_.pdf\"; filename*=UTF-8''%E6%89%8B%E7%B4%99%20%221%22.pdf"
        );
    }
}
