//! Every route × everybody who might try it: nobody, the readers of this share, of another incident's and of another company's, the
//! reader, the member, the admin, whoever is outside of a restricted incident, and a token without the scope. Each cell says with which
//! status it is answered, and that nothing of the record is in what a stranger is answered. The rules themselves stand in
//! `permissions` and `api`, written down apart from the routes; a route without one fails there.

use tellonce::domain::api_token::Scope::{self, Companies, Read, Record, Share};

use crate::api::{self, Machine};
use crate::harness::{Answer, Browser, Request, Site, Told, on_both, open_incident};
use crate::permissions::Who::{Admins, Everybody, Members, Readers};
use crate::permissions::{RULES, Things, Who};
use crate::sharing::{Given, knock, share};
use crate::strangers::{let_in, of_contractor, shut_out};

/// What stands in the record for our own people.
const OURS: &[&str] = &["MarkOfTheTitle", "MarkOfTheInternal"];
/// What stands in it for its author alone, who is Alice.
const PRIVATE: &[&str] = &["MarkOfThePrivate"];

const NIL: &str = "00000000-0000-0000-0000-000000000000";

/// Puts the marks into the record.
fn mark(site: &Site, told: &Told) {
    let outward = ("title_outward", "The line is down");
    told.form(&site.bob(), "edit").with_all(&[("title", "MarkOfTheTitle"), outward]).saved();
    for (who, visibility, title) in [(site.bob(), "internal", OURS[1]), (site.alice(), "private", PRIVATE[0])] {
        let note = [("kind", "note"), ("occurred", "2006-11-22T15:00"), ("title", title), ("body", "of the port")];
        told.form(&who, "entries/new").with_all(&note).with("visibility", visibility).saved();
    }
}

/// Nothing of what is marked is in the answer.
fn is_silent(cell: &str, answer: &Answer, marks: &[&str]) {
    let body = String::from_utf8_lossy(&answer.body);
    let told = marks.iter().find(|mark| body.contains(**mark));
    assert_eq!(told, None, "{cell} answered {} and tells of the record", answer.status);
}

/// A share, and who has it open.
struct Opened {
    given: Given,
    reader: Browser,
}

impl Opened {
    fn of(site: &Site, told: &Told) -> Self {
        let given = share(told, &site.alice());
        let reader = site.charlie();
        knock(&reader, "/s", &given.number, &given.code).is(303);
        Self { given, reader }
    }
}

/// Asks for a page, or sends a form with these fields.
fn ask(browser: &Browser, method: &str, path: &str, fields: &[(String, String)]) -> Answer {
    match method {
        // What goes on being sent has no end.
        "GET" if path.ends_with("/desk/events") => browser.send(Request::new("HEAD", path)),
        "GET" => browser.get(path),
        _ => browser.post(path, fields),
    }
}

/// The token of somebody's session, with which a form is as good as one that they filled in.
fn good_form(browser: &Browser) -> Vec<(String, String)> {
    let form = browser.open("/account").form("/account").expect("a form");
    let csrf = form.value("csrf").expect("a token").to_owned();
    vec![("csrf".to_owned(), csrf), ("revision".to_owned(), "0".to_owned())]
}

