//! Running it: what watches over it may ask, what it logs, and what `doctor` finds.

use std::net::SocketAddr;

use diesel::connection::SimpleConnection;
use serde_json::Value;

use crate::harness::{
    Answer, Browser, Kind, NOW, PASSWORD, Request, Site, free_address, on_both, open_incident, open_sqlite, through, until,
};
use crate::sharing::{knock, share};

/// Something of everything that must stay secret, done in a browser; answers with the secrets.
fn secrets_used(site: &Site, server: SocketAddr) -> Vec<String> {
    let alice = Browser::with_cookies(server, site.alice().cookies());
    let given = share(&open_incident(&alice), &alice);
    let sato = Browser::new(server);
    knock(&sato, &given.link, "", &given.code).is(303);
    Browser::new(server).fill("/login").with_all(&[("login", "mei"), ("password", PASSWORD)]).saved();
    let cookies = alice.cookies().into_values().chain(sato.cookies().into_values());
    let link = given.link.trim_start_matches("/s/").to_owned();
    cookies.filter(|value| value.len() > 20).chain([link, given.code, PASSWORD.to_owned()]).collect()
}

#[test]
fn metrics_are_off_until_asked_for_name_routes_by_their_patterns_and_hold_no_secret() {
    on_both(|site| {
        site.alice().get("/metrics").is(404);
        let address = free_address();
        let counting = site.second(&["--metrics", &address.to_string()]);
        let secrets = secrets_used(site, counting.address);
        Browser::new(counting.address).send(Request::new("BREW", "/login"));
        let prometheus = Browser::new(address);
        let told = String::from_utf8(prometheus.get("/metrics").is(200).body).expect("UTF-8");
        for line in [
            "tellonce_http_requests_total{method=\"POST\",route=\"/s/{token}\",status=\"303\"} 1",
            "tellonce_http_request_duration_seconds_count{route=\"/login\"}",
            "tellonce_database_up 1",
            "tellonce_mails_waiting 0",
            "tellonce_backup_age_seconds -1",
        ] {
            assert!(told.contains(line), "{line} is missing in {told}");
        }
        assert!(told.ends_with("# EOF\n"), "OpenMetrics ends so");
        assert!(told.contains("method=\"other\"") && !told.contains("BREW"), "{told}");
        assert!(!secrets.iter().any(|secret| told.contains(secret)), "a secret stands in {told}");
        prometheus.get("/").is(404);
    });
}

#[test]
fn a_demo_does_not_turn_back_the_clock_of_a_record() {
    on_both(|site| {
        let clock = site.data().join("clock.json");
        std::fs::remove_file(&clock).expect("a record by the machine's clock");
        let said = site.run(&["demo", "--lang", "en", "--listen", "127.0.0.1:0"]).ended(2).err;
        assert!(said.contains("There is a record in"), "{said}");
        assert!(!clock.exists(), "{said}");
    });
}

#[test]
fn each_answer_has_an_id_under_which_it_is_logged_and_no_secret_is() {
    on_both(|site| {
        let logging = site.second(&["--log", "json"]);
        let secrets = secrets_used(site, logging.address);
        let answer = Browser::new(logging.address).get("/s/nobody-knows-this-link").is(404);
        let id = answer.header("x-request-id").expect("an id").to_owned();
        until("it is logged", || logging.logged().iter().any(|line| line.contains(&id)));
        let lines = logging.logged();
        let log: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let mine = log.iter().find(|line| line["request_id"] == *id).expect("the request's line");
        assert_eq!((&mine["method"], &mine["route"], &mine["status"]), (&"GET".into(), &"/s/{token}".into(), &404.into()));
        let all = lines.join("\n");
        assert!(!secrets.iter().any(|secret| all.contains(secret)) && !all.contains("nobody-knows"), "a secret stands in {all}");
    });
}

#[test]
fn whoever_has_an_answer_already_is_told_that_it_still_stands() {
    on_both(|site| {
        let (bob, told) = (site.bob(), open_incident(&site.bob()));
        let path = format!("{}/report.pdf?audience=meeting", told.incident);
        let first = bob.get(&path).is(200);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = |tag: &str| bob.send(Request::new("GET", &path).header("if-none-match", tag));
        let answer = again(&tag).is(304);
        assert!(answer.body.is_empty() && answer.header("etag") == Some(&*tag));
        again("\"another\"").is(200);
        told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "news")]).saved();
        again(&tag).is(200);
        assert_eq!(bob.get("/").is(200).header("etag"), None, "pages hold what is good once");
    });
}

