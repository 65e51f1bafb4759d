//! Styles, scripts and icons: `static/`, embedded. Their address holds a hash of all of them, so that a browser may keep them for
//! ever, and what they name relatively (an import, an icon) changes its address with them.

use std::borrow::Cow;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// The files that browsers may fetch. Fonts stand in the same folder for the papers only.
#[derive(rust_embed::RustEmbed)]
#[folder = "static"]
#[exclude = "fonts/*"]
#[exclude = ".gitkeep"]
struct Files;

/// What stands in every address: changes if any file does.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<Cow<'static, str>> = Files::iter().collect();
    names.sort();
    let mut hash = Sha256::new();
    for name in &names {
        hash.update(name.as_bytes());
        if let Some(file) = Files::get(name) {
            hash.update(file.metadata.sha256_hash());
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
});

/// The address of the file `path`, such as `css/tellonce.css`.
pub fn url(path: &str) -> String {
    format!("/static/{}/{path}", *VERSION)
}

/// The file `path` as text, for what has to carry it along; empty if there is no such file.
pub fn text(path: &str) -> String {
    Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

/// A file as it is served.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub mime: &'static str,
    /// Whether it was asked for under the address of this very content, so that it may be kept for ever.
    pub immutable: bool,
}

/// The file at `/static/{version}/{path}`; none if there is no such file.
pub fn find(version: &str, path: &str) -> Option<Asset> {
    let file = Files::get(path)?;
    Some(Asset { bytes: file.data, mime: mime(path), immutable: version == *VERSION })
}

/// The media type by the name's end; only what we serve.
fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_kept_for_ever_only_under_its_own_address() {
        let name = Files::iter().next().expect("a static file");
        let address = url(&name);
        let version = address.trim_start_matches("/static/").split('/').next().expect("a version");
        assert!(find(version, &name).expect("the file").immutable);
        assert!(!find("0000000000000000", &name).expect("the file").immutable);
        assert!(find(version, "no/such/file.css").is_none());
        assert!(find(version, "../Cargo.toml").is_none());
    }
}
