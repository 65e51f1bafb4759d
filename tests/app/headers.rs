//! What stands on every answer, the unhappy ones included.

use crate::harness::{Answer, Request, on_both};

/// The answer has every header that keeps a page to itself.
fn is_fenced(what: &str, answer: &Answer) {
    let header =
        |name: &str| answer.header(name).unwrap_or_else(|| panic!("{what}: {} without {name}", answer.status)).to_owned();
    let policy = header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{what}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    for loose in ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"] {
        assert!(!policy.contains(loose), "{what}: {policy}");
    }
    assert_eq!(header("x-content-type-options"), "nosniff", "{what}");
    assert_eq!(header("x-frame-options"), "DENY", "{what}");
    assert!(["same-origin", "no-referrer"].contains(&header("referrer-policy").as_str()), "{what}");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{what}");
    assert!(!header("permissions-policy").is_empty(), "{what}");
    assert!(!header("cache-control").is_empty(), "{what}");
    assert!(answer.header("server").is_none() && answer.header("x-powered-by").is_none(), "{what} tells what runs here");
}

#[test]
fn every_answer_is_fenced_whatever_its_status() {
    on_both(|site| {
        let (bob, mei, charlie) = (site.bob(), site.mei(), site.charlie());
        let too_large = Request::new("POST", "/account").form(&[("zone".to_owned(), "加".repeat(3 * 1024 * 1024))]);
        let style = charlie.open("/login").html.split('"').find(|part| part.ends_with(".css")).expect("a stylesheet").to_owned();
        let not_a_form =
            Request { body: b"{}".to_vec(), ..Request::new("POST", "/account").header("content-type", "application/json") };
        let mut half = Request::new("POST", "/account").form(&[]);
        half.body = b"zone=%E5%8A".to_vec();
        for (what, status, answer) in [
            ("a page", 200, bob.get("/account")),
            ("the login page", 200, charlie.get("/login")),
            ("a page that needs a login", 303, charlie.get("/account")),
            ("a page for admins", 403, mei.get("/people")),
            ("no page", 404, bob.get("/nowhere")),
            ("no page, for strangers", 404, charlie.get("/nowhere")),
            ("nobody's page", 404, site.alice().get("/people/0190a0c2-0000-7000-8000-000000000000")),
            ("no uid", 404, site.alice().get("/people/%00")),
            ("a way that is not there", 405, bob.send(Request::new("DELETE", "/account"))),
            ("a form without a token", 409, bob.post("/account", &[])),
            ("a form of nobody", 401, charlie.post("/account", &[])),
            ("a form from elsewhere", 403, bob.send(Request::new("POST", "/account").header("sec-fetch-site", "cross-site"))),
            ("a form that is none", 400, bob.send(not_a_form)),
            ("half a character", 409, bob.send(half)),
            ("a form that is too large", 413, bob.send(too_large)),
            ("a stylesheet", 200, charlie.get(&style)),
            ("no stylesheet", 404, charlie.get("/static/0/css/none.css")),
            ("out of the house", 404, charlie.get("/static/0/../../../etc/passwd")),
            ("robots.txt", 200, charlie.get("/robots.txt")),
        ] {
            is_fenced(what, &answer);
            assert_eq!(answer.status, status, "{what}: {}", answer.page().text());
        }
    });
}

#[test]
fn a_failure_is_a_page_that_one_can_read_and_leave() {
    on_both(|site| {
        for answer in [site.bob().get("/nowhere"), site.mei().get("/people")] {
            let page = answer.page();
            assert!(page.html.starts_with("<!doctype html>") && page.html.contains("<h1>"));
            assert!(page.links().contains(&"/".to_owned()), "a way back");
            assert!(page.links().contains(&"/account".to_owned()), "in one's own frame");
        }
        let stranger = site.charlie().get("/nowhere").page();
        assert!(!stranger.links().contains(&"/account".to_owned()), "strangers are told nothing more");
    });
}

#[test]
fn a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    on_both(|site| {
        let charlie = site.charlie();
        let answer = charlie.fill("/login").with("login", "bob").with("password", crate::harness::PASSWORD).send().is(303);
        let cookies: Vec<&str> = answer.all("set-cookie").into_iter().filter(|cookie| cookie.starts_with("tellonce=")).collect();
        assert_eq!(cookies.len(), 1);
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookies[0].contains(part), "{}", cookies[0]);
        }
    });
}