/// What somebody of that rank is answered who comes by a route of ours: with a form that has not even its token, so that nothing
/// changes, where they may; with a good one where they may not.
fn expected((method, path, least): (&str, &str, Who), rank: Who) -> &'static [u16] {
    match (rank >= least, rank, method) {
        // Let in, and told that this is no private note of theirs.
        (true, _, "GET") if path.ends_with("/erasure") => &[404],
        // Nothing was sealed yet.
        (true, _, "GET") if path.ends_with("/seals/{digest}") => &[404],
        // A desk's calls are its own, and so is a mail that waits; nobody ordered an export.
        (true, _, "GET") if ["/mail-file/{uid}", "/exports/{uid}"].iter().any(|end| path.ends_with(end)) => &[404],
        (true, _, "GET") if path.contains("/desk/calls/") => &[404],
        (true, _, "GET") if path == "/desk" => &[303],
        (true, _, "GET") => &[200],
        // Let in, and stopped: a form by the token that was left out, an upload by having no parts.
        (true, _, _) if path.ends_with("/files/new") => &[400, 409],
        (true, _, _) => &[409],
        (false, Everybody, "GET") => &[303],
        (false, Everybody, _) if path.ends_with("/files/new") => &[400, 401],
        // Nothing is left to end: to the login page, without a form that would wait there.
        (false, Everybody, _) if path == "/logout" => &[303],
        (false, Everybody, _) => &[401],
        (false, _, _) if path.ends_with("/files/new") => &[400, 403],
        (false, _, _) => &[403],
    }
}

fn check(cell: &str, answer: &Answer, expected: &[u16]) {
    assert!(expected.contains(&answer.status), "{cell} answered {}, not {expected:?}", answer.status);
}

/// Whether the route is one of the shares, where everybody knocks and the share itself decides.
fn is_of_shares(path: &str) -> bool {
    path == "/s" || path.starts_with("/s/")
}

#[test]
fn idor_every_page_answers_everybody_as_the_rules_say_and_tells_strangers_nothing() {
    on_both(|site| {
        let things = Things::on(site);
        mark(site, &things.told);
        let this = Opened::of(site, &things.told);
        let other = Opened::of(site, &open_incident(&site.bob()));
        let theirs = of_contractor(site, &things.told);
        let (mei, bob, alice) = (site.mei(), site.bob(), site.alice());
        let token = Machine::of(site, &bob, &[Read, Record, Companies, Share]);
        let (all, private) = ([OURS, PRIVATE].concat(), PRIVATE.to_vec());
        // Who, as whom they count, with which browser, and what they must not be told where they are let in.
        let cast = [
            ("nobody", Everybody, &site.charlie(), &all),
            ("the reader of this share", Everybody, &this.reader, &all),
            ("the reader of another incident’s", Everybody, &other.reader, &all),
            ("the reader of another company’s", Everybody, &theirs, &all),
            ("Mei", Readers, &mei, &private),
            ("Bob", Members, &bob, &private),
            ("Alice", Admins, &alice, &Vec::new()),
        ];
        for (who, rank, browser, marks) in cast {
            let form = if rank == Everybody { Vec::new() } else { good_form(browser) };
            for (method, path, least) in RULES {
                let cell = format!("{who}: {method} {path}");
                if is_of_shares(path) {
                    let ways = walk_share(&this, path);
                    let expected = match who {
                        "the reader of this share" => let_in(method, path),
                        "nobody" | "Mei" | "Bob" | "Alice" => shut_out(false)(method, path),
                        _ => shut_out(true)(method, path),
                    };
                    let answer = ask(browser, method, &ways, &[("message".to_owned(), String::new())]);
                    // Of what is not there, they are told that it is not there.
                    let there = !path.ends_with("{uid}");
                    check(&cell, &answer, if there { std::slice::from_ref(&expected) } else { &[303, 404] });
                    is_silent(&cell, &answer, &all);
                    continue;
                }
                let fields: &[(String, String)] = if rank >= *least { &[] } else { &form };
                let answer = ask(browser, method, &things.address(path), fields);
                let anybodys: &[u16] = &[200, 303, 404, 409];
                check(&cell, &answer, if *least == Everybody { anybodys } else { expected((method, path, *least), rank) });
                is_silent(&cell, &answer, if rank >= *least { marks } else { &all });
            }
        }
        for (method, path, least) in RULES.iter().filter(|(_, path, _)| !is_of_shares(path)) {
            let there = things.address(path);
            let cell = format!("a token: {method} {path}");
            let answer = token.site.send(token.request(if there.ends_with("/desk/events") { "HEAD" } else { method }, &there));
            let anybodys: &[u16] = &[200, 303, 400, 404, 409];
            let opens_none: &[u16] = if *method == "GET" { &[303] } else { &[303, 400, 401] };
            check(&cell, &answer, if *least == Everybody { anybodys } else { opens_none });
            is_silent(&cell, &answer, &all);
        }
        outside(site, &things, &all);
        site.run(&["verify"]).ended(0);
    });
}

