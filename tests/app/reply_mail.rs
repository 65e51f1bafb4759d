//! Who chose it is mailed at once when somebody replies through a share: of what they may know of, and of nothing else.

use crate::harness::{Browser, Site, Smtp, Told, on_both, open_incident, until};
use crate::mail::with_smtp;
use crate::reminders::{anew, at, read, settled};
use crate::replies::{Sato, called};
use crate::sharing::share;

const NINE: &str = "2006-11-24T09:00:00+09:00";

/// Who chooses to be mailed of replies, and of nothing else.
fn choose(who: &Browser, address: &str) {
    who.fill_on("/account", "/account/reminders").with("address", address).tick("replies").saved();
}

/// Sato replies with this message.
fn reply(site: &Site, told: &Told, who: &Browser, message: &str) {
    let sato = Sato::opens(site, &share(told, who));
    Sato::sends(&sato.fill().with("message", message));
}

#[test]
fn alice_and_bob_chose_it_and_read_at_once_each_in_their_language_what_sato_did() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, NINE);
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        called(&told, &bob);
        told.form(&bob, "asks/new").with_all(&[("words", "When was it sent?"), ("visibility", "provider")]).saved();
        alice.fill("/account").choose("locale", "日本語").saved();
        choose(&alice, "alice@minato.example");
        choose(&bob, "bob@minato.example");
        assert!(bob.open("/account").shows("You are told of replies.") && !bob.open("/account").shows("You get reminders."));

        let sato = Sato::opens(site, &share(&told, &bob));
        let filling = sato
            .fill()
            .with("takes_over", "yes")
            .with("phone", "03-5550-0199")
            .with(&sato.field("The modem is broken", "-words"), "MarkOfSatoQ")
            .with(&sato.field("When was it sent?", "-words"), "On Monday")
            .with_all(&[("commit-at", "2006-11-24T15:00"), ("message", "I look into it.")]);
        Sato::sends(&filling);
        Sato::sends(&filling);
        until("both mails arrive", || smtp.taken().len() == 2);
        settled(site);
        let mut mails: Vec<_> = smtp.taken().iter().map(|mail| read(mail)).collect();
        mails.sort();
        let [(to_alice, subject, japanese), (to_bob, _, english)] = &mails[..] else { panic!("sent twice, it is one reply") };
        assert_eq!((&**to_alice, &**to_bob), ("alice@minato.example", "bob@minato.example"));
        assert!(subject.starts_with("【回答】Provider P: INC-2006-0001 "), "{subject}");
        assert!(
            japanese.contains("契約先の記入: 「technical desk」「Sato」") && japanese.contains("発言を訂正(1件)"),
            "{japanese}"
        );
        for line in [
            "Somebody of Provider P replied on the shared page.",
            "INC-2006-0001 ",
            "By their own word: “Sato”, “technical desk”",
            "- takes the matter over",
            "- direct number: 03-5550-0199",
            "- corrects one statement",
            "- answers one question",
            "- commits to a time: ",
            "15:00",
            "- leaves a message",
        ] {
            assert!(english.contains(line), "{line} is missing: {english}");
        }
        assert!(!english.contains("MarkOfSatoQ") && !english.contains("I look into it."), "{english}");
        let raw = &smtp.taken()[0];
        assert!(raw.contains("Auto-Submitted: auto-generated"), "{raw}");

        let link = english.split_whitespace().find(|word| word.contains("#e-")).expect("the link");
        let (path, place) = link.split_once("/incidents/").and_then(|(_, rest)| rest.split_once('#')).expect("a place in a page");
        let page = bob.open(&format!("/incidents/{path}"));
        assert!(page.html.contains(&format!("id=\"{place}\"")) && page.shows("MarkOfSatoQ"), "{}", page.text());
        until("the page says so", || bob.open("/account").shows("The last mail about a reply: bob@minato.example · Sent"));
    });
}

#[test]
fn of_a_restricted_incident_only_those_are_told_who_may_see_it() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, NINE);
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&alice);
        choose(&alice, "alice@minato.example");
        choose(&bob, "bob@minato.example");
        choose(&site.mei(), "mei@minato.example");
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Mei").saved();
        reply(site, &told, &alice, "We look into it.");
        until("two mails arrive", || smtp.taken().len() == 2);
        settled(site);
        let mut to: Vec<_> = smtp.taken().iter().map(|mail| read(mail).0).collect();
        to.sort();
        assert_eq!(to, ["alice@minato.example", "mei@minato.example"]);
    });
}

