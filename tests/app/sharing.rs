//! What companies are shown: by a number and a code, or by a link and the code, and nothing without the code.

use std::cell::RefCell;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel::sqlite::SqliteConnection;

use crate::harness::{Answer, Browser, Kind, Page, Request, Site, Told, on_both, open_incident, open_sqlite, tell, text_of_pdf};

/// What Alice gives away.
pub struct Given {
    pub page: String,
    pub number: String,
    pub code: String,
    /// The path of the long link.
    pub link: String,
}

/// What stands in the paragraph after this heading.
fn under<'a>(page: &'a Page, class: &str, n: usize) -> &'a str {
    let part = page.html.split(&format!("<p class=\"{class}\">")).nth(n).unwrap_or_default();
    part.split('<').next().unwrap_or_default()
}

pub fn share(told: &Told, who: &Browser) -> Given {
    let page = told
        .form(who, "shares/new")
        .with_all(&[("call", "Minato, general affairs, 03-5550-0100"), ("note", "MarkBesideShareNoteQ")])
        .saved();
    given_by(who, page)
}

/// What the page of a share gives away.
pub fn given_by(who: &Browser, page: String) -> Given {
    let shown = who.open(&page);
    let link = shown.html.split("/s/").nth(1).and_then(|rest| rest.split('<').next()).expect("the long link");
    Given {
        number: under(&shown, "big tnum", 1).to_owned(),
        code: under(&shown, "big tnum", 2).to_owned(),
        link: format!("/s/{link}"),
        page,
    }
}

/// Sato fills in the door at `path`.
pub fn knock(sato: &Browser, path: &str, number: &str, code: &str) -> Answer {
    let filling = sato.fill(path).with_all(&[("code", code), ("name", "Sato"), ("department", "technical desk")]);
    if path == "/s" { filling.with("number", number).send() } else { filling.send() }
}

/// A code that is none of ours but has a right check digit.
pub fn another(code: &str, n: u32) -> String {
    let seven: u32 = code.replace('-', "")[..7].parse().expect("digits");
    tellonce::domain::share::Digits::from_seven(seven + n).to_string()
}

#[test]
fn sato_opens_the_record_by_number_and_code_and_alice_sees_who_did() {
    on_both(|site| {
        let alice = site.alice();
        let told = tell(&alice);
        let given = share(&told, &alice);
        let sato = site.charlie();
        let answer = knock(&sato, "/s", &given.number, &given.code).is(303);
        let page = sato.open(&answer.location());
        assert!(page.shows("port 25"), "{}", page.text());
        let view = told.view(&alice, "provider");
        for entry in view["entries"].as_array().expect("entries") {
            let title = entry["title"].as_str().unwrap_or_default();
            assert!(page.shows(title), "{title} is missing: {}", page.text());
        }
        assert!(page.shows(view["fingerprint"].as_str().expect("a fingerprint")));
        let paper = sato.get(&page.link(|link| link.contains("report.pdf"))).is(200);
        assert!(text_of_pdf(&paper.body).contains("port 25"));

        let log = alice.open(&given.page);
        assert!(log.shows("Sato") && log.shows("technical desk") && log.shows("127.0.0.1"), "{}", log.text());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn the_long_link_asks_for_the_code_too() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let sato = site.charlie();
        assert!(!sato.open(&given.link).shows("port 25"), "nothing of the incident stands at the door");
        let answer = knock(&sato, &given.link, "", &given.code).is(303);
        assert!(sato.open(&answer.location()).shows("port 25"));
        // What the cookie of one share opens is that share.
        let other = share(&told, &alice);
        let view = format!("/s/view/{}", other.number.replace('-', ""));
        assert_eq!(sato.get(&view).is(303).location(), "/s");
    });
}

