//! What the provider's next person replies: it stands as theirs, changes nothing of ours until one of us accepts it, and is told
//! of at once.

use crate::harness::{Answer, Browser, Filling, Site, Told, on_both, open_incident, text_of_pdf};
use crate::sharing::{Given, knock, share};
use crate::verdicts::with_terms;

/// Sato of the technical desk has the share open.
pub struct Sato {
    pub browser: Browser,
    /// The page of the record.
    record: String,
}

impl Sato {
    pub fn opens(site: &Site, given: &Given) -> Self {
        let browser = site.charlie();
        let answer = knock(&browser, "/s", &given.number, &given.code).is(303);
        let record = answer.location();
        let record = record.split('?').next().expect("a path").to_owned();
        Self { browser, record }
    }

    pub fn form(&self) -> String {
        format!("{}/answer", self.record)
    }

    pub fn fill(&self) -> Filling<'_> {
        self.browser.fill(&self.form())
    }

    /// The field of that kind whose subject has these words.
    pub fn field(&self, words: &str, ends: &str) -> String {
        let html = self.browser.open(&self.form()).html;
        let rest = html.split("<fieldset class=\"subject\"").find(|part| part.contains(words)).expect("a subject");
        let names = rest.split("name=\"").skip(1).filter_map(|name| name.split('"').next());
        names.map(str::to_owned).find(|name| name.ends_with(ends)).expect("a field")
    }

    pub fn sends(filling: &Filling<'_>) -> String {
        filling.send_parts().is(303).location()
    }
}

/// A call in which they said something wrong.
pub fn called(told: &Told, who: &Browser) {
    told.form(who, "calls/new")
        .with_all(&[("dialled", "2006-11-22T10:20"), ("answered", "2006-11-22T10:21"), ("ended", "2006-11-22T10:40")])
        .choose("s1_company", "Provider P")
        .with_all(&[("outcome", "answered"), ("s1_kind", "claim"), ("s1_words", "The modem is broken")])
        .saved();
}

/// Presses the button of the incident's page that leads to that path.
pub fn press(who: &Browser, incident: &str, ends: &str) -> Answer {
    let form = who.open(incident).forms().into_iter().find(|form| form.action.ends_with(ends)).expect("a button");
    who.post(&form.action, &form.fields())
}

#[test]
fn sato_names_a_time_in_words_and_sends_it_once_more_as_it_was_understood() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        called(&told, &alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        let filling = sato.fill().with_all(&[("commit-at", "tomorrow at 15:00"), ("message", "I look into it.")]);
        let asked = filling.send_parts().is(422).page();
        let understood = asked.forms().iter().find_map(|form| form.value("commit-at").map(str::to_owned)).expect("the field");
        assert_eq!(understood, "2006-11-25 15:00「tomorrow at 15:00」");
        let receipt = Sato::sends(&sato.fill().with_all(&[("commit-at", &*understood), ("message", "I look into it.")]));
        assert!(sato.browser.open(&receipt).shows("15:00"));
    });
}

