//! The words by which reports on undelivered mail give themselves away, in lower case. None is one server's: each stands for a
//! way of saying it.

/// Subjects of reports that a mail did not arrive.
const SUBJECTS: &[&str] = &[
    "cannot be delivered",
    "could not be delivered",
    "couldn't be delivered",
    "could not send",
    "cannot send",
    "delivery error",
    "delivery fail",
    "delivery has failed",
    "delivery notification",
    "delivery problem",
    "delivery report",
    "delivery status",
    "delivery subsystem",
    "error sending your mail",
    "errors from",
    "failed delivery",
    "failed mail",
    "failure delivery",
    "failure notice",
    "final delivery",
    "loop alert",
    "mail delivery",
    "mail error",
    "mail failed",
    "mail failure",
    "mail system error",
    "message delayed",
    "message failed",
    "message rejected",
    "non-deliver",
    "nondeliver",
    "non remis",
    "not delivered",
    "not be delivered",
    "rejected mail",
    "returned mail",
    "returned message",
    "returned to sender",
    "returning message",
    "returning to sender",
    "unable to deliver",
    "undeliver",
    "unzustellbar",
    "warning: message",
    "не доставлено",
    "не удалось доставить",
    "退信",
    "投递失败",
    "エラーメール",
    "メールエラー",
    "配信不能",
    "配信できません",
    "配信エラー",
    "配信に失敗",
    "配信失敗",
    "配信状況",
    "配信遅延",
    "配送エラー",
    "配送不能",
    "配送失敗",
    "配達できません",
    "送信エラー",
    "送信できません",
    "送信失敗",
    "送信に失敗",
    "不達",
    "未達",
    "未配信",
    "返送",
    "届きません",
];

/// Words of the report itself that say that a mail did not arrive, or name whom it did not reach.
const FAILURES: &[&str] = &[
    "addresses failed",
    "address failed",
    "address(es) failed",
    "cannot be delivered",
    "can't be delivered",
    "cannot deliver",
    "could not be delivered",
    "couldn't be delivered",
    "could not be sent",
    "could not deliver",
    "couldn't deliver",
    "delivery attempt",
    "delivery error",
    "delivery fail",
    "delivery of the",
    "delivery problem",
    "delivery to the following",
    "did not reach",
    "error delivering",
    "error sending",
    "failed address",
    "failed permanently",
    "failed recipient",
    "failed to deliver",
    "failure reason",
    "fatal errors",
    "following address",
    "following destination",
    "following recipient",
    "following user",
    "giving up",
    "hasn't been delivered",
    "has not been delivered",
    "has been delayed",
    "have been delayed",
    "duplicated message-id",
    "mail loop",
    "routing loop",
    "trouble delivering",
    "not delivered",
    "not be delivered",
    "not listed in",
    "no such user",
    "rejected by",
    "rejected your",
    "returned mail",
    "transcript of session",
    "unable to be delivered",
    "unable to deliver",
    "undeliverable",
    "undelivered",
    "unknown user",
    "user unknown",
    "wasn't delivered",
    "was not delivered",
    "was not sent",
    "were not delivered",
    "не доставлено",
    "не может быть доставлено",
    "não pôde ser entregue",
    "n'a pas pu être",
    "nicht zugestellt",
    "宛先不明",
    "宛先が見つかりません",
    "存在しません",
    "受信拒否",
    "受信者が見つかりません",
    "配信不能",
    "配信できません",
    "配信できな",
    "配信エラー",
    "配信され",
    "配信に失敗",
    "配信が遅",
    "配信が遅延",
    "配送できません",
    "配送できな",
    "配達できません",
    "配達できな",
    "送信できません",
    "送信できな",
    "送信に失敗",
    "送れませんでした",
    "送ることができません",
    "届けることができません",
    "届けできません",
    "届きません",
    "次の宛先",
    "以下の宛先",
    "次の受信者",
    "以下の受信者",
    "下記の宛先",
    "エラーメール",
];

