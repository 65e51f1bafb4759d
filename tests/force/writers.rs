//! People who write while it breaks, and what they were told.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::store::{Store, StoreError, dossier, incidents};

use crate::harness::{Answer, Browser, Request, Told, open_incident};

/// An incident that is written to, and what was acknowledged.
pub struct Book {
    told: Told,
    action: String,
    fields: Vec<(String, String)>,
    /// The titles of the notes that were acknowledged.
    pub acknowledged: Mutex<Vec<String>>,
    /// Refusals that did not hold what was typed, and answers that are neither taken nor refused.
    rough: Mutex<Vec<String>>,
}

impl Book {
    /// A new incident.
    pub fn open(who: &Browser) -> Self {
        let told = open_incident(who);
        let form =
            told.form(who, "entries/new").with_all(&[("kind", "note"), ("occurred", "2006-11-22T10:20"), ("title", "x")]).form;
        let (action, fields) = (form.action.clone(), form.fields());
        Self { told, action, fields, acknowledged: Mutex::default(), rough: Mutex::default() }
    }

    /// A share of it, and the page from which its link is mailed.
    pub fn mail_page(&self, who: &Browser) -> String {
        format!("{}/mail", self.told.form(who, "shares/new").with("call", "Alice").saved())
    }

    /// How many were acknowledged.
    pub fn count(&self) -> usize {
        self.acknowledged.lock().expect("no writer panicked").len()
    }

    /// The incident.
    pub const fn told(&self) -> &Told {
        &self.told
    }

    /// Writes one note; answers whether it was taken, or none where the server is gone.
    pub fn write(&self, who: &Browser, title: &str) -> Option<bool> {
        let answer = self.post(who, title)?;
        match answer.status {
            303 => return Some(true),
            500 | 503 | 507 if answer.page().html.contains(title) => {}
            status => {
                let text: String = answer.page().text().chars().take(200).collect();
                self.rough.lock().expect("no writer panicked").push(format!("{status}: {text}"));
            }
        }
        Some(false)
    }

    /// The same, where a proxy may answer; answers with the status.
    pub fn send(&self, who: &Browser, title: &str) -> Option<u16> {
        self.post(who, title).map(|answer| answer.status)
    }

    fn post(&self, who: &Browser, title: &str) -> Option<Answer> {
        let mut fields = self.fields.clone();
        for (field, value) in &mut fields {
            match field.as_str() {
                "title" => title.clone_into(value),
                "key" => *value = title.to_owned(),
                _ => {}
            }
        }
        let request = Request::new("POST", &self.action).header("sec-fetch-site", "same-origin").form(&fields);
        let answer = who.try_send(&request).ok()?;
        if answer.status == 303 {
            self.acknowledged.lock().expect("no writer panicked").push(title.to_owned());
        }
        Some(answer)
    }

    /// Does something while people write, each under that name and a number; they stop when it is done, also by a panic: a scope waits
    /// for its threads.
    pub fn beside_writers(&self, name: &str, writers: &[Browser], f: impl FnOnce()) {
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            let _stop = StopAtEnd(&stop);
            for (n, browser) in writers.iter().enumerate() {
                let stop = &stop;
                scope.spawn(move || self.write_on(browser, &format!("{name} {n}"), stop));
            }
            f();
        });
    }

    fn write_on(&self, who: &Browser, name: &str, stop: &AtomicBool) {
        for n in 0.. {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            if self.write(who, &format!("{name} {n}")) != Some(true) {
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// How many of those that were acknowledged stand in that database.
    pub fn found(&self, store: &Store) -> usize {
        self.found_of(&self.acknowledged.lock().expect("no writer panicked"), store)
    }

    /// How many of these stand in that database.
    pub fn found_of(&self, titles: &[String], store: &Store) -> usize {
        let standing: BTreeSet<String> = self.standing(store).into_iter().collect();
        titles.iter().filter(|title| standing.contains(*title)).count()
    }

    /// How many stand there more than once.
    pub fn doubled(&self, store: &Store) -> usize {
        let standing = self.standing(store);
        standing.len() - standing.iter().collect::<BTreeSet<_>>().len()
    }

    /// The titles that stand there.
    fn standing(&self, store: &Store) -> Vec<String> {
        let number = self.told.incident.rsplit('/').next().and_then(|number| number.parse().ok()).expect("a number");
        store
            .read(Stamp::UNIX_EPOCH, |tx| {
                let permit = incidents::to_look(tx, Actor::House, number)?;
                let dossier = dossier::kept(tx, &permit)?;
                Ok::<_, StoreError>(dossier.entries.iter().map(|entry| entry.title.clone()).collect())
            })
            .expect("the record can be read")
    }

    /// What was not as it should be, if anything.
    pub fn complaint(&self) -> String {
        let rough = self.rough.lock().expect("no writer panicked");
        rough.first().map(|first| format!("{} rough answers, as {first}", rough.len())).unwrap_or_default()
    }

    /// Whether its page can be read.
    pub fn is_read(&self, who: &Browser) -> bool {
        who.try_send(&Request::new("GET", &self.told.incident)).is_ok_and(|answer| answer.status == 200)
    }

    /// Waits until its page can be read, and says for how long.
    pub fn until_read(&self, who: &Browser) -> Duration {
        let began = Instant::now();
        while !self.is_read(who) {
            assert!(began.elapsed() < Duration::from_secs(60), "no page within a minute");
            thread::sleep(Duration::from_millis(5));
        }
        began.elapsed()
    }

    /// Waits until something can be written again, and says for how long.
    pub fn until_written(&self, who: &Browser, name: &str) -> Duration {
        let began = Instant::now();
        for n in 0.. {
            if self.write(who, &format!("{name} {n}")) == Some(true) {
                break;
            }
            assert!(began.elapsed() < Duration::from_secs(90), "nothing could be written: {}", self.complaint());
            thread::sleep(Duration::from_millis(20));
        }
        began.elapsed()
    }
}

struct StopAtEnd<'a>(&'a AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