#[test]
fn what_is_recorded_is_said_before_anything_is_sent() {
    on_both(|site| {
        for (language, words) in [("en", "the network you come from are recorded"), ("ja", "接続元のネットワークを記録します")]
        {
            let page = site.charlie().open(&format!("/s?lang={language}"));
            assert!(page.shows(words), "{}", page.text());
        }
    });
}

#[test]
fn ten_wrong_codes_from_ten_addresses_lock_the_number_and_a_restart_does_not_unlock_it() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        for n in 1..=10_u32 {
            let sato = site.charlie();
            let form = sato.fill("/s").form;
            let code = another(&given.code, n);
            let mut fields = form.fields();
            fields.retain(|(name, _)| ["csrf", "key"].contains(&name.as_str()));
            for (name, value) in [("number", given.number.as_str()), ("code", &code), ("name", "Sato"), ("department", "desk")] {
                fields.push((name.to_owned(), value.to_owned()));
            }
            let request = Request::new("POST", &form.action).header("sec-fetch-site", "same-origin");
            let answer = sato.send(request.header("x-forwarded-for", format!("203.0.113.{n}")).form(&fields));
            assert_eq!(answer.status, 422, "{n}: {}", answer.page().text());
        }
        site.kill();
        site.start_again();
        let answer = knock(&site.charlie(), "/s", &given.number, &given.code).is(429);
        assert!(answer.page().shows("call whoever gave you the number"), "{}", answer.page().text());
        // The long link keeps its own count.
        knock(&site.charlie(), &given.link, "", &given.code).is(303);
        assert!(site.alice().open(&given.page).shows("Ten wrong codes"));
    });
}

#[test]
fn a_digit_misheard_is_told_before_it_counts() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let last = given.code.chars().last().and_then(|c| c.to_digit(10)).expect("a digit");
        let misheard = format!("{}{}", &given.code[..given.code.len() - 1], (last + 1) % 10);
        let sato = site.charlie();
        for _ in 0..12 {
            let answer = knock(&sato, "/s", &given.number, &misheard).is(422);
            assert!(answer.page().html.contains("id=\"code-problem\""), "{}", answer.page().text());
        }
        knock(&sato, "/s", &given.number, &given.code).is(303);
    });
}

#[test]
fn a_number_that_does_not_exist_and_a_wrong_code_are_refused_alike() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let said = |number: &str, code: &str| {
            let page = knock(&site.charlie(), "/s", number, code).is(422).page();
            page.problems()
        };
        let wrong = said(&given.number, &another(&given.code, 1));
        assert!(!wrong.is_empty());
        assert_eq!(wrong, said(&another(&given.number, 1), &given.code));
        // Nor do ten tries tell which of them is one of ours, today or another day.
        let unknown = another(&given.number, 1);
        for n in 2..=10 {
            said(&given.number, &another(&given.code, n));
            said(&unknown, &given.code);
        }
        let locked =
            || [&given.number, &unknown].map(|number| knock(&site.charlie(), "/s", number, &given.code).is(429).page().text());
        let [known, unknown_one] = locked();
        assert_eq!(known, unknown_one);
        site.at("2006-11-25T09:00:00+09:00");
        let [known, unknown_one] = locked();
        assert_eq!(known, unknown_one);
    });
}

#[test]
fn what_was_revoked_is_gone_also_for_who_had_it_open() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let sato = site.charlie();
        let view = knock(&sato, "/s", &given.number, &given.code).is(303).location();
        let strike = alice.open(&given.page).link(|link| link.ends_with("/strike"));
        alice.fill(&strike).with("reason", "Sato left the matter").saved();
        for path in [&view, &format!("{}/report.pdf", view.split('?').next().unwrap_or_default()), &given.link] {
            let answer = sato.get(path).is(410);
            let page = answer.page();
            assert!(page.shows("03-5550-0100") && !page.shows("left the matter"), "{}", page.text());
        }
        knock(&site.charlie(), "/s", &given.number, &given.code).is(410);
        site.run(&["verify"]).ended(0);
    });
}

