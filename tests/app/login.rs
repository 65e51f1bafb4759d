//! Coming in and going out: sessions, what ends them, what is not told to strangers, and that forms come from our own pages.

use std::net::IpAddr;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use tellonce::actions::sessions::{self, Admission, Origin};
use tellonce::domain::account::Client;
use tellonce::domain::moment::Stamp;
use tellonce::domain::person::Login;
use tellonce::store::{StoreError, idempotency, people};

use crate::harness::{Answer, Browser, NOW, PASSWORD, Request, Site, on_both};

/// Tries to log in.
pub fn log_in(browser: &Browser, login: &str, password: &str) -> Answer {
    browser.fill("/login").with("login", login).with("password", password).send()
}

/// Whether the browser is let in.
fn is_in(browser: &Browser) -> bool {
    browser.get("/account").status == 200
}

/// The address of somebody's page among the people.
fn page_of(site: &Site, login: &str) -> String {
    let alice = site.alice();
    let people = alice.open("/people");
    let pages = people.links().into_iter().filter(|link| link.starts_with("/people/") && link != "/people/new");
    pages.into_iter().find(|page| alice.open(page).shows(login)).unwrap_or_else(|| panic!("{login} is not among the people"))
}

#[test]
fn the_right_password_opens_a_session_of_its_own() {
    on_both(|site| {
        let (first, second) = (site.charlie(), site.charlie());
        for browser in [&first, &second] {
            let answer = log_in(browser, "bob", PASSWORD).is(303);
            assert_eq!(answer.location(), "/");
            assert!(is_in(browser));
        }
        assert_ne!(first.cookies(), second.cookies());
    });
}

#[test]
fn a_session_has_a_new_id_after_each_login() {
    on_both(|site| {
        let bob = site.bob();
        let before = bob.cookies();
        log_in(&bob, "bob", PASSWORD).is(303);
        assert_ne!(bob.cookies().get("tellonce"), before.get("tellonce"));
    });
}

#[test]
fn strangers_cannot_tell_a_login_that_exists_from_one_that_does_not() {
    on_both(|site| {
        let seen = |login: &str| {
            let began = Instant::now();
            let answer = log_in(&site.charlie(), login, "not the password").is(422);
            (answer.page().text().replace(login, "LOGIN"), answer.headers.len(), began.elapsed())
        };
        let (known, unknown) = (seen("bob"), seen("nobody"));
        assert_eq!((known.0, known.1), (unknown.0, unknown.1));
        // Both hash a password: that is nearly all of the time, which otherwise would tell.
        assert!(unknown.2 * 4 > known.2 && known.2 * 4 > unknown.2, "{:?} against {:?}", known.2, unknown.2);
    });
}

#[test]
fn after_ten_failures_the_account_is_locked_for_a_while_and_others_are_not() {
    on_both(|site| {
        for _ in 0..10 {
            log_in(&site.charlie(), "bob", "not the password").is(422);
        }
        log_in(&site.charlie(), "bob", PASSWORD).is(429);
        log_in(&site.charlie(), "mei", PASSWORD).is(303);
        assert!(is_in(&site.bob()), "who is in stays in");
        site.at("2006-11-24T09:20:00+09:00");
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
    });
}

#[test]
fn a_right_password_takes_back_its_own_try_and_not_what_others_tried_from_the_same_address() {
    on_both(|site| {
        let now: Stamp = DateTime::parse_from_rfc3339(NOW).expect("a time").into();
        let address: IpAddr = "203.0.113.7".parse().expect("an address");
        let client = Client { address: "203.0.113.7".to_owned(), agent: String::new() };
        let tried = site.store().write(now, |tx| {
            let bob: Login = "bob".parse().expect("a login");
            for _ in 0..60 {
                assert!(matches!(sessions::attempt(tx, Some(&bob), address, &client)?, Admission::Try(_)), "an office comes in");
                sessions::forgive(tx, &bob, address)?;
            }
            for n in 0..60 {
                let guessed: Login = format!("guessed{n}").parse().expect("a login");
                if matches!(sessions::attempt(tx, Some(&guessed), address, &client)?, Admission::Locked(_)) {
                    return Ok(n);
                }
                if matches!(sessions::attempt(tx, Some(&bob), address, &client)?, Admission::Try(_)) {
                    sessions::forgive(tx, &bob, address)?;
                }
            }
            Ok::<_, StoreError>(60)
        });
        assert_eq!(tried.expect("they are counted"), 50, "guesses at others are held back, whoever logs in between them");
    });
}

