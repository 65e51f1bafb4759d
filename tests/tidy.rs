//! The rules of the house that the compiler does not know. Every message says what to do.

#[path = "tidy/catalogue.rs"]
mod catalogue;
#[path = "tidy/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};

use source::{Rust, files, functions, name, read, root};

/// Lines of a file.
const FILE_LIMIT: usize = 500;
/// Lines of a function.
const FUNCTION_LIMIT: usize = 70;

/// Fails with everything that is wrong, and what to do about it.
fn require(wrong: &[String], what_to_do: &str) {
    assert!(wrong.is_empty(), "\n{}\n→ {what_to_do}\n", wrong.join("\n"));
}

/// Which room may use which: what stands below it in the map of `src/lib.rs`.
fn below(room: &str) -> &'static [&'static str] {
    match room {
        "domain" => &[],
        "store" | "intake" | "render" | "clock" => &["domain"],
        "actions" => &["store", "intake", "domain"],
        "config" => &["clock", "domain"],
        "error" => &["actions", "render", "store", "intake", "domain"],
        "app" => &["config", "clock", "store", "domain"],
        "web" | "jobs" => &["app", "error", "clock", "actions", "render", "intake", "store", "domain"],
        "cli" => &["web", "jobs", "app", "error", "config", "clock", "actions", "render", "intake", "store", "domain"],
        "main" => &["cli"],
        _ => &[],
    }
}

const ROOMS: &[&str] =
    &["domain", "store", "intake", "render", "actions", "clock", "config", "error", "app", "web", "jobs", "cli", "main"];

/// The room of a file: its folder or file below `src`.
fn room(name: &str) -> &str {
    name.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default()
}

/// The rooms that a line of code names: `crate::room` and `tellonce::room`.
fn named(line: &str) -> Vec<String> {
    let after = line.split("crate::").skip(1).chain(line.split("tellonce::").skip(1));
    after.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()).collect()
}

#[test]
fn every_room_uses_only_what_stands_below_it() {
    let mut wrong = Vec::new();
    for file in Rust::sources() {
        let own = room(&file.name);
        if own == "lib" {
            continue;
        }
        assert!(ROOMS.contains(&own), "{} is in no room: give it one in src/lib.rs, the design and tests/tidy.rs", file.name);
        for (at, line) in file.code.lines().enumerate().filter(|(at, _)| !file.is_test_line(at + 1)) {
            if line.contains("crate::{") {
                wrong.push(format!("{}:{}: `crate::{{…}}` hides which room is meant", file.name, at + 1));
            }
            for other in named(line).iter().filter(|other| ROOMS.contains(&other.as_str())) {
                if other != own && !below(own).contains(&other.as_str()) {
                    wrong.push(format!("{}:{}: `{own}` uses `{other}`, which stands above it", file.name, at + 1));
                }
            }
        }
    }
    require(&wrong, "Move what is shared down (often to the domain), or the caller up; the map stands in src/lib.rs.");
}

/// Lines of code outside tests that contain one of `words`, in files that `may` does not allow to.
fn lines_with(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in Rust::sources().iter().filter(|file| !may(&file.name)) {
        for (at, line) in file.code.lines().enumerate().filter(|(at, _)| !file.is_test_line(at + 1)) {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", file.name, at + 1));
            }
        }
    }
    found
}

#[test]
fn only_the_store_speaks_to_the_database() {
    let found = lines_with(&["diesel::", "diesel_migrations::"], |name| name.starts_with("src/store/"));
    require(&found, "Give src/store a function that does this, and call that.");
}

#[test]
fn only_the_clock_asks_what_time_it_is() {
    let found = lines_with(&["Utc::now", "Local::now", "SystemTime::now"], |name| name == "src/clock.rs");
    require(&found, "Take `now` as an argument; web, jobs and cli have it from App::now, a use case from its transaction.");
}

#[test]
fn only_the_table_of_routes_makes_routes() {
    let found = lines_with(&["web::resource(", "web::scope(", "web::route("], |name| name == "src/web/routes.rs");
    require(&found, "Add a line to web::routes::table: the permission test reads it.");
}

#[test]
fn the_domain_is_pure() {
    let words = ["std::fs", "std::net", "std::env", "std::process", "actix_web::", "tokio::", "tracing::", "println!"];
    let found = lines_with(&words, |name| !name.starts_with("src/domain/"));
    require(&found, "The domain has no I/O: take what is needed as an argument.");
}

