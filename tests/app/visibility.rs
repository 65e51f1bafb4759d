//! Who sees what: markers planted in every field of what is not for them reach nobody else, in no output.

use std::fs;
use std::process::Command;

use crate::exports::unzipped;
use crate::harness::{Browser, Form, Site, Told, on_both, open_incident, text_of_pdf};
use crate::sharing::{knock, share};

/// Everything that a request for one audience gives away: JSON, PDF with its text, its properties and what is attached to it.
fn all_bytes(told: &Told, who: &Browser, audience: &str) -> String {
    let mut all = all_text(told, who, audience);
    for lang in ["ja", "en"] {
        let pdf = who.get(&format!("{}/report.pdf?audience={audience}&lang={lang}", told.incident)).is(200).body;
        all += &String::from_utf8_lossy(&pdf);
    }
    all
}

/// The same as it is read. A name of three letters stands in one of a few hundred kilobytes of compressed bytes by mere chance.
fn all_text(told: &Told, who: &Browser, audience: &str) -> String {
    let json = who.get(&format!("{}/view.json?audience={audience}", told.incident)).is(200).body;
    let mut all = String::from_utf8_lossy(&json).into_owned();
    for lang in ["ja", "en"] {
        let page = who.get(&format!("{}/offline.html?audience={audience}&lang={lang}", told.incident)).is(200).body;
        // Its styles are the same for everybody, and name fonts.
        let page = String::from_utf8_lossy(&page).into_owned();
        let (before, rest) = page.split_once("<style>").expect("its styles");
        all += before;
        all += rest.split_once("</style>").expect("their end").1;
        let pdf = who.get(&format!("{}/report.pdf?audience={audience}&lang={lang}", told.incident)).is(200).body;
        all += &text_of_pdf(&pdf);
        all += &beside_the_text(&pdf);
        let calendar = who.get(&format!("{}/calendar.ics?audience={audience}&lang={lang}", told.incident)).is(200).body;
        all += &String::from_utf8_lossy(&calendar).replace("\r\n ", "");
        let tables = who.get(&format!("{}/tables.zip?audience={audience}&lang={lang}", told.incident)).is(200).body;
        unzipped(&tables).values().for_each(|table| all += &String::from_utf8_lossy(table));
    }
    let archive = who.get(&format!("{}/archive.zip?audience={audience}", told.incident)).is(200).body;
    for (path, bytes) in unzipped(&archive).into_iter().filter(|(path, _)| !path.ends_with(".pdf") && path != "index.html") {
        all += &path;
        all += &String::from_utf8_lossy(&bytes);
    }
    all
}

/// A PDF's properties and attachments.
fn beside_the_text(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).expect("the paper is written");
    let properties = Command::new("pdfinfo").arg("-meta").arg(&file).output().expect("pdfinfo is installed (poppler-utils)");
    let detached = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(folder.path()).arg(&file).status();
    assert!(detached.is_ok(), "pdfdetach is installed (poppler-utils)");
    let files =
        fs::read_dir(folder.path()).expect("a folder").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| *path != file);
    let attached: Vec<u8> = files.flat_map(|path| fs::read(path).expect("what was attached")).collect();
    String::from_utf8_lossy(&[properties.stdout, attached].concat()).into_owned()
}

