//! Reminders of deadlines by mail: who chose them gets one on a day on which something is due, once, of what they may know of.

use std::thread;
use std::time::Duration;

use mail_parser::{Message, MessageParser};
use tellonce::actions::reminders::remind;
use tellonce::domain::moment::Stamp;
use tellonce::store::people;

use crate::deadlines::with_deadlines;
use crate::harness::{Browser, PASSWORD, Site, Smtp, Told, on_both, open_incident, until};
use crate::login::log_in;
use crate::mail::with_smtp;

/// Serves the site at that time, mailing by `smtp`.
pub fn at(site: &Site, smtp: &Smtp, time: &str) {
    site.kill();
    let clock = format!("fixed:{time}");
    site.start_again_with(&["--smtp", &smtp.url, "--mail-from", "tellonce@minato.example", "--clock", &clock]);
}

/// Who chooses to be reminded from 10:00 on: an hour after now.
fn choose(who: &Browser, address: &str) {
    who.fill_on("/account", "/account/reminders").with_all(&[("address", address), ("at", "10:00")]).tick("deadlines").saved();
}

/// Somebody who logs in again, since their session has ended meanwhile.
pub fn anew(site: &Site, login: &str) -> Browser {
    let browser = site.charlie();
    log_in(&browser, login, PASSWORD).is(303);
    browser
}

/// Gives what happens on its own its time: it is begun when a server starts.
pub fn settled(site: &Site) {
    thread::sleep(Duration::from_millis(1_500));
    site.verdicts_found();
    until("nothing waits", || site.mail_waiting() == 0);
}

/// A mail as another program reads it: to whom, its subject and its text.
pub fn read(mail: &str) -> (String, String, String) {
    let message: Message<'_> = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
    let to = mail.lines().find_map(|line| line.strip_prefix("X-To: ")).expect("to whom");
    let text = message.body_text(0).expect("a text").into_owned();
    (to.trim().to_owned(), message.subject().expect("a subject").to_owned(), text)
}

/// An incident with a promise that falls due at that time.
fn promised(who: &Browser, words: &str, due: &str) -> Told {
    let told = open_incident(who);
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T10:20"),
            ("answered", "2006-11-22T10:21"),
            ("ended", "2006-11-22T10:40"),
        ])
        .with_all(&[("s1_kind", "promise"), ("s1_words", words), ("s1_due", due)])
        .choose("s1_company", "Provider P")
        .saved();
    told
}

#[test]
fn bob_is_reminded_once_a_day_of_what_is_overdue_until_he_stops_it() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let bob = site.bob();
        with_deadlines(&bob);
        site.verdicts_found();
        choose(&bob, "bob@minato.example");
        assert!(bob.open("/account").shows("You get reminders."));
        at(site, smtp, "2006-11-26T09:59:00+09:00");
        settled(site);
        assert_eq!(smtp.taken(), [""; 0], "it is not yet ten");

        at(site, smtp, "2006-11-26T10:00:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        let (to, subject, text) = read(&smtp.taken()[0]);
        assert_eq!(to, "bob@minato.example");
        assert_eq!(subject, "Overdue: Provider P promised: “We call; by tomorrow, or else.” and one more");
        let places = ["■ Overdue (for the company to do)", "We call; by tomorrow, or else.", "Provider P must restore"];
        let places = places.map(|part| text.find(part).unwrap_or_else(|| panic!("{part} is missing: {text}")));
        assert!(places.is_sorted(), "{text}");
        assert!(text.contains("/incidents/INC-2006-0001#promises") && text.contains("/account#reminders"), "{text}");
        assert!(!text.contains("Claim the credit"), "that is three months away: {text}");
        assert!(smtp.taken()[0].contains("Auto-Submitted: auto-generated"), "{}", smtp.taken()[0]);
        let bob = anew(site, "bob");
        until("the page says so", || bob.open("/account").shows("The last reminder: bob@minato.example · Sent"));

        let second = site.second(&["--smtp", &smtp.url]);
        settled(site);
        drop(second);
        for time in ["2006-11-26T10:00:00+09:00", "2006-11-26T18:00:00+09:00", "2006-11-25T11:00:00+09:00"] {
            at(site, smtp, time);
            settled(site);
            assert_eq!(smtp.taken().len(), 1, "again at {time}");
        }
        at(site, smtp, "2006-11-27T10:00:00+09:00");
        until("the next day's mail arrives", || smtp.taken().len() == 2);
        let bob = anew(site, "bob");
        bob.fill_on("/account", "/account/reminders/cancellation").saved();
        assert!(bob.open("/account").shows("You get none until you choose it here."));
        at(site, smtp, "2006-11-28T10:00:00+09:00");
        settled(site);
        assert_eq!(smtp.taken().len(), 2, "he stopped it");
    });
}

