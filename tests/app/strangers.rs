//! Who comes how far at the pages of a share: every route under `/s`, by everybody who might come with something of another.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tellonce::domain::share::Digits;
use tellonce::web::routes::table;

use crate::harness::{Answer, Browser, Request, Site, Told, on_both, open_incident};
use crate::sharing::{Given, knock, share};

/// The routes, with a share's own places in braces.
const WAYS: &[(&str, &str)] = &[
    ("GET", "/s"),
    ("POST", "/s"),
    ("GET", "/s/{token}"),
    ("POST", "/s/{token}"),
    ("GET", "/s/view/{number}"),
    ("GET", "/s/view/{number}/report.pdf"),
    ("GET", "/s/view/{number}/files/{uid}"),
    ("GET", "/s/view/{number}/answer"),
    ("POST", "/s/view/{number}/answer"),
    ("GET", "/s/view/{number}/answer/{uid}"),
];

/// Who has a share open by right.
const SATO: &str = "Sato";

/// What stands in the record and nowhere before it is open.
const MARKS: &[&str] = &["MarkOfTheTitleQ", "MarkOfTheReplyQ", "INC-2006-", "Provider P", "Port 25", "port 25", "sha256"];

#[test]
fn every_route_of_the_shares_is_walked() {
    let routes: BTreeSet<(String, &str)> = table().iter().map(|route| (route.method.to_string(), route.path)).collect();
    let ours: BTreeSet<(String, &str)> =
        routes.into_iter().filter(|(_, path)| *path == "/s" || path.starts_with("/s/")).collect();
    let walked: BTreeSet<(String, &str)> = WAYS.iter().map(|(method, path)| ((*method).to_owned(), *path)).collect();
    assert_eq!(ours, walked);
}

/// A share that Sato has open, with a reply of his.
struct Opened {
    given: Given,
    sato: Browser,
    record: String,
    receipt: String,
    /// The uid of a file that it shows.
    file: String,
}

impl Opened {
    fn of(site: &Site, told: &Told) -> Self {
        let given = share(told, &site.alice());
        let sato = site.charlie();
        let record = knock(&sato, "/s", &given.number, &given.code).is(303).location();
        let record = record.split('?').next().expect("a path").to_owned();
        let reply = sato.fill(&format!("{record}/answer")).with("message", "MarkOfTheReplyQ");
        let receipt = reply.send_parts().is(303).location();
        let receipt = receipt.split('?').next().expect("a path").to_owned();
        let file = sato.open(&record).link(|link| link.contains("/files/"));
        let file = file.rsplit('/').next().unwrap_or_default().to_owned();
        Self { given, sato, record, receipt, file }
    }

    /// A real address for a route.
    fn address(&self, way: &str) -> String {
        let number = self.given.number.replace('-', "");
        let uid = self.receipt.rsplit('/').next().unwrap_or_default();
        way.replace("/s/{token}", &self.given.link)
            .replace("{number}", &number)
            .replace("{uid}", if way.contains("/files/") { self.file.as_str() } else { uid })
    }

    /// Walks every route with that browser; what comes must have the status that `expected` says.
    fn walk(&self, walk: &Walk, who: &str, browser: &Browser, expected: impl Fn(&str, &str) -> u16) {
        for (method, way) in WAYS {
            let path = self.address(way);
            let answer = match *method {
                "GET" => browser.get(&path),
                _ if way.ends_with("/answer") => answered(browser, &path),
                _ => browser.post(&path, &[]),
            };
            walk.took(&format!("{who}: {method} {way}"), &answer, expected(method, way));
            // Who has it open is shown it; nobody else is shown any of it.
            if who != SATO || !way.starts_with("/s/view/") {
                let body = String::from_utf8_lossy(&answer.body);
                let told = MARKS.iter().find(|mark| body.contains(**mark));
                assert_eq!(told, None, "{who}: {method} {way} tells something: {body}");
            }
        }
    }
}

/// A reply as it would be sent by a page that somebody kept open.
fn answered(browser: &Browser, path: &str) -> Answer {
    browser.post(path, &[("message".to_owned(), "what somebody wrote".to_owned())])
}