#[test]
fn no_failure_is_swallowed_or_ends_in_a_panic() {
    let mut found = lines_with(&["let _ =", "conn()).ok()", "conn)?.ok()"], |_| false);
    found.extend(lines_with(&[".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "dbg!("], |_| false));
    require(&found, "Answer the error with `?`, or log it and say why it may be passed over.");
}

#[test]
fn no_file_is_longer_than_a_person_can_hold() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests", "templates", "static", "migrations"] {
        for path in files(folder, &[".rs", ".html", ".js", ".css", ".typ", ".sql"]) {
            let lines = read(&path).lines().count();
            if lines > FILE_LIMIT {
                wrong.push(format!("{}: {lines} lines, more than {FILE_LIMIT}", name(&path)));
            }
        }
    }
    require(&wrong, "Split it where it speaks of two things.");
}

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]).into_iter().chain(files("tests", &[".rs"])) {
        let file = Rust::open(&path);
        for (function, line, length) in functions(&file.code) {
            if length > FUNCTION_LIMIT {
                wrong.push(format!("{}:{line}: `{function}` has {length} lines, more than {FUNCTION_LIMIT}", file.name));
            }
        }
    }
    require(&wrong, "Give a part of it a name of its own.");
}

/// Where Japanese is data and not a text of the screen: how people write times and numbers, and the two languages' names of
/// months and weekdays, the words of mail servers, the numbers of contracts' clauses, and what the papers' fonts need.
const JAPANESE_IS_DATA: &[&str] = &[
    "src/domain/moment/",
    "src/domain/phone",
    "src/domain/share",
    "src/domain/spoken",
    "src/domain/text",
    "src/intake/contract_text/mark",
    "src/intake/eml/bounce/phrases",
    "src/render/pdf/",
];

#[test]
fn texts_of_the_screen_stand_in_the_catalogues() {
    let mut wrong = Vec::new();
    for file in Rust::sources() {
        if JAPANESE_IS_DATA.iter().any(|data| file.name.starts_with(data)) {
            continue;
        }
        for (line, literal) in &file.literals {
            if !file.is_test_line(*line) && !is_sample(&file, *line) && literal.chars().any(is_japanese) {
                wrong.push(format!("{}:{line}: “{literal}”", file.name));
            }
        }
    }
    require(&wrong, "Put the text into templates/locales/ja and en, and its key into the code.");
}

/// Samples of pages stand beside them, in an `impl` that only tests have.
fn is_sample(file: &Rust, line: usize) -> bool {
    let tests = |line: &str| line.trim() == "#[cfg(test)]";
    let before: Vec<&str> = file.code.lines().take(line).collect();
    // The last item that begins at the left edge above this line is a test's if the attribute stands on it.
    let begins = |line: &&str| line.starts_with(['i', 'f', 'p', 'm', 'c', 's', 'e', 't', 'u']);
    let item = before.iter().rposition(begins);
    item.is_some_and(|at| before[..at].iter().rev().take_while(|line| line.starts_with('#')).any(|line| tests(line)))
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn both_databases_have_the_same_migrations() {
    let of = |folder: &str| -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        for path in files(&format!("migrations/{folder}"), &[".sql"]) {
            let parent = path.parent().and_then(|parent| parent.file_name()).map(|name| name.to_string_lossy().into_owned());
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned());
            all.entry(parent.unwrap_or_default()).or_insert_with(BTreeSet::new).extend(file);
        }
        all
    };
    let (sqlite, postgres) = (of("sqlite"), of("postgres"));
    assert!(!sqlite.is_empty(), "no migrations were found");
    assert_eq!(
        sqlite, postgres,
        "give every migration the same name, with the same files, in migrations/sqlite and migrations/postgres"
    );
}

/// The table of routes is the permission table (`Access` stands in each line), and nothing else makes routes; here, that no line
/// hides another.
#[test]
fn every_route_stands_in_the_table_once() {
    let routes = read(&root().join("src/web/routes.rs"));
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for line in routes.lines().map(str::trim) {
        let Some((method, rest)) = line.split_once('(').filter(|(method, _)| matches!(method.trim(), "get" | "post")) else {
            continue;
        };
        let path = rest.split('"').nth(1).unwrap_or_default();
        if !seen.insert((method.trim(), path)) {
            wrong.push(format!("{} {path}", method.trim()));
        }
    }
    assert!(!seen.is_empty(), "no routes were found");
    require(&wrong, "It stands in web::routes::table twice: take one away.");
}
