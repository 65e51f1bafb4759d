//! The mail that tells one of our people that somebody of a company replied through a share: what they did in short. Their words
//! stand where the link leads.

use serde::Serialize;

use super::Text;
use crate::domain::locale::Zone;
use crate::domain::reply::ActKind;
use crate::domain::text::{beginning, plain};
use crate::domain::view::{ActOfKind, EntryView, Internal, ReplyView, View, Who};
use crate::render::frame::Frame;
use crate::render::pages::reader::{Reader, number};
use crate::render::tera::{Page, RenderError, render};
use crate::render::words::{Args, Words};

/// How many characters of a name stand in the text.
const NAME: usize = 60;

/// How many characters of a title do.
const TITLE: usize = 200;

/// The most characters of a subject.
const SUBJECT: usize = 150;

/// Who replied, to what, and what they did.
#[derive(Clone, Debug, Serialize)]
pub struct ReplyMail {
    subject: String,
    lead: String,
    incident: String,
    who: String,
    when: String,
    does: Vec<String>,
    link: String,
    base: String,
}

impl Page for ReplyMail {
    const TEMPLATE: &'static str = "mail/reply.txt";
}

impl ReplyMail {
    /// Of the reply in `entry`, as it is read in `zone`; links begin with `base`. None where the entry is no reply.
    pub fn new(view: &View<Internal>, entry: &EntryView, words: Words, zone: Zone, base: String) -> Option<Self> {
        let reply = entry.reply.as_ref()?;
        let reader = Reader::new(&Frame { zone, ..Frame::anonymous(words.locale()) }, view.as_of);
        let company = plain(entry.company.as_deref().unwrap_or(&view.provider), NAME);
        let incident = format!("{} {}", view.number, plain(&view.title, TITLE));
        let subject = Args::new().text("company", &*company).text("incident", &*incident);
        Some(Self {
            subject: beginning(&reader.with_args("reply-mail-subject", &subject), SUBJECT),
            lead: reader.with("reply-mail-lead", "company", company),
            incident,
            who: who(entry.with.as_ref(), reader),
            when: reader.at_in_zone(entry.occurred.from),
            does: does(view, entry, reply, reader),
            link: format!("{base}/incidents/{}#e-{}", view.number, entry.uid),
            base,
        })
    }

    /// Its text in the language of `words`.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn text(&self, words: Words) -> Result<Text, RenderError> {
        Ok(Text { subject: self.subject.clone(), body: render(self, &Frame::anonymous(words.locale()))? })
    }
}

/// Who it was, by their own word.
fn who(who: Option<&Who>, reader: Reader) -> String {
    let Some(Who::Theirs { desk, name, .. }) = who else { return String::new() };
    let args = Args::new().text("name", plain(name.as_deref().unwrap_or_default(), NAME)).text("department", plain(desk, NAME));
    reader.with_args("reply-mail-who", &args)
}

