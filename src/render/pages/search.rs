//! What a search found.

use serde::Serialize;

use crate::render::tera::Page;

/// The page of a search.
#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    /// What was asked.
    pub asked: String,
    /// Whether anything was asked.
    pub any: bool,
    /// What was found, the latest first.
    pub hits: Vec<HitLine>,
    /// Whether there may be more than are shown.
    pub more: bool,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "search/page.html";
}

/// One thing found.
#[derive(Clone, Debug, Serialize)]
pub struct HitLine {
    /// Where it stands.
    pub href: String,
    /// What it is, in words.
    pub kind: String,
    /// Of what.
    pub place: String,
    /// Its words, in pieces.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was asked for.
    pub marked: bool,
}

/// How many characters are shown on each side of what was asked for.
const AROUND: usize = 40;

/// The pieces of a long text, with little around what was asked for.
pub fn shortened(pieces: Vec<(String, bool)>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let short = |(n, (text, marked)): (usize, (String, bool))| {
        let chars: Vec<char> = text.chars().collect();
        let both = AROUND * 2;
        let text = match (marked, n) {
            (true, _) => text,
            (false, 0) if chars.len() > AROUND && last > 0 => format!("…{}", tail(&chars)),
            (false, n) if n == last && chars.len() > AROUND => format!("{}…", head(&chars)),
            (false, _) if chars.len() > both => format!("{} … {}", head(&chars), tail(&chars)),
            (false, _) => text,
        };
        Piece { text, marked }
    };
    pieces.into_iter().enumerate().map(short).collect()
}

fn head(chars: &[char]) -> String {
    chars.iter().take(AROUND).collect()
}

fn tail(chars: &[char]) -> String {
    chars.iter().skip(chars.len() - AROUND).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tera::Sampled;

    impl Sampled for SearchPage {
        fn samples() -> Vec<Self> {
            let piece = |text: &str, marked| Piece { text: text.to_owned(), marked };
            let hit = HitLine {
                href: "/incidents/INC-2006-0007#e-0".to_owned(),
                kind: "記録".to_owned(),
                place: "INC-2006-0007 <b>&".to_owned(),
                pieces: vec![piece("<b>&\"' 通信", false), piece("障害", true), piece("の告知", false)],
            };
            let page = |any, hits: Vec<HitLine>, more| Self { asked: "<b>&\"' 障害".to_owned(), any, hits, more };
            vec![page(false, Vec::new(), false), page(true, Vec::new(), false), page(true, vec![hit.clone(), hit], true)]
        }
    }

    #[test]
    fn a_long_text_is_shown_around_what_was_asked_for() {
        let long = "あ".repeat(500);
        let pieces = shortened(vec![
            (long.clone(), false),
            ("障害".to_owned(), true),
            (long.clone(), false),
            ("障害".to_owned(), true),
            (long, false),
        ]);
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.text.chars().count()).collect();
        assert_eq!(lengths, [41, 2, 83, 2, 41]);
        assert!(pieces[0].text.starts_with('…') && pieces[4].text.ends_with('…'));
    }
}
