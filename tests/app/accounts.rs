//! Accounts: the second step, sessions, links to a new password, and what is told of all that.

use totp_rs::{Builder, Secret};

use crate::harness::{Answer, Browser, Form, PASSWORD, Page, Site, on_both};
use crate::login::log_in;

const STEP: &str = "/account/second-step";

/// A phone with an authenticator app.
struct Phone(String);

impl Phone {
    /// Reads the secret off the page.
    fn enrolled(page: &Page) -> Self {
        let text = page.text();
        let (_, rest) = text.split_once("Or type into it:").expect("the secret");
        // 20 bytes are 32 letters.
        let letters = rest.split_whitespace().take(8);
        Self(letters.collect())
    }

    /// What it shows at that time.
    fn code(&self, at: &str) -> String {
        let at: chrono::DateTime<chrono::FixedOffset> = chrono::DateTime::parse_from_rfc3339(at).expect("a time");
        let secret = Secret::try_from_base32(&self.0).expect("a secret");
        let totp = Builder::new().with_secret(secret).with_account_name("bob").build().expect("an app");
        totp.generate(u64::try_from(at.timestamp()).expect("after 1970")).to_string()
    }
}

const NINE: &str = "2006-11-24T09:00:00+09:00";
const HALF_A_MINUTE_LATER: &str = "2006-11-24T09:00:30+09:00";

/// Bob sets a second step up; answers with his phone and his recovery codes.
fn with_second_step(bob: &Browser) -> (Phone, Vec<String>) {
    bob.fill(STEP).with("current", PASSWORD).saved();
    let phone = Phone::enrolled(&bob.open(STEP));
    let confirmation = format!("{STEP}/confirmation");
    let page = bob.fill_on(STEP, &confirmation).with("code", &phone.code(NINE)).send().is(200).page();
    let codes = page.text();
    let (_, codes) = codes.split_once("lets you in once without the app.").expect("the codes");
    let groups: Vec<&str> = codes.split_whitespace().take(40).collect();
    (phone, groups.chunks(4).map(|groups| groups.join(" ")).collect())
}

/// The form of the second step, as the answer to the right password.
fn half_way(site: &Site, login: &str) -> (Browser, Form) {
    let browser = site.charlie();
    let page = log_in(&browser, login, PASSWORD).is(200).page();
    let form = page.form("/login/code").expect("it asks for a code");
    (browser, form)
}

fn with_code(browser: &Browser, form: Form, code: &str) -> Answer {
    browser.filling(form).with("code", code).send()
}

fn is_in(browser: &Browser) -> bool {
    browser.get("/account").status == 200
}

#[test]
fn with_a_second_step_the_password_alone_opens_nothing_and_each_code_is_taken_once() {
    on_both(|site| {
        let bob = site.bob();
        let (phone, codes) = with_second_step(&bob);
        assert_eq!(codes.len(), 10, "{codes:?}");
        let (charlie, form) = half_way(site, "bob");
        assert!(!is_in(&charlie), "the password alone is half the way");
        let wrong = with_code(&charlie, form.clone(), "000000").is(422).page();
        assert!(wrong.problems().contains("not good"), "{}", wrong.problems());
        let used = with_code(&charlie, form.clone(), &phone.code(NINE)).is(422);
        assert!(used.page().problems().contains("taken once"), "the code by which it was confirmed");
        assert!(!is_in(&charlie));

        with_code(&charlie, form.clone(), &phone.code(HALF_A_MINUTE_LATER)).is(303);
        assert!(is_in(&charlie));
        let (other, again) = half_way(site, "bob");
        with_code(&other, again, &phone.code(HALF_A_MINUTE_LATER)).is(422);
        assert!(!is_in(&other), "whoever looked over his shoulder");
        let (third, _) = half_way(site, "bob");
        with_code(&third, form, &phone.code("2006-11-24T09:01:00+09:00"));
        assert!(!is_in(&third), "a ticket is good once, and in its own browser");
    });
}

#[test]
fn a_recovery_code_lets_in_once_and_new_ones_make_the_old_worthless() {
    on_both(|site| {
        let bob = site.bob();
        let (_, codes) = with_second_step(&bob);
        let (charlie, form) = half_way(site, "bob");
        with_code(&charlie, form, &codes[0].to_uppercase()).is(303);
        assert!(is_in(&charlie));
        let (charlie, form) = half_way(site, "bob");
        with_code(&charlie, form, &codes[0]).is(422);
        assert!(bob.open(STEP).shows("9 recovery codes are left"));

        let renew = format!("{STEP}/codes");
        let refused = bob.fill_on(STEP, &renew).with("current", "not his password").send().is(422).page();
        assert!(refused.problems().contains("current password"), "{}", refused.problems());
        bob.fill_on(STEP, &renew).with("current", PASSWORD).send().is(200);
        let (charlie, form) = half_way(site, "bob");
        with_code(&charlie, form, &codes[1]).is(422);
        assert!(bob.open(STEP).shows("10 recovery codes are left"));
        assert!(!bob.open(STEP).text().contains(&codes[2]), "they are shown once");
    });
}