#[test]
fn of_many_processes_that_try_at_once_one_queues_the_mail() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let bob = site.bob();
        promised(&bob, "We call.", "2006-11-24T09:30");
        site.verdicts_found();
        choose(&bob, "bob@minato.example");
        let later: Stamp = "2006-11-24T10:00:00+09:00".parse().expect("a time");
        let person = site.store().read(later, |tx| people::by_login(tx, "bob")).expect("it answers").expect("Bob").0.id;
        thread::scope(|scope| {
            for _ in 0..8 {
                let store = site.store();
                scope.spawn(move || store.write(later, |tx| remind(tx, person)).expect("it is decided"));
            }
        });
        assert_eq!(site.mail_waiting(), 1);
        at(site, smtp, "2006-11-24T10:00:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        settled(site);
        assert_eq!(smtp.taken().len(), 1);
    });
}

#[test]
fn on_a_day_on_which_nothing_is_due_no_mail_comes_and_none_later_that_day() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let bob = site.bob();
        promised(&bob, "We call on Monday.", "2006-11-27T18:00");
        choose(&bob, "bob@minato.example");
        at(site, smtp, "2006-11-25T10:00:00+09:00");
        settled(site);
        promised(&anew(site, "bob"), "We call at noon.", "2006-11-25T12:00");
        site.verdicts_found();
        at(site, smtp, "2006-11-25T11:00:00+09:00");
        settled(site);
        assert_eq!(smtp.taken(), [""; 0]);
        at(site, smtp, "2006-11-27T10:00:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        let (_, subject, text) = read(&smtp.taken()[0]);
        assert_eq!(subject, "Overdue: Provider P promised: “We call at noon.” and one more");
        assert!(text.contains("■ Due today (for the company to do)") && text.contains("We call on Monday."), "{text}");
    });
}

#[test]
fn alice_reads_in_japanese_what_bob_may_not_know_of() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let (alice, bob) = (site.alice(), site.bob());
        let told = promised(&alice, "すぐに折り返します。加", "2006-11-25T09:00");
        site.verdicts_found();
        alice.fill("/account").choose("locale", "日本語").saved();
        choose(&alice, "alice@minato.example");
        choose(&bob, "bob@minato.example");
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Alice").saved();
        at(site, smtp, "2006-11-25T10:00:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        settled(site);
        assert_eq!(smtp.taken().len(), 1, "Bob may not know of it");
        let (to, subject, text) = read(&smtp.taken()[0]);
        assert_eq!(to, "alice@minato.example");
        assert_eq!(subject, "【期限経過】Provider Pの約束「すぐに折り返します。加」");
        assert!(text.contains("■ 期限を過ぎています(契約先がすること)") && text.contains("停止はこちら"), "{text}");
    });
}