#[test]
fn sato_confirms_the_agreement_corrects_a_statement_and_commits_to_a_time_and_the_verdict_follows_what_alice_accepts() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        with_terms(&told, &alice);
        called(&told, &alice);
        site.verdicts_found();
        press(&alice, &told.incident, "/asks/new").is(303);
        let sato = Sato::opens(site, &share(&told, &alice));

        let filling = sato
            .fill()
            .with("takes_over", "yes")
            .with("phone", "03-5550-0199")
            .with(&sato.field("Please confirm from your records", "-yes"), "yes")
            .with(&sato.field("The modem is broken", "-words"), "The modem is fine; port 25 was closed")
            .with_all(&[("commit-at", "2006-11-24T15:00"), ("message", "I look into it.")]);
        let receipt = Sato::sends(&filling);
        assert_eq!(Sato::sends(&filling), receipt, "sent twice, it is one reply");
        let page = sato.browser.open(&receipt);
        for says in [
            "Receipt",
            "Sato",
            "technical desk",
            "person in charge",
            "The modem is fine",
            "15:00",
            "I look into it.",
            "fingerprint",
        ] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }

        // Alice is told; it stands as theirs, and nothing of ours is another by it.
        let news = alice.get(&format!("{}/replies?since=0", told.incident)).is(200).json();
        assert_eq!(news["replies"].as_array().map(Vec::len), Some(1), "{news}");
        site.verdicts_found();
        let page = alice.open(&told.incident);
        for says in ["cannot be determined", "Reply on the shared page", "takes it over", "nobody has looked at it yet", "Sato"] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        assert!(page.shows("corrected The modem is fine"), "beside what it corrects: {}", page.text());

        press(&alice, &told.incident, "/acceptance").is(303);
        site.verdicts_found();
        let page = alice.open(&told.incident);
        assert!(page.shows("Held against the record: not as the clause says"), "{}", page.text());
        assert!(page.shows("changed by Agreement") && !page.shows("nobody has looked at it yet"), "{}", page.text());
        assert!(!page.shows("corrected once"), "taken note of, it is not corrected: {}", page.text());
        let view = told.view(&alice, "internal");
        assert_eq!(view["asks"][0]["answer"]["words"], "Yes, this was agreed.");
        assert_eq!(view["promises"][0]["quote"]["who"]["desk"], "technical desk");

        let paper = alice.get(&format!("{}/report.pdf?audience=meeting&lang=en", told.incident)).is(200);
        let paper = text_of_pdf(&paper.body);
        assert!(paper.contains("The modem is fine") && paper.contains("Reply on the shared page"), "{paper}");
        assert!(!paper.contains("corrected once"), "{paper}");
        assert!(paper.contains("Corrects “The modem is broken” (") && paper.contains("corrected in the reply of"), "{paper}");
        let entry = view["entries"].as_array().and_then(|all| all.iter().find(|entry| entry["kind"] == "reply")).expect("it");
        let history = alice.open(&format!("/history/entry/{}", entry["uid"].as_str().expect("a uid")));
        for says in ["a reader of the share link", "Left on the shared page", "Taken note", "Their direct number", "03-5550-0199"]
        {
            assert!(history.shows(says), "{says}: {}", history.text());
        }
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn what_sato_changes_in_a_form_that_was_sent_is_another_reply_and_not_lost() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        // The browser shows the form that was sent when one goes back to it: with the same key.
        let form = sato.fill();
        let first = Sato::sends(&form.with("message", "We look into it."));
        let again = sato.browser.filling(sato.browser.open(&sato.form()).form(&sato.form()).expect("the form"));
        let again = again.with("message", "We found it.");
        let second = Sato::sends(&again);
        assert_eq!(Sato::sends(&again), second, "sent twice, it is one reply");
        let third = Sato::sends(&again.with("message", "We mended it."));
        assert!(first != second && second != third);
        let page = alice.open(&told.incident);
        for says in ["We look into it.", "We found it.", "We mended it."] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
    });
}

#[test]
fn what_sato_left_is_not_corrected_by_us_but_may_be_struck_out() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        Sato::sends(&sato.fill().with("message", "It is our router."));
        let page = alice.open(&told.incident);
        let edit = page.link(|link| link.contains("/entries/") && link.ends_with("/strike")).replace("/strike", "/edit");
        let answer = alice.fill(&edit).with("body", "It is your router.").send().is(422);
        assert!(answer.page().shows("cannot be changed"), "{}", answer.page().text());
        assert!(alice.open(&told.incident).shows("It is our router."));
        alice.fill(&edit.replace("/edit", "/strike")).with("reason", "sent by mistake").saved();
        assert!(!sato.browser.open(&sato.record).shows("It is our router."));
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn an_empty_reply_a_program_and_a_promise_without_a_time_come_back_with_everything_that_was_typed() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        assert!(sato.fill().send_parts().is(422).page().shows("There is nothing in it yet"));
        let typed = sato.fill().with("message", "See the file, 髙﨑①㈱");
        let answer = typed.upload("offer.pdf", b"MZ\x90\0\x03\0\0\0 this is a program").is(422);
        assert!(answer.page().shows("This kind of file is not taken"), "{}", answer.page().text());
        assert_eq!(answer.page().form(&sato.form()).expect("the form").value("message"), Some("See the file, 髙﨑①㈱"));
        let answer = sato.fill().with("commit-what", "We call back").send_parts().is(422);
        assert!(answer.page().shows("Please say by when"), "{}", answer.page().text());
        assert!(!alice.open(&told.incident).shows("Reply on the shared page"));
    });
}

