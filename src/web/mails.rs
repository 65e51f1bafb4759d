//! Mail: the link of a share to somebody of a company, and a summary of an incident. What is sent is shown before it goes, and may be
//! changed; what became of it stands below.

use actix_web::HttpRequest;
use unicode_normalization::UnicodeNormalization as _;

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::eyes;
use super::nouns::{IncidentPlace, Place};
use super::shares::{back, site, with_secrets};
use super::visit::{Answer, Done, Me};
use crate::actions::outbox;
use crate::domain::dossier::Dossier;
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::moment::Stamp;
use crate::domain::outbox::Mail;
use crate::domain::share::{Given, Share, ShareState};
use crate::domain::view::Meeting;
use crate::error::AppError;
use crate::intake::addresses::mail_address;
use crate::render::form::FormView;
use crate::render::mail::{ShareLinkMail, SummaryMail, Text};
use crate::render::pages::mails::{MailLine, MailPage};
use crate::render::pages::noun_form::Link;
use crate::render::pages::reader::Reader as Eyes;
use crate::render::pages::shares::long_link;
use crate::render::words::Words;
use crate::store::keyring::Keyring;
use crate::store::{self, Tx};

/// About what a mail is, as the request names it.
#[derive(Clone)]
struct About {
    at: IncidentNumber,
    /// The share whose link is sent; none for a summary.
    share: Option<Uid>,
    /// Where a reader reaches us.
    site: String,
    keyring: Keyring,
    mails: bool,
    path: String,
}

fn about(req: &HttpRequest, visit: &Visit) -> Result<About, AppError> {
    let named = |name: &str| req.match_info().get(name);
    Ok(About {
        at: IncidentPlace::read_at(named("at").unwrap_or_default()).ok_or(AppError::NotFound)?,
        share: named("uid").map(|uid| uid.parse().map_err(|_| AppError::NotFound)).transpose()?,
        site: site(req, &visit.app),
        keyring: visit.app.keyring(),
        mails: visit.app.mails,
        path: req.path().to_owned(),
    })
}

/// The form of a mail.
pub async fn ask(req: HttpRequest, visit: Visit) -> Answer {
    let about = about(&req, &visit)?;
    visit.page(move |tx, me| page(tx, me, &about, None)).await
}

/// A mail is queued.
pub async fn send(req: HttpRequest, visit: Visit, posted: Posted) -> Answer {
    let about = about(&req, &visit)?;
    let again = about.clone();
    visit
        .submit(
            posted,
            move |tx, me, form| {
                let permit = store::incidents::for_edit(tx, me.actor, about.at)?;
                let share = about.share.map(|uid| shared(tx, me, &about, uid)).transpose()?;
                if share.as_ref().is_some_and(|(share, _)| share.state(tx.now()) != ShareState::Live) {
                    return Err(AppError::refused("", "mail-share-over"));
                }
                let mail = read(form, share.as_ref().and_then(|(_, given)| given.as_ref())).ok_or_else(|| form.refusal())?;
                outbox::queue(tx, permit, share.map(|(share, _)| share.id), mail)?;
                Ok(Done::to(about.path).saying("flash-mail-queued"))
            },
            move |tx, me, form| page(tx, me, &again, Some(form)),
        )
        .await
}

fn read(form: &mut Reader<'_>, given: Option<&Given>) -> Option<Mail> {
    let to = mail_address(form.raw("to"));
    if to.is_none() {
        form.refuse("to", "mail-bad-address");
    }
    let (subject, body) = (form.line("subject"), form.prose("body"));
    let (subject, body) = (subject?.to_string(), body?.to_string());
    // Whoever reads a mail on its way must not have both.
    if given.is_some_and(|given| holds(&subject, given) || holds(&body, given)) {
        form.refuse("body", "mail-code-inside");
        return None;
    }
    Some(Mail { to: to?, subject, body })
}

fn holds(text: &str, given: &Given) -> bool {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != '-').collect();
    plain.contains(given.code.as_str())
}

/// The share, with its secrets.
fn shared(tx: &mut Tx<'_>, me: &Me, about: &About, uid: Uid) -> Result<(Share, Option<Given>), AppError> {
    let permit = store::incidents::to_show(tx, me.actor, about.at)?;
    let (share, shown) = with_secrets(tx, permit, uid, &about.keyring)?;
    Ok((share, shown.given))
}

fn page(tx: &mut Tx<'_>, me: &Me, about: &About, typed: Option<FormView>) -> Result<MailPage, AppError> {
    let words = Words::new(me.locale());
    let permit = store::incidents::to_show(tx, me.actor, about.at)?;
    let dossier = store::dossier::kept(tx, &permit)?;
    let share = about.share.map(|uid| shared(tx, me, about, uid)).transpose()?;
    let now = tx.now();
    // What was typed while it was good is shown again all the same.
    if typed.is_none() && share.as_ref().is_some_and(|(share, _)| share.state(now) != ShareState::Live) {
        return Err(AppError::NotFound);
    }
    let eyes = Eyes::new(&eyes(me), now);
    let form = match (typed, &share) {
        (Some(typed), _) => typed,
        (None, Some((share, given))) => filled(link_text(&dossier, share, given.as_ref(), about, words, eyes)?),
        (None, None) => filled(summary_text(&dossier, about, words, now)?),
    };
    let share_id = share.as_ref().map(|(share, _)| share.id);
    let queued = store::outbox::of_incident(tx, &permit)?;
    let back = match &share {
        Some((share, _)) => Link { href: about.path.trim_end_matches("/mail").to_owned(), text: share.number.shown() },
        None => back(&dossier),
    };
    let (title, lead) = match &share {
        Some(_) => ("mail-share-title", "mail-share-lead-page"),
        None => ("mail-summary-title", "mail-summary-lead"),
    };
    Ok(MailPage {
        title: words.get(title),
        lead: words.get(lead),
        back,
        action: about.path.clone(),
        addresses: share.map(|(share, _)| addresses(&dossier, &share)).unwrap_or_default(),
        mails: about.mails,
        form,
        sent: queued.iter().filter(|queued| queued.share == share_id).map(|queued| MailLine::of(queued, eyes)).collect(),
    })
}

fn filled(text: Text) -> FormView {
    FormView::new().with("subject", text.subject).with("body", text.body)
}

/// The addresses of the company's people.
fn addresses(dossier: &Dossier, share: &Share) -> Vec<String> {
    let theirs = dossier.contacts.iter().filter(|contact| contact.provider == share.provider);
    theirs.map(|contact| contact.email.clone()).filter(|address| !address.is_empty()).collect()
}

fn link_text(
    dossier: &Dossier,
    share: &Share,
    given: Option<&Given>,
    about: &About,
    words: Words,
    eyes: Eyes,
) -> Result<Text, AppError> {
    // Without the key the long link cannot be shown; the short page and the number lead there too.
    let link = given.map_or_else(|| format!("{}/s", about.site), |given| long_link(&about.site, given));
    let mail = ShareLinkMail {
        company: dossier.name_of(share.provider),
        ours: dossier.house.company.clone(),
        incident: dossier.incident.number.to_string(),
        link,
        number: share.number.shown(),
        until: eyes.at(share.expires_at),
        call: share.call.clone(),
    };
    Ok(mail.text(words)?)
}

fn summary_text(dossier: &Dossier, about: &About, words: Words, now: Stamp) -> Result<Text, AppError> {
    let view = dossier.view::<Meeting>(&(), now);
    let link = format!("{}/incidents/{}", about.site, about.at);
    Ok(SummaryMail::new(&view, link, words, dossier.house.zone, now).text(words)?)
}
