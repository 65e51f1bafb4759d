//! Floods at the pages of the shares: of codes, of numbers, of replies. What is held back says until when, or whom to call.

use std::net::{IpAddr, Ipv4Addr};

use tellonce::actions::replies::{self, NewReply, PER_SHARE, Sender, Taken};
use tellonce::actions::shares::{Reading, reading};
use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::Stamp;
use tellonce::domain::share::Digits;

use crate::harness::{Answer, Browser, Filling, Form, NOW, Site, on_both, open_incident};
use crate::sharing::{Given, knock, share};

/// A number or a code that is not that one but has a right check digit.
fn another(digits: &str, n: u32) -> String {
    let seven: u32 = digits.replace('-', "")[..7].parse().expect("digits");
    Digits::from_seven((seven + n) % 10_000_000).to_string()
}

/// The door in somebody's hands, to be tried again and again.
struct Door {
    browser: Browser,
    form: Form,
}

impl Door {
    fn at(site: &Site, path: &str) -> Self {
        let browser = site.charlie();
        let form = browser.fill(path).with_all(&[("name", "Sato"), ("department", "technical desk")]).form;
        Self { browser, form }
    }

    fn try_from(&self, network: &str, number: &str, code: &str) -> Answer {
        self.browser.filling(self.form.clone()).from(network).with_all(&[("number", number), ("code", code)]).send()
    }
}

#[test]
fn codes_from_one_network_are_held_back_for_a_quarter_of_an_hour_and_those_from_others_are_not() {
    on_both(|site| {
        let given = share(&open_incident(&site.alice()), &site.alice());
        let door = Door::at(site, "/s");
        // One customer has a whole /64 of IPv6.
        let network = |n: u32| format!("2001:db8:1:2::{n:x}");
        for n in 1..=30 {
            door.try_from(&network(n), &another(&given.number, n), &given.code).is(422);
        }
        let held = door.try_from(&network(31), &given.number, &given.code).is(429);
        assert!(held.page().shows("16 minutes") || held.page().shows("16分"), "until when: {}", held.page().problems());
        let form = held.page().form("/s").expect("the form");
        assert_eq!((form.value("name"), form.value("number")), (Some("Sato"), Some(given.number.as_str())), "it is kept");
        assert!(
            !held.all("set-cookie").iter().any(|cookie| cookie.starts_with("tellonce-share")),
            "not even with the right code"
        );
        door.try_from("2001:db8:1:3::1", &given.number, &given.code).is(303);
        site.at("2006-11-24T09:14:00+09:00");
        Door::at(site, "/s").try_from(&network(32), &given.number, &given.code).is(429);
        site.at("2006-11-24T09:16:00+09:00");
        Door::at(site, "/s").try_from(&network(33), &given.number, &given.code).is(303);
    });
}

#[test]
fn after_ten_wrong_codes_hundreds_more_from_as_many_networks_open_nothing() {
    on_both(|site| {
        let given = share(&open_incident(&site.alice()), &site.alice());
        let door = Door::at(site, "/s");
        let network = |n: u32| format!("203.0.{}.{}", n / 250, n % 250);
        let statuses: Vec<u16> = (1..=300)
            .map(|n| {
                let code = if n == 200 { given.code.clone() } else { another(&given.code, n) };
                door.try_from(&network(n), &given.number, &code).status
            })
            .collect();
        assert!(statuses[..10].iter().all(|status| *status == 422), "{statuses:?}");
        assert!(statuses[10..].iter().all(|status| *status == 429), "{statuses:?}");
        // Who was given the long link is not shut out by whoever guesses at the number.
        knock(&site.charlie(), &given.link, "", &given.code).is(303);
        let log = site.alice().open(&given.page);
        assert_eq!(log.text().matches("technical desk").count(), 1, "{}", log.text());
    });
}

/// A page without what differs on every one: the form's own tokens, and what was typed.
fn bare(answer: &Answer, typed: &[&str]) -> String {
    let page = answer.page();
    let form = page.form("/s").expect("the form");
    let own = ["csrf", "key"].map(|name| form.value(name).unwrap_or_default().to_owned());
    let own = own.iter().map(String::as_str);
    own.chain(typed.iter().copied()).fold(page.html.clone(), |html, part| html.replace(part, "…"))
}

