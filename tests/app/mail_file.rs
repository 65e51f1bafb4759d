//! A mail as a file becomes a record: sent in, looked over, put on record.

use serde_json::Value;

use crate::harness::{Answer, Browser, Told, on_both, open_incident, tell, until};

const NOTICE: &str = "Received: from mx.example.jp by mail.ours.example; Tue, 1 Aug 2006 09:02:11 +0900\r\n\
    From: Provider P <notice@p.example>\r\nTo: Keiri <KEIRI@ours.example>\r\n\
    Subject: =?UTF-8?B?44Od44O844OIMjXjga7lgZzmraI=?=\r\nDate: Tue, 1 Aug 2006 09:00:00 +0900\r\n\
    Message-ID: <1@p.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPort 25 will be blocked.\r\n";

const BOUNCE: &str = "Received: from mx.ours.example by mail.ours.example; Wed, 22 Nov 2006 10:05:00 +0900\r\n\
    From: MAILER-DAEMON@mx.ours.example\r\nTo: alice@ours.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\
    Date: Wed, 22 Nov 2006 10:05:00 +0900\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n\
    --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.ours.example\r\n\r\n\
    Final-Recipient: rfc822; keiri@ours.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
    Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\
    --b\r\nContent-Type: message/rfc822\r\n\r\nFrom: notice@p.example\r\nTo: keiri@ours.example\r\n\
    Subject: Port 25 notice\r\nDate: Mon, 20 Nov 2006 08:30:00 +0900\r\n\r\nPort 25.\r\n--b--\r\n";

fn send_in(told: &Told, who: &Browser, name: &str, bytes: &[u8]) -> Answer {
    told.form(who, "mail-file").upload(name, bytes)
}

fn email(view: &Value) -> Option<&Value> {
    view["entries"].as_array().expect("entries").iter().find(|entry| entry["kind"] == "email")
}

fn notices(view: &Value) -> Vec<&Value> {
    view["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .flat_map(|change| change["notices"].as_array().expect("notices"))
        .collect()
}

#[test]
fn a_mail_becomes_a_notice_with_the_file_as_it_came() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        assert!(bob.open(&told.incident).links().contains(&format!("{}/mail-file", told.incident)));
        let before = told.view(&bob, "internal");
        let form = told.form(&bob, "mail-file").choose("change", "Port 25");
        let there = form.upload("通知.eml", NOTICE.as_bytes()).is(303).location();
        let shown = bob.open(&there);
        for words in ["Provider P <notice@p.example>", "KEIRI@ours.example", "ポート25の停止", "Port 25 will be blocked."] {
            assert!(shown.shows(words), "{words} is missing: {}", shown.text());
        }
        assert_eq!(told.view(&bob, "internal")["fingerprint"], before["fingerprint"], "nothing is on record before it is saved");
        let filling = bob.fill(&there);
        let value = |name: &str| filling.form.value(name).unwrap_or_default();
        assert_eq!((value("record"), value("form")), ("notice", "email"));
        assert_eq!((value("sent"), value("received")), ("2006-08-01 09:00", "2006-08-01 09:02:11"));
        assert_eq!((value("to_registered"), value("standing")), ("no", "established"), "e-mail was refused");
        // Sent twice, it is done once.
        let taken = filling.send().is(303).location();
        assert_eq!(filling.send().is(303).location(), taken);
        let view = told.view(&bob, "internal");
        let entry = email(&view).expect("an entry");
        assert_eq!((entry["title"].as_str(), entry["body"].as_str()), (Some("ポート25の停止"), Some("Port 25 will be blocked.")));
        assert!(taken.ends_with(entry["uid"].as_str().expect("a uid")), "{taken}");
        let notices = notices(&view);
        let of_it: Vec<_> = notices.iter().filter(|notice| notice["note"] == "ポート25の停止").collect();
        assert_eq!(of_it.len(), 1, "{notices:#?}");
        let file = entry["files"][0]["uid"].as_str().expect("the file");
        let kept = site.mei().get(&format!("/files/{file}")).is(200);
        assert_eq!(kept.body, NOTICE.as_bytes());
        assert_eq!(kept.header("content-type"), Some("message/rfc822"));
        assert_eq!(bob.get(&there).status, 404, "it waits no more");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_report_that_a_mail_did_not_arrive_is_said_to_be_one() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let form = told.form(&bob, "mail-file").choose("change", "Port 25");
        let there = form.upload("bounce.eml", BOUNCE.as_bytes()).is(303).location();
        let shown = bob.open(&there);
        for words in ["Sent, not arrived", "keiri@ours.example", "5.1.1", "User unknown", "Port 25 notice"] {
            assert!(shown.shows(words), "{words} is missing: {}", shown.text());
        }
        let filling = bob.fill(&there);
        let value = |name: &str| filling.form.value(name).unwrap_or_default();
        assert_eq!((value("sent"), value("received")), ("2006-11-20 08:30", ""));
        assert_eq!((value("address"), value("standing")), ("keiri@ours.example", "established"));
        filling.saved();
        let view = told.view(&bob, "internal");
        assert!(email(&view).is_some());
        let notices = notices(&view);
        let of_it = |notice: &&&Value| notice["note"] == "Undelivered Mail Returned to Sender";
        let notice = notices.iter().find(of_it).expect("the notice");
        assert!(notice["received"].is_null() && !notice["sent"].is_null(), "{notice:#}");
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn without_a_change_the_mail_is_recorded_alone() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        assert!(bob.open(&format!("{}/mail-file", told.incident)).shows("No change is on record"));
        // As mailers of the time wrote it: no charset is named, the bytes are ISO-2022-JP.
        let mut mail = b"From: notice@p.example\r\nDate: Tue, 1 Aug 2006 09:00:00 +0900\r\nSubject: ".to_vec();
        mail.extend(b"\x1b$B$*CN$i$;\x1b(B\r\n\r\n\x1b$B$*CN$i$;\x1b(B\r\n");
        let there = send_in(&told, &bob, "old.eml", &mail).is(303).location();
        assert!(bob.open(&there).shows("お知らせ"), "{}", bob.open(&there).text());
        bob.fill(&there).saved();
        let view = told.view(&bob, "internal");
        let entry = email(&view).expect("an entry");
        assert_eq!((entry["title"].as_str(), entry["body"].as_str()), (Some("お知らせ"), Some("お知らせ")));
        assert!(notices(&view).is_empty());
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn what_is_no_mail_is_refused_with_what_to_do() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let before = told.view(&bob, "internal");
        let large = [NOTICE.as_bytes(), &vec![b'x'; 26 * 1024 * 1024]].concat();
        let refused: [(&str, &[u8], &str); 4] = [
            ("empty.eml", b"", "This file is empty. Nothing was saved."),
            ("letter.pdf", b"%PDF-1.7 \xe2\xe3\xcf\xd3", "cannot be read as a mail"),
            ("photo.eml", b"\x89PNG\r\n\x1a\n0000", "cannot be read as a mail"),
            ("large.eml", &large, "longer than 25 MB. Nothing was saved."),
        ];
        for (name, bytes, words) in refused {
            let answer = send_in(&told, &bob, name, bytes).is(422);
            assert!(answer.page().problems().contains(words), "{name}: {}", answer.page().problems());
        }
        assert!(told.form(&bob, "mail-file").send().is(422).page().problems().contains("Choose a file"));
        assert_eq!(told.view(&bob, "internal")["fingerprint"], before["fingerprint"]);
    });
}