/// Plants a marker in every field of one of each noun, at a visibility. Answers with how many were planted.
fn plant(told: &Told, who: &Browser, visibility: &str) -> Vec<String> {
    let mut planted = Vec::new();
    let mut mark = |what: &str| {
        let marker = format!("Mark{visibility}{what}Q{}", planted.len());
        planted.push(marker.clone());
        marker
    };
    if visibility == "private" {
        // Only a note can be for its writer alone.
        told.form(who, "entries/new")
            .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("visibility", visibility)])
            .with_all(&[("title", &mark("Title")), ("body", &mark("Body")), ("place", &mark("Place"))])
            .saved();
        return planted;
    }
    told.form(who, "entries/new")
        .with_all(&[("kind", "observation"), ("occurred", "2006-11-22T10:20"), ("visibility", visibility)])
        .with_all(&[("title", &mark("Title")), ("body", &mark("Body")), ("place", &mark("Place"))])
        .choose("company", "Provider P")
        .with_all(&[("s1_kind", "claim"), ("s1_words", &mark("Said")), ("s1_who", &mark("Who"))])
        .saved();
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T10:20"),
            ("answered", "2006-11-22T10:21"),
            ("ended", "2006-11-22T10:40"),
        ])
        .with_all(&[
            ("visibility", visibility),
            ("title", &mark("CallTitle")),
            ("body", &mark("CallBody")),
            ("leg1_who", &mark("Leg")),
        ])
        .with_all(&[
            ("s1_kind", "promise"),
            ("s1_words", &mark("Promise")),
            ("s1_due", "2006-11-22T11:20"),
            ("s1_due_reason", &mark("Reason")),
        ])
        .saved();
    told.form(who, "asks/new").with_all(&[("words", &mark("Ask")), ("visibility", visibility)]).saved();
    told.form(who, "ruled-out/new")
        .with_all(&[("what", &mark("Ruled")), ("why", &mark("Why")), ("visibility", visibility)])
        .saved();
    told.form(who, "changes/new").with_all(&[("what", &mark("Change")), ("visibility", visibility)]).saved();
    told.form(who, "notices/new")
        .choose("change", &format!("Mark{visibility}Change"))
        .with_all(&[("form", "email"), ("address", &mark("Address")), ("note", &mark("Note")), ("visibility", visibility)])
        .saved();
    told.form(who, "contradictions/new")
        .choose("statement", &format!("Mark{visibility}Said"))
        .choose("against", &format!("Mark{visibility}CallTitle"))
        .with_all(&[("note", &mark("Contradiction")), ("visibility", visibility)])
        .saved();
    planted
}

/// Plants markers in what is for our own people by its nature, beside a call that is for the provider.
fn plant_beside(told: &Told, who: &Browser) -> Vec<String> {
    let planted = ["Cause", "Inside", "CompanyNote", "Person", "Mail", "PersonNote", "ContractNote", "Why"]
        .map(|what| format!("MarkBeside{what}Q"));
    let [cause, inside, company_note, person, mail, person_note, contract_note, why] = &planted;
    let provider = &told.companies["P"];
    told.form(who, "edit").with_all(&[("cause", cause), ("title", inside), ("title_outward", "for the provider")]).saved();
    who.fill(&format!("{provider}/edit")).with("note", company_note).saved();
    who.fill(&format!("{provider}/contacts/new"))
        .with_all(&[
            ("name", person),
            ("department", "night desk"),
            ("email", &format!("{mail}@p.example")),
            ("note", person_note),
        ])
        .saved();
    who.fill(&format!("{}/edit", told.contract)).with("note", contract_note).saved();
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T22:20"),
            ("answered", "2006-11-22T22:21"),
            ("ended", "2006-11-22T22:40"),
        ])
        .choose("leg1_contact", "night desk")
        .with_all(&[
            ("visibility", "provider"),
            ("title", "a call for the provider"),
            ("s1_kind", "claim"),
            ("s1_words", "we told you"),
        ])
        .saved();
    told.form(who, "contradictions/new")
        .choose("statement", "we told you")
        .choose("against", "Notice comes in writing")
        .with_all(&[("note", why), ("visibility", "provider")])
        .saved();
    planted.to_vec()
}

/// Plants markers in what another company said and what we did with it, shown to providers as far as that goes.
fn plant_elsewhere(told: &Told, who: &Browser) -> Vec<String> {
    let planted = ["Title", "Body", "Said", "Leg"].map(|what| format!("MarkOther{what}Q"));
    let [title, body, said, leg] = &planted;
    told.form(who, "calls/new")
        .with_all(&[
            ("outcome", "answered"),
            ("dialled", "2006-11-22T14:20"),
            ("answered", "2006-11-22T14:21"),
            ("ended", "2006-11-22T14:40"),
        ])
        .choose("company", "Contractor C")
        .with_all(&[
            ("visibility", "provider"),
            ("title", title),
            ("body", body),
            ("leg1_who", leg),
            ("s1_kind", "claim"),
            ("s1_words", said),
        ])
        .saved();
    planted.to_vec()
}

