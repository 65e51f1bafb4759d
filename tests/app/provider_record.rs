//! A company's record, for the yearly talk with it.

use std::process::Command;

use tellonce::domain::locale::DEFAULT_ZONE;
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::domain::provider_record::{ProviderRecord, Row};
use tellonce::domain::view::AudienceName;
use tellonce::store::{provider_records, providers, verdicts};

use crate::harness::{Browser, Site, Told, on_both, tell, text_of_pdf};

/// Somebody's further incident with the same company: one attempt in vain, in the summer.
fn in_summer(who: &Browser, told: &Told) -> String {
    let company = told.companies["P"].rsplit('/').next().unwrap_or_default();
    let page = who
        .fill("/incidents/new")
        .with_all(&[("title", "Line noise in July"), ("kind", "outage"), ("severity", "3"), ("provider", company)])
        .with("started", "2006-07-03T09:00")
        .saved();
    who.fill(&format!("{page}/times")).with("mitigated", "2006-07-03T11:00").saved();
    who.fill(&format!("{page}/calls/new"))
        .with_all(&[("outcome", "no_answer"), ("dialled", "2006-07-03T09:10"), ("ended", "2006-07-03T09:14")])
        .choose("company", "Provider P")
        .saved();
    page
}

fn kept(site: &Site, told: &Told, audience: AudienceName) -> Vec<Row> {
    let uid = told.companies["P"].rsplit('/').next().unwrap_or_default().parse().expect("a uid");
    let read = site.store().read(Stamp::UNIX_EPOCH, |tx| {
        let permit = providers::to_look(tx, Actor::House, uid)?;
        provider_records::of_company(tx, &permit, audience)
    });
    read.expect("it is kept").0
}

fn record(told: &Told) -> String {
    format!("{}/record", told.companies["P"])
}

#[test]
fn the_figures_are_the_sum_of_those_on_the_incidents_own_pages() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        let summer = in_summer(&bob, &told);
        site.verdicts_found();
        let now: Stamp = "2006-11-24T00:00:00Z".parse().expect("a time");
        let rows = kept(site, &told, AudienceName::Meeting);
        let all = ProviderRecord::new(String::new(), rows, 0, "last".parse().expect("a period"), DEFAULT_ZONE, now).totals;
        let views = [told.incident.as_str(), summer.as_str()]
            .map(|incident| bob.get(&format!("{incident}/view.json?audience=meeting")).is(200).json());
        let sum = |path: &str| -> i64 { views.iter().map(|view| view.pointer(path).and_then(|n| n.as_i64()).expect(path)).sum() };
        let count = |n: usize| i64::try_from(n).expect("it is small");
        assert_eq!(all.incidents, 2);
        assert_eq!(count(all.calls), sum("/figures/provider/calls_connected"));
        assert_eq!(count(all.attempts), sum("/figures/provider/attempts_failed"));
        assert!(all.attempts > 1 && all.retold > 1, "{all:?}");
        assert_eq!(all.waiting, sum("/figures/provider/waiting_seconds"));
        assert_eq!(count(all.retold), sum("/figures/provider/retold"));
        // The record of a company has its own promises; the figures of an incident have everybody's.
        let promised = |state: Option<&str>| -> i64 {
            let all = views.iter().flat_map(|view| view["promises"].as_array().into_iter().flatten());
            let theirs = all.filter(|promise| promise["quote"]["who"]["company"] == "Provider P");
            count(theirs.filter(|promise| state.is_none_or(|state| promise["state"] == state)).count())
        };
        assert!(promised(None) > 0 && promised(None) < sum("/figures/promises/given"));
        assert_eq!(count(all.promises.given), promised(None));
        assert_eq!(count(all.promises.broken), promised(Some("broken")));
        assert_eq!((all.down_min, all.down_max), (sum("/down/min"), sum("/down/max")));
        assert!(all.down_min < all.down_max);

        let page = site.mei().open(&record(&told));
        for says in ["Line noise in July", "No mail can be sent", "Jul–Sep 2006", "Oct–Dec 2006", "INC-2006-0002"] {
            assert!(page.shows(says), "{says}: {}", page.text());
        }
        assert!(page.html.contains("<desc"));
    });
}

