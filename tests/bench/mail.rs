//! Whether anybody waits for the mail server: logging a call while it stalls with mail in hand, beside the same without one, in turns.
//! Run by `tests/bench/mail`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::time::{Duration, Instant};

use harness::{Browser, Kind, Site, Smtp, Told, open_incident};

/// How many calls are logged on each site.
const CALLS: usize = 200;
/// How many mails wait meanwhile.
const MAILS: usize = 20;

/// A site on which calls are logged.
struct Desk {
    site: Site,
    told: Told,
    times: Vec<Duration>,
}

impl Desk {
    fn open(smtp: Option<&Smtp>) -> Self {
        let site = Site::open(Kind::Sqlite);
        if let Some(smtp) = smtp {
            site.kill();
            site.start_again_with(&["--smtp", &smtp.url]);
        }
        let told = open_incident(&site.bob());
        Self { site, told, times: Vec::new() }
    }

    fn log_a_call(&mut self) {
        let bob: Browser = self.site.bob();
        let form = self.told.form(&bob, "calls/new").with_all(&[
            ("outcome", "busy"),
            ("dialled", "2006-11-22T10:20"),
            ("title", "busy"),
        ]);
        let began = Instant::now();
        form.send().is(303);
        self.times.push(began.elapsed());
    }

    fn quantile(&self, of: usize) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times[(times.len() - 1) * of / 100].as_secs_f64() * 1_000.0
    }
}

fn main() {
    let smtp = Smtp::that_will("stall");
    let (mut without, mut with) = (Desk::open(None), Desk::open(Some(&smtp)));
    let bob = with.site.bob();
    for _ in 0..MAILS {
        with.told.form(&bob, "summary").with("to", "board@minato.example").saved();
    }
    for _ in 0..CALLS {
        without.log_a_call();
        with.log_a_call();
    }
    assert_eq!(with.site.mail_waiting(), i64::try_from(MAILS).unwrap_or(0), "the server was to stall");
    println!();
    for of in [50, 99] {
        let (without, with) = (without.quantile(of), with.quantile(of));
        let ratio = with / without;
        println!(
            "logging a call, p{of:<3} {with:>7.2} ms with mail stalled   {without:>7.2} ms without a mail server: {ratio:.2}   aim 1.0"
        );
    }
}