#[test]
fn what_waits_while_the_server_is_down_says_what_may_be_known_when_it_goes_out() {
    with_smtp("take", |site, smtp| {
        let nobody = Smtp::that_will("take");
        at(site, &nobody, "2006-11-24T09:00:00+09:00");
        let (alice, bob) = (site.alice(), site.bob());
        let told = promised(&alice, "MarkSecret", "2006-11-25T09:00");
        promised(&alice, "We call.", "2006-11-25T08:00");
        site.verdicts_found();
        choose(&bob, "bob@minato.example");
        at(site, &nobody, "2006-11-25T09:50:00+09:00");
        let url = nobody.url.clone();
        drop(nobody);
        site.kill();
        site.start_again_with(&["--smtp", &url, "--clock", "fixed:2006-11-25T10:00:00+09:00"]);
        let bob = anew(site, "bob");
        until("the page says why", || bob.open("/account").shows("the mail server cannot be reached"));
        assert!(bob.open("/account").shows("next try at"));
        anew(site, "alice").fill(&format!("{}/restriction", told.incident)).choose("people", "Alice").saved();
        at(site, smtp, "2006-11-25T10:10:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        let (_, subject, text) = read(&smtp.taken()[0]);
        assert_eq!(subject, "Overdue: Provider P promised: “We call.”");
        assert!(!text.contains("MarkSecret"), "{text}");
        settled(site);
        assert_eq!(smtp.taken().len(), 1);
    });
}

#[test]
fn who_is_shut_out_gets_none_and_what_waits_for_them_is_dropped() {
    with_smtp("take", |site, smtp| {
        let refusing = Smtp::that_will("refuse");
        at(site, &refusing, "2006-11-24T09:00:00+09:00");
        let (alice, bob) = (site.alice(), site.bob());
        promised(&alice, "We call.", "2006-11-24T18:00");
        site.verdicts_found();
        choose(&bob, "bob@minato.example");
        at(site, &refusing, "2006-11-24T10:00:00+09:00");
        until("the page says why", || site.bob().open("/account").shows("the mail server does not take it"));
        let alice = site.alice();
        let links = alice.open("/people").links();
        let mut pages = links.iter().filter(|link| link.starts_with("/people/") && !link.ends_with("/new"));
        let page = pages.find(|link| alice.open(link).shows("Bob")).expect("Bob's page");
        alice.fill_on(page, &format!("{page}/suspension")).saved();
        for time in ["2006-11-24T10:10:00+09:00", "2006-11-25T10:00:00+09:00"] {
            at(site, smtp, time);
            settled(site);
            assert_eq!(smtp.taken(), [""; 0], "at {time}");
        }
    });
}

#[test]
fn a_bad_address_or_time_is_said_at_its_field() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let bob = site.bob();
        let form = || bob.fill_on("/account", "/account/reminders").tick("deadlines");
        for address in ["", "bob", "bob@minato.example, mei@minato.example", "bob@minato.example\r\nBcc: eve@evil.example"] {
            let page = form().with_all(&[("address", address), ("at", "10:00")]).send().is(422).page();
            assert!(page.html.contains("id=\"address-problem\""), "{}", page.html);
        }
        let page = form().with_all(&[("address", "bob@minato.example"), ("at", "25:00")]).send().is(422).page();
        assert!(page.html.contains("id=\"at-problem\"") && page.html.contains("bob@minato.example"), "{}", page.html);
        let neither = bob.fill_on("/account", "/account/reminders").with("address", "bob@minato.example").send().is(422).page();
        assert!(neither.shows("Tick what you want mail about."), "{}", neither.text());
        assert!(bob.open("/account").shows("You get none until you choose it here."));
    });
}

#[test]
fn without_a_mail_server_the_page_says_so_and_nobody_is_reminded() {
    on_both(|site| {
        let bob = site.bob();
        let page = bob.open("/account");
        assert!(page.shows("No mail server is set up, so that no reminders go out."), "{}", page.text());
        assert!(page.form("/account/reminders").is_none());
    });
    with_smtp("take", |site, smtp| {
        at(site, smtp, "2006-11-24T09:00:00+09:00");
        let bob = site.bob();
        promised(&bob, "We call.", "2006-11-25T09:00");
        choose(&bob, "bob@minato.example");
        site.at("2006-11-25T10:00:00+09:00");
        settled(site);
        at(site, smtp, "2006-11-25T11:00:00+09:00");
        until("the day was not lost", || smtp.taken().len() == 1);
    });
}