/// What was answered so far.
#[derive(Default)]
struct Walk(RefCell<BTreeSet<u16>>);

impl Walk {
    /// Every answer is kept by no browser, found by no search, and tells no other site where it was.
    fn took(&self, what: &str, answer: &Answer, status: u16) {
        assert_eq!(answer.status, status, "{what}: {}", answer.page().text());
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
        let policy = answer.header("referrer-policy");
        assert!(policy.is_some_and(|policy| ["same-origin", "no-referrer"].contains(&policy)), "{what}: {policy:?}");
        let robots = answer.header("x-robots-tag").unwrap_or_default();
        assert!(robots.contains("noindex") && robots.contains("nofollow"), "{what}: {robots:?}");
        assert!(answer.header("location").is_none_or(|to| to == "/s" || to.starts_with("/s/view/")), "{what}");
        self.0.borrow_mut().insert(status);
    }
}

/// Who has nothing open of this share: sent to the door, or told that their time is over where they wrote something.
pub fn shut_out(has_a_cookie: bool) -> impl Fn(&str, &str) -> u16 {
    move |method, way| match (method, way) {
        ("GET", "/s" | "/s/{token}") => 200,
        ("POST", "/s" | "/s/{token}") => 409,
        ("POST", _) if has_a_cookie => 401,
        _ => 303,
    }
}

/// Whose share is gone.
fn gone(method: &str, way: &str) -> u16 {
    match (method, way) {
        ("GET", "/s") => 200,
        ("POST", "/s" | "/s/{token}") => 409,
        _ => 410,
    }
}

/// Who has it open.
pub fn let_in(method: &str, _: &str) -> u16 {
    if method == "POST" { 409 } else { 200 }
}

fn incident(site: &Site) -> Told {
    let alice = site.alice();
    let told = open_incident(&alice);
    told.form(&alice, "edit").with_all(&[("title", "MarkOfTheTitleQ"), ("title_outward", "MarkOfTheTitleQ")]).saved();
    let note = [("kind", "note"), ("occurred", "2006-11-22T15:00"), ("title", "a letter"), ("visibility", "provider")];
    told.form(&alice, "entries/new").with_all(&note).saved();
    let upload = alice.open(&told.incident).link(|link| link.ends_with("/files/new"));
    alice.fill(&upload).with("visibility", "provider").upload("letter.txt", b"MarkOfTheReplyQ").is(303);
    told
}

#[test]
fn nobody_comes_by_what_was_given_to_another() {
    on_both(|site| {
        let walk = Walk::default();
        let told = incident(site);
        let [one, same, other] = [Opened::of(site, &told), Opened::of(site, &told), Opened::of(site, &incident(site))];
        let theirs = of_contractor(site, &told);
        one.walk(&walk, "nobody", &site.charlie(), shut_out(false));
        let forged = Browser::with_cookies(site.address(), [("tellonce-share".to_owned(), "0".repeat(64))].into());
        one.walk(&walk, "a forger", &forged, shut_out(true));
        for (who, browser) in [("another share", &same.sato), ("another incident", &other.sato), ("another company", &theirs)] {
            one.walk(&walk, who, browser, shut_out(true));
        }
        one.walk(&walk, SATO, &one.sato, let_in);
        // What came by another share is no receipt of this one.
        for (who, record, receipt) in [("same incident", &same, &one), ("other incident", &other, &one)] {
            let uid = receipt.receipt.rsplit('/').next().unwrap_or_default();
            let answer = record.sato.get(&format!("{}/answer/{uid}", record.record));
            walk.took(who, &answer, 404);
            assert!(!String::from_utf8_lossy(&answer.body).contains("MarkOf"), "{who}");
        }
        odd_requests(&walk, site, &one);
        let seen: Vec<u16> = walk.0.borrow().iter().copied().collect();
        assert_eq!(seen, [200, 303, 400, 401, 403, 404, 405, 409, 413, 422, 429]);
    });
}