/// What the page of the shares says of openings, and how many changes the incident's ledger holds.
fn openings(told: &Told, alice: &Browser) -> (String, usize) {
    let page = alice.open(&format!("{}/shares", told.incident));
    let view = told.view(alice, "internal");
    (page.text(), usize::try_from(view["changes_recorded"].as_u64().unwrap_or_default()).unwrap_or_default())
}

/// Whether anybody writes to an SQLite database: its `data_version` changes with every commit of another connection. PostgreSQL has
/// nothing of that kind for one database.
struct Written(Option<(RefCell<SqliteConnection>, i64)>);

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

fn version(connection: &mut SqliteConnection) -> i64 {
    let version: Version = diesel::sql_query("PRAGMA data_version").get_result(connection).expect("SQLite answers");
    version.data_version
}

impl Written {
    fn watch(site: &Site) -> Self {
        Self((site.kind == Kind::Sqlite).then(|| {
            let mut connection = open_sqlite(&site.data());
            let version = version(&mut connection);
            (RefCell::new(connection), version)
        }))
    }

    fn anything(&self) -> bool {
        self.0.as_ref().is_some_and(|(connection, before)| version(&mut connection.borrow_mut()) != *before)
    }
}

#[test]
fn a_thousand_requests_of_scanners_open_nothing_and_change_nothing() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let before = openings(&told, &alice);
        site.verdicts_found();
        let written = Written::watch(site);
        let view = format!("/s/view/{}", given.number.replace('-', ""));
        let paths =
            [given.link.clone(), "/s".to_owned(), format!("{}?lang=ja", given.link), view.clone(), format!("{view}/report.pdf")];
        let agents = ["Mozilla/5.0", "SafeLinks", "Barracuda", "curl/8.0", ""];
        for n in 0..1000_usize {
            let scanner = Browser::new(site.address());
            let method = if n % 3 == 0 { "HEAD" } else { "GET" };
            let request = Request::new(method, &paths[n % paths.len()]).header("user-agent", agents[n % agents.len()]);
            let answer = scanner.send(request);
            assert!([200, 303].contains(&answer.status), "{}: {}", paths[n % paths.len()], answer.status);
        }
        assert!(!written.anything(), "a row was changed");
        assert_eq!(openings(&told, &alice), before);
        knock(&site.charlie(), "/s", &given.number, &given.code).is(303);
        assert!(site.kind != Kind::Sqlite || written.anything(), "an opening is seen");
        let after = openings(&told, &alice);
        assert_eq!(after.1, before.1 + 1, "one opening");
        assert!(after.0.contains("opened once"), "{}", after.0);
    });
}

#[test]
fn nothing_of_the_reader_pages_is_kept_by_browsers_or_found_by_searching() {
    on_both(|site: &Site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let sato = site.charlie();
        let view = knock(&sato, "/s", &given.number, &given.code).is(303).location();
        for path in ["/s", &given.link, &view] {
            let answer = sato.get(path).is(200);
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
            assert!(answer.header("x-robots-tag").is_some_and(|value| value.contains("noindex")), "{path}");
            assert!(!sato.get(path).page().html.contains("http"), "{path} leads nowhere else");
        }
    });
}

#[test]
fn where_the_key_is_lost_the_page_says_so_and_the_code_still_opens() {
    on_both(|site| {
        let alice = site.alice();
        let given = share(&open_incident(&alice), &alice);
        site.kill();
        std::fs::remove_file(site.data().join("secret.key")).expect("the key was there");
        site.start_again_with(&["--new-key"]);
        let alice = site.alice();
        let page = alice.open(&given.page);
        assert!(page.shows("The code cannot be shown here"), "{}", page.text());
        assert!(!page.html.contains(&given.code));
        knock(&site.charlie(), "/s", &given.number, &given.code).is(303);
        let another = share(&open_incident(&alice), &alice);
        knock(&site.charlie(), "/s", &another.number, &another.code).is(303);
    });
}
