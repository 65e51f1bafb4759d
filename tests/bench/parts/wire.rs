//! What a browser fetches for one page, as it comes over the wire.

use std::collections::BTreeMap;

use crate::harness::{Answer, Browser, Request};

/// A page and what belongs to it.
pub struct Wire {
    /// Bytes of the page, packed.
    pub page: usize,
    /// And unpacked.
    pub page_unpacked: usize,
    /// Bytes of each file that it needs, packed.
    pub files: BTreeMap<String, usize>,
}

fn packed(browser: &Browser, path: &str) -> Answer {
    browser.send(Request::new("GET", path).header("accept-encoding", "gzip")).is(200)
}

impl Wire {
    /// Fetches a page as a browser that was never here.
    pub fn of(browser: &Browser, path: &str) -> Self {
        let html = browser.open(path).html;
        assert!(
            !html.contains("src=\"http") && !html.contains("<link rel=\"stylesheet\" href=\"http"),
            "something comes from elsewhere"
        );
        let mut wire = Self { page: packed(browser, path).body.len(), page_unpacked: html.len(), files: BTreeMap::new() };
        for part in html.split('"').filter(|part| part.starts_with("/static/")) {
            wire.fetch(browser, part.split('#').next().unwrap_or(part));
        }
        wire
    }

    /// Fetches a file and, where it is a script, what it imports.
    fn fetch(&mut self, browser: &Browser, path: &str) {
        if self.files.contains_key(path) {
            return;
        }
        self.files.insert(path.to_owned(), packed(browser, path).body.len());
        let text = String::from_utf8_lossy(&browser.get(path).is(200).body).into_owned();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if path.ends_with(".js") {
            for name in text.split('"').filter_map(|part| part.strip_prefix("./")).filter(|name| name.ends_with(".js")) {
                self.fetch(browser, &format!("{folder}/{name}"));
            }
        }
    }

    /// All of it.
    pub fn all(&self) -> usize {
        self.page + self.files.values().sum::<usize>()
    }
}