#[test]
fn a_form_that_was_sent_twice_is_known_again_for_a_month() {
    on_both(|site| {
        let now: Stamp = DateTime::parse_from_rfc3339(NOW).expect("a time").into();
        let (store, client) = (site.store(), Client { address: String::new(), agent: String::new() });
        let is_known = |days: i64| {
            let known = store.write(now + TimeDelta::days(days), |tx| {
                let (bob, _) = people::by_login(tx, "bob")?.expect("Bob");
                if days == 0 {
                    idempotency::claim(tx, "one key", bob.id, "calls")?;
                    idempotency::finish(tx, "one key", bob.id, "/incidents")?;
                }
                let address = "203.0.113.7".parse().expect("an address");
                sessions::begin(tx, &bob, Origin { address, client: &client, old: None })?;
                idempotency::was_done(tx, "one key", bob.id)
            });
            known.expect("it answers")
        };
        assert_eq!([0, 29, 31].map(is_known), [true, true, false]);
    });
}

#[test]
fn logging_out_ends_the_session_itself_and_not_only_the_cookie() {
    on_both(|site| {
        let (bob, thief) = (site.bob(), site.bob());
        let page = bob.open("/account");
        let form = page.forms().into_iter().find(|form| form.action == "/logout").expect("a way out on every page");
        bob.post("/logout", &form.fields()).is(303);
        let again = bob.post("/logout", &form.fields()).is(303);
        assert_eq!(again.location(), "/login", "a second time there is nothing to end, and no form to keep");
        assert!(!is_in(&bob) && !is_in(&thief));
    });
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    on_both(|site| {
        let (bob, elsewhere) = (site.bob(), site.charlie());
        log_in(&elsewhere, "bob", PASSWORD).is(303);
        assert!(is_in(&elsewhere));
        bob.fill_on("/account", "/account/password")
            .with("current", "not my password")
            .with("password", "a new one, long enough")
            .send()
            .is(422);
        bob.fill_on("/account", "/account/password").with("current", PASSWORD).with("password", "a new one, long enough").saved();
        assert!(is_in(&bob) && !is_in(&elsewhere));
        log_in(&site.charlie(), "bob", PASSWORD).is(422);
        log_in(&site.charlie(), "bob", "a new one, long enough").is(303);
    });
}

#[test]
fn who_is_suspended_is_out_at_once() {
    on_both(|site| {
        let bob = site.bob();
        assert!(is_in(&bob));
        let page = page_of(site, "bob");
        let alice = site.alice();
        alice.fill_on(&page, &format!("{page}/suspension")).saved();
        assert!(!is_in(&bob));
        log_in(&site.charlie(), "bob", PASSWORD).is(422);
        alice.fill_on(&page, &format!("{page}/reinstatement")).saved();
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
    });
}

#[test]
fn a_session_ends_when_it_lies_idle_and_in_any_case_after_two_weeks() {
    on_both(|site| {
        let cookies = site.bob().cookies();
        let bob = || Browser::with_cookies(site.address(), cookies.clone());
        site.at("2006-11-24T20:59:00+09:00");
        assert!(is_in(&bob()));
        site.at("2006-11-25T09:00:30+09:00");
        assert!(!is_in(&bob()), "twelve hours and more without a sign");
    });
}

#[test]
fn a_session_in_daily_use_ends_after_two_weeks() {
    on_both(|site| {
        let cookies = site.bob().cookies();
        let bob = || Browser::with_cookies(site.address(), cookies.clone());
        let began = DateTime::parse_from_rfc3339(NOW).expect("a time");
        // Every eleven hours somebody looks at a page, for two weeks less an hour.
        for hours in (11..14 * 24).step_by(11) {
            site.at(&(began + TimeDelta::hours(hours)).to_rfc3339());
            assert!(is_in(&bob()), "after {hours} hours");
        }
        site.at("2006-12-08T09:01:00+09:00");
        assert!(!is_in(&bob()), "two weeks are over");
    });
}

