//! Search: what is looked for in a text, and how a question is cut. The same cutting serves both databases.
//!
//! A text is folded (NFKC, lower case, and the spellings of one character that names are written in: 髙 and 高) and cut: a run of
//! letters and digits is a word; a run of Chinese or Japanese characters gives its pairs and its last character alone, so that every
//! character begins a token.

use unicode_normalization::UnicodeNormalization as _;

/// Spellings of one character, each with the one it is folded to. Names are written in them, and typed in the usual one.
const SPELLINGS: &[(char, char)] = &[
    ('髙', '高'),
    ('﨑', '崎'),
    ('嵜', '崎'),
    ('邉', '辺'),
    ('邊', '辺'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('澤', '沢'),
    ('齋', '斎'),
    ('齊', '斉'),
    ('嶋', '島'),
    ('嶌', '島'),
    ('德', '徳'),
    ('𠮷', '吉'),
    ('眞', '真'),
    ('櫻', '桜'),
    ('國', '国'),
    ('廣', '広'),
    ('惠', '恵'),
    ('會', '会'),
    ('栁', '柳'),
    ('瀨', '瀬'),
];

/// A text as it is compared: one character for each in the text, but for what NFKC takes apart.
pub fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).map(fold).collect()
}

fn fold(c: char) -> char {
    SPELLINGS.iter().find(|(spelling, _)| *spelling == c).map_or(c, |(_, usual)| *usual)
}

/// Whether a character belongs to a script without blanks between its words.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character stands on the one before it: a voicing mark, full or half as wide, or an accent.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

/// A run of one kind of characters in a folded text.
enum Run {
    Word(String),
    Cjk(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut fresh = true;
    for c in folded(text).chars() {
        let (cjk, word) = (is_cjk(c), c.is_alphanumeric());
        match runs.last_mut() {
            Some(Run::Cjk(run)) if cjk && !fresh => run.push(c),
            Some(Run::Word(run)) if word && !cjk && !fresh => run.push(c),
            _ if cjk => runs.push(Run::Cjk(vec![c])),
            _ if word => runs.push(Run::Word(c.to_string())),
            _ => {}
        }
        fresh = !(cjk || word);
    }
    runs
}

/// The tokens of a text, a blank between them.
pub fn tokens(text: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => all.push(word),
            Run::Cjk(run) => {
                all.extend(run.windows(2).map(|pair| pair.iter().collect()));
                all.extend(run.last().map(char::to_string));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}

/// A question, cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Tokens that must be there, each with whether it is only the beginning of one.
    pub tokens: Vec<(String, bool)>,
    /// The runs that must stand in the folded text, one for each run that was typed: pairs alone do not say that they stand together.
    pub runs: Vec<String>,
}

impl Question {
    /// As somebody typed it: the last word, and a single character, may be the beginning of one.
    pub fn typed(text: &str) -> Self {
        let mut question = Self::default();
        let all = runs(text);
        let last = all.len().saturating_sub(1);
        for (n, run) in all.into_iter().enumerate() {
            match run {
                Run::Word(word) => {
                    question.runs.push(word.clone());
                    question.tokens.push((word, n == last));
                }
                Run::Cjk(run) => {
                    question.runs.push(run.iter().collect());
                    match run.as_slice() {
                        [one] => question.tokens.push((one.to_string(), true)),
                        run => question.tokens.extend(run.windows(2).map(|pair| (pair.iter().collect(), false))),
                    }
                }
            }
        }
        question
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Whether every run stands in the text.
    pub fn is_in(&self, text: &str) -> bool {
        let folded = folded(text);
        self.runs.iter().all(|run| folded.contains(run.as_str()))
    }

    /// The text in pieces, each with whether it is one of the words that were asked for.
    pub fn marked(&self, text: &str) -> Vec<(String, bool)> {
        // Piece by piece, since folding may make more or fewer characters of them; a mark goes with the letter that it stands on.
        let chars: Vec<char> = text.chars().collect();
        let mut folded_at: Vec<std::ops::Range<usize>> = Vec::new();
        let mut whole = String::new();
        let mut from = 0;
        while from < chars.len() {
            let to = (from + 1..chars.len()).find(|at| !is_mark(chars[*at])).unwrap_or(chars.len());
            let part = folded(&chars[from..to].iter().collect::<String>());
            folded_at.extend(std::iter::repeat_n(from..to, part.len()));
            whole += &part;
            from = to;
        }
        let mut is_marked = vec![false; chars.len()];
        for run in &self.runs {
            for (from, found) in whole.match_indices(run.as_str()) {
                for letters in folded_at.iter().skip(from).take(found.len()) {
                    is_marked[letters.clone()].fill(true);
                }
            }
        }
        let mut pieces: Vec<(String, bool)> = Vec::new();
        for (c, marked) in chars.into_iter().zip(is_marked) {
            match pieces.last_mut() {
                Some((piece, same)) if *same == marked => piece.push(c),
                _ => pieces.push((c.to_string(), marked)),
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_japanese_text_begins_a_token() {
        assert_eq!(tokens("障害です"), "す です 害で 障害");
        assert_eq!(tokens("ポート25 Router-2"), "2 25 router ト ポー ート");
    }

    #[test]
    fn a_question_finds_what_is_written_in_another_spelling() {
        for (question, text) in [
            ("高橋", "髙橋さん"),
            ("髙橋", "高橋"),
            ("障害", "通信障害の告知"),
            ("障", "故障した"),
            ("ポート25", "ﾎﾟｰﾄ25の遮断"),
            ("ポート25", "ポート２５"),
            ("03-1234", "電話は03-1234-5678"),
            ("rout", "the ROUTER"),
        ] {
            let asked = Question::typed(question);
            let there: Vec<String> = tokens(text).split(' ').map(str::to_owned).collect();
            for (token, prefix) in &asked.tokens {
                let found = there.iter().any(|one| if *prefix { one.starts_with(token.as_str()) } else { one == token });
                assert!(found, "{question} in {text}: {token} in {there:?}");
            }
            assert!(asked.is_in(text), "{question} in {text}");
        }
        assert!(!Question::typed("東京都").is_in("京都と東京"));
        assert!(Question::typed(" 、。!? ").is_empty());
    }

    #[test]
    fn the_words_asked_for_are_marked_where_they_stand() {
        let marked = Question::typed("高橋 25").marked("髙橋:ポート25");
        assert_eq!(marked, [("髙橋", true), (":ポート", false), ("25", true)].map(|(text, is)| (text.to_owned(), is)));
        let half = Question::typed("ポート").marked("ﾎﾟｰﾄ25");
        assert_eq!(half, [("ﾎﾟｰﾄ", true), ("25", false)].map(|(text, is)| (text.to_owned(), is)));
        let text = "㈱髙﨑 İ";
        let whole: String = Question::typed("株").marked(text).into_iter().map(|(piece, _)| piece).collect();
        assert_eq!(whole, text, "nothing is lost");
    }
}
