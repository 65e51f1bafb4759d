//! Webhooks: other programs are told what happens, signed, until they have it; never of what not everybody here may know, and never
//! into a network that is none of theirs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::harness::{Browser, Came, Page, Receiver, Site, Told, on_both, open_incident, until};
use crate::reminders::anew;

const PATH: &str = "/house/webhooks";

/// Serves the site with this machine as a network of ours.
fn allowing(site: &Site, more: &[&str]) {
    site.kill();
    site.start_again_with(&[&["--webhook-allow", "127.0.0.1"], more].concat());
}

/// Alice adds a webhook of that shape, told of everything; answers with the page that shows the secret.
fn add(alice: &Browser, shape: &str, address: &str) -> Page {
    let form = alice.fill(PATH).with("name", "The room").with("shape", shape).with("address", address);
    let form = if shape == "chatwork" { form.with("chat_token", "room-token") } else { form };
    form.send().is(200).page()
}

/// The page of the only webhook.
fn own_page(alice: &Browser) -> String {
    alice.open(PATH).link(|link| link.starts_with("/house/webhooks/"))
}

/// Presses a button on the webhook's page.
fn press(alice: &Browser, button: &str) {
    let page = own_page(alice);
    alice.fill_on(&page, &format!("{page}/{button}")).send().is(303);
}

fn call(who: &Browser, told: &Told, title: &str) {
    promised(who, told, title, "2006-11-22T12:00");
}

/// A call in which something was promised until then.
fn promised(who: &Browser, told: &Told, title: &str, due: &str) {
    told.form(who, "calls/new")
        .with_all(&[
            ("title", title),
            ("outcome", "answered"),
            ("dialled", "2006-11-22T10:20"),
            ("answered", "2006-11-22T10:21"),
            ("ended", "2006-11-22T10:40"),
        ])
        .with_all(&[("s1_kind", "promise"), ("s1_words", "We call back at noon"), ("s1_due", due)])
        .choose("s1_company", "Provider P")
        .saved();
}