/// A real address for a route of the shares.
fn walk_share(this: &Opened, path: &str) -> String {
    path.replace("/s/{token}", &this.given.link).replace("{number}", &this.given.number.replace('-', "")).replace("{uid}", NIL)
}

/// Bob, once the incident is restricted to Alice: it is nowhere, whatever he sends, and all else is as it was.
fn outside(site: &Site, things: &Things, marks: &[&str]) {
    let (alice, bob) = (site.alice(), site.bob());
    let form = good_form(&bob);
    alice.fill(&format!("{}/restriction", things.told.incident)).choose("people", "Alice").saved();
    for (method, path, least) in RULES.iter().filter(|(_, path, _)| !is_of_shares(path)) {
        let (there, cell) = (things.address(path), format!("Bob outside: {method} {path}"));
        let within = path.contains("/incidents/{at}");
        let answer = ask(&bob, method, &there, if within || *least == Admins { &form } else { &[] });
        let known: &[u16] = match (*least, *method) {
            (Everybody, _) => &[200, 303, 404, 409],
            (Admins, _) => &[403],
            // What is no form at all is not even read.
            (_, "POST") if within && ["/files/new", "/desk/taps"].iter().any(|end| path.ends_with(end)) => &[400, 404],
            (_, _) if within => &[404],
            // Of the incident's files and of its parts' histories, nothing; of a contract's, what there is.
            (_, "GET") if path.starts_with("/files/") || path.starts_with("/history/") => &[200, 404],
            (_, _) => expected((method, path, *least), Members),
        };
        check(&cell, &answer, known);
        is_silent(&cell, &answer, marks);
    }
}

/// Real addresses of operations: what stands behind `{uid}` is taken from the list before it.
struct Addresses<'a> {
    things: &'a Things,
    machine: &'a Machine,
}

impl Addresses<'_> {
    fn of(&self, path: &str) -> String {
        let incident = self.things.told.number();
        let last = |page: &str| page.rsplit('/').next().unwrap_or_default().to_owned();
        let path = path
            .replace("/incidents/{at}", &format!("/incidents/{incident}"))
            .replace("/contracts/{at}", &format!("/contracts/{}", last(&self.things.told.contract)))
            .replace("/providers/{at}", &format!("/providers/{}", last(&self.things.told.companies["P"])));
        match path.split_once("/{uid}") {
            Some((list, rest)) => format!("{list}/{}{rest}", self.first(list)).replace("{uid}", NIL),
            None => path,
        }
    }

    fn first(&self, list: &str) -> String {
        let answer = self.machine.get(list);
        let items = if answer.status == 200 { answer.json() } else { serde_json::Value::Null };
        items["items"][0]["uid"].as_str().unwrap_or(NIL).to_owned()
    }
}

/// Asks for something, or sends a body, of the first revision.
fn operate(machine: &Machine, method: &str, path: &str, body: &str) -> Answer {
    let request = machine.request(method, path).header("content-type", "application/json");
    let request = if body == UNREADABLE { request } else { request.header("if-match", "\"0\"") };
    // A test browser sends no body with what has none.
    let body = if method == "GET" { Vec::new() } else { body.as_bytes().to_vec() };
    machine.site.send(Request { body, ..request })
}

/// A body that no operation takes.
const UNREADABLE: &str = "[";

