//! Small mails of our own, each with what is awkward about it.

use super::*;

fn letter(bytes: impl AsRef<[u8]>) -> Letter {
    read(bytes.as_ref()).expect("a mail")
}

fn bounce(bytes: impl AsRef<[u8]>) -> Bounce {
    letter(bytes).bounce.expect("a report")
}

/// A report that only people are meant to read, from a mail server.
fn told(body: &str) -> Bounce {
    bounce(format!("Return-Path: <>\nFrom: MAILER-DAEMON@mx.p.example\nTo: sato@us.example\nSubject: failure notice\n\n{body}"))
}

const RETURNED: &str = "Received: from us.example by mx.p.example; Wed, 29 Apr 2026 09:00:00 +0900\nFrom: sato@us.example\nTo: noc@p.example\n\
    Subject: =?UTF-8?B?6Zqc5a6z44Gu5Lu2?=\nDate: Wed, 29 Apr 2026 09:00:00 +0900\nMessage-ID: <1@us.example>\n\nLine 7 is down.\n";

#[test]
fn a_letter_is_who_when_and_what() {
    let read = letter(
        "Received: from a by us.example; Wed, 29 Apr 2026 10:00:05 +0900\r\nReceived: from b by a; Wed, 29 Apr 2026 09:59:00 +0900\r\n\
         From: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <yamada@p.example>\r\nTo: \"Sato, T.\" <sato@us.example>, ito@us.example\r\n\
         Subject: =?UTF-8?Q?Line_7:_=E9=9A=9C=E5=AE=B3?=\r\nDate: Tue, 28 Apr 2026 20:59:00 -0400\r\nMessage-ID: <x.1@p.example>\r\n\r\nDear Mr. Sato\r\n",
    );
    assert_eq!(read.from, Some(Mailbox { name: Some("山田".to_owned()), address: "yamada@p.example".to_owned() }));
    let to: Vec<&str> = read.to.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(to, ["sato@us.example", "ito@us.example"]);
    assert_eq!(read.to[0].name.as_deref(), Some("Sato, T."));
    assert_eq!(read.subject, "Line 7: 障害");
    assert_eq!(read.date.expect("a date").to_rfc3339(), "2026-04-29T00:59:00+00:00");
    assert_eq!(read.offset.map(|offset| offset.to_string()).as_deref(), Some("-04:00"));
    assert_eq!(read.received.expect("a date").to_rfc3339(), "2026-04-29T01:00:05+00:00");
    assert_eq!(read.message_id.as_deref(), Some("x.1@p.example"));
    assert_eq!(read.body, "Dear Mr. Sato");
    assert_eq!((read.attachments.len(), read.bounce), (0, None));
}

#[test]
fn what_is_no_mail_is_said_to_be_none() {
    assert_eq!(read(b""), Err(EmlError::Empty));
    assert_eq!(read(b" \r\n\r\n"), Err(EmlError::Empty));
    assert_eq!(read(b"just a note\n\nSubject: x\n"), Err(EmlError::NoHeader));
    assert_eq!(read(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), Err(EmlError::NoHeader));
    assert_eq!(read(&vec![b'a'; files::MAX_BYTES + 1]), Err(EmlError::TooLarge));
}

#[test]
fn a_subject_is_enough_of_a_header() {
    assert_eq!(letter("Subject: x").subject, "x");
    assert_eq!(letter("From a@b.example Wed Apr 29 10:00:00 2026\nSubject: x\n\ny").body, "y");
    assert_eq!(letter("Subject: x\rFrom: a@b.example\r\ry").body, "y");
    // A line that somebody broke without indenting its rest.
    let broken = letter("Subject: x\nbroken line\nFrom: a@b.example\n\ny");
    assert_eq!((broken.subject.as_str(), broken.body.as_str()), ("x", "y"));
    assert_eq!(broken.from.map(|from| from.address).as_deref(), Some("a@b.example"));
}

