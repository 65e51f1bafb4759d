//! Who may come which way: every route of the binary × every role. A route that is not listed here fails.

use std::collections::BTreeSet;

use tellonce::web::routes::table;

use crate::harness::{Browser, Site, on_both};
use Who::{Admins, Everybody, Readers};

/// Who is let in: each of these lets in those below it as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    /// Charlie the outsider too.
    Everybody,
    /// Mei the reader, Bob the colleague, Alice the admin.
    Readers,
    /// Alice alone.
    Admins,
}

/// What the house rules say, written down apart from the routes.
#[rustfmt::skip]
const RULES: &[(&str, &str, Who)] = &[
    ("GET",  "/",                              Readers),
    ("GET",  "/login",                         Everybody),
    ("POST", "/login",                         Everybody),
    ("POST", "/logout",                        Readers),
    ("GET",  "/setup/{token}",                 Everybody),
    ("POST", "/setup/{token}",                 Everybody),
    ("GET",  "/account",                       Readers),
    ("POST", "/account",                       Readers),
    ("POST", "/account/password",              Readers),
    ("GET",  "/people",                        Admins),
    ("POST", "/people",                        Admins),
    ("GET",  "/people/new",                    Admins),
    ("GET",  "/people/{person}",               Admins),
    ("POST", "/people/{person}",               Admins),
    ("POST", "/people/{person}/password",      Admins),
    ("POST", "/people/{person}/suspension",    Admins),
    ("POST", "/people/{person}/reinstatement", Admins),
    ("GET",  "/house",                         Admins),
    ("POST", "/house",                         Admins),
    ("GET",  "/static/{version}/{path:.*}",    Everybody),
    ("GET",  "/robots.txt",                    Everybody),
];

#[test]
fn every_route_is_listed_and_every_listed_route_is_there() {
    let routes: BTreeSet<(String, &str)> = table().iter().map(|route| (route.method.to_string(), route.path)).collect();
    let rules: BTreeSet<(String, &str)> = RULES.iter().map(|(method, path, _)| ((*method).to_owned(), *path)).collect();
    assert_eq!(routes.difference(&rules).collect::<Vec<_>>(), Vec::<&(String, &str)>::new(), "routes without a rule");
    assert_eq!(rules.difference(&routes).collect::<Vec<_>>(), Vec::<&(String, &str)>::new(), "rules without a route");
    assert_eq!(table().len(), RULES.len(), "a route is listed twice");
}

#[test]
fn everybody_gets_as_far_as_the_rules_say_and_no_further() {
    on_both(|site| {
        let cast = [("Charlie", Everybody, site.charlie()), ("Mei", Readers, site.mei()), ("Bob", Readers, site.bob()), ("Alice", Admins, site.alice())];
        for (method, path, least) in RULES {
            let there = address(site, path);
            for (name, rank, browser) in &cast {
                let status = knock(browser, method, &there);
                let expected: &[u16] = match (*least, rank >= least, *rank, *method) {
                    (Everybody, ..) => &[200, 303, 404, 409],
                    (_, true, _, "GET") => &[200],
                    // Let in, and stopped by the form's token, which was left out.
                    (_, true, _, _) => &[409],
                    (_, false, Everybody, "GET") => &[303],
                    (_, false, Everybody, _) => &[401],
                    (_, false, _, _) => &[403],
                };
                assert!(expected.contains(&status), "{name}: {method} {there} answered {status}, not {expected:?}");
            }
        }
    });
}

/// Asks for a page, or sends a form with nothing in it, not even its token, so that nothing changes.
fn knock(browser: &Browser, method: &str, path: &str) -> u16 {
    if method == "GET" { browser.get(path).status } else { browser.post(path, &[]).status }
}

/// A real address for a route.
fn address(site: &Site, pattern: &str) -> String {
    pattern.split('/').map(|part| if part.starts_with('{') { filled(site, part) } else { part.to_owned() }).collect::<Vec<_>>().join("/")
}

fn filled(site: &Site, parameter: &str) -> String {
    match parameter {
        "{person}" => {
            let is_person = |link: &str| link.starts_with("/people/") && link != "/people/new";
            site.alice().open("/people").link(is_person).trim_start_matches("/people/").to_owned()
        }
        "{token}" | "{version}" | "{path:.*}" => "0".to_owned(),
        other => panic!("what stands for {other}?"),
    }
}
