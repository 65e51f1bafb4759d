//! Mail: it goes out on its own, it waits where the server does not take it, and nobody waits for it.

use std::thread;

use crate::harness::{Browser, Site, Smtp, Told, on_both, open_incident, until};
use crate::sharing::{Given, share};

/// A site that mails by `smtp`, with an incident and a share.
fn mailing(site: &Site, smtp: &Smtp) -> (Browser, Told, Given) {
    site.kill();
    site.start_again_with(&["--smtp", &smtp.url, "--mail-from", "tellonce@minato.example"]);
    let alice = site.alice();
    let told = open_incident(&alice);
    let given = share(&told, &alice);
    (alice, told, given)
}

pub fn send_link(alice: &Browser, given: &Given) -> String {
    let page = format!("{}/mail", given.page);
    alice.fill(&page).with("to", "sato@p.example").saved();
    page
}

/// Runs on both databases with a mail server that will do so; says so where there is none.
pub fn with_smtp(behave: &str, test: impl Fn(&Site, &Smtp)) {
    if Smtp::is_here() {
        on_both(|site| test(site, &Smtp::that_will(behave)));
    } else {
        eprintln!("left out: TELLONCE_TEST_SMTP is not set");
    }
}

#[test]
fn the_link_arrives_and_the_code_is_not_with_it() {
    with_smtp("take", |site, smtp| {
        let (alice, told, given) = mailing(site, smtp);
        let page = send_link(&alice, &given);
        until("the mail arrives", || !smtp.taken().is_empty());
        let mail = &smtp.taken()[0];
        assert!(mail.contains("X-To: sato@p.example") && mail.contains("From: tellonce@minato.example"), "{mail}");
        let text = decoded(mail);
        assert!(text.contains(&given.link), "{text}");
        assert!(
            text.contains(&given.number) && !text.contains(&given.code) && !text.contains(&given.code.replace('-', "")),
            "{text}"
        );
        until("the page says so", || alice.open(&page).shows("Sent"));
        assert_eq!(smtp.taken().len(), 1);
        assert_eq!(site.mails(told.number())[0].mail.body, "", "the link in it is a secret");
    });
}

/// The text of a mail: base64 or quoted-printable undone as far as ASCII goes.
fn decoded(mail: &str) -> String {
    let (head, body) = mail.split_once("\r\n\r\n").expect("a mail");
    assert!(!head.to_ascii_lowercase().contains("base64"), "an English mail is readable as it is: {head}");
    body.replace("=\r\n", "").replace("=3D", "=")
}

#[test]
fn a_mail_with_the_code_in_it_is_refused() {
    with_smtp("take", |site, smtp| {
        let (alice, _, given) = mailing(site, smtp);
        let page = format!("{}/mail", given.page);
        for code in [given.code.clone(), given.code.replace('-', ""), given.code.replace('-', " ")] {
            let answer = alice.fill(&page).with_all(&[("to", "sato@p.example"), ("body", &format!("the code is {code}"))]).send();
            assert!(answer.is(422).page().html.contains("id=\"body-problem\""));
        }
        alice.fill(&page).with("to", "sato@p.example, mei@example.jp").send().is(422);
        assert_eq!(site.mail_waiting(), 0);
    });
}

#[test]
fn a_summary_holds_what_the_meeting_sees_and_no_more() {
    with_smtp("take", |site, smtp| {
        let (alice, told, _) = mailing(site, smtp);
        told.form(&alice, "asks/new").with_all(&[("words", "Why was nothing sent?"), ("visibility", "meeting")]).saved();
        told.form(&alice, "asks/new").with_all(&[("words", "MarkInside"), ("visibility", "internal")]).saved();
        alice.fill(&format!("{}/summary", told.incident)).with("to", "board@minato.example").saved();
        until("the mail arrives", || !smtp.taken().is_empty());
        let text = decoded(&smtp.taken()[0]);
        assert!(text.contains("Why was nothing sent?") && !text.contains("MarkInside"), "{text}");
        until("nothing waits", || site.mail_waiting() == 0);
    });
}

#[test]
fn where_the_server_refuses_the_mail_waits_and_the_page_says_why_and_until_when() {
    with_smtp("refuse", |site, smtp| {
        site.may_leave_mail.set(true);
        let (alice, _, given) = mailing(site, smtp);
        let page = send_link(&alice, &given);
        until("the page says why", || alice.open(&page).shows("does not take it"));
        let shown = alice.open(&page);
        assert!(shown.shows("next try at") && shown.shows("550"), "{}", shown.text());
    });
}

#[test]
fn what_waited_for_a_server_that_was_down_goes_out_when_it_is_back() {
    with_smtp("take", |site, smtp| {
        let nobody = Smtp::that_will("take");
        let (alice, _, given) = mailing(site, &nobody);
        drop(nobody);
        let page = send_link(&alice, &given);
        until("the page says why", || alice.open(&page).shows("cannot be reached"));
        site.kill();
        site.start_again_with(&["--smtp", &smtp.url, "--clock", "fixed:2006-11-24T09:10:00+09:00"]);
        until("the mail arrives", || !smtp.taken().is_empty());
        until("the page says so", || site.alice().open(&page).shows("Sent"));
    });
}

#[test]
fn while_the_mail_server_stalls_a_call_is_logged_all_the_same() {
    with_smtp("stall", |site, smtp| {
        site.may_leave_mail.set(true);
        let (alice, told, given) = mailing(site, smtp);
        send_link(&alice, &given);
        for n in 0..3 {
            told.form(&alice, "calls/new")
                .with_all(&[("outcome", "busy"), ("dialled", "2006-11-22T10:20"), ("title", &format!("call {n}"))])
                .saved();
        }
        assert_eq!(site.mail_waiting(), 1, "the mail is still in hand");
    });
}

#[test]
fn three_processes_on_one_database_send_a_mail_once() {
    with_smtp("take", |site, smtp| {
        let (alice, told, given) = mailing(site, smtp);
        let others = [site.second(&["--smtp", &smtp.url]), site.second(&["--smtp", &smtp.url])];
        for _ in 0..5 {
            send_link(&alice, &given);
        }
        until("all are sent", || site.mail_waiting() == 0);
        thread::sleep(std::time::Duration::from_millis(1_500));
        assert_eq!(smtp.taken().len(), 5);
        let ids: std::collections::BTreeSet<String> = (smtp.taken().iter())
            .filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:")).map(str::to_owned))
            .collect();
        assert_eq!(ids.len(), 5);
        drop(others);
        assert!(alice.open(&told.incident).shows("port 25"));
    });
}

#[test]
fn without_a_mail_server_the_text_is_there_to_be_copied() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let page = alice.open(&format!("{}/mail", given.page));
        assert!(page.shows("No mail server is set up") && page.html.contains(&given.link), "{}", page.text());
        assert!(!page.html.contains("name=\"to\""));
    });
}