#[test]
fn ten_wrong_codes_lock_the_second_step_even_for_the_right_one() {
    on_both(|site| {
        let bob = site.bob();
        let (phone, _) = with_second_step(&bob);
        let (charlie, form) = half_way(site, "bob");
        for n in 0..10 {
            with_code(&charlie, form.clone(), &format!("00000{n}")).is(422);
        }
        let locked = with_code(&charlie, form, &phone.code(HALF_A_MINUTE_LATER)).is(429).page();
        assert!(locked.problems().contains("Too many wrong codes"), "{}", locked.problems());
        assert!(is_in(&bob), "who is in stays in");
        assert!(bob.open("/account/security").shows("Locked after too many failures"));
    });
}

#[test]
fn who_sets_up_a_second_step_types_the_password_and_a_code_before_it_counts() {
    on_both(|site| {
        let bob = site.bob();
        bob.fill(STEP).with("current", "not his password").send().is(422);
        bob.fill(STEP).with("current", PASSWORD).saved();
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
        let confirmation = format!("{STEP}/confirmation");
        let wrong = bob.fill_on(STEP, &confirmation).with("code", "000000").send().is(422).page();
        assert!(wrong.problems().contains("not good"), "{}", wrong.problems());
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
        let phone = Phone::enrolled(&bob.open(STEP));
        bob.fill_on(STEP, &confirmation).with("code", &phone.code(NINE)).send().is(200);
        half_way(site, "bob");
        let mut again = bob.open(STEP).form(&format!("{STEP}/end")).expect("the way out");
        again.action = STEP.to_owned();
        bob.filling(again).with("current", PASSWORD).saved();
        half_way(site, "bob");

        bob.fill_on(STEP, &format!("{STEP}/end")).with("current", PASSWORD).saved();
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
    });
}

#[test]
fn a_secret_is_sealed_in_the_database() {
    on_both(|site| {
        let bob = site.bob();
        bob.fill(STEP).with("current", PASSWORD).saved();
        let phone = Phone::enrolled(&bob.open(STEP));
        let secret = Secret::try_from_base32(&phone.0).expect("a secret");
        let hex: String = secret.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let sealed = site.second_factors();
        assert_eq!(sealed.len(), 1);
        assert!(!sealed[0].contains(&hex) && !sealed[0].contains(&phone.0), "{sealed:?}");
    });
}

#[test]
fn ones_sessions_are_listed_and_ended_one_by_one_or_all_but_this() {
    on_both(|site| {
        let bob = site.bob();
        let elsewhere: Vec<Browser> = (0..3).map(|_| site.charlie()).collect();
        for browser in &elsewhere {
            log_in(browser, "bob", PASSWORD).is(303);
        }
        let alice = site.alice();
        let count = || bob.open("/account/sessions").text().matches("last used").count();
        assert_eq!(count(), 4);
        let forms: Vec<Form> = bob.open("/account/sessions").forms();
        let one = forms.into_iter().find(|form| form.value("mark").is_some()).expect("a session that is not this one");
        bob.filling(one.clone()).send().is(303);
        assert_eq!(count(), 3);
        assert_eq!(elsewhere.iter().filter(|browser| is_in(browser)).count(), 2);
        // Another's session has another's mark, which says nothing here.
        let mark = alice.open("/account/sessions");
        assert!(!mark.text().contains("Log out there"), "Alice is logged in once");
        let mut forms = bob.open("/account/sessions").forms().into_iter();
        let all = forms.rfind(|form| form.action == "/account/sessions/end").expect("all others");
        bob.filling(all).send().is(303);
        assert_eq!(count(), 1);
        assert!(is_in(&bob) && is_in(&alice) && !elsewhere.iter().any(is_in));
    });
}