#[test]
fn a_file_from_outside_is_held_until_one_of_us_has_looked_at_it() {
    on_both(|site| {
        let (alice, mei) = (site.alice(), site.mei());
        let told = open_incident(&alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        let answer = sato.fill().with("message", "Our letter").upload("letter.pdf", b"%PDF-1.7 MarkInTheLetterQ").is(303);
        assert!(sato.browser.open(&answer.location()).shows("letter.pdf"));
        let page = alice.open(&told.incident);
        assert!(page.shows("from outside, not looked at yet"), "{}", page.text());
        let file = page.link(|link| link.starts_with("/files/"));
        mei.get(&file).is(403);
        assert_eq!(alice.get(&file).is(200).body, b"%PDF-1.7 MarkInTheLetterQ");
        assert!(!told.view(&alice, "meeting").to_string().contains("letter.pdf"));
        press(&alice, &told.incident, "/release").is(303);
        assert_eq!(mei.get(&file).is(200).body, b"%PDF-1.7 MarkInTheLetterQ");
        assert!(told.view(&alice, "meeting").to_string().contains("letter.pdf"));
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn a_reply_needs_the_share_open_and_a_receipt_is_of_its_own_share() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        let given = share(&told, &alice);
        let sato = Sato::opens(site, &given);
        let typed = sato.fill().with("message", "MarkOfSatoQ");
        let receipt = Sato::sends(&typed);

        // Another reader of another share of the same incident finds neither the form nor the receipt.
        let other = Sato::opens(site, &share(&told, &alice));
        let theirs = receipt.replace(&sato.record, &other.record);
        assert!(!String::from_utf8_lossy(&other.browser.get(&theirs).is(404).body).contains("MarkOfSatoQ"));
        other.browser.get(&receipt).is(303);
        site.charlie().get(&sato.form()).is(303);

        let typed = sato.fill().with("message", "too late");
        alice.fill(&format!("{}/strike", given.page)).with("reason", "another person").saved();
        typed.send_parts().is(410);
        sato.browser.get(&receipt).is(410);
        assert!(!alice.open(&told.incident).shows("too late"));
    });
}

#[test]
fn of_what_sato_said_alice_says_what_became_of_it_and_the_form_offers_no_words() {
    on_both(|site| {
        let alice = site.alice();
        let told = open_incident(&alice);
        called(&told, &alice);
        let sato = Sato::opens(site, &share(&told, &alice));
        Sato::sends(&sato.fill().with(&sato.field("The modem is broken", "-words"), "The modem is fine"));
        let page = alice.open(&told.incident);
        let forms = page.links().into_iter().filter(|link| link.contains("/statements/") && link.ends_with("/edit"));
        let forms: Vec<String> = forms.collect();
        let theirs = forms.iter().find(|form| alice.open(form).shows("What became of what they replied")).expect("Sato's");
        let form = alice.open(theirs);
        assert!(form.shows("The modem is fine") && form.shows("stay as they are"), "{}", form.text());
        let names: Vec<String> = form.form(theirs).expect("the form").fields().into_iter().map(|(name, _)| name).collect();
        assert!(!names.iter().any(|name| name == "words" || name == "verbatim"), "{names:?}");
        alice.fill(theirs).with("standing", "accepted").saved();
        let said = told.view(&alice, "internal")["entries"][1]["statements"][0].clone();
        assert_eq!((&said["words"], &said["standing"]), (&"The modem is fine".into(), &"accepted".into()));
        assert!(page.shows("What became of it"), "{}", page.text());
        // Words that are put in all the same change nothing.
        let mut fields = alice.open(theirs).form(theirs).expect("the form").fields();
        fields.push(("words".to_owned(), "It is ours".to_owned()));
        alice.post(theirs, &fields).is(303);
        assert!(!alice.open(&told.incident).shows("It is ours"));
        let ours = forms.iter().find(|form| *form != theirs).expect("ours");
        alice.fill(ours).with("words", "The modem may be broken").saved();
        assert!(alice.open(&told.incident).shows("The modem may be broken"));
        site.run(&["verify"]).ended(0);
    });
}