#[test]
fn encoded_words_are_read_across_their_cuts() {
    // "障害" cut after the fourth of its six bytes, in both encodings, and Base64 cut between its groups.
    for subject in [
        "=?UTF-8?B?6Zqc5Q==?= =?UTF-8?B?rrM=?=",
        "=?utf-8?Q?=E9=9A=9C=E5?=\r\n =?UTF-8?Q?=AE=B3?=",
        "=?UTF-8?B?6Zqc5a?=\r\n\t=?UTF-8?B?6z?=",
    ] {
        assert_eq!(letter(format!("Subject: {subject}\r\n\r\n")).subject, "障害", "{subject}");
    }
    assert_eq!(letter("Subject: Re: =?UTF-8*ja?B?6Zqc5a6z?= (7) =?x\n\n").subject, "Re: 障害 (7) =?x");
    assert_eq!(letter("Subject: =?Shift_JIS?B?j+GKUQ==?= =?ISO-2022-JP?B?GyRCSnM5cBsoQg==?=\n\n").subject, "障害報告");
    assert_eq!(letter("Subject: =?UTF-8?X?abc?= =?UTF-8?B?6Zqc5a6z\n\n").subject, "=?UTF-8?X?abc?= =?UTF-8?B?6Zqc5a6z");
}

#[test]
fn a_header_without_encoding_is_read() {
    assert_eq!(letter(b"Subject: \x1b$B>c32\x1b(B 7\n\n").subject, "障害 7");
    assert_eq!(letter(b"Subject: \x8f\xe1\x8aQ\x95\xf1\x8d\x90\n\n").subject, "障害報告");
    assert_eq!(letter(b"Subject: \xbe\xe3\xb3\xb2\nContent-Type: text/plain; charset=euc-jp\n\n").subject, "障害");
    assert_eq!(letter("Subject: 障害\nFrom: 山田 <y@p.example>\n\n").from.expect("a sender").name.as_deref(), Some("山田"));
}

#[test]
fn names_that_hold_commas_and_brackets_stay_one() {
    // "山田, 太郎" and, in the second, name and address encoded together.
    let read = letter("From: =?UTF-8?B?5bGx55SwLCDlpKrpg44=?= <y@p.example>\nTo: =?UTF-8?B?5bGx55SwIDx5QHAuZXhhbXBsZT4=?=\n\n");
    assert_eq!(read.from.expect("a sender").name.as_deref(), Some("山田, 太郎"));
    assert_eq!(read.to, [Mailbox { name: Some("山田".to_owned()), address: "y@p.example".to_owned() }]);
    let read = letter(
        "From: \"=?UTF-8?B?5bGx55Sw?= (NOC)\" <a..b.@d.example>\nTo: group: a@p.example, b@p.example;, MAILER-DAEMON <>\n\n",
    );
    assert_eq!(read.from, Some(Mailbox { name: Some("山田 (NOC)".to_owned()), address: "a..b.@d.example".to_owned() }));
    assert_eq!(read.to.iter().map(|one| one.address.as_str()).collect::<Vec<_>>(), ["a@p.example", "b@p.example", ""]);
}

#[test]
fn a_body_is_read_in_its_charset_whatever_the_header_says() {
    for (declared, body) in [
        ("charset=iso-2022-jp", b"\x1b$B>c32\x1b(B".as_slice()),
        ("charset=us-ascii", b"\x1b$B>c32"),
        ("format=flowed", b"\x1b$B>c32\x1b(B"),
        ("charset=\"cp932\"", b"\x8f\xe1\x8aQ"),
        ("charset=UTF-8", b"\x8f\xe1\x8aQ\x82\xaa\x94\xad\x90\xb6"),
        ("charset=iso-8859-1", "障害".as_bytes()),
    ] {
        let mail = [format!("Subject: x\nContent-Type: text/plain; {declared}\n\n").as_bytes(), body].concat();
        assert!(letter(&mail).body.starts_with("障害"), "{declared}: {}", letter(&mail).body);
    }
}