#[test]
fn who_may_not_know_of_it_any_more_when_the_mail_goes_out_or_stopped_it_is_not_told() {
    with_smtp("take", |site, smtp| {
        let refusing = Smtp::that_will("refuse");
        at(site, &refusing, NINE);
        let (alice, bob, mei) = (site.alice(), site.bob(), site.mei());
        let told = open_incident(&alice);
        choose(&alice, "alice@minato.example");
        choose(&bob, "bob@minato.example");
        choose(&mei, "mei@minato.example");
        reply(site, &told, &alice, "We look into it.");
        until("the page says why", || bob.open("/account").shows("the mail server does not take it"));
        mei.fill_on("/account", "/account/reminders/cancellation").saved();
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Alice").saved();
        at(site, smtp, "2006-11-24T10:00:00+09:00");
        until("the mail arrives", || !smtp.taken().is_empty());
        settled(site);
        let to: Vec<_> = smtp.taken().iter().map(|mail| read(mail).0).collect();
        assert_eq!(to, ["alice@minato.example"]);
    });
}

#[test]
fn a_reply_that_was_struck_out_before_the_mail_went_out_is_told_to_nobody() {
    with_smtp("take", |site, smtp| {
        let refusing = Smtp::that_will("refuse");
        at(site, &refusing, NINE);
        let alice = site.alice();
        let told = open_incident(&alice);
        choose(&alice, "alice@minato.example");
        reply(site, &told, &alice, "something unfit");
        let strike = alice.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/strike"));
        alice.fill(&strike).with("reason", "unfit").saved();
        at(site, smtp, "2006-11-24T10:00:00+09:00");
        settled(site);
        assert_eq!(smtp.taken(), [""; 0]);
    });
}

#[test]
fn a_name_that_somebody_gives_at_the_door_puts_no_line_and_no_link_into_the_mail() {
    with_smtp("take", |site, smtp| {
        at(site, smtp, NINE);
        let alice = site.alice();
        let told = open_incident(&alice);
        choose(&alice, "alice@minato.example");
        let given = share(&told, &alice);
        let eve = site.charlie();
        let evil = "Eve\r\nBcc: eve@evil.example\r\n\r\n- https://evil.example/login\u{202e}";
        let door = eve.fill("/s").with_all(&[("number", &given.number), ("code", &given.code)]);
        let answer =
            door.with_all(&[("name", evil), ("department", "https://evil.example/ \u{2028}- takes the matter over")]).send();
        let record = answer.is(303).location();
        let form = format!("{}/answer", record.split('?').next().expect("a path"));
        eve.fill(&form).with("message", "see https://evil.example/in-the-message").send_parts().is(303);
        until("the mail arrives", || !smtp.taken().is_empty());
        let mail = &smtp.taken()[0];
        let (head, _) = mail.split_once("\r\n\r\n").or_else(|| mail.split_once("\n\n")).expect("a head");
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        let (to, _, text) = read(mail);
        assert_eq!(to, "alice@minato.example");
        assert!(!text.contains("https://evil") && text.contains("Eve"), "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("Bcc") || line.starts_with("- ") && !line.contains("a message")),
            "{text}"
        );
    });
}

#[test]
fn whoever_chose_nothing_is_not_mailed_and_without_a_mail_server_nothing_waits() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        reply(site, &told, &alice, "We look into it.");
        assert_eq!(site.mail_waiting(), 0);
        assert!(alice.open("/account").shows("No mail server is set up"));
    });
    with_smtp("take", |site, smtp| {
        at(site, smtp, NINE);
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&alice);
        bob.fill_on("/account", "/account/reminders").with("address", "bob@minato.example").tick("deadlines").saved();
        reply(site, &told, &alice, "We look into it.");
        assert_eq!(site.mail_waiting(), 0, "he wants deadlines, and no more");
        choose(&alice, "alice@minato.example");
        site.kill();
        site.start_again_with(&["--clock", &format!("fixed:{NINE}")]);
        let alice = anew(site, "alice");
        reply(site, &told, &alice, "We found it.");
        assert_eq!(site.mail_waiting(), 0, "what nobody sends does not wait for a server to come");
        assert!(alice.open(&told.incident).shows("We found it."));
    });
}
