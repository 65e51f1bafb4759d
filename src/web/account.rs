//! One's own account: language, zone, password; the address of one's calendar ([`super::calendar`]) and one's reminders
//! ([`super::reminders`]).

use super::extract::{Posted, Visit};
use super::forms::Reader;
use super::incidents::eyes;
use super::login;
use super::visit::{Answer, Done, Failure, Me};
use crate::actions::passwords::Password;
use crate::actions::{people as actions, sessions};
use crate::domain::account::SecondStep;
use crate::domain::person::Login;
use crate::domain::reminder::{Reminder, USUAL_TIME};
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::Choices;
use crate::render::pages::account::{AccountPage, RemindersPart};
use crate::render::pages::mails::MailLine;
use crate::render::pages::reader::Reader as Voice;
use crate::store::outbox::Told;
use crate::store::{Tx, feeds, outbox, people, reminders, second_factors};

/// `GET /account`
pub async fn show(visit: Visit) -> Answer {
    let mails = visit.app.mails;
    visit.page(move |tx, me| page(tx, me, mails, Forms::default())).await
}

/// `POST /account`
pub async fn adjust(visit: Visit, posted: Posted) -> Answer {
    let save = |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let revision = form.revision()?;
        let (Some(locale), Some(zone)) = (form.choice("locale"), form.zone("zone")) else {
            return Err(form.refusal());
        };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::adjust(tx, &permit, revision, locale, zone)?;
        Ok(Done::to("/account").saying("flash-saved"))
    };
    let mails = visit.app.mails;
    let again = move |tx: &mut Tx<'_>, me: &Me, form: FormView| {
        page(tx, me, mails, Forms { screens: Some(form.at_revision(me.person.revision)), ..Forms::default() })
    };
    visit.submit(posted, save, again).await
}

/// `POST /account/password`
pub async fn set_password(visit: Visit, posted: Posted) -> Answer {
    let wrong = current_is_wrong(&visit, &posted).await?;
    let hash = visit.hash_of_new(&posted).await?;
    let client = visit.client.clone();
    let save = move |tx: &mut Tx<'_>, me: &Me, form: &mut Reader<'_>| {
        let is_wrong = wrong.is_some();
        if let Some(why) = wrong {
            form.problem("current", why);
        }
        let (Some(_), Some(hash), false) = (form.password("password"), hash, is_wrong) else {
            return Err(form.refusal());
        };
        let permit = people::for_edit(tx, me.actor, me.person.uid)?;
        actions::set_password(tx, &permit, &hash, Some(&me.session.token_hash), &client)?;
        Ok(Done::to("/account").saying("flash-password-set"))
    };
    let mails = visit.app.mails;
    visit.submit(posted, save, move |tx, me, form| page(tx, me, mails, Forms { password: form, ..Forms::default() })).await
}

/// Why the sender's own password in the form is not taken; none where it is right. Counted like a login, so that a session left
/// open cannot be used to guess it.
pub(super) async fn current_is_wrong(visit: &Visit, posted: &Posted) -> Result<Option<Problem>, Failure> {
    let wrong = || Some(Problem::new("problem-password-wrong"));
    // Else it is said by the form, which then waits for the login.
    let Some(login) = visit.of_the_one_let_in(|me| me.person.login.clone()).await? else { return Ok(wrong()) };
    let login: Option<Login> = login.parse().ok();
    let typed = Password::attempt(posted.fields.get("current").unwrap_or_default());
    let attempt = match login::admission(visit, login.clone()).await? {
        sessions::Admission::Try(attempt) => attempt,
        sessions::Admission::Locked(until) => return Ok(Some(login::throttled("login-throttled", visit, until))),
    };
    let is_right = visit.with_hashing(move || typed.is(attempt.hash.as_deref())).await?;
    let (address, client) = (visit.address, visit.client.clone());
    visit
        .write_at_door(move |tx| {
            match login {
                Some(login) if is_right => sessions::forgive(tx, &login, address)?,
                // Whoever guesses at a session that was left open is seen by its person afterwards.
                login => sessions::note_wrong(tx, login.as_ref(), &client)?,
            }
            Ok(())
        })
        .await?;
    Ok(if is_right { None } else { wrong() })
}

/// What stands now.
fn stands(me: &Me) -> FormView {
    FormView::new()
        .with("locale", me.person.locale.as_str())
        .with("zone", me.person.zone.name())
        .with("revision", me.person.revision.to_string())
}

/// What stands now of the reader's reminders.
fn chosen(reminder: Option<&Reminder>) -> FormView {
    let at = reminder.map_or(USUAL_TIME, |reminder| reminder.at);
    let address = reminder.map(|reminder| reminder.address.clone()).unwrap_or_default();
    let tick = |is_set: bool| if is_set { "yes" } else { "" };
    FormView::new()
        .with("address", address)
        .with("at", at.format("%H:%M").to_string())
        .with("deadlines", tick(reminder.is_some_and(|reminder| reminder.is_on)))
        .with("replies", tick(reminder.is_some_and(|reminder| reminder.replies)))
}

/// The forms of the page; those not given are as everything stands.
#[derive(Default)]
pub(super) struct Forms {
    /// Language and zone.
    pub screens: Option<FormView>,
    /// Reminders.
    pub reminders: Option<FormView>,
    /// The password.
    pub password: FormView,
}

/// The page as everything stands, with the address of the calendar, which is shown this once.
pub(super) fn with_address(tx: &mut Tx<'_>, me: &Me, mails: bool, address: String) -> Result<AccountPage, AppError> {
    Ok(AccountPage { calendar_address: address, ..page(tx, me, mails, Forms::default())? })
}

/// The page with these forms; `mails` is whether mail can be sent.
pub(super) fn page(tx: &mut Tx<'_>, me: &Me, mails: bool, forms: Forms) -> Result<AccountPage, AppError> {
    let since = feeds::since(tx, me.person.id)?;
    let voice = Voice::new(&eyes(me), tx.now());
    let reminder = reminders::of(tx, me.person.id)?;
    let last = outbox::last_told(tx, me.person.id, Told::Deadlines)?;
    let last_reply = outbox::last_told(tx, me.person.id, Told::Replies)?;
    Ok(AccountPage {
        name: me.person.name.clone(),
        login: me.person.login.clone(),
        form: forms.screens.unwrap_or_else(|| stands(me)),
        password_form: forms.password,
        choices: Choices::all(),
        second_step: match second_factors::step_of(tx, me.person.id)? {
            SecondStep::On { since, .. } => voice.with("step-on", "at", voice.at(since)),
            SecondStep::Off | SecondStep::Begun => String::new(),
        },
        calendar_since: since.map(|since| voice.at(since)).unwrap_or_default(),
        calendar_address: String::new(),
        reminders: RemindersPart {
            can: mails,
            is_on: reminder.as_ref().is_some_and(|reminder| reminder.is_on),
            replies: reminder.as_ref().is_some_and(|reminder| reminder.replies),
            form: forms.reminders.unwrap_or_else(|| chosen(reminder.as_ref())),
            last: last.map(|last| MailLine::of(&last, voice)),
            last_reply: last_reply.map(|last| MailLine::of(&last, voice)),
        },
    })
}