#[test]
fn plain_text_is_preferred_and_files_are_listed() {
    let read = letter(
        "Subject: x\nContent-Type: multipart/mixed; boundary=\"b 1\"\n\npreamble\n--b 1\nContent-Type: multipart/alternative; boundary=b2\n\n\
         --b2\nContent-Type: text/html\n\n<p>HTML</p>\n--b2\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n6Zqc5a6z\n--b2--\n\
         --b 1\nContent-Type: application/pdf; name=\"old.pdf\"\nContent-Disposition: attachment; filename*=UTF-8''%E9%9A%9C%E5%AE%B3.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0=\n\
         --b 1\nContent-Type: message/rfc822\n\nSubject: inner\n\ninside\n--b 1--\nepilogue",
    );
    assert_eq!(read.body, "障害");
    let files: Vec<_> = read.attachments.iter().map(|one| (one.name.as_deref(), one.media_type.as_str(), one.bytes)).collect();
    assert_eq!(files, [(Some("障害.pdf"), "application/pdf", 5), (None, "message/rfc822", 22)]);
    let only = letter(
        "Subject: x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>a=20b</p><script>c</script>=C3=A9",
    );
    assert_eq!(only.body, "a b\n\né");
}

#[test]
fn a_report_for_machines_is_read() {
    let report = format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@us.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n\
         --b\n\nsorry\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; us.example\n\n\
         Original-Recipient: rfc822;desk@p.example\nFinal-Recipient: rfc822; noc@p.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1\n no such user\n\n\
         Final-Recipient: rfc822; late@p.example\nAction: delayed\nStatus: 4.4.1\n--b\nContent-Type: message/rfc822\n\n{RETURNED}\n--b--\n"
    );
    let expected = Bounce {
        kind: Kind::Failure,
        recipients: vec!["noc@p.example".to_owned()],
        written_to: vec!["desk@p.example".to_owned()],
        status: Some("5.1.1".to_owned()),
        diagnostic: Some("550 5.1.1 no such user".to_owned()),
        original: Some(Original {
            subject: Some("障害の件".to_owned()),
            date: Some("2026-04-29T00:00:00Z".parse().expect("a moment")),
            message_id: Some("1@us.example".to_owned()),
        }),
    };
    assert_eq!(bounce(&report), expected);
    // The same, passed on by a colleague as an attached mail.
    let passed = format!(
        "From: ito@us.example\nSubject: FYI\nContent-Type: multipart/mixed; boundary=o\n\n--o\n\nsee\n--o\nContent-Type: message/rfc822\n\n{report}\n--o--\n"
    );
    assert_eq!(bounce(passed), expected);
}

#[test]
fn a_report_says_that_a_mail_is_late_or_has_arrived() {
    let of = |action: &str, status: &str| {
        bounce(format!(
            "From: MAILER-DAEMON@us.example\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n\
             Reporting-MTA: dns; us.example\n\nFinal-Recipient: rfc822; noc@p.example\nAction: {action}\nStatus: {status}\n--b--"
        ))
        .kind
    };
    assert_eq!(of("delayed", "4.4.1"), Kind::Delay);
    assert_eq!(of("delivered", "2.0.0"), Kind::Other);
    assert_eq!(of("", "5.0.0"), Kind::Failure);
}

#[test]
fn a_report_in_words_is_read_up_to_the_mail_it_returns() {
    let report = told(&format!(
        "Hi. This is the mail program at mx.p.example.\nI wasn't able to deliver your message to the following addresses.\n\n\
         <noc@p.example>:\n192.0.2.5 does not like recipient.\nRemote host said: 550 5.1.1 no such user\nGiving up on 192.0.2.5.\n\n\
         Ask postmaster@p.example for help.\n--- Below this line is a copy of the message.\n\n{RETURNED}"
    ));
    assert_eq!((report.kind, report.recipients), (Kind::Failure, vec!["noc@p.example".to_owned()]));
    assert_eq!(report.status.as_deref(), Some("5.1.1"));
    assert!(report.diagnostic.expect("a diagnosis").starts_with("192.0.2.5 does not like recipient."));
    assert_eq!(report.original.expect("the mail").subject.as_deref(), Some("障害の件"));
}