#[test]
fn what_gains_by_it_is_compressed_for_whom_reads_it_so_and_the_same_for_everybody() {
    let site = Site::open(Kind::Sqlite);
    let (bob, told) = (site.bob(), open_incident(&site.bob()));
    let page = bob.get(&told.incident).is(200).page().html;
    let styles = page.split('"').find(|part| part.ends_with("tellonce.css")).expect("a style sheet").to_owned();
    let asked = |path: &str, reads: &str| bob.send(Request::new("GET", path).header("accept-encoding", reads)).is(200);
    let plain = bob.get(&styles).is(200);
    for reads in ["gzip", "gzip, deflate, br, zstd"] {
        let packed = asked(&styles, reads);
        assert_eq!(
            (packed.header("content-encoding"), packed.header("vary")),
            (Some("gzip"), Some("accept-encoding")),
            "{reads}"
        );
        assert!(packed.body.len() * 4 < plain.body.len(), "{} of {}", packed.body.len(), plain.body.len());
        assert_eq!(through("gzip", &["-dc"], &packed.body), plain.body);
    }
    for reads in ["br", "gzip;q=0", "identity", "nonsense;"] {
        let whole = asked(&styles, reads);
        assert_eq!((whole.header("content-encoding"), whole.header("vary")), (None, Some("accept-encoding")), "{reads}");
        assert_eq!(whole.body, plain.body, "{reads}");
    }
    assert_eq!(asked(&told.incident, "gzip").header("content-encoding"), Some("gzip"));
    let paper = format!("{}/report.pdf?audience=meeting", told.incident);
    let (plain, packed) = (bob.get(&paper).is(200).body.len(), asked(&paper, "gzip").body.len());
    assert!(packed * 5 < plain * 4, "{packed} of {plain}");
    for packed_in_itself in ["tables.zip", "archive.zip"] {
        let zip = asked(&format!("{}/{packed_in_itself}", told.incident), "gzip");
        assert_eq!((zip.header("content-encoding"), zip.header("vary")), (None, None), "{packed_in_itself}");
    }
}

#[test]
fn where_more_wait_to_write_than_can_those_who_come_last_are_told_to_come_again_and_reading_goes_on() {
    const WRITERS: usize = 100;
    let site = Site::open(Kind::Sqlite);
    let (bob, told) = (site.bob(), open_incident(&site.bob()));
    let form =
        told.form(&bob, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "typed")]).form;
    let mut holder = open_sqlite(&site.data());
    holder.batch_execute("BEGIN IMMEDIATE").expect("it can be held");
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let writer = |n: usize| {
            let (who, mut fields) = (site.bob(), form.fields());
            fields.iter_mut().filter(|(name, _)| name == "key").for_each(|(_, value)| *value = format!("writer {n}"));
            let action = form.action.clone();
            scope.spawn(move || who.post(&action, &fields))
        };
        let writers: Vec<_> = (0..WRITERS).map(writer).collect();
        until("somebody is told", || writers.iter().any(|writer| writer.is_finished()));
        site.bob().get(&told.incident).is(200);
        holder.batch_execute("ROLLBACK").expect("it is let go");
        writers.into_iter().map(|writer| writer.join().expect("it is answered")).collect()
    });
    let taken = answers.iter().filter(|answer| answer.status == 303).count();
    let told_to = answers.iter().filter(|answer| answer.status == 503 && answer.header("retry-after").is_some()).count();
    assert!(told_to > 0 && taken + told_to == WRITERS, "{taken} taken, {told_to} told to come again");
    assert_eq!(told.view(&bob, "internal")["entries"].as_array().map(Vec::len), Some(taken));
}

#[test]
fn a_proxy_is_told_whether_it_is_believed() {
    on_both(|site| {
        let asked = |headers: &[(&'static str, &str)]| {
            let request =
                headers.iter().fold(Request::new("GET", "/livez"), |request, (name, value)| request.header(name, *value));
            site.charlie().send(request).is(200).header("x-tellonce-proxy").expect("it says so").to_owned()
        };
        assert_eq!(asked(&[]), "none");
        assert_eq!(asked(&[("x-forwarded-for", "198.51.100.7")]), "believed");
    });
}

#[test]
fn the_doctor_says_where_settings_came_from_and_what_is_wrong_and_shows_no_secret() {
    on_both(|site| {
        let address = format!("http://{}", site.address());
        // The tests' PostgreSQL runs without fsync, which is found too.
        let forgets = site.kind == Kind::Postgres;
        let well = site.run(&["doctor", "--lang", "en", "--base-url", &address]).ended(i32::from(forgets)).text();
        assert_eq!(well.contains("[BAD] Database") && well.contains("fsync"), forgets, "{well}");
        for words in ["by --base-url", "tables are up to date", "leads here", "No mail server", "clock of its own", "(not set)"] {
            assert!(well.contains(words), "“{words}” is missing in {well}");
        }
        let smtp = format!("smtp://alice:hunter2@{}", free_address());
        let ill = site.run(&["doctor", "--lang", "en", "--smtp", &smtp]).ended(1);
        assert!(ill.text().contains("[BAD] Mail") && ill.err.contains("wrong"), "{}{}", ill.text(), ill.err);
        assert!(!ill.text().contains("hunter2") && !ill.err.contains("hunter2"), "{}", ill.text());
        // Three days without a backup that was to be made each day, and a clock that was set back.
        site.at("2006-11-27T09:00:00+09:00");
        let backups = site.data().join("backups").display().to_string();
        let late = site.run(&["doctor", "--lang", "ja", "--backup-dir", &backups]).ended(1).text();
        assert!(late.contains("[異常] バックアップ"), "{late}");
        let alice = site.charlie();
        alice.fill("/login").with_all(&[("login", "alice"), ("password", PASSWORD)]).saved();
        open_incident(&alice);
        site.at(NOW);
        let back = site.run(&["doctor", "--lang", "en"]).ended(1).text();
        assert!(back.contains("[BAD] Clock: Something is on record from 2006-11-27"), "{back}");
    });
}