#[test]
fn a_period_holds_what_began_in_it() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        in_summer(&bob, &told);
        site.verdicts_found();
        let shows = |query: &str| {
            let page = bob.open(&format!("{}?{query}", record(&told)));
            (page.shows("Line noise in July"), page.shows("No mail can be sent"))
        };
        assert_eq!(shows("period=2006q3"), (true, false));
        assert_eq!(shows("period=2006q4"), (false, true));
        assert_eq!(shows("period=fy2006"), (true, true));
        assert_eq!(shows("period=fy2005"), (false, false));
        assert_eq!(shows("period=between&from=2006-07-03&to=2006-07-03"), (true, false));
        assert_eq!(shows("period=between&from=2006-07-04&to=2006-07-31"), (false, false));
        assert!(bob.open(&format!("{}?period=fy2005", record(&told))).shows("No incident began in this period."));
    });
}

#[test]
fn what_somebody_may_not_know_of_is_not_counted_for_them() {
    on_both(|site| {
        let (alice, bob) = (site.alice(), site.bob());
        let told = tell(&bob);
        in_summer(&bob, &told);
        alice.fill(&format!("{}/restriction", told.incident)).choose("people", "Bob").saved();
        site.verdicts_found();
        let page = site.mei().open(&record(&told));
        assert!(page.shows("Line noise in July") && !page.shows("port 25") && !page.shows("INC-2006-0001"), "{}", page.text());
        assert!(bob.open(&record(&told)).shows("INC-2006-0001"));
        let paper = site.mei().get(&format!("{}.pdf", record(&told))).is(200);
        assert!(!text_of_pdf(&paper.body).contains("INC-2006-0001"));
    });
}

#[test]
fn what_is_being_computed_again_says_so() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        site.verdicts_found();
        assert!(kept(site, &told, AudienceName::Meeting).iter().all(|row| !row.computing));
        site.kill();
        site.store().write(Stamp::UNIX_EPOCH, verdicts::queue_open).expect("it is queued");
        assert!(kept(site, &told, AudienceName::Meeting).iter().all(|row| row.computing));
        site.start_again();
        site.verdicts_found();
        assert!(kept(site, &told, AudienceName::Meeting).iter().all(|row| !row.computing));
    });
}

#[test]
fn the_paper_is_whole_and_the_company_reads_the_calm_one() {
    on_both(|site| {
        let bob = site.bob();
        let told = tell(&bob);
        site.verdicts_found();
        for (lang, inward) in [("en", "Told again"), ("ja", "説明の繰り返し")] {
            let paper = |audience: &str| {
                let address = format!("{}.pdf?audience={audience}&lang={lang}", record(&told));
                let answer = bob.get(&address).is(200);
                assert_eq!(answer.header("content-type"), Some("application/pdf"));
                checked(&answer.body);
                text_of_pdf(&answer.body)
            };
            let (ours, theirs) = (paper("meeting"), paper("provider"));
            for text in [&ours, &theirs] {
                assert!(text.contains("INC-2006-0001") && text.contains("Provider P"), "{text}");
            }
            assert!(ours.contains("port 25)") && ours.contains(inward), "{ours}");
            assert!(!theirs.contains(inward) && !theirs.contains("No mail can be sent"), "{theirs}");
        }
        bob.get(&format!("{}.pdf?audience=internal", record(&told))).is(404);
    });
}

/// That the file is sound, in the eyes of somebody else.
fn checked(pdf: &[u8]) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let file = folder.path().join("record.pdf");
    std::fs::write(&file, pdf).expect("it is written");
    let check = Command::new("qpdf").arg("--check").arg(&file).output().expect("qpdf is installed");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