/// Everything that Sato is given, as it is read and as it is sent: the reader's page and its paper in both languages, the mail, the
/// short message, and the fax sheet.
fn given_to_sato(site: &Site, told: &Told, alice: &Browser) -> (String, String) {
    let given = share(told, alice);
    let sato = site.charlie();
    let view = knock(&sato, "/s", &given.number, &given.code).is(303).location();
    let view = view.split('?').next().unwrap_or_default();
    let (mut all, mut bytes) = (String::new(), String::new());
    for lang in ["ja", "en"] {
        all += &sato.open(&format!("{view}?lang={lang}")).html;
        let pdf = sato.get(&format!("{view}/report.pdf?lang={lang}")).is(200).body;
        all += &(text_of_pdf(&pdf) + &beside_the_text(&pdf));
        bytes += &String::from_utf8_lossy(&pdf);
    }
    let mail = alice.open(&format!("{}/mail", given.page));
    let texts = mail.form(&format!("{}/mail", given.page)).expect("the mail to the provider").fields();
    all += &texts.into_iter().map(|(_, text)| text).collect::<String>();
    let texts = alice.open(&given.page).html;
    all += &texts.split("<textarea").skip(1).filter_map(|text| text.split("</textarea").next()).collect::<String>();
    let fax = alice.get(&format!("{}/fax.pdf", given.page)).is(200).body;
    (all + &text_of_pdf(&fax) + &beside_the_text(&fax), bytes + &String::from_utf8_lossy(&fax))
}

fn found<'a>(markers: &'a [String], bytes: &str) -> Vec<&'a String> {
    markers.iter().filter(|marker| bytes.contains(marker.as_str())).collect()
}

#[test]
fn what_is_not_for_the_provider_is_in_no_byte_that_goes_there() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let (private, internal, meeting) =
            (plant(&told, &bob, "private"), plant(&told, &bob, "internal"), plant(&told, &bob, "meeting"));
        let beside = plant_beside(&told, &bob);

        let others = plant_elsewhere(&told, &bob);
        let mut beside = beside;
        beside.push("MarkBesideShareNoteQ".to_owned());
        let (read_by_sato, sent_to_sato) = given_to_sato(site, &told, &bob);
        let to_provider = all_bytes(&told, &bob, "provider") + &read_by_sato + &sent_to_sato;
        for markers in [&private, &internal, &meeting, &beside, &others] {
            assert_eq!(found(markers, &to_provider), Vec::<&String>::new(), "in what goes to the provider");
        }
        let readable = all_text(&told, &bob, "provider") + &read_by_sato;
        for name in ["Alice", "Bob", "Mei"] {
            assert!(!readable.contains(name), "{name} is named to the provider, which nobody chose");
        }
        assert!(to_provider.contains("we told you"), "what is for the provider arrives");
        let to_meeting = all_bytes(&told, &bob, "meeting");
        for markers in [&private, &internal] {
            assert_eq!(found(markers, &to_meeting), Vec::<&String>::new(), "in what goes to the meeting");
        }
        // The search itself is sound: what is meant for them does arrive.
        assert!(found(&meeting, &to_meeting).len() >= meeting.len() / 2, "{:?}", found(&meeting, &to_meeting));
        let to_us = all_bytes(&told, &bob, "internal");
        let missing: Vec<&String> = internal.iter().filter(|marker| !to_us.contains(marker.as_str())).collect();
        assert_eq!(missing, Vec::<&String>::new(), "not even our own people are shown these");
    });
}

