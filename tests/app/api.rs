//! The API: the same actions and permits as the pages, for machines.

use serde_json::{Value, json};
use tellonce::domain::api_token::Scope::{self, Companies, Read, Record, Share};
use tellonce::web::routes::{Access, table};

use crate::harness::{Answer, Browser, PASSWORD, Request, Site, Told, on_both, tell};

const TOKENS: &str = "/account/tokens";

/// A machine: it has a token and no cookies.
pub struct Machine {
    pub site: Browser,
    pub token: String,
}

impl Machine {
    /// A machine of that person, who makes its token on their page.
    pub fn of(site: &Site, person: &Browser, scopes: &[Scope]) -> Self {
        let form = person.fill(TOKENS).with("purpose", "監視 髙﨑①㈱").with("current", PASSWORD).with("read", "");
        let form = scopes.iter().fold(form, |form, scope| form.tick(scope.as_str()));
        let page = form.send().is(200).page();
        let token = page.html.split('"').chain(page.html.split(['<', '>'])).find(|part| part.starts_with("tellonce_"));
        Self { site: site.charlie(), token: token.expect("a token").trim().to_owned() }
    }

    /// Asks for something.
    pub fn get(&self, path: &str) -> Answer {
        self.site.send(self.request("GET", path))
    }

    /// Sends something.
    pub fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send_with(method, path, body, &[])
    }

    /// The same with more headers.
    pub fn send_with(&self, method: &str, path: &str, body: &Value, headers: &[(&'static str, &str)]) -> Answer {
        let mut request = self.request(method, path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        request.body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.site.send(request)
    }

    /// A request of its own.
    pub fn request<'a>(&self, method: &'a str, path: &'a str) -> Request<'a> {
        let request = Request::new(method, path).header("accept-language", "en");
        if self.token.is_empty() { request } else { request.header("authorization", format!("Bearer {}", self.token)) }
    }
}

fn api(told: &Told, rest: &str) -> String {
    format!("/api/v1{}{rest}", told.incident)
}

pub fn kind(answer: &Answer) -> String {
    let kind = answer.json()["type"].as_str().unwrap_or_default().to_owned();
    kind.trim_start_matches("/api/v1/reference#problem-").to_owned()
}

fn errors(answer: &Answer) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = answer.json()["errors"].as_array().cloned().unwrap_or_default();
    all.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
}

#[test]
fn a_call_is_logged_live_stamp_by_stamp_and_stands_on_the_page() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let exchange = Machine::of(site, &bob, &[Record, Read]);
        let dial = json!({ "taps": [{ "do": "dial", "number": "03-0000-0000", "at": "2006-11-24T08:40:00+09:00" }] });
        let begun = exchange.send("POST", &api(&told, "/desk/calls"), &dial).is(201);
        let call = begun.location();
        assert_eq!(begun.json()["phase"], "ringing");
        let line = json!({ "kind": "promise", "words": "30分以内に折り返します", "due": "30m" });
        let stamps = [
            json!({ "do": "answered", "at": "2006-11-24T08:41:00+09:00" }),
            json!({ "do": "who", "leg": 0, "who": "Technical desk" }),
            json!({ "do": "line", "line": line, "at": "2006-11-24T08:43:00+09:00" }),
            json!({ "do": "end", "at": "2006-11-24T08:45:00+09:00" }),
        ];
        for stamp in stamps {
            exchange.send("POST", &format!("{call}/taps"), &json!({ "taps": [stamp] })).is(200);
        }
        let saved = exchange.send("POST", &format!("{call}/record"), &json!({ "title": "加", "reports": true })).is(201);
        assert_eq!(saved.json()["call"]["length_seconds"], 240);
        let again = exchange.send("POST", &format!("{call}/record"), &json!({})).is(201);
        assert_eq!(again.location(), saved.location(), "sent again, it is there once");
        assert!(bob.open(&told.incident).shows("30分以内に折り返します"));
        let promises = exchange.get(&api(&told, "/promises?limit=200")).is(200).json();
        let due =
            promises["items"].as_array().expect("a list").iter().find(|one| one["quote"]["words"] == "30分以内に折り返します");
        assert_eq!(due.expect("the promise")["due"]["from"], "2006-11-24T00:13:00Z");
        let over = exchange.send("POST", &format!("{call}/taps"), &json!({ "taps": [{ "do": "end" }] })).is(422);
        assert_eq!(errors(&over), [(String::new(), "api-call-over".to_owned())]);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn the_readmes_script_logs_a_call_live_as_it_is_printed() {
    let readme = include_str!("../../README.md");
    let (_, chapter) = readme.split_once("### The API\n").expect("the chapter");
    let (script, _) = chapter.split_once("```sh\n").and_then(|(_, rest)| rest.split_once("```")).expect("the script");
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Record]);
        let run = std::process::Command::new("bash")
            .args(["-euo", "pipefail", "-c", script])
            .env("TELLONCE", format!("http://{}", site.address()))
            .env("TOKEN", &machine.token)
            .env("INCIDENT", told.incident.rsplit('/').next().unwrap_or_default())
            .output()
            .expect("bash runs");
        let said = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
        assert!(run.status.success(), "{said}");
        let page = bob.open(&told.incident);
        assert!(page.shows("We call you back within 30 minutes") && page.shows("Technical desk"), "{}", page.text());
    });
}