#[test]
fn whom_it_did_not_reach_is_found_in_every_way_of_saying_it() {
    for body in [
        "The following address(es) failed:\n\n  noc@p.example\n    host mx.p.example said: 554 no",
        "次の宛先へのメールは配信できませんでした。\n\n宛先: noc@p.example\n理由: ユーザーが存在しません",
        "以下のメールアドレスは存在しません。\n・noc@p.example",
        ">>> RCPT TO:<noc@p.example>\n<<< 550 User unknown",
        "There was an error delivering your mail to <noc@p.example>.",
        "Unknown user: noc@p.example",
        "550 <noc@p.example>... User unknown",
    ] {
        assert_eq!(told(body).recipients, ["noc@p.example"], "{body}");
    }
    assert_eq!(told(&format!("Your message could not be delivered.\n\n{RETURNED}")).recipients, ["noc@p.example"]);
}

#[test]
fn a_field_that_names_them_is_believed() {
    let report = bounce(
        "From: Mail Delivery System <Mailer-Daemon@us.example>\nX-Failed-Recipients: noc@p.example,\n desk@p.example\nSubject: Mail delivery failed\n\nsorry",
    );
    assert_eq!(report.recipients, ["noc@p.example", "desk@p.example"]);
    let late = bounce(
        "Return-Path: <>\nFrom: MAILER-DAEMON@us.example\nSubject: Warning: message 1 delayed 24 hours\n\nThe address to which it has not yet been delivered is:\n\n  noc@p.example\n",
    );
    assert_eq!((late.kind, late.recipients), (Kind::Delay, vec!["noc@p.example".to_owned()]));
}

#[test]
fn a_complaint_and_an_absence_are_no_failures() {
    let complaint = bounce(format!(
        "From: fbl@p.example\nSubject: FW: x\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nabuse\n\
         --b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: FBL/1\nOriginal-Rcpt-To: <c@p.example>\n--b\nContent-Type: message/rfc822\n\n{RETURNED}\n--b--"
    ));
    assert_eq!((complaint.kind, complaint.recipients), (Kind::Complaint, vec!["c@p.example".to_owned()]));
    let away = bounce("From: noc@p.example\nAuto-Submitted: auto-replied\nSubject: Re: Line 7\n\nI am away.");
    assert_eq!((away.kind, away.recipients), (Kind::Other, vec!["noc@p.example".to_owned()]));
}

#[test]
fn a_notification_in_json_is_read() {
    let report = bounce(
        "From: no-reply@notify.example\nSubject: Notification\n\n{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"noc@p.exa!\n mple\",\
         \"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 unknown\"}]},\"mail\":{\"commonHeaders\":{\"subject\":\"x\"}}}\n\n--\nto stop this",
    );
    assert_eq!((report.kind, report.recipients), (Kind::Failure, vec!["noc@p.example".to_owned()]));
    assert_eq!((report.status.as_deref(), report.diagnostic.as_deref()), (Some("5.1.1"), Some("550 unknown")));
}