#[test]
fn a_mail_that_waits_is_there_for_nobody_else_and_lasts_a_day() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        let there = send_in(&told, &bob, "notice.eml", NOTICE.as_bytes()).is(303).location();
        let fields = bob.fill(&there).form.fields();
        send_in(&told, &bob, "other.eml", BOUNCE.replace("Port 25.", "Port 26.").as_bytes()).is(303);
        assert_eq!((alice.get(&there).status, site.mei().get(&there).status, site.charlie().get(&there).status), (404, 403, 303));
        // What Alice sends in is hers, though it is the same file.
        let hers = send_in(&told, &alice, "notice.eml", NOTICE.as_bytes()).is(303).location();
        assert_ne!(hers, there);
        alice.fill(&hers).saved();
        assert!(bob.open(&there).shows("Port 25 will be blocked."), "his is still there");
        let kept = site.kept_files().len();
        let cookies = bob.cookies();
        let mut bob = bob;
        // He stays logged in by looking now and then.
        for time in ["2006-11-24T20:00:00+09:00", "2006-11-25T07:00:00+09:00", "2006-11-25T09:00:01+09:00"] {
            site.at(time);
            bob = Browser::with_cookies(site.address(), cookies.clone());
            bob.open("/incidents");
        }
        assert_eq!(bob.get(&there).status, 404);
        let gone = bob.post(&there, &fields).is(303).location();
        assert_eq!(gone, format!("{}/mail-file", told.incident));
        assert!(bob.open(&gone).shows("no longer waiting"));
        // What is on record stays, though it waited under another name too.
        until("it goes on its own", || site.kept_files().len() == kept - 1);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_long_mail_is_cut_in_the_entry_and_whole_in_its_file() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let mail = format!("{NOTICE}{}", "a line of a long mail\r\n".repeat(10_000));
        let there = send_in(&told, &bob, "long.eml", mail.as_bytes()).is(303).location();
        bob.fill(&there).with("title", "").saved();
        let view = told.view(&bob, "internal");
        let entry = email(&view).expect("an entry");
        let body = entry["body"].as_str().expect("a body");
        assert!(body.len() < 101_000 && body.ends_with("attached mail.)"), "{}", &body[body.len() - 200..]);
        assert_eq!(entry["title"], "(no subject)");
        let kept = bob.get(&format!("/files/{}", entry["files"][0]["uid"].as_str().expect("the file"))).is(200);
        assert_eq!(kept.body, mail.as_bytes());
    });
}