#[test]
fn idor_every_operation_answers_every_token_as_the_rules_say_and_tells_others_nothing() {
    on_both(|site| {
        let things = Things::on(site);
        mark(site, &things.told);
        let (mei, bob, alice) = (site.mei(), site.bob(), site.alice());
        let every = [Read, Record, Companies, Share];
        let machines = [
            ("Mei", Machine::of(site, &mei, &[Read]), [PRIVATE].concat()),
            ("Bob", Machine::of(site, &bob, &every), [PRIVATE].concat()),
            ("Alice", Machine::of(site, &alice, &every), Vec::new()),
        ];
        let addresses = Addresses { things: &things, machine: &machines[1].1 };
        let all = [OURS, PRIVATE].concat();
        let this = Opened::of(site, &things.told);
        let other = Opened::of(site, &open_incident(&bob));
        let theirs = of_contractor(site, &things.told);
        let strangers = [
            ("nobody", site.charlie()),
            ("a reader of this share", this.reader),
            ("a reader of another incident’s", other.reader),
            ("a reader of another company’s", theirs),
            ("Alice’s session", site.alice()),
        ]
        .map(|(who, site)| (who, Machine { site, token: String::new() }));
        let mut without = Vec::new();
        for scope in every {
            let others: Vec<Scope> = every.into_iter().filter(|other| *other != scope).collect();
            without.push((scope, Machine::of(site, &bob, &others)));
        }
        for (method, path, scope) in api::RULES {
            let there = addresses.of(path).replace("/search", "/search?q=port");
            for (who, machine) in &strangers {
                let (cell, answer) = (format!("{who}: {method} {path}"), operate(machine, method, &there, "{}"));
                check(&cell, &answer, &[401]);
                is_silent(&cell, &answer, &all);
            }
            for (_, machine) in without.iter().filter(|(missing, _)| *scope == Some(*missing)) {
                let (cell, answer) = (format!("without the scope: {method} {path}"), operate(machine, method, &there, "{}"));
                check(&cell, &answer, &[403]);
                assert_eq!(api::kind(&answer), "scope-needed", "{cell}");
                is_silent(&cell, &answer, &all);
            }
            for (who, machine, marks) in &machines {
                let may = *who != "Mei" || scope.is_none_or(|scope| scope == Read);
                let known: &[u16] = match (may, *method) {
                    (false, _) => &[403],
                    // The desk is for those who write.
                    _ if *who == "Mei" && path.contains("/desk/") => &[403],
                    (true, "GET") if there.contains(NIL) => &[404],
                    (true, "GET") => &[200],
                    // Let in, and stopped: by a body that nobody can read, by not having said which revision it saw, or by there being
                    // nothing to undo.
                    (true, "DELETE") => &[404],
                    (true, _) => &[400, 428],
                };
                let (cell, answer) =
                    (format!("{who}: {method} {path}"), operate(machine, method, &there, if may { UNREADABLE } else { "{}" }));
                check(&cell, &answer, known);
                is_silent(&cell, &answer, if may { marks } else { &all });
            }
        }
        token_outside(site, &addresses, &machines[1].1, &all);
        site.run(&["verify"]).ended(0);
    });
}

/// Bob's token, once the incident is restricted to Alice.
fn token_outside(site: &Site, addresses: &Addresses<'_>, bob: &Machine, marks: &[&str]) {
    let there: Vec<String> = api::RULES.iter().map(|(_, path, _)| addresses.of(path)).collect();
    site.alice().fill(&format!("{}/restriction", addresses.things.told.incident)).choose("people", "Alice").saved();
    for ((method, path, _), there) in api::RULES.iter().zip(there) {
        let within = path.contains("/incidents/{at}");
        let body = if within { "{}" } else { UNREADABLE };
        let answer = operate(bob, method, &there.replace("/search", "/search?q=port"), body);
        let known: &[u16] = match *method {
            // Of an incident that he may not know of, he is told what he is told of none.
            _ if within => &[404, 422],
            "GET" => &[200, 404],
            _ => &[400, 428],
        };
        let cell = format!("Bob outside: {method} {path}");
        check(&cell, &answer, known);
        is_silent(&cell, &answer, &[marks, &[addresses.things.told.number()]].concat());
    }
}