#[test]
fn what_is_sent_twice_under_one_key_is_there_once_and_a_key_belongs_to_one_body() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Record, Read]);
        let asks = api(&told, "/asks");
        let key = [("idempotency-key", "k-1")];
        let before = machine.get(&asks).is(200).json()["items"].as_array().map_or(0, Vec::len);
        let first = machine.send_with("POST", &asks, &json!({ "words": "いつ通知しましたか" }), &key).is(201);
        let second = machine.send_with("POST", &asks, &json!({ "words": "いつ通知しましたか" }), &key).is(201);
        assert_eq!(first.location(), second.location());
        assert_eq!(machine.get(&asks).json()["items"].as_array().map(Vec::len), Some(before + 1));
        let other = machine.send_with("POST", &asks, &json!({ "words": "別の質問" }), &key).is(422);
        assert_eq!(kind(&other), "key-reused");
    });
}

#[test]
fn a_change_names_what_it_has_seen_and_overwrites_nobody() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Record, Read]);
        let at = machine.send("POST", &api(&told, "/asks"), &json!({ "words": "いつ" })).is(201).location();
        let tag = machine.get(&at).is(200).header("etag").expect("a tag").to_owned();
        assert_eq!(kind(&machine.send("PATCH", &at, &json!({ "words": "x" })).is(428)), "condition-needed");
        let known = machine.site.send(machine.request("GET", &at).header("if-none-match", tag.as_str())).is(200);
        assert_eq!(known.json()["words"], "いつ", "what is shown goes by more than the revision");
        let seen = [("if-match", tag.as_str())];
        let changed = machine.send_with("PATCH", &at, &json!({ "words": "どこへ" }), &seen).is(200);
        assert_eq!((changed.json()["words"].clone(), changed.json()["visibility"].clone()), (json!("どこへ"), json!("provider")));
        assert_eq!(kind(&machine.send_with("PATCH", &at, &json!({ "words": "x" }), &seen).is(412)), "changed");
        assert_eq!(machine.get(&at).json()["words"], "どこへ");
        let any = [("if-match", "*")];
        let struck = machine.send_with("POST", &format!("{at}/strike"), &json!({ "reason": "二重" }), &any).is(200);
        assert_eq!(struck.json()["struck"], "二重");
    });
}

#[test]
fn what_does_not_fit_is_said_at_its_place_and_unknown_fields_are_refused() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Record, Read]);
        let call = json!({
            "outcome": "answered", "dialled": "2006-11-24T08:00:00+09:00",
            "legs": [{ "who": "a" }, { "who": "b" }, { "who": "c" }, { "contact": "00000000-0000-0000-0000-000000000000" }],
        });
        let refused = machine.send("POST", &api(&told, "/calls"), &call).is(422);
        assert_eq!(errors(&refused), [("/legs/3/contact".to_owned(), "problem-choice".to_owned())]);
        for (body, place) in [
            (json!({ "words": "x", "id": 1 }), "/id"),
            (json!({ "words": "x", "revision": 0 }), "/revision"),
            (json!({ "words": 1 }), "/words"),
            (json!({ "words": "" }), "/words"),
        ] {
            let refused = machine.send("POST", &api(&told, "/asks"), &body).is(422);
            assert_eq!(errors(&refused)[0].0, place, "{body}");
        }
        for body in ["[]", "{", "null", "\"加"] {
            let mut request = machine.request("POST", "/api/v1/incidents").header("content-type", "application/json");
            request.body = body.as_bytes().to_vec();
            assert_eq!(kind(&machine.site.send(request).is(400)), "unreadable", "{body}");
        }
        let form = machine.request("POST", "/api/v1/incidents").form(&[("title".to_owned(), "x".to_owned())]);
        assert_eq!(kind(&machine.site.send(form).is(415)), "not-json");
        let method = machine.send("PUT", &api(&told, "/asks"), &Value::Null).is(405);
        assert_eq!(method.header("allow"), Some("GET, POST"));
    });
}