#[test]
fn a_persons_letter_about_failing_mail_is_no_report() {
    for mail in [
        "From: yamada@p.example\nSubject: Re: Mail delivery failure\n\nYour mails could not be delivered since nine: our server answered 550 to sato@us.example.",
        "From: postmaster@p.example\nSubject: 障害のお知らせ\n\nメールが配信できない障害が発生しております。\nお問い合わせ: support@p.example",
        "From: no-reply@p.example\nSubject: メール配信遅延のお知らせ\n\n現在、メールの配信が遅れています。",
        "From: yamada@p.example\nSubject: FW: Undelivered Mail Returned to Sender\n\nSee below.\n\n<noc@p.example>: 550 unknown",
    ] {
        assert_eq!(letter(mail).bounce, None, "{mail}");
    }
    let receipt = "From: noc@p.example\nReturn-Path: <>\nSubject: Read: failure notice\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n\
        --b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;noc@p.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--";
    assert_eq!(letter(receipt).bounce, None);
}

#[test]
fn no_nesting_and_no_number_of_parts_is_too_much() {
    let nested = "Subject: x\nContent-Type: message/rfc822\n\n".repeat(50_000);
    assert_eq!(letter(nested).subject, "x");
    let mut boxes = "Subject: x\n".to_owned();
    for nth in 0..5_000 {
        boxes.push_str(&format!("Content-Type: multipart/mixed; boundary=b{nth}\n\n--b{nth}\n"));
    }
    assert_eq!(letter(boxes).subject, "x");
    let many = format!("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\ny\n".repeat(100_000));
    assert!(letter(many).attachments.len() <= 1_000);
    for rubbish in [
        "=?a?b?",
        "=?",
        "<a",
        "<a@",
        "\"",
        "@",
        "a@b ",
        "(",
        "&",
        "<!--",
        "<style></",
        "=?a?Q?=",
        "x: y\n",
        "From: a@b\n\n",
        "a;b*0*=%;",
    ] {
        let head = rubbish.repeat(20_000);
        letter(format!("Subject: {head}\nFrom: {head}\nContent-Type: {head}\n\n{head}"));
        letter(format!("Return-Path: <>\nSubject: failure notice\nContent-Type: text/html\n\n{head}"));
    }
}

/// Numbers without pattern, the same ones every time (SplitMix64).
pub struct Numbers(u64);

impl Numbers {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit.max(1)).expect("a number")).expect("a number")
    }
}

/// Bytes with some of them changed, taken away, repeated, or all after one cut off.
pub fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(8) {
        let at = numbers.below(bytes.len());
        let to = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => bytes.extend_from_within(at..to),
            3 => bytes
                .splice(
                    at..at,
                    [b"\x1b$B".as_slice(), b"=?", b"\r\n\r\n", b"\n--", b"\xe9\x9a", b"\0"][numbers.below(6)].iter().copied(),
                )
                .for_each(drop),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = u8::try_from(numbers.below(256)).expect("a byte")),
        }
    }
    bytes
}

/// Reads what may be no mail any more, and holds what is read to what every letter has.
pub fn reads_without_harm(bytes: &[u8]) {
    let Ok(letter) = read(bytes) else { return };
    let names = letter.from.iter().chain(&letter.to).map(|one| format!("{:?}{}", one.name, one.address));
    for text in names.chain([letter.subject, letter.body]) {
        assert!(text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{text:?}");
    }
}

#[test]
fn no_damage_does_harm() {
    let parts = format!(
        "Return-Path: <>\r\nReceived: by x; Wed, 29 Apr 2026 10:00:05 +0900\r\nFrom: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <MAILER-DAEMON@p.example>\r\nSubject: \x1b$B>c32\x1b(B =?UTF-8?Q?=E9=9A=9C?=\r\n\
         Content-Type: multipart/report; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=Shift_JIS\r\n\r\n<p>次の宛先 &lt;noc@p.example&gt;: 550 5.1.1</p>\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822;noc@p.example\r\nAction: failed\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\
         Content-Disposition: attachment; filename*0*=utf-8''%E9%9A; filename*1=\"x.eml\"\r\n\r\n{RETURNED}\r\n--b--\r\n"
    );
    let mut numbers = Numbers::new(7);
    for _ in 0..3_000 {
        reads_without_harm(&damaged(parts.as_bytes(), &mut numbers));
    }
}