#[test]
fn the_set_up_link_is_good_once() {
    on_both(|site| {
        let answer = site.charlie().get("/setup/0000000000000000000000000000000000000000000000000000000000000000");
        assert_eq!(answer.status, 404);
        // The seed was set up by its link; nobody is shown another.
        assert!(site.run(&["user", "list"]).ended(0).text().contains("alice"));
    });
}

#[test]
fn a_form_without_its_token_changes_nothing_and_is_not_lost() {
    on_both(|site| {
        let bob = site.bob();
        let mut fields = bob.fill("/account").form.fields();
        let zone = fields.iter_mut().find(|(name, _)| name == "zone").expect("a zone");
        zone.1 = "Europe/Paris".to_owned();
        for token in [None, Some(""), Some("forged"), Some(&"0".repeat(128))] {
            let mut forged: Vec<_> = fields.iter().filter(|(name, _)| name != "csrf").cloned().collect();
            forged.extend(token.map(|token| ("csrf".to_owned(), token.to_owned())));
            let answer = bob.post("/account", &forged).is(409);
            assert!(answer.page().html.contains("Europe/Paris"), "what was typed is still there");
        }
        let of_mei = site.mei().fill("/account").form.value("csrf").map(str::to_owned);
        let mut crossed: Vec<_> = fields.iter().filter(|(name, _)| name != "csrf").cloned().collect();
        crossed.extend(of_mei.map(|token| ("csrf".to_owned(), token)));
        bob.post("/account", &crossed).is(409);
        assert_eq!(bob.fill("/account").form.value("zone"), Some("Asia/Tokyo"));
    });
}

#[test]
fn a_form_from_another_site_is_refused() {
    on_both(|site| {
        let bob = site.bob();
        let fields = bob.fill("/account").form.fields();
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let answer = bob.send(Request::new("POST", "/account").header(name, value).form(&fields));
            assert_eq!(answer.status, 403, "{name}: {value}");
        }
        bob.send(Request::new("POST", "/account").header("origin", format!("http://{}", site.address())).form(&fields)).is(303);
    });
}

#[test]
fn what_was_typed_when_the_session_had_ended_waits_for_the_login() {
    on_both(|site| {
        let bob = site.bob();
        let filling = bob.fill("/account").with("zone", "Europe/Paris");
        site.at("2006-11-25T10:00:00+09:00");
        let bob = Browser::with_cookies(site.address(), bob.cookies());
        let answer = bob.post("/account", &filling.form.fields()).is(401);
        let mut login = answer.page().form("/login").expect("the login page, with the form waiting on it");
        login.set("login", "bob");
        login.set("password", PASSWORD);
        let kept = bob.post("/login", &login.fields()).is(200).page();
        assert!(kept.shows("Europe/Paris"));
        let form = kept.form("/account").expect("the form that waited");
        bob.post("/account", &form.fields()).is(303);
        assert_eq!(bob.fill("/account").form.value("zone"), Some("Europe/Paris"));
    });
}

#[test]
fn a_login_takes_its_time() {
    on_both(|site| {
        let began = Instant::now();
        log_in(&site.charlie(), "bob", "not the password").is(422);
        assert!(began.elapsed() > Duration::from_millis(10), "a password is hashed slowly, even for a test");
    });
}

#[test]
fn guessing_ones_own_password_is_throttled_like_a_login_and_says_so() {
    on_both(|site| {
        let bob = site.bob();
        let guess = || {
            let filling = bob.fill_on("/account", "/account/password").with("current", "not the password");
            filling.with("password", "a password of his own").send().is(422).page()
        };
        let first = guess();
        let locked = (0..30).map(|_| guess()).find(|page| page.problems() != first.problems());
        let said = locked.expect("no more guesses after some").problems();
        assert!(said.contains("15") || said.contains("16"), "how long to wait: {said}");
    });
}