#[test]
fn a_private_note_is_on_nobody_elses_page() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let markers = plant(&told, &bob, "private");
        let own = bob.open(&told.incident);
        assert!(own.shows(&markers[0]), "Bob sees his own: {}", own.text());
        let links: Vec<String> =
            own.links().into_iter().filter(|link| link.contains("/entries/") || link.starts_with("/history/")).collect();

        for (name, browser) in [("Alice", site.alice()), ("Mei", site.mei())] {
            let page = browser.open(&told.incident).html;
            assert_eq!(found(&markers, &page), Vec::<&String>::new(), "on {name}'s page");
            assert_eq!(found(&markers, &browser.open("/incidents").html), Vec::<&String>::new(), "on {name}'s list");
            for audience in ["internal", "meeting", "provider"] {
                assert_eq!(
                    found(&markers, &all_bytes(&told, &browser, audience)),
                    Vec::<&String>::new(),
                    "in {name}'s {audience} paper"
                );
            }
            for query in &markers {
                let hits = browser
                    .get(&format!("{}?q={query}", told.incident))
                    .is(200)
                    .page()
                    .html
                    .replace(&format!("value=\"{query}\""), "");
                assert!(!hits.contains(query.as_str()), "{name} finds {query}");
            }
            let forms = ["asks/new", "contradictions/new", "notices/new", "entries/new", "calls/new"];
            let forms = forms.iter().map(|form| format!("{}/{form}", told.incident));
            for link in links.iter().cloned().chain(forms) {
                let answer = browser.get(&link);
                assert_eq!(found(&markers, &answer.page().html), Vec::<&String>::new(), "{name} at {link}");
            }
        }
        let exported = site.run(&["export", told.number(), "--format", "json", "--audience", "internal"]).ended(0).text();
        assert_eq!(found(&markers, &exported), Vec::<&String>::new(), "in an export at the machine");
    });
}

#[test]
fn what_is_hidden_from_somebody_is_not_there_for_them() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        plant(&told, &bob, "private");
        let edits =
            bob.open(&told.incident).links().into_iter().filter(|link| link.contains("/entries/") && link.ends_with("/edit"));
        let edits: Vec<String> = edits.collect();
        assert!(!edits.is_empty(), "Bob can correct his own");
        for edit in edits {
            assert_eq!(site.alice().get(&edit).status, 404, "Alice at {edit}");
        }
    });
}

#[test]
fn a_private_note_is_deleted_for_good_by_its_author_alone() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        told.form(&bob, "entries/new")
            .with_all(&[
                ("kind", "note"),
                ("occurred", "2006-11-22T10:20"),
                ("title", "I was rude to him"),
                ("visibility", "private"),
            ])
            .saved();
        let edit = bob.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
        let upload = bob.open(&told.incident).link(|link| link.ends_with("/files/new"));
        bob.fill(&upload).upload("notes.txt", b"what I really think").is(303);
        let erasure = bob.open(&edit).link(|link| link.ends_with("/erasure"));
        assert_eq!(site.alice().get(&erasure).status, 404, "Alice does not know of it");
        assert_eq!(site.kept_files().len(), 1);

        bob.fill(&erasure).saved();
        assert_eq!(site.kept_files(), Vec::<std::path::PathBuf>::new(), "its files are gone from the disk as well");
        assert!(!bob.open(&told.incident).shows("I was rude to him"));
        assert_eq!(bob.get(&edit).status, 404);
        site.run(&["verify"]).ended(0);
    });
}

/// A note of theirs that all of us may read, and its form.
fn note_for_all(who: &Browser) -> (Told, String) {
    let told = open_incident(who);
    told.form(who, "entries/new")
        .with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "for all of us")])
        .saved();
    let edit = who.open(&told.incident).link(|link| link.contains("/entries/") && link.ends_with("/edit"));
    (told, edit)
}

#[test]
fn an_open_entry_cannot_be_deleted() {
    on_both(|site| {
        let bob = site.bob();
        let (_, edit) = note_for_all(&bob);
        assert!(!bob.open(&edit).links().iter().any(|link| link.ends_with("/erasure")), "nothing offers it");
        assert_eq!(bob.get(&edit.replace("/edit", "/erasure")).status, 404);
    });
}