fn kinds(came: &[Came]) -> Vec<String> {
    came.iter().map(|one| one.json()["type"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The secret that the page shows.
fn secret(page: &Page) -> String {
    let text = page.text();
    let at = text.find("whsec_").unwrap_or_else(|| panic!("no secret: {text}"));
    text[at..].split_whitespace().next().unwrap_or_default().to_owned()
}

/// Whether one of its signatures was made by that secret.
fn is_signed_by(came: &Came, secret: &str) -> bool {
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    mac.update(format!("{}.{}.{}", came.header("webhook-id"), came.header("webhook-timestamp"), came.body).as_bytes());
    let wanted = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    came.header("webhook-signature").split(' ').any(|signature| signature == wanted)
}

#[test]
fn a_call_is_told_with_its_headline_and_signed_and_the_address_is_shown_to_nobody() {
    on_both(|site| {
        allowing(site, &[]);
        let (receiver, alice, bob) = (Receiver::at("127.0.0.1"), site.alice(), site.bob());
        let page = add(&alice, "standard", &receiver.url("/hook?key=s3cr3t"));
        let secret = secret(&page);
        assert!(!page.text().contains("s3cr3t") && !alice.open(PATH).text().contains("whsec_"), "once is enough");
        let told = open_incident(&bob);
        call(&bob, &told, "The desk of 11 o’clock");
        until("all of it is told", || receiver.came().len() == 3);
        let came = receiver.came();
        assert_eq!(kinds(&came), ["incident.opened", "call.logged", "promise.given"]);
        assert!(came.iter().all(|one| one.path == "/hook?key=s3cr3t" && is_signed_by(one, &secret)), "{came:?}");
        assert!(!is_signed_by(&Came { body: came[0].body.replace("opened", "closed"), ..came[0].clone() }, &secret));
        let call = &came[1].json()["data"];
        assert_eq!(call["incident"]["number"], told.number());
        assert_eq!(call["by"], "Bob");
        let text = call["text"].as_str().expect("a text");
        assert!(text.contains("Call logged") && text.contains("19 min") && text.contains("The desk of 11"), "{text}");
        assert!(call["url"].as_str().is_some_and(|url| url.contains(&format!("{}#e-", told.incident))), "{call}");
        let promise = came[2].json()["data"]["text"].to_string();
        assert!(promise.contains("We call back at noon"), "{promise}");
        let log = alice.open(&own_page(&alice));
        assert!(log.shows("Call logged") && log.shows("Arrived") && log.shows("204"), "{}", log.text());
        assert!(!log.text().contains("s3cr3t"));
        let about_alice = alice.open("/account/security");
        assert!(about_alice.shows("Webhook added"), "{}", about_alice.text());
    });
}

#[test]
fn a_promise_that_was_not_kept_is_told_once_and_one_of_long_ago_or_kept_meanwhile_is_not() {
    on_both(|site| {
        allowing(site, &[]);
        let (receiver, alice, bob) = (Receiver::at("127.0.0.1"), site.alice(), site.bob());
        let told = open_incident(&bob);
        call(&bob, &told, "two days ago");
        promised(&bob, &told, "this morning", "2006-11-24T08:00");
        promised(&bob, &told, "later on", "2006-11-24T10:00");
        site.verdicts_found();
        let form = alice.fill(PATH).with("name", "The room").with("address", &receiver.url("/"));
        let untold = ["incident.opened", "call.logged", "promise.given", "verdict.found", "incident.times_set"];
        untold.into_iter().fold(form, |form, event| form.with(event, "")).send().is(200);
        until("it is told", || !receiver.came().is_empty());
        let came = receiver.came();
        assert_eq!(kinds(&came), ["promise.overdue"]);
        let text = came[0].json()["data"]["text"].to_string();
        assert!(text.contains("We call back at noon") && text.contains("8:00"), "{text}");

        let view = told.view(&bob, "internal");
        let mut promises = view["promises"].as_array().expect("promises").iter();
        let is_later = |due: &str| due.starts_with("2006-11-24T01:00");
        let later = promises.find(|promise| promise["due"]["from"].as_str().is_some_and(is_later)).expect("the later one");
        let settlement = format!("promises/{}/settlement", later["uid"].as_str().expect("a uid"));
        told.form(&bob, &settlement).with("state", "kept").saved();
        until("that it was kept is told", || receiver.came().len() == 2);
        allowing(site, &["--clock", "fixed:2006-11-24T10:01:00+09:00"]);
        std::thread::sleep(std::time::Duration::from_millis(1_500));
        // What had arrived when the server was killed may come once more, under its id.
        let mut came = receiver.came();
        came.dedup_by_key(|one| one.header("webhook-id").to_owned());
        assert_eq!(kinds(&came), ["promise.overdue", "promise.settled"], "none is told twice");
    });
}

#[test]
fn what_does_not_arrive_is_sent_again_under_the_same_id_and_by_hand_once_more() {
    on_both(|site| {
        allowing(site, &[]);
        let receiver = Receiver::at("127.0.0.1");
        receiver.will("500 Internal Server Error");
        add(&site.alice(), "standard", &receiver.url("/"));
        let told = open_incident(&site.bob());
        until("it is tried", || receiver.came().len() == 1);
        let page = own_page(&site.alice());
        until("it says so", || site.alice().open(&page).shows("Not taken · 500 · Waiting, next try"));
        call(&site.bob(), &told, "");
        std::thread::sleep(std::time::Duration::from_millis(1_500));
        assert_eq!(receiver.came().len(), 1, "the others wait until the first one is let in");

        allowing(site, &["--clock", "fixed:2006-11-24T09:00:06+09:00"]);
        until("all of it is told", || receiver.came().len() == 4);
        let came = receiver.came();
        assert_eq!(kinds(&came[1..]), ["incident.opened", "call.logged", "promise.given"]);
        assert_eq!(came[0].header("webhook-id"), came[1].header("webhook-id"));
        assert_ne!(came[0].header("webhook-timestamp"), came[1].header("webhook-timestamp"));
        let alice = site.alice();
        until("it says so", || alice.open(&page).shows("Incident opened") && !alice.open(&page).shows("Not taken"));

        let again = alice.open(&page).forms().into_iter().find(|form| form.action.ends_with("/repetition")).expect("a button");
        alice.filling(again).send().is(303);
        until("it is told again", || receiver.came().len() == 5);
        assert_eq!(receiver.came()[4].header("webhook-id"), came[3].header("webhook-id"), "the latest stands first");
    });
}

#[test]
fn no_message_reaches_a_private_address_by_its_name_or_by_a_redirection() {
    on_both(|site| {
        let (inside, outside, alice) = (Receiver::at("127.0.0.1"), Receiver::at("127.0.0.2"), site.alice());
        // Nothing is allowed: not unencrypted, and no name that leads here.
        let form = alice.fill(PATH).with("name", "x").with("address", &inside.url("/"));
        assert!(form.send().is(422).page().shows("begins with https://"));
        add(&alice, "standard", &format!("https://localhost:{}/", inside.address.port()));
        press(&alice, "trial");
        let page = own_page(&alice);
        until("it says so", || alice.open(&page).shows("the name leads into a private network"));

        // One network is: what is taken there may lead on within it, and nowhere else.
        allowing(site, &[]);
        let alice = site.alice();
        alice.fill_on(&page, &page).with("address", &inside.url("/first")).saved();
        inside.will(format!("308 Permanent Redirect\r\nlocation: {}", inside.url("/second")));
        press(&alice, "trial");
        until("it is led on", || inside.came().iter().any(|one| one.path == "/second"));
        until("it says so", || alice.open(&page).shows("Trial") && alice.open(&page).shows("Arrived"));
        for away in [outside.url("/"), format!("http://localhost.:{}/", outside.address.port())] {
            inside.will(format!("307 Temporary Redirect\r\nlocation: {away}"));
            let before = inside.came().len();
            press(&alice, "trial");
            until("it is asked", || inside.came().len() > before);
        }
        inside.will(format!("302 Found\r\nlocation: {}", inside.url("/third")));
        press(&alice, "trial");
        until("all of it is tried", || alice.open(&page).shows("Not taken · 302"));
        assert!(outside.came().is_empty(), "{:?}", outside.came());
        assert!(inside.came().iter().all(|one| one.path != "/third"), "302 would make another request of it");
    });
}

#[test]
fn nobody_is_told_of_a_restricted_incident_or_a_private_note() {
    on_both(|site| {
        allowing(site, &[]);
        let (receiver, alice, bob) = (Receiver::at("127.0.0.1"), site.alice(), site.bob());
        let told = open_incident(&bob);
        let secret = open_incident(&bob);
        let restriction = alice.open(&secret.incident).link(|link| link.ends_with("/restriction"));
        alice.fill(&restriction).choose("people", "Bob").saved();
        add(&alice, "standard", &receiver.url("/"));
        call(&bob, &secret, "MarkOfTheRestricted");
        let note = |visibility: &str, body: &str| {
            let form =
                told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("body", body)]);
            form.with("visibility", visibility).saved();
        };
        note("private", "MarkOfThePrivate");
        note("internal", "for all of us");
        until("the open one is told", || !receiver.came().is_empty());
        std::thread::sleep(std::time::Duration::from_millis(1_000));
        let came = receiver.came();
        assert_eq!(kinds(&came), ["entry.recorded"]);
        assert!(came[0].body.contains("for all of us"), "{came:?}");
        assert!(!alice.open(&own_page(&alice)).shows(secret.number()), "not even the log keeps it");
    });
}

#[test]
fn a_chat_gets_what_it_takes_and_nobody_in_it_is_called_by_what_somebody_wrote() {
    on_both(|site| {
        allowing(site, &[]);
        let (alice, bob) = (site.alice(), site.bob());
        let told = open_incident(&bob);
        for shape in ["slack", "teams", "chatwork"] {
            let receiver = Receiver::at("127.0.0.1");
            add(&alice, shape, &receiver.url("/v2/rooms/1/messages"));
            call(&bob, &told, "<!channel> [toall] & *bold* https://evil.example");
            until("it is told", || receiver.came().len() == 2);
            let one = &receiver.came()[0];
            assert_eq!(one.header("webhook-signature"), "", "a chat looks at no signature");
            match shape {
                "slack" => {
                    let text = one.json()["text"].as_str().expect("a text").to_owned();
                    assert!(text.starts_with("<http://") && text.contains(&format!("|{}", told.number())), "{text}");
                    assert!(text.contains("&lt;!channel&gt;") && !text.contains("<!channel"), "{text}");
                    assert!(text.contains("https: //evil.example"), "{text}");
                }
                "teams" => {
                    let card = &one.json()["attachments"][0]["content"];
                    assert_eq!(card["type"], "AdaptiveCard");
                    let blocks = card["body"].as_array().expect("blocks");
                    assert!(blocks.iter().all(|block| block["type"] == "RichTextBlock"), "{card}");
                    assert!(card["body"].to_string().contains("<!channel> [toall]"), "{card}");
                }
                _ => {
                    assert_eq!(one.header("x-chatworktoken"), "room-token");
                    let body = url::form_urlencoded::parse(one.body.as_bytes()).find(|(name, _)| name == "body");
                    let body = body.expect("a body").1.into_owned();
                    assert!(body.starts_with("[info][title]") && !body.contains("[toall]"), "{body}");
                }
            }
            press(&alice, "removal");
        }
    });
}

#[test]
fn a_token_of_ours_is_not_led_on_to_another_address() {
    on_both(|site| {
        allowing(site, &[]);
        let (first, other, alice) = (Receiver::at("127.0.0.1"), Receiver::at("127.0.0.1"), site.alice());
        add(&alice, "chatwork", &first.url("/v2/rooms/1/messages"));
        first.will(format!("308 Permanent Redirect\r\nlocation: {}", first.url("/v2/rooms/2/messages")));
        press(&alice, "trial");
        until("it is led on within", || first.came().len() == 2);
        first.will(format!("307 Temporary Redirect\r\nlocation: {}", other.url("/v2/rooms/1/messages")));
        press(&alice, "trial");
        let page = own_page(&alice);
        until("it says so", || alice.open(&page).shows("Led on to another address"));
        assert!(other.came().is_empty(), "{:?}", other.came());
    });
}

#[test]
fn whoever_is_gone_or_takes_nothing_for_days_is_told_nothing_more_until_an_admin_says_so() {
    on_both(|site| {
        allowing(site, &[]);
        let (receiver, alice) = (Receiver::at("127.0.0.1"), site.alice());
        receiver.will("410 Gone");
        add(&alice, "standard", &receiver.url("/"));
        let told = open_incident(&site.bob());
        let page = own_page(&alice);
        until("it is paused", || alice.open(&page).shows("the other side answered that it is gone"));
        call(&site.bob(), &told, "");
        std::thread::sleep(std::time::Duration::from_millis(1_000));
        assert_eq!(receiver.came().len(), 1);

        press(&alice, "resumption");
        receiver.will("503 Service Unavailable");
        let note = [("kind", "action"), ("occurred", "2006-11-22T10:20"), ("body", "The line is switched over")];
        told.form(&site.bob(), "entries/new").with_all(&note).saved();
        until("it is tried", || receiver.came().len() == 2);
        for attempt in 2..=10 {
            receiver.will("503 Service Unavailable");
            allowing(site, &["--clock", &format!("fixed:2006-12-{:02}T12:00:00+09:00", 2 * attempt)]);
            until("it is tried again", || receiver.came().len() == 1 + attempt);
        }
        let alice = anew(site, "alice");
        until("it is paused", || alice.open(&page).shows("nothing arrived for three days"));
    });
}

#[test]
fn a_new_secret_is_signed_with_beside_the_old_one() {
    on_both(|site| {
        allowing(site, &[]);
        let (receiver, alice) = (Receiver::at("127.0.0.1"), site.alice());
        let old = secret(&add(&alice, "standard", &receiver.url("/")));
        let page = own_page(&alice);
        let new = secret(&alice.fill_on(&page, &format!("{page}/secret")).send().is(200).page());
        assert_ne!(old, new);
        press(&alice, "trial");
        until("it is told", || !receiver.came().is_empty());
        assert!(is_signed_by(&receiver.came()[0], &old) && is_signed_by(&receiver.came()[0], &new));
    });
}

#[test]
fn a_form_that_says_too_little_comes_back_with_what_is_wrong_and_without_the_token() {
    on_both(|site| {
        let alice = site.alice();
        let form = alice.fill(PATH).with("name", "Room").with("shape", "chatwork").with("address", "somewhere");
        let answer = form.with("chat_token", "mine own").send().is(422);
        let page = answer.page();
        assert!(page.shows("the number of a Chatwork room") && page.shows("look for blanks"), "{}", page.text());
        assert!(!String::from_utf8_lossy(&answer.body).contains("mine own"));
        let form = alice.fill(PATH).with("name", "Room").with("shape", "chatwork").with("address", "rid123456");
        form.send().is(422);
        assert!(alice.open(PATH).shows("None yet"));
    });
}
