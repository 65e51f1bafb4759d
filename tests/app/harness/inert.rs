//! Whether anything on a page is live that we did not write: read as a browser reads it, tag by tag.

use tellonce::domain::text::is_direction;

use super::page::{Page, Piece, attributes, pieces};

/// Elements that end themselves (HTML, 13.1.2).
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that none of our pages has.
const NEVER: &[&str] = &[
    "applet",
    "audio",
    "base",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "image",
    "img",
    "marquee",
    "math",
    "object",
    "picture",
    "plaintext",
    "portal",
    "source",
    "video",
    "xmp",
];

/// What keeps a text that turns the direction of writing to itself: isolates, and fields, which are boxes of their own.
const ISOLATES: &[&str] = &["bdi", "textarea", "option", "title"];

/// What is wrong with a page: what could run, lead out, or turn round what stands beside it. `own_style` says that it brings its
/// style with it.
pub fn what_is_live(page: &Page, own_style: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces(&page.html) {
        match piece {
            Piece::Open { name, rest } => {
                faults.extend(live_tag(name, rest, own_style));
                if !VOID.contains(&name) && !name.starts_with('!') && !rest.ends_with('/') {
                    open.push(name);
                }
            }
            Piece::Close { name } => match open.pop() {
                Some(inner) if inner == name => {}
                inner => faults.push(format!("</{name}> ends {inner:?}")),
            },
            Piece::Text(text) => {
                if text.contains(is_direction) && !open.iter().any(|tag| ISOLATES.contains(tag)) {
                    faults.push(format!("not isolated in {:?}: {text}", open.last()));
                }
            }
        }
    }
    if !open.is_empty() {
        faults.push(format!("left open: {open:?}"));
    }
    faults
}

fn live_tag(name: &str, rest: &str, own_style: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let attributes = attributes(rest.trim_end_matches('/'));
    if NEVER.contains(&name) || (name == "style" && !own_style) {
        faults.push(format!("<{name}>"));
    }
    if name == "script" && !attributes.iter().any(|(name, value)| *name == "src" && value.starts_with("/static/")) {
        faults.push("a script of its own".to_owned());
    }
    for (attribute, value) in &attributes {
        let is_name = attribute.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == ':') && !attribute.is_empty();
        let runs = attribute.starts_with("on")
            || ["srcdoc", "formaction"].contains(attribute)
            || (*attribute == "http-equiv" && value != "content-security-policy");
        let leads = ["href", "src", "action"].contains(attribute);
        if !is_name || runs || (leads && !is_way_of_ours(value)) {
            faults.push(format!("<{name} {attribute}=\"{value}\">"));
        }
    }
    faults
}

/// A path of ours, a place on the page, a file beside it, a number to call, a picture in its own address.
fn is_way_of_ours(value: &str) -> bool {
    let is_path = value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\");
    let is_beside = value.starts_with("./") && !value.contains("..");
    is_path || is_beside || value.starts_with(['#', '?']) || value.starts_with("tel:") || value.starts_with("data:image/svg+xml")
}

#[test]
fn what_is_live_is_seen() {
    let faults = |html: &str| what_is_live(&Page::new(html.to_owned()), false);
    for harmless in
        ["<p>a<br>b</p>", "<a href=\"/x\"><bdi>\u{202e}x</bdi></a>", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>"]
    {
        assert_eq!(faults(harmless), Vec::<String>::new(), "{harmless}");
    }
    for live in [
        "<script>1</script>",
        "<img src=\"/x\">",
        "<p onclick=\"x\"></p>",
        "<a href=\"javascript:x\">x</a>",
        "<a href=\"//x\">x</a>",
        "<p>\u{202e}x</p>",
        "<p></bdi></p>",
        "<p>",
        "<p a\"b=\"c\"></p>",
        "<style></style>",
    ] {
        assert!(!faults(live).is_empty(), "{live}");
    }
}