#[test]
fn nobody_hides_anothers_note_and_who_hides_their_own_cannot_delete_it() {
    on_both(|site| {
        let bob = site.bob();
        let (told, edit) = note_for_all(&bob);
        for form in [edit.clone(), edit.replace("/edit", "/visibility")] {
            let refused = site.alice().fill(&form).with("visibility", "private").send().is(422).page();
            assert!(refused.shows("Only a note of your own can be for you alone."), "{form}: {}", refused.problems());
        }
        assert!(site.mei().open(&told.incident).shows("for all of us"));

        bob.fill(&edit).with("visibility", "private").saved();
        let refused = bob.fill(&edit.replace("/edit", "/erasure")).send().is(422).page();
        assert!(refused.shows("Others can read this note, or once could: it stays on record."), "{}", refused.problems());
        assert!(bob.open(&told.incident).shows("for all of us"));
    });
}

#[test]
fn an_entry_that_is_no_call_and_no_reply_does_not_claim_to_be_one() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let written = [("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "they said nothing")];
        let form = told.form(&bob, "entries/new").with_all(&written).form;
        for kind in ["call", "failed_attempt", "reply"] {
            let mut fields = form.fields();
            fields.iter_mut().filter(|(name, _)| name == "kind").for_each(|(_, value)| *value = kind.to_owned());
            bob.post(&form.action, &fields).is(422);
        }
        assert!(!bob.open(&told.incident).shows("they said nothing"));
    });
}

#[test]
fn a_restricted_incident_is_there_for_those_named_and_the_admin_alone() {
    on_both(|site| {
        let (alice, bob, mei) = (site.alice(), site.bob(), site.mei());
        let told = open_incident(&bob);
        let restriction = alice.open(&told.incident).link(|link| link.ends_with("/restriction"));
        alice.fill(&restriction).choose("people", "Bob").saved();

        assert_eq!(mei.get(&told.incident).status, 404);
        assert!(!mei.open("/incidents").links().contains(&told.incident));
        assert_eq!(bob.get(&told.incident).status, 200);
        assert_eq!(alice.get(&told.incident).status, 200);
        assert!(!bob.open(&told.incident).links().contains(&restriction), "Bob is not offered what only the admin may do");
    });
}

#[test]
fn bytes_that_another_record_names_outlive_a_deleted_note() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        for (title, visibility) in [("for all of us", "internal"), ("I was rude to him", "private")] {
            let fields = [("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", title), ("visibility", visibility)];
            told.form(&bob, "entries/new").with_all(&fields).saved();
        }
        let links = bob.open(&told.incident).links();
        for upload in links.iter().filter(|link| link.contains("/entries/") && link.ends_with("/files/new")) {
            bob.fill(upload).upload("notes.txt", b"the very same words").is(303);
        }
        let edits = links.iter().filter(|link| link.contains("/entries/") && link.ends_with("/edit"));
        let erasures: Vec<String> =
            edits.flat_map(|edit| bob.open(edit).links()).filter(|link| link.ends_with("/erasure")).collect();
        assert_eq!(erasures.len(), 1);
        bob.fill(&erasures[0]).saved();
        assert_eq!(site.kept_files().len(), 1);
        site.run(&["verify"]).ended(0);
    });
}

#[test]
fn what_has_no_author_cannot_be_made_private() {
    on_both(|site| {
        let bob = site.bob();
        let told = open_incident(&bob);
        let refuses = |form: &Form| {
            let mut fields = form.fields();
            fields.iter_mut().filter(|(name, _)| name == "visibility").for_each(|(_, value)| *value = "private".to_owned());
            bob.post(&form.action, &fields).is(422);
            bob.post(&form.action, &form.fields()).is(303);
        };
        refuses(&told.form(&bob, "asks/new").with("words", "When is it open again?").form);
        refuses(&told.form(&bob, "ruled-out/new").with("what", "Our router").form);
        let visit =
            [("kind", "visit"), ("occurred", "2006-11-22T10:20"), ("s1_kind", "claim"), ("s1_words", "We sent an e-mail.")];
        told.form(&bob, "entries/new").with_all(&visit).choose("s1_company", "Provider P").saved();
        let said = bob.open(&told.incident).link(|link| link.contains("/statements/") && link.ends_with("/edit"));
        refuses(&bob.fill(&said).form);
    });
}