/// What the reply does, a line each.
fn does(view: &View<Internal>, entry: &EntryView, reply: &ReplyView, reader: Reader) -> Vec<String> {
    let of = |kind: ActKind, is_agreement: bool| {
        let alike = reply.acts.iter().filter(|act| {
            act.kind == kind && act.of.as_ref().is_some_and(|of| (of.kind == ActOfKind::Agreement) == is_agreement)
        });
        number(alike.count())
    };
    let counted = [
        ("reply-mail-agrees", of(ActKind::Confirms, true)),
        ("reply-mail-agrees-not", of(ActKind::Corrects, true)),
        ("reply-mail-corrects", of(ActKind::Corrects, false)),
        ("reply-mail-confirms", of(ActKind::Confirms, false)),
        ("reply-mail-answers", of(ActKind::Answers, false)),
    ];
    let given = entry.statements.iter().filter_map(|statement| statement.promise);
    let dues = given.filter_map(|uid| view.promises.iter().find(|promise| promise.uid == uid)?.due.as_ref());
    let commits = dues.map(|due| reader.with("reply-mail-commits", "due", plain(&reader.told(due), NAME)));
    let formal = reply.formal.then(|| reader.get("reply-mail-formal"));
    let phone = Some(&reply.phone).filter(|phone| !phone.is_empty());
    let phone = phone.map(|phone| reader.with("reply-mail-phone", "phone", plain(phone, NAME)));
    let takes_over = reply.takes_over.then(|| reader.get("reply-mail-takes-over"));
    let message = (!entry.body.is_empty()).then(|| reader.get("reply-mail-message"));
    let files = Some(number(entry.files.len())).filter(|files| *files > 0).map(|files| reader.count("reply-mail-files", files));
    takes_over
        .into_iter()
        .chain(phone)
        .chain(counted.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| reader.count(key, count)))
        .chain(commits)
        .chain(message)
        .chain(files)
        .chain(formal)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::{DEFAULT_ZONE, Locale};
    use crate::render::sample;
    use crate::render::tera::Sampled;

    /// The reply of the week, as if that person had left it: with one correction more, as a formal answer.
    fn view(locale: Locale, name: &str, department: &str) -> (View<Internal>, EntryView) {
        let view = sample::replied(locale).view::<Internal>(&None, sample::friday());
        let mut entry = view.entries.iter().find(|entry| entry.reply.is_some()).expect("a reply").clone();
        if let Some(reply) = &mut entry.reply {
            let corrects = reply.acts.iter().find(|act| act.kind == ActKind::Corrects).expect("a correction").clone();
            reply.acts.push(corrects);
            reply.formal = true;
        }
        entry.body = "MarkOfTheMessage".to_owned();
        let company = view.provider.clone();
        entry.with = Some(Who::Theirs { company, desk: department.to_owned(), name: Some(name.to_owned()) });
        (view, entry)
    }

    fn mail((view, entry): &(View<Internal>, EntryView), locale: Locale) -> ReplyMail {
        ReplyMail::new(view, entry, Words::new(locale), DEFAULT_ZONE, "https://tellonce.example".to_owned()).expect("a reply")
    }

    impl Sampled for ReplyMail {
        fn samples() -> Vec<Self> {
            vec![mail(&view(Locale::Ja, "佐藤 <b>&\"'", "技術部 加"), Locale::Ja)]
        }
    }

    #[test]
    fn the_text_says_who_replied_to_what_and_what_they_did_in_short() {
        let text = |locale| mail(&view(locale, "佐藤", "技術部"), locale).text(Words::new(locale)).expect("it renders");
        let Text { subject, body } = text(Locale::En);
        assert!(subject.starts_with("Reply from ") && subject.contains("INC-2006-0001"), "{subject}");
        for line in [
            "By their own word: “佐藤”, “技術部”",
            "- takes the matter over",
            "- direct number: 03-5550-0199",
            "- corrects 2 statements",
            "- answers one question",
            "- confirms the agreement",
            "- commits to a time: ",
            "- leaves a message",
            "- sends a file",
            "- as their company’s formal answer",
            "https://tellonce.example/incidents/INC-2006-0001#e-",
            "https://tellonce.example/account#reminders",
        ] {
            assert!(body.contains(line), "{line} is missing: {body}");
        }
        assert!(!body.contains("MarkOfTheMessage"), "their words stand where the link leads: {body}");
        let Text { subject, body } = text(Locale::Ja);
        assert!(subject.starts_with("【回答】"), "{subject}");
        for line in
            ["契約先の記入: 「技術部」「佐藤」", "- 発言を訂正(2件)", "- 質問に回答(1件)", "- 特約を確認(1件)", "停止はこちら"]
        {
            assert!(body.contains(line), "{line} is missing: {body}");
        }
    }

    #[test]
    fn whatever_name_somebody_gives_a_subject_is_one_line_and_no_line_and_no_link_of_the_text_is_theirs() {
        let evil =
            "Sato\r\nBcc: eve@evil.example\r\n\r\n- confirms the agreement\u{2028}\u{0}\u{85}\u{202e}https://evil.example/x"
                .repeat(3);
        let (mut view, mut entry) = view(Locale::En, &evil, &evil);
        view.title = format!("t\n{evil}");
        entry.company = Some(evil);
        if let Some(reply) = &mut entry.reply {
            reply.acts.retain(|act| act.kind == ActKind::Corrects);
        }
        let Text { subject, body } = mail(&(view, entry), Locale::En).text(Words::new(Locale::En)).expect("it renders");
        assert!(!subject.contains(|c: char| c.is_control() || c == '\u{2028}') && subject.chars().count() <= 151, "{subject}");
        let theirs = |line: &str| ["Bcc", "- confirms", "https://evil"].iter().any(|start| line.trim_start().starts_with(start));
        assert!(body.lines().all(|line| !theirs(line)), "{body}");
        assert!(!body.contains('\u{202e}') && !body.contains("https://evil"), "{body}");
    }
}