/// Whom the contractor's share was given to.
pub fn of_contractor(site: &Site, told: &Told) -> Browser {
    let alice = site.alice();
    let page = told.form(&alice, "shares/new").choose("company", "Contractor C").with("call", "general affairs").saved();
    let html = alice.open(&page).html;
    let big = |n: usize| {
        html.split("<p class=\"big tnum\">").nth(n).and_then(|part| part.split('<').next()).expect("digits").to_owned()
    };
    let browser = site.charlie();
    knock(&browser, "/s", &big(1), &big(2)).is(303);
    browser
}

/// What is answered with the statuses that no plain walk meets.
fn odd_requests(walk: &Walk, site: &Site, one: &Opened) {
    let charlie = site.charlie();
    let answer = format!("{}/answer", one.record);
    let json = Request { body: b"{}".to_vec(), ..Request::new("POST", "/s").header("content-type", "application/json") };
    walk.took("no form", &charlie.send(json), 400);
    let edge = Request::new("POST", &answer).header("content-type", "multipart/form-data");
    walk.took("parts without an edge", &one.sato.send(edge), 400);
    walk.took("from elsewhere", &charlie.send(Request::new("POST", "/s").header("sec-fetch-site", "cross-site")), 403);
    walk.took("no such link", &charlie.get("/s/0"), 404);
    walk.took("no such way", &charlie.get("/s/view/0/nothing"), 404);
    walk.took("another verb", &charlie.send(Request::new("DELETE", "/s")), 405);
    walk.took("nothing in it", &one.sato.fill(&answer).send_parts(), 422);
    let program = one.sato.fill(&answer).upload("offer.pdf", b"MZ\x90\0\x03\0\0\0 this is a program");
    walk.took("a program", &program, 422);
    walk.took("too long a file", &one.sato.fill(&answer).upload("scan.pdf", &vec![b'%'; 11 * 1024 * 1024]), 413);
    let seven: u32 = one.given.code.replace('-', "")[..7].parse().expect("digits");
    for n in 0..12 {
        let wrong = Digits::from_seven((seven + 1 + n) % 10_000_000).to_string();
        let tried = knock(&charlie, "/s", &one.given.number, &wrong);
        walk.took("a wrong code", &tried, if n < 10 { 422 } else { 429 });
    }
    // The number is locked; who has it open reads on.
    walk.took("Sato", &one.sato.get(&one.record), 200);
}

#[test]
fn what_was_revoked_or_has_expired_is_gone_on_the_very_next_request() {
    on_both(|site| {
        let walk = Walk::default();
        let told = incident(site);
        let one = Opened::of(site, &told);
        let form = one.sato.fill(&format!("{}/answer", one.record)).with("message", "MarkTooLateQ");
        site.alice().fill(&format!("{}/strike", one.given.page)).with("reason", "MarkOfTheReasonQ").saved();
        one.walk(&walk, "Sato, revoked", &one.sato, gone);
        walk.took("what he was writing", &form.send_parts(), 410);
        let right = knock(&site.charlie(), "/s", &one.given.number, &one.given.code);
        walk.took("the right code", &right, 410);
        let page = one.sato.get(&one.record).page();
        assert!(page.shows("03-5550-0100") && !page.shows("MarkOfTheReasonQ"), "{}", page.text());
        assert!(!site.alice().open(&told.incident).shows("MarkTooLateQ"));

        // A share is good for thirty days, and whoever opens it may read for twelve hours.
        let given = share(&told, &site.alice());
        site.at("2006-12-24T08:50:00+09:00");
        let sato = site.charlie();
        knock(&sato, "/s", &given.number, &given.code).is(303);
        site.at("2006-12-24T09:10:00+09:00");
        let sato = Browser::with_cookies(site.address(), sato.cookies());
        let record = format!("/s/view/{}", given.number.replace('-', ""));
        let late = Opened { given, sato, record, receipt: one.receipt, file: one.file };
        late.walk(&walk, "Sato, expired", &late.sato, gone);
        assert!(late.sato.get(&late.record).page().shows("03-5550-0100"));
    });
}