#[test]
fn numbers_guessed_in_a_row_tell_nothing_of_which_are_anybodys() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given: Vec<Given> = (0..3).map(|_| share(&told, &alice)).collect();
        alice.fill(&format!("{}/strike", given[1].page)).with("reason", "another person").saved();
        let door = Door::at(site, "/s");
        let mut said = None;
        let guesses = (1..=5).map(|n| another(&given[0].number, n));
        for (n, number) in guesses.chain(given.iter().map(|given| given.number.clone())).enumerate() {
            let code = another(&given[0].code, 1);
            let answer = door.try_from(&format!("198.51.100.{n}"), &number, &code).is(422);
            let bare = bare(&answer, &[&number, &code]);
            assert_eq!(*said.get_or_insert_with(|| bare.clone()), bare, "{number}");
            assert_eq!(answer.all("set-cookie").len(), 1, "the door's own cookie alone");
        }
    });
}

#[test]
fn replies_from_one_network_are_held_back_and_come_back_with_what_was_typed() {
    on_both(|site| {
        let alice = site.alice();
        let given = share(&open_incident(&alice), &alice);
        let sato = site.charlie();
        let record = knock(&sato, "/s", &given.number, &given.code).is(303).location();
        let path = format!("{}/answer", record.split('?').next().expect("a path"));
        let form = sato.fill(&path).form;
        let reply = |n: u32, network: &str| -> Answer {
            let filling: Filling<'_> = sato.filling(form.clone()).from(network);
            filling.with("message", &format!("MarkOfReply{n}Q")).send_parts()
        };
        for n in 1..=20 {
            reply(n, "203.0.113.7").is(303);
        }
        let held = reply(21, "203.0.113.7").is(429);
        assert!(held.page().shows("16 minutes") || held.page().shows("16分"), "until when: {}", held.page().problems());
        assert_eq!(held.page().form(&path).expect("the form").value("message"), Some("MarkOfReply21Q"));
        reply(20, "203.0.113.7").is(303);
        reply(22, "203.0.113.8").is(303);
        let page = alice.open(&open_path(&given));
        assert!(page.shows("MarkOfReply20Q") && page.shows("MarkOfReply22Q") && !page.shows("MarkOfReply21Q"));
        site.at("2006-11-24T09:16:00+09:00");
        let later = Browser::with_cookies(site.address(), sato.cookies());
        later.filling(form.clone()).from("203.0.113.7").with("message", "MarkOfReply21Q").send_parts().is(303);
    });
}

/// The page of the incident of a share.
fn open_path(given: &Given) -> String {
    given.page.split("/shares/").next().expect("a path").to_owned()
}

#[test]
fn a_share_brings_two_hundred_replies_and_no_more_from_however_many_networks() {
    on_both(|site| {
        let alice = site.alice();
        let given = share(&open_incident(&alice), &alice);
        let sato = site.charlie();
        let record = knock(&sato, "/s", &given.number, &given.code).is(303).location();
        let path = format!("{}/answer", record.split('?').next().expect("a path"));
        let secret = sato.cookies()["tellonce-share"].clone();
        let number: Digits = given.number.replace('-', "").parse().expect("a number");
        let now: Stamp = chrono::DateTime::parse_from_rfc3339(NOW).expect("a time").into();
        let left = site.store().write(now, |tx| {
            let Reading::Open(read, _) = reading(tx, &secret, &number)? else { panic!("it is open") };
            for n in 0..PER_SHARE - 1 {
                let address = IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(n).expect("few")));
                let key = n.to_string();
                let from =
                    Sender { share: &read.share, opening: &read.opening, zone: DEFAULT_ZONE, address, key: &key, mails: false };
                assert!(matches!(replies::leave(tx, &from, said(n))?, Taken::Done(_)));
            }
            Ok::<_, tellonce::actions::Refused>(())
        });
        left.expect("they are taken");
        sato.fill(&path).with("message", "MarkOfTheLastQ").send_parts().is(303);
        let held = sato.fill(&path).with("message", "MarkOfOneMoreQ").send_parts().is(422);
        assert!(held.page().problems().contains("call") || held.page().problems().contains("電話"), "{}", held.page().problems());
        assert_eq!(held.page().form(&path).expect("the form").value("message"), Some("MarkOfOneMoreQ"));
        assert!(!alice.open(&open_path(&given)).shows("MarkOfOneMoreQ"));
        site.run(&["verify"]).ended(0);
    });
}

fn said(n: i64) -> NewReply {
    let message = format!("reply {n}");
    NewReply { formal: false, takes_over: false, phone: String::new(), said: Vec::new(), message, file: None }
}