#[test]
fn a_share_shows_what_is_chosen_anew_under_the_number_and_the_code_that_were_given() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Share, Read]);
        let made = machine.send("POST", &api(&told, "/shares"), &json!({ "call": "Alice, 03-0000-0001" })).is(201);
        let (at, before, any) = (made.location(), made.json(), [("if-match", "*")]);
        let chosen = json!({ "note": "for Sato", "most_openings": 3, "our_names": true });
        let after = machine.send_with("PATCH", &at, &chosen, &any).is(200).json();
        assert_eq!((&after["number"], &after["code"], &after["link"]), (&before["number"], &before["code"], &before["link"]));
        assert_eq!((&after["note"], &after["expires_at"]), (&json!("for Sato"), &before["expires_at"]));
        let form = bob.fill(&format!("{}/edit", at.trim_start_matches("/api/v1")));
        let kept = |name: &str| form.form.value(name);
        assert_eq!((kept("most_openings"), kept("call")), (Some("3"), Some("Alice, 03-0000-0001")));
        let company = json!({ "company": told.companies["P"].rsplit('/').next() });
        let refused = machine.send_with("PATCH", &at, &company, &any).is(422);
        assert_eq!(errors(&refused), [("/company".to_owned(), "share-company-stays".to_owned())]);
        machine.send("PATCH", &at, &json!({ "note": "x" })).is(428);
        let odd = machine.send_with("PATCH", &at, &json!({ "days": 14 }), &any).is(422);
        assert_eq!(errors(&odd), [("/days".to_owned(), "problem-choice".to_owned())]);
    });
}

#[test]
fn of_a_contracts_addresses_what_is_not_sent_stays() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let machine = Machine::of(site, &alice, &[Companies, Read]);
        let (at, any) = (format!("/api/v1{}", told.contract), [("if-match", "*")]);
        let patched = |body: &Value| machine.send_with("PATCH", &at, body, &any);
        let two = json!({ "addresses": { "fax": "03-0000-0001", "letter": "Tokyo" } });
        assert_eq!(patched(&two).is(200).json()["addresses"], two["addresses"]);
        let after = patched(&json!({ "addresses": { "fax": null, "portal": "Alice" } })).is(200).json();
        assert_eq!(after["addresses"], json!({ "letter": "Tokyo", "portal": "Alice" }));
        assert_eq!(after["refused"], json!(["email"]));
        let refused = patched(&json!({ "addresses": { "email": "alice@example.jp" } })).is(422);
        assert_eq!(errors(&refused), [("/addresses/email".to_owned(), "contract-address-refused".to_owned())]);
    });
}

#[test]
fn a_contracts_business_hours_are_told_and_read_back() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let machine = Machine::of(site, &alice, &[Companies, Read]);
        let (at, any) = (format!("/api/v1{}", told.contract), [("if-match", "*")]);
        assert_eq!(machine.get(&at).is(200).json()["opens"], Value::Null, "as is usual");
        let hours = json!({ "business_days": ["mon", "sat"], "opens": "10:00", "closes": "24:00", "closed_days": ["2006-12-29", "2006-12-30"] });
        let after = machine.send_with("PATCH", &at, &hours, &any).is(200).json();
        for (name, value) in hours.as_object().expect("an object") {
            assert_eq!(&after[name], value, "{name}");
        }
        for (body, place) in [
            (json!({ "business_days": ["holiday"] }), "/business_days/0"),
            (json!({ "opens": "9 Uhr" }), "/opens"),
            (json!({ "opens": "18:00", "closes": "09:00" }), "/closes"),
            (json!({ "closed_days": ["2006-02-30"] }), "/closed_days/0"),
        ] {
            assert_eq!(errors(&machine.send_with("PATCH", &at, &body, &any).is(422))[0].0, place, "{body}");
        }
        assert_eq!(machine.get(&at).json()["opens"], "10:00", "what was refused changed nothing");
        let every = json!({ "business_days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] });
        assert_eq!(machine.send_with("PATCH", &at, &every, &any).is(200).json()["business_days"], every["business_days"]);
        let usual = json!({ "business_days": null, "opens": null, "closes": null, "closed_days": null });
        assert_eq!(machine.send_with("PATCH", &at, &usual, &any).is(200).json()["opens"], Value::Null);
    });
}