#[test]
fn a_link_to_a_new_password_is_shown_once_good_once_and_ends_every_session() {
    on_both(|site| {
        let alice = site.alice();
        let bob = site.bob();
        let (_, _) = with_second_step(&bob);
        let page = alice.open("/people").link(|link| link.starts_with("/people/") && is_bobs(&alice, link));
        let link = |anew: bool| {
            let filling = alice.fill_on(&page, &format!("{page}/link"));
            let filling = if anew { filling.tick("anew") } else { filling };
            let text = filling.send().is(200).page().text();
            let at = text.find("/reset/").expect("the link");
            text[at..].split_whitespace().next().expect("its path").to_owned()
        };
        let first = link(false);
        let second = link(false);
        let charlie = site.charlie();
        charlie.get(&first).is(404);
        assert!(charlie.open(&second).shows("For the login bob"));
        let common = charlie.fill(&second).with("password", "password1234").send().is(422).page();
        assert!(common.problems().contains("tried first"), "{}", common.problems());
        assert!(is_in(&bob), "until it is used nothing changes for him");
        charlie.fill(&second).with("password", "a new one, long enough").saved();
        assert!(!is_in(&bob));
        charlie.get(&second).is(404);
        log_in(&site.charlie(), "bob", PASSWORD).is(422);
        let asked = log_in(&site.charlie(), "bob", "a new one, long enough").is(200).page();
        assert!(asked.form("/login/code").is_some(), "his second step is still there");

        let anew = link(true);
        assert!(charlie.open(&anew).shows("Your second step ends with it"));
        charlie.fill(&anew).with("password", "another one, long enough").saved();
        log_in(&site.charlie(), "bob", "another one, long enough").is(303);
        let late = link(false);
        site.at("2006-11-25T09:00:30+09:00");
        site.charlie().get(&late).is(404);
        site.run(&["verify"]).ended(0);
    });
}

fn is_bobs(alice: &Browser, link: &str) -> bool {
    alice.get(link).status == 200 && alice.open(link).shows("bob")
}

#[test]
fn who_is_shut_out_has_no_session_no_ticket_and_no_link() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let (phone, _) = with_second_step(&bob);
        let (charlie, form) = half_way(site, "bob");
        let page = alice.open("/people").link(|link| link.starts_with("/people/") && is_bobs(&alice, link));
        let text = alice.fill_on(&page, &format!("{page}/link")).send().is(200).page().text();
        let link = text[text.find("/reset/").expect("the link")..].split_whitespace().next().expect("its path").to_owned();
        alice.fill_on(&page, &format!("{page}/suspension")).saved();
        assert!(!is_in(&bob));
        with_code(&charlie, form.clone(), &phone.code(HALF_A_MINUTE_LATER)).is(422);
        charlie.get(&link).is(404);
        alice.fill_on(&page, &format!("{page}/reinstatement")).saved();
        with_code(&charlie, form, &phone.code(HALF_A_MINUTE_LATER)).is(422);
        assert!(!is_in(&charlie) && !is_in(&bob), "what was good before is not good again");
        charlie.get(&link).is(404);
    });
}

#[test]
fn what_happened_to_an_account_is_told_to_its_person_and_the_admin_and_never_what_was_typed() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        log_in(&site.charlie(), "bob", "MarkOfWrongPasswordQ").is(422);
        log_in(&site.charlie(), "markofloginq", "whatever he types").is(422);
        log_in(&site.charlie(), "bob", PASSWORD).is(303);
        let own = bob.open("/account/security");
        assert!(own.shows("Wrong password") && own.shows("Logged in") && own.shows("127.0.0.1"), "{}", own.text());
        assert!(!own.shows("Nobody has this login"), "that is not his to know");
        bob.get("/house/security").is(403);
        let all = alice.open("/house/security");
        assert!(all.shows("Nobody has this login") && all.shows("Wrong password"), "{}", all.text());
        for page in [&own, &all] {
            assert!(!page.text().to_lowercase().contains("markof"), "what was typed is kept nowhere");
        }
    });
}

#[test]
fn whoever_guesses_at_a_session_left_open_is_seen_afterwards() {
    on_both(|site| {
        let bob = site.bob();
        bob.fill(STEP).with("current", "MarkOfGuessQ").send().is(422);
        let seen = bob.open("/account/security");
        assert!(seen.shows("Wrong password") && !seen.shows("MarkOfGuess"), "{}", seen.text());
    });
}

#[test]
fn at_the_machine_a_second_step_is_taken_away_from_whoever_lost_it() {
    on_both(|site| {
        let (_, _) = with_second_step(&site.bob());
        site.run_with(&["user", "password", "bob"], "a new one, long enough\n").ended(0);
        log_in(&site.charlie(), "bob", "a new one, long enough").is(200);
        site.run_with(&["user", "password", "bob", "--without-second-step"], "another one, long enough\n").ended(0);
        log_in(&site.charlie(), "bob", "another one, long enough").is(303);
        site.run_with(&["user", "password", "bob"], "password1234\n").ended(2);
    });
}