/// Words that say that the mail is late but still on its way.
const DELAYS: &[&str] = &[
    "delayed",
    "(delay)",
    "status notification: warning",
    "warning message only",
    "will keep trying",
    "will continue to try",
    "continue trying",
    "will be retried",
    "not yet been delivered",
    "not been delivered yet",
    "配信遅延",
    "配信が遅",
    "再送を試み",
    "再試行",
    "まだ配信され",
];

/// Subjects of complaints about a mail, of services that have no form for them.
const COMPLAINTS: &[&str] = &[
    "complaint about message",
    "abuse report",
    "feedback report",
    "spam complaint",
    "spam report",
    "迷惑メール報告",
    "迷惑メール申告",
];

/// Subjects of answers that a machine gives for somebody who is away.
const ABSENCES: &[&str] = &[
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "auto-response",
    "automatic reply",
    "automatic response",
    "out of office",
    "out of the office",
    "vacation",
    "on holiday",
    "不在",
    "自動応答",
    "自動返信",
    "休暇",
];

/// Names and local parts of senders that only report.
const DAEMONS: &[&str] = &[
    "mailer-daemon",
    "mailer daemon",
    "mailerdaemon",
    "mail.delivery.system",
    "mail deliver",
    "mail delivery",
    "mail system",
    "delivery system",
    "ndr administrator",
    "double-bounce",
];

/// Names and local parts of senders that mostly report.
const POSTMASTERS: &[&str] = &["postmaster", "post_master", "system administrator"];

/// Local parts of machines that also send other mail.
const MACHINES: &[&str] =
    &["no-reply", "noreply", "no_reply", "do-not-reply", "donotreply", "-admin", "sysadmin", "daemon", "bounce"];

/// What stands before an address that did not get the mail.
pub const KEYS: &[&str] = &[
    "addressed to",
    "address",
    "could not be delivered to",
    "delivered to",
    "delivering your mail to",
    "delivery failed",
    "delivery to",
    "dsn",
    "failed recipient",
    "final-recipient",
    "for",
    "intended recipient",
    "mail to",
    "mailbox",
    "message to",
    "original-recipient",
    "rcpt to",
    "recipient address",
    "recipient",
    "recipients",
    "rfc822",
    "sending mail to",
    "send to",
    "sent to",
    "to",
    "unknown user",
    "user",
    "x-actual-recipient",
    "受信者",
    "宛先",
    "宛先アドレス",
    "送信先",
    "あて先",
    "メールアドレス",
];

/// What stands before an address that is not the one that failed.
pub const OTHERS: &[&str] =
    &["contact", "from", "mail from", "reply-to", "return-path", "sender", "送信者", "差出人", "送信元", "お問い合わせ"];

fn holds(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

/// Whether a subject reports a mail that did not arrive.
pub fn is_failure_subject(subject: &str) -> bool {
    holds(subject, SUBJECTS)
}

/// Whether a line of a report says so.
pub fn is_failure(line: &str) -> bool {
    holds(line, FAILURES)
}

/// Whether a text says that the mail is still on its way.
pub fn is_delay(text: &str) -> bool {
    holds(text, DELAYS)
}

/// Whether a subject is that of a complaint.
pub fn is_complaint_subject(subject: &str) -> bool {
    holds(subject, COMPLAINTS)
}

/// Whether a subject says that somebody is away.
pub fn is_absence_subject(subject: &str) -> bool {
    holds(subject, ABSENCES)
}

/// Whether a name or an address is that of a reporting machine.
pub fn is_daemon(sender: &str) -> bool {
    holds(sender, DAEMONS)
}

/// Whether a name or an address is one under which machines report and people write.
pub fn is_postmaster(sender: &str) -> bool {
    holds(sender, POSTMASTERS)
}

/// Whether a name or an address is that of a machine.
pub fn is_machine(sender: &str) -> bool {
    holds(sender, MACHINES)
}