#[test]
fn a_list_comes_in_parts_that_miss_nothing() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let machine = Machine::of(site, &bob, &[Read]);
        let whole = machine.get(&api(&told, "/entries?limit=200")).is(200).json()["items"].clone();
        let (mut parts, mut next) = (Vec::new(), String::new());
        loop {
            let part = machine.get(&api(&told, &format!("/entries?limit=2{next}"))).is(200).json();
            parts.extend(part["items"].as_array().cloned().unwrap_or_default());
            match part["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(Value::Array(parts), whole);
        assert_eq!(machine.get("/api/v1/incidents?limit=1").is(200).json()["items"].as_array().map(Vec::len), Some(1));
        for query in ["limit=0", "limit=201", "cursor=x"] {
            machine.get(&api(&told, &format!("/entries?{query}"))).is(422);
        }
        let unknown = machine.get(&api(&told, "/entries?sort=asc")).is(400).json();
        assert!(unknown["detail"].as_str().is_some_and(|says| says.contains("its query")), "{unknown}");
    });
}

#[test]
fn a_token_ends_when_it_is_taken_away_or_its_person_is_suspended_and_is_kept_as_a_hash() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let machine = Machine::of(site, &bob, &[Read]);
        assert_eq!(machine.get("/api/v1/token").is(200).json()["login"], "bob");
        assert!(!bob.open(TOKENS).html.contains(&machine.token), "it is shown once");
        let everybodys = alice.open("/house/tokens");
        let revocation = everybodys.forms().into_iter().map(|form| form.action).find(|to| to.ends_with("/revocation"));
        alice.fill_on("/house/tokens", &revocation.expect("a button")).send().is(303);
        assert_eq!(kind(&machine.get("/api/v1/token").is(401)), "token-needed");
        assert!(bob.open("/account/security").shows("Token of a machine taken away"));

        let other = Machine::of(site, &bob, &[Read]);
        let person = alice.open("/people").link(|link| link.starts_with("/people/") && alice.open(link).shows("bob"));
        alice.fill_on(&person, &format!("{person}/suspension")).send().is(303);
        other.get("/api/v1/token").is(401);
    });
}

#[test]
fn cookies_open_no_operation_and_tokens_open_no_page() {
    on_both(|site| {
        let bob = site.bob();
        let machine = Machine::of(site, &bob, &[Read, Record]);
        assert_eq!(bob.get("/api/v1/token").status, 401);
        machine.get("/account").is(303);
        let wrong = bob.fill(TOKENS).with("purpose", "x").with("current", "not his password").send().is(422).page();
        assert!(wrong.problems().contains("current password"), "{}", wrong.problems());
        let none = bob.fill(TOKENS).with("purpose", "x").with("current", PASSWORD).with("read", "").send().is(422).page();
        assert!(none.problems().contains("what it may do"), "{}", none.problems());
    });
}

