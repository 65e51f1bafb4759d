//! Under which names files stand in a zip: such as every system can write, each only once, and none that leads out of its folder.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use crate::domain::text::is_direction;

/// The longest name, in bytes; file systems take 255.
const MOST: usize = 180;

/// What Windows keeps for devices, whatever ending stands behind it.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

/// The names given so far.
#[derive(Clone, Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// None but these.
    pub fn beside<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self(taken.into_iter().map(folded).collect())
    }

    /// A name like `wanted` that was not given before: `letter.txt`, `letter (2).txt`.
    pub fn give(&mut self, wanted: &str) -> String {
        let safe = safe(wanted);
        let (stem, end) = parts(&safe);
        let mut name = safe.clone();
        let mut n = 1_u32;
        while !self.0.insert(folded(&name)) {
            n += 1;
            name = format!("{stem} ({n}){end}");
        }
        name
    }
}

/// The spelling by which the pickiest system tells names apart.
fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}

/// The name and its ending with the dot; the ending may be empty.
fn parts(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name.len() - at <= 12 => name.split_at(at),
        _ => (name, ""),
    }
}

fn safe(wanted: &str) -> String {
    let last = wanted.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = last.chars().filter(|c| !c.is_control() && !is_direction(*c));
    let kept: String = kept.map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }).collect();
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || c == '.').to_owned();
    if kept.is_empty() {
        return "file".to_owned();
    }
    let (stem, end) = parts(&kept);
    let name = format!("{}{end}", cut(stem, MOST.saturating_sub(end.len())));
    let device = name.split('.').next().unwrap_or_default().trim().trim_end_matches(|c: char| c.is_ascii_digit());
    let is_device = DEVICES.iter().any(|one| one.eq_ignore_ascii_case(device));
    if is_device || name.starts_with('-') { format!("_{name}") } else { name }
}

/// The beginning of a text, at most that many bytes, and never half a character.
fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_every_system_can_write_it() {
        for (wanted, given) in [
            ("../../etc/passwd", "passwd"),
            (r"C:\scans\髙﨑①㈱.pdf", "髙﨑①㈱.pdf"),
            ("letter\u{202e}gnp.exe", "lettergnp.exe"),
            (".htaccess", "htaccess"),
            ("..", "file"),
            ("a<b>:c?.txt ", "a_b__c_.txt"),
            ("con.txt", "_con.txt"),
            ("LPT1", "_LPT1"),
            ("-rf", "_-rf"),
            ("名前\r\n.txt", "名前.txt"),
        ] {
            assert_eq!(safe(wanted), given, "{wanted:?}");
        }
        let long = safe(&format!("{}.pdf", "加".repeat(150)));
        assert!(long.len() <= MOST && long.ends_with("加.pdf"), "{long}");
    }

    #[test]
    fn no_name_is_given_twice_in_any_spelling() {
        let mut names = Names::beside(["manifest.json"]);
        let given: Vec<String> = ["a.txt", "A.TXT", "ａ.txt", "a.txt", "Manifest.json", "がa", "か\u{3099}a"]
            .iter()
            .map(|name| names.give(name))
            .collect();
        assert_eq!(given, ["a.txt", "A (2).TXT", "ａ (3).txt", "a (4).txt", "Manifest (2).json", "がa", "か\u{3099}a (2)"]);
    }
}
