//! Logging in and out.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::answer::{add_cookie, see_other};
use super::csrf;
use super::extract::{Posted, Visit};
use super::session::Jar;
use super::visit::{Answer, Done};
use crate::actions::passwords::Password;
use crate::actions::secrets;
use crate::actions::sessions::{self, Admission, Begun, LoggedIn, Origin, Stepped};
use crate::domain::moment::Stamp;
use crate::domain::person::Login;
use crate::error::AppError;
use crate::render::form::{FormView, Problem};
use crate::render::pages::login::{CodePage, KeptField, KeptForm, KeptPage, LoginPage};

/// Before the name of every field of a form that waits for the login.
const KEPT: &str = "kept.";

/// Where to after logging in.
#[derive(Debug, Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// `GET /login`
pub async fn show(visit: Visit, query: web::Query<Next>) -> Answer {
    let next = query.into_inner().next.filter(|next| is_path_of_ours(next)).unwrap_or_default();
    visit.door_page(200, |_| Ok(LoginPage { form: FormView::new().with("next", next), kept: None })).await
}

/// `POST /login`
pub async fn log_in(visit: Visit, posted: Posted) -> Answer {
    if visit.check_door(&posted).is_err() {
        return refuse(visit, &posted, 409, Problem::new("login-again")).await;
    }
    let login: Option<Login> = posted.fields.get("login").unwrap_or_default().parse().ok();
    let attempt = match admission(&visit, login.clone()).await? {
        Admission::Try(attempt) => attempt,
        Admission::Locked(until) => {
            let problem = throttled("login-throttled", &visit, until);
            return refuse(visit, &posted, 429, problem).await;
        }
    };
    let typed = Password::attempt(posted.fields.get("password").unwrap_or_default());
    let kept_hash = attempt.hash.clone();
    let is_right = visit.with_hashing(move || typed.is(kept_hash.as_deref())).await?;
    let client = visit.client.clone();
    if let (Some(login), true) = (&login, is_right) {
        let (login, address, old, client) = (login.clone(), visit.address, visit.token.clone(), client.clone());
        let begun = visit.write_at_door(move |tx| {
            let from = Origin { address, client: &client, old: old.as_deref() };
            Ok(sessions::log_in(tx, &attempt, &login, from)?)
        });
        match begun.await? {
            Some(LoggedIn::Whole(begun)) => return welcome(visit, &posted, begun).await,
            Some(LoggedIn::Half(ticket)) => return ask_code(visit, &posted, ticket, 200, None).await,
            None => {}
        }
    }
    visit.write_at_door(move |tx| Ok(sessions::note_wrong(tx, login.as_ref(), &client)?)).await?;
    refuse(visit, &posted, 422, Problem::new("login-wrong")).await
}

/// `POST /login/code`
pub async fn log_in_by_code(visit: Visit, posted: Posted) -> Answer {
    if visit.check_door(&posted).is_err() {
        return refuse(visit, &posted, 409, Problem::new("login-again")).await;
    }
    let of = |name: &str| posted.fields.get(name).unwrap_or_default().to_owned();
    let (ticket, typed, keyring) = (of("ticket"), of("code"), visit.app.keyring());
    let (address, client, old) = (visit.address, visit.client.clone(), visit.token.clone());
    let kept = ticket.clone();
    let stepped = visit.write_at_door(move |tx| {
        let from = Origin { address, client: &client, old: old.as_deref() };
        Ok(sessions::step_in(tx, &ticket, &typed, &keyring, from)?)
    });
    match stepped.await? {
        Stepped::In(begun) => welcome(visit, &posted, begun).await,
        Stepped::Wrong => ask_code(visit, &posted, kept, 422, Some(Problem::new("step-wrong-code"))).await,
        Stepped::Locked(until) => {
            let problem = throttled("step-throttled", &visit, until);
            ask_code(visit, &posted, kept, 429, Some(problem)).await
        }
        Stepped::Gone => refuse(visit, &posted, 422, Problem::new("step-too-late")).await,
    }
}

/// The page of the second step, with what waits for the login.
async fn ask_code(visit: Visit, posted: &Posted, ticket: String, status: u16, problem: Option<Problem>) -> Answer {
    let next = posted.fields.get("next").unwrap_or_default().to_owned();
    let form = FormView::new().with("ticket", ticket).with("next", next);
    let form = problem.into_iter().fold(form, |form, problem| form.with_problem("code", problem));
    let kept = kept(posted);
    visit.door_page(status, |_| Ok(CodePage { form, kept })).await
}