/// What each operation needs, written down apart from the operations.
#[rustfmt::skip]
pub const RULES: &[(&str, &str, Option<Scope>)] = &[
    ("GET",    "/api/v1/contracts",                                             Some(Read)),
    ("GET",    "/api/v1/contracts/{at}",                                        Some(Read)),
    ("PATCH",  "/api/v1/contracts/{at}",                                        Some(Companies)),
    ("GET",    "/api/v1/contracts/{at}/agreements",                             Some(Read)),
    ("POST",   "/api/v1/contracts/{at}/agreements",                             Some(Companies)),
    ("GET",    "/api/v1/contracts/{at}/agreements/{uid}",                       Some(Read)),
    ("PATCH",  "/api/v1/contracts/{at}/agreements/{uid}",                       Some(Companies)),
    ("POST",   "/api/v1/contracts/{at}/agreements/{uid}/strike",                Some(Companies)),
    ("PUT",    "/api/v1/contracts/{at}/agreements/{uid}/term",                  Some(Companies)),
    ("GET",    "/api/v1/contracts/{at}/clauses",                                Some(Read)),
    ("POST",   "/api/v1/contracts/{at}/clauses",                                Some(Companies)),
    ("GET",    "/api/v1/contracts/{at}/clauses/{uid}",                          Some(Read)),
    ("PATCH",  "/api/v1/contracts/{at}/clauses/{uid}",                          Some(Companies)),
    ("POST",   "/api/v1/contracts/{at}/clauses/{uid}/strike",                   Some(Companies)),
    ("PUT",    "/api/v1/contracts/{at}/clauses/{uid}/term",                     Some(Companies)),
    ("GET",    "/api/v1/incidents",                                             Some(Read)),
    ("POST",   "/api/v1/incidents",                                             Some(Record)),
    ("GET",    "/api/v1/incidents/{at}",                                        Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/asks",                                   Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/asks",                                   Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/asks/{uid}",                             Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/asks/{uid}",                             Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/asks/{uid}/strike",                      Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/calls",                                  Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/calls",                                  Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/changes",                                Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/changes",                                Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/changes/{uid}",                          Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/changes/{uid}",                          Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/changes/{uid}/strike",                   Some(Record)),
    ("DELETE", "/api/v1/incidents/{at}/closure",                                Some(Record)),
    ("PUT",    "/api/v1/incidents/{at}/closure",                                Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/contradictions",                         Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/contradictions",                         Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/contradictions/{uid}",                   Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/contradictions/{uid}",                   Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/contradictions/{uid}/strike",            Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/description",                            Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/description",                            Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/desk/calls",                             Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/desk/calls",                             Some(Record)),
    ("DELETE", "/api/v1/incidents/{at}/desk/calls/{uid}",                       Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/desk/calls/{uid}",                       Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/desk/calls/{uid}/record",                Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/desk/calls/{uid}/taps",                  Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/entries",                                Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/entries",                                Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/entries/{uid}",                          Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/entries/{uid}",                          Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/entries/{uid}/statements",               Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/entries/{uid}/strike",                   Some(Record)),
    ("PUT",    "/api/v1/incidents/{at}/entries/{uid}/visibility",               Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/exports",                                Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/exports",                                Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/exports/{uid}",                          Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/exports/{uid}/file",                     Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/notices",                                Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/notices",                                Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/notices/{uid}",                          Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/notices/{uid}",                          Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/notices/{uid}/strike",                   Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/promises",                               Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/promises/{uid}",                         Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/promises/{uid}",                         Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/ruled-out",                              Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/ruled-out",                              Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/ruled-out/{uid}",                        Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/ruled-out/{uid}",                        Some(Record)),
    ("POST",   "/api/v1/incidents/{at}/ruled-out/{uid}/strike",                 Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/shares",                                 Some(Read)),
    ("POST",   "/api/v1/incidents/{at}/shares",                                 Some(Share)),
    ("GET",    "/api/v1/incidents/{at}/shares/{uid}",                           Some(Share)),
    ("PATCH",  "/api/v1/incidents/{at}/shares/{uid}",                           Some(Share)),
    ("POST",   "/api/v1/incidents/{at}/shares/{uid}/pause",                     Some(Share)),
    ("POST",   "/api/v1/incidents/{at}/shares/{uid}/resume",                    Some(Share)),
    ("POST",   "/api/v1/incidents/{at}/shares/{uid}/revocation",                Some(Share)),
    ("GET",    "/api/v1/incidents/{at}/statements",                             Some(Read)),
    ("GET",    "/api/v1/incidents/{at}/statements/{uid}",                       Some(Read)),
    ("PATCH",  "/api/v1/incidents/{at}/statements/{uid}",                       Some(Record)),
    ("PATCH",  "/api/v1/incidents/{at}/times",                                  Some(Record)),
    ("GET",    "/api/v1/incidents/{at}/verdicts",                               Some(Read)),
    ("GET",    "/api/v1/overview",                                              Some(Read)),
    ("GET",    "/api/v1/providers",                                             Some(Read)),
    ("POST",   "/api/v1/providers",                                             Some(Companies)),
    ("GET",    "/api/v1/providers/{at}",                                        Some(Read)),
    ("PATCH",  "/api/v1/providers/{at}",                                        Some(Companies)),
    ("GET",    "/api/v1/providers/{at}/contacts",                               Some(Read)),
    ("POST",   "/api/v1/providers/{at}/contacts",                               Some(Companies)),
    ("GET",    "/api/v1/providers/{at}/contacts/{uid}",                         Some(Read)),
    ("PATCH",  "/api/v1/providers/{at}/contacts/{uid}",                         Some(Companies)),
    ("POST",   "/api/v1/providers/{at}/contracts",                              Some(Companies)),
    ("GET",    "/api/v1/search",                                                Some(Read)),
    ("GET",    "/api/v1/token",                                                 None),
];

#[test]
fn every_operation_is_listed_with_its_scope_and_every_listed_one_is_there() {
    let routes: Vec<(String, &str, Option<Scope>)> = table()
        .into_iter()
        .filter_map(|route| match route.access {
            Access::Token(scope) => Some((route.method.to_string(), route.path, scope)),
            _ => None,
        })
        .collect();
    let mut listed: Vec<(String, &str, Option<Scope>)> =
        RULES.iter().map(|(method, path, scope)| ((*method).to_owned(), *path, *scope)).collect();
    let mut there = routes;
    there.sort();
    listed.sort();
    assert_eq!(there, listed);
}
