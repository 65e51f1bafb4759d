//! The offline page: one file that opens from a stick, without any network. In a zip ([`crate::render::export::archive`]) it also checks
//! the files that lie beside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::domain::locale::Zone;
use crate::domain::moment::Stamp;
use crate::domain::view::{Audience, View};
use crate::render::assets;
use crate::render::export::archive::Listed;
use crate::render::pdf::report;
use crate::render::pdf::sheet::Sheet;
use crate::render::tera::Page;
use crate::render::words::Words;

/// The page: the words of the paper, with its styles in it.
#[derive(Clone, Debug, Serialize)]
pub struct OfflinePage {
    sheet: Sheet,
    style: String,
    /// Where it is answered: nowhere, on a stick.
    answer: Option<String>,
    /// The files that lie beside it.
    archived: Option<Archived>,
}

/// What lies beside the page in a zip, and how it is checked.
#[derive(Clone, Debug, Serialize)]
pub struct Archived {
    files: Vec<Beside>,
    left_out: Vec<String>,
    /// The list as it is written, but for the page's own line.
    list: String,
    /// The page's own hash.
    own: &'static str,
    script: String,
    /// What the browser must find the script to be (CSP, `script-src`).
    script_hash: String,
}

/// A file beside the page.
#[derive(Clone, Debug, Serialize)]
struct Beside {
    path: String,
    /// Its address from here; none where a browser might run it.
    href: Option<String>,
    size: u64,
    sha256: String,
}

/// Endings of what a browser shows or saves, and never runs as a page of this folder.
const SHOWN: [&str; 13] = ["pdf", "png", "jpg", "jpeg", "gif", "webp", "txt", "csv", "json", "ics", "eml", "mp3", "mp4"];

impl Archived {
    /// These files, but the page itself; `list` is what names them, `own` stands in the place of the page's hash.
    pub fn new(files: &[Listed], left_out: &[String], list: String, own: &'static str) -> Self {
        let others = files.iter().filter(|file| file.sha256 != own);
        let beside = |file: &Listed| {
            let end = file.path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            let href = SHOWN.contains(&&*end).then(|| format!("./{}", encoded(&file.path)));
            Beside { path: file.path.clone(), href, size: file.size, sha256: file.sha256.clone() }
        };
        let script = ["js/sha256.js", "js/check.js"].map(assets::text).concat();
        let script_hash = format!("sha256-{}", STANDARD.encode(Sha256::digest(&script)));
        Self { files: others.map(beside).collect(), left_out: left_out.to_vec(), list, own, script, script_hash }
    }
}

/// A path as a relative address (RFC 3986): every byte that means something is encoded, but the slash.
fn encoded(path: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/') {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    path.bytes().map(byte).collect()
}

impl Page for OfflinePage {
    const TEMPLATE: &'static str = "offline/page.html";
}

impl OfflinePage {
    /// Of what `view` shows.
    pub fn new<A: Audience>(view: &View<A>, words: Words, zone: Zone, now: Stamp) -> Self {
        let style = ["css/ground.css", "css/share.css"].map(assets::text).concat();
        Self { sheet: report::sheet(view, report::Print::alone(words, zone, now)), style, answer: None, archived: None }
    }

    /// The same beside the files of a zip.
    pub fn in_archive<A: Audience>(view: &View<A>, words: Words, zone: Zone, now: Stamp, archived: Archived) -> Self {
        Self { archived: Some(archived), ..Self::new(view, words, zone, now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::locale::Locale;
    use crate::domain::view::{Meeting, Outward, Provider};
    use crate::render::frame::Frame;
    use crate::render::sample;
    use crate::render::tera::{Sampled, render};

    impl Sampled for OfflinePage {
        fn samples() -> Vec<Self> {
            let dossier = sample::story(Locale::Ja);
            let (words, zone, now) = (Words::new(Locale::Ja), dossier.house.zone, sample::friday());
            let outward = Outward::plain(dossier.incident.provider);
            let meeting = dossier.view::<Meeting>(&(), now);
            let listed = |path: &str| Listed { path: path.to_owned(), size: 1_234, sha256: "ab".repeat(32), name: None };
            let files = [listed("report.pdf"), listed("files/髙﨑①㈱ <b>&\"'加.pdf"), listed("files/page.html")];
            let list = "{\n  \"</script><b>&'\": 1\n}\n".to_owned();
            let archived = Archived::new(&files, &["invoice <b>.exe".to_owned()], list, "00");
            vec![
                Self::new(&meeting, words, zone, now),
                Self::new(&dossier.view::<Provider>(&outward, now), words, zone, now),
                Self::in_archive(&meeting, words, zone, now, archived),
            ]
        }
    }

    #[test]
    fn nothing_in_it_asks_for_anything_else() {
        for page in OfflinePage::samples() {
            let html = render(&page, &Frame::anonymous(Locale::Ja)).expect("it renders");
            assert_eq!(html.matches("<script").count(), usize::from(page.archived.is_some()), "its own script at the most");
            for asks in ["src=", "<link", "@import", "url(", "http://", "https://"] {
                let there = html.find(asks).map(|at| html[at..].chars().take(60).collect::<String>());
                assert_eq!(there, None);
            }
            assert!(html.contains(".record"), "its styles are in it");
        }
    }

    #[test]
    fn it_leads_to_the_files_beside_it_but_to_none_that_a_browser_would_run() {
        let page = OfflinePage::samples().pop().expect("a page");
        let html = render(&page, &Frame::anonymous(Locale::En)).expect("it renders");
        assert!(html.contains("href=\"./files/%E9%AB%99%EF%A8%91%E2%91%A0%E3%88%B1%20%3Cb%3E%26%22%27%E5%8A%A0.pdf\""), "{html}");
        assert!(html.contains("files&#x2F;page.html") || html.contains("files/page.html"), "{html}");
        assert!(!html.contains("href=\"./files/page.html"), "{html}");
    }
}