/// Counts an attempt with a password, on a blocking thread.
pub(super) async fn admission(visit: &Visit, login: Option<Login>) -> Result<Admission, AppError> {
    let (address, client) = (visit.address, visit.client.clone());
    visit.write_at_door(move |tx| Ok(sessions::attempt(tx, login.as_ref(), address, &client)?)).await
}

/// That nothing more is tried before `until`, in the words of `key`.
pub(super) fn throttled(key: &'static str, visit: &Visit, until: Stamp) -> Problem {
    Problem::new(key).with("minutes", minutes_until(visit.app.now(), until).to_string())
}

/// To where they wanted to go, or to the form that waited.
async fn welcome(visit: Visit, posted: &Posted, begun: Begun) -> Answer {
    let https = visit.app.is_https();
    let answer = match kept(posted) {
        Some(kept) => visit.logged_in(begun.token.clone()).page(|_, _| Ok(KeptPage { kept })).await?,
        None => {
            let next = posted.fields.get("next").filter(|next| is_path_of_ours(next)).unwrap_or("/");
            see_other(next, None, "", https)
        }
    };
    Ok(with_session(answer, begun, https))
}

/// The answer with the cookie of a session that has just begun.
pub(super) fn with_session(answer: HttpResponse, begun: Begun, https: bool) -> HttpResponse {
    let answer = add_cookie(answer, Jar::Session.with(begun.token, https));
    add_cookie(answer, Jar::Door.away(https))
}

/// The login page again, with what waits on it.
async fn refuse(visit: Visit, posted: &Posted, status: u16, problem: Problem) -> Answer {
    let of = |name: &str| posted.fields.get(name).unwrap_or_default().to_owned();
    let form = FormView::new().with("login", of("login")).with("next", of("next")).with_problem("", problem);
    let kept = kept(posted);
    visit.door_page(status, |_| Ok(LoginPage { form, kept })).await
}

/// The form that waits on the login page, if one does.
fn kept(posted: &Posted) -> Option<KeptForm> {
    let action = posted.fields.get("kept-action").filter(|action| is_path_of_ours(action))?.to_owned();
    let fields = posted.fields.iter().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?, value)));
    let fields = fields.map(|(name, value)| KeptField { name: name.to_owned(), value: value.to_owned() });
    Some(KeptForm { action, fields: fields.collect() })
}

/// Whether a browser that is sent there stays with us: a path, and not the beginning of another host.
fn is_path_of_ours(path: &str) -> bool {
    let second = path.chars().nth(1);
    path.starts_with('/') && !matches!(second, Some('/' | '\\')) && !path.contains(|c: char| c.is_control() || c.is_whitespace())
}

/// At least one.
fn minutes_until(now: Stamp, until: Stamp) -> i64 {
    (until - now).num_seconds().max(1).div_euclid(60) + 1
}

/// `POST /logout`
pub async fn log_out(visit: Visit, posted: Posted) -> Answer {
    let https = visit.app.is_https();
    let door = secrets::fresh().map_err(AppError::from)?;
    let ended = visit
        .submit(
            posted,
            |tx, me, _| {
                sessions::end(tx, &me.session)?;
                Ok(Done::to("/login"))
            },
            |_, _, _| Err::<KeptPage, _>(AppError::LoginNeeded),
        )
        .await?;
    // Where the session has ended already there is nothing left to end, and no form worth keeping.
    if !ended.status().is_redirection() && ended.status() != StatusCode::UNAUTHORIZED {
        return Ok(ended);
    }
    let answer = see_other("/login", Some("flash-logged-out"), &csrf::secret_of_door(&door), https);
    Ok(add_cookie(add_cookie(answer, Jar::Session.away(https)), Jar::Door.with(door, https)))
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone, Utc};

    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in ["/", "/people", "/incidents/INC-2006-0001?page=2"] {
            assert!(is_path_of_ours(path), "{path}");
        }
        for path in ["", "people", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: b", "/\t/evil"]
        {
            assert!(!is_path_of_ours(path), "{path}");
        }
    }

    #[test]
    fn the_wait_is_told_in_minutes_that_surely_suffice() {
        let now = Utc.with_ymd_and_hms(2006, 11, 22, 9, 0, 0).single().expect("a time");
        assert_eq!(minutes_until(now, now + Duration::seconds(1)), 1);
        assert_eq!(minutes_until(now, now + Duration::minutes(15)), 16);
    }
}
