//! Lines of a contract: which begin a clause.

/// Characters of a heading, at most, and of one in Japanese: what is longer is a sentence.
const MAX_HEADING: usize = 70;
const MAX_HEADING_WIDE: usize = 25;

/// Dots in a row that lead to a page's number.
const LEADERS: usize = 3;

/// What a line is.
pub enum Line {
    /// Part of what stands above it.
    Words,
    /// Part of nothing: a chapter's title, a line of a table of contents.
    Between,
    /// The first line of a clause.
    Clause {
        /// Number and heading.
        mark: Mark,
        /// What stands beside them and belongs to the clause's words.
        first: String,
        /// The line from which on nothing belongs to the clause before: this one, or its heading's.
        above: usize,
        /// Whether it has no words beside its number, or only such as could be a title.
        is_title: bool,
    },
}

/// The number and heading of a clause.
pub struct Mark {
    /// As printed.
    pub number: String,
    /// As printed, without brackets.
    pub heading: String,
}

/// How a clause is numbered.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// 第n条.
    Article,
    /// 附則.
    Supplement,
    /// `Article 5`, `§ 5`.
    Word,
    /// `12.2`.
    Decimal,
}

/// What the line at `at` is.
pub fn line(lines: &[&str], at: usize) -> Line {
    let text = lines[at].trim();
    if is_chapter(text, lines, at) || is_contents_title(text, lines, at) {
        return Line::Between;
    }
    let Some((style, number, rest)) = number(text) else { return Line::Words };
    if leads_to_page(rest) {
        return Line::Between;
    }
    let next = lines[at + 1..].iter().take(20).map(|line| line.trim()).find(|line| !line.is_empty()).unwrap_or("");
    if is_reference(style, rest, before(lines, at), next) {
        return Line::Words;
    }
    let dash = |c: char| "-\u{2013}\u{2014}".contains(c) && style != Style::Article;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".:\u{ff0e}\u{ff1a}".contains(c) || dash(c));
    let (mut heading, mut first, mut above) = (String::new(), rest, at);
    if let Some((inside, after)) = bracketed(rest).filter(|(inside, _)| !is_item(inside)) {
        if is_page(after) {
            return Line::Between;
        }
        (heading, first) = (inside.to_owned(), after.trim_start());
    } else if let Some(inside) = heading_above(style, lines, at) {
        (heading, above) = (inside.0.to_owned(), inside.1);
    } else if is_heading(rest, next) {
        (heading, first) = (rest.to_owned(), "");
    }
    let is_title = first.is_empty() || could_be_title(first);
    Line::Clause {
        mark: Mark { number: number.trim().to_owned(), heading: heading.trim().to_owned() },
        first: first.trim_end().to_owned(),
        above,
        is_title,
    }
}

/// The number that a line begins with, and what stands after it.
fn number(text: &str) -> Option<(Style, &str, &str)> {
    let inside = text.trim_start_matches(['\u{25a0}', '\u{25c6}', '\u{25cf}', '\u{3010}', '*', '#']).trim_start();
    let decorated = text.starts_with('\u{3010}');
    let (style, length) = article(inside)
        .map(|length| (Style::Article, length))
        .or_else(|| supplement(inside).map(|length| (Style::Supplement, length)))
        .or_else(|| word(inside).map(|length| (Style::Word, length)))
        .or_else(|| decimal(inside).map(|length| (Style::Decimal, length)))?;
    let (number, rest) = inside.split_at(length);
    Some((style, number, rest.strip_prefix('\u{3011}').filter(|_| decorated).unwrap_or(rest)))
}

/// Digits, full-width digits and the numerals of Japanese.
fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c) || "〇零一二三四五六七八九十百千壱弐参".contains(c)
}

/// The length of numerals at the beginning of a text, which blanks may surround; nothing if there are none.
fn numerals(text: &str) -> Option<usize> {
    let begin = text.len() - text.trim_start_matches([' ', '\u{3000}']).len();
    let length: usize = text[begin..].chars().take(12).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let end = begin + length;
    let blanks = text[end..].len() - text[end..].trim_start_matches([' ', '\u{3000}']).len();
    (length > 0).then_some(end + blanks)
}

/// 第12条, 第12条の2の3.
fn article(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('第')?;
    let mut rest = rest[numerals(rest)?..].strip_prefix('条')?;
    while let Some(length) = rest.strip_prefix('の').and_then(numerals) {
        let branch = &rest['の'.len_utf8()..];
        rest = &branch[branch[..length].trim_end().len()..];
    }
    Some(text.len() - rest.len())
}

/// 附則, which some space out, alone or with what it is about.
fn supplement(text: &str) -> Option<usize> {
    let rest = text.strip_prefix(['附', '付'])?.trim_start().strip_prefix('則')?;
    (rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "（(【".contains(c))).then(|| text.len() - rest.len())
}

/// `Article 5`, `SECTION XII`, `Clause 5.2`, `§ 5a`.
fn word(text: &str) -> Option<usize> {
    let rest = match text.strip_prefix('§') {
        Some(rest) => rest.trim_start(),
        None => {
            let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
            let is_word = ["article", "section", "clause"].iter().any(|word| word.eq_ignore_ascii_case(&text[..length]));
            let rest = text[length..].trim_start();
            // "clauses" and "article" in mid-sentence begin small.
            if !is_word || !text.starts_with(char::is_uppercase) || rest.len() == text.len() - length {
                return None;
            }
            rest
        }
    };
    let length = rest.bytes().take(20).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
    let number = rest[..length].trim_end_matches('.');
    let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && number.len() - digits.len() <= 1
        && digits.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit());
    let is_roman = !number.is_empty() && number.bytes().all(|byte| b"IVXLC".contains(&byte));
    (is_number || is_roman).then(|| text.len() - rest.len() + number.len())
}

/// `12.2`, `12.2.1`, also in full-width digits: of parts that can be numbers of clauses, before a blank or the line's end.
fn decimal(text: &str) -> Option<usize> {
    let is_digit = |c: char| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c);
    let is_dot = |c: char| c == '.' || c == '\u{ff0e}';
    let length: usize = text.chars().take(24).take_while(|c| is_digit(*c) || is_dot(*c)).map(char::len_utf8).sum();
    let number = text[..length].trim_end_matches(is_dot);
    let mut parts = 0;
    for part in number.split(is_dot) {
        let zero = part.starts_with(['0', '\u{ff10}']);
        if part.is_empty() || part.chars().count() > 2 && !part.starts_with(['1', '\u{ff11}']) || part.chars().count() > 3 || zero
        {
            return None;
        }
        parts += 1;
    }
    let after = &text[length..];
    let ends = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || "（(".contains(c));
    (ends && (2..=4).contains(&parts)).then_some(number.len())
}

/// The last words before a line; nothing where a blank line or none is before it.
fn before<'a>(lines: &[&'a str], at: usize) -> &'a str {
    at.checked_sub(1).map_or("", |before| lines[before].trim())
}

/// Whether what follows a number shows that a sentence refers to it.
fn is_reference(style: Style, rest: &str, before: &str, next: &str) -> bool {
    let after = rest.trim_start();
    let is_broken = !before.is_empty() && !before.ends_with(['.', ';', ':', '!', '?', ')', '。', '：', '」', '）', '．']);
    let is_small = |text: &str| text.starts_with(|c: char| c.is_lowercase());
    match style {
        Style::Supplement => false,
        Style::Article => {
            let bracket = bracketed(after).map(|(_, after)| after.trim_start());
            ARTICLE_GOES_ON.iter().any(|word| after.starts_with(word) || bracket.is_some_and(|after| after.starts_with(word)))
        }
        Style::Word => {
            let ends = after.trim_start_matches(['.', ':']).is_empty();
            after.starts_with([',', ';', ')', '/'])
                || is_small(after)
                || is_item_of(after)
                || is_broken && ends
                || ends && is_small(next)
        }
        Style::Decimal => {
            let unit = after.chars().next().is_some_and(|c| "%％‰℃円倍".contains(c));
            unit || is_broken && (is_small(after) || after.is_empty() || after.starts_with([',', ';', ')'])) || is_item_of(after)
        }
    }
}

/// What follows a 第n条 that a sentence refers to.
const ARTICLE_GOES_ON: &[&str] = &[
    "に",
    "の",
    "を",
    "は",
    "で",
    "と",
    "が",
    "も",
    "へ",
    "から",
    "まで",
    "より",
    "や",
    "、",
    "，",
    ",",
    "。",
    "・",
    "）",
    ")",
    "」",
    "各",
    "及",
    "およ",
    "又",
    "また",
    "並",
    "なら",
    "若",
    "もし",
    "乃",
    "ないし",
    "第",
    "本文",
    "但書",
    "ただし書",
    "但し書",
    "前段",
    "後段",
    "所定",
    "規定",
    "記載",
    "違反",
    "関係",
    "以下",
    "以降",
    "～",
    "~",
    "〜",
    "-",
    "等",
    "参照",
    "柱書",
];

/// `(2) …` right after a number: paragraph 2 of the one that is referred to.
fn is_item_of(after: &str) -> bool {
    bracketed(after).is_some_and(|(inside, _)| is_item(inside))
}

/// The number of an item: `1`, `a`, `iv`, イ.
fn is_item(inside: &str) -> bool {
    let count = inside.chars().count();
    let is_roman = !inside.is_empty() && inside.bytes().all(|byte| b"ivxIVX".contains(&byte));
    inside.chars().all(is_numeral) || count <= 1 || is_roman
}

/// What stands in the brackets that a text begins with, and what stands after them.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let pairs = [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')];
    let (open, _) = text.chars().next().map(|open| (open, open.len_utf8()))?;
    let (_, close) = pairs.into_iter().find(|(own, _)| *own == open)?;
    // Brackets of the two widths are mixed.
    let close = |c: char| c == close || matches!((open, c), ('（', ')') | ('(', '）'));
    let end = text.char_indices().take(80).find(|(_, c)| close(*c))?;
    Some((&text[open.len_utf8()..end.0], &text[end.0 + end.1.len_utf8()..]))
}

/// The heading that stands alone in brackets above an article, as in statutes, and its line.
fn heading_above<'a>(style: Style, lines: &[&'a str], at: usize) -> Option<(&'a str, usize)> {
    if style != Style::Article {
        return None;
    }
    let above = (at.saturating_sub(2)..at).rev().find(|above| !lines[*above].trim().is_empty())?;
    let (inside, after) = bracketed(lines[above].trim())?;
    (after.is_empty() && !is_item(inside) && inside.chars().count() <= MAX_HEADING_WIDE).then_some((inside, above))
}

/// Whether what stands beside a number is its heading: short, no sentence, and followed by words that do not go on with it.
fn is_heading(rest: &str, next: &str) -> bool {
    let goes_on = next.is_empty() || next.starts_with(|c: char| c.is_lowercase()) || number(next).is_some();
    could_be_title(rest) && !goes_on
}

/// Whether a text could be a title: short, without the signs and endings of a sentence.
fn could_be_title(text: &str) -> bool {
    let longest = if text.is_ascii() { MAX_HEADING } else { MAX_HEADING_WIDE };
    let is_short = text.chars().count() <= longest && text.split_whitespace().count() <= 10;
    let ends_open = text.ends_with([
        '.', ';', ',', ':', '。', '、', '，', '：', 'は', 'が', 'を', 'に', 'の', 'で', 'と', 'も', 'る', 'い', 'た',
    ]);
    !text.is_empty() && is_short && !ends_open && !text.contains(['。', '、', ';']) && !text.contains(". ")
}

/// A chapter's title: 第2章　保守, 第1節, and `12. NOTICES` before 12.1.
fn is_chapter(text: &str, lines: &[&str], at: usize) -> bool {
    let of_statute = text.strip_prefix('第').and_then(|rest| rest[numerals(rest)?..].chars().next());
    if of_statute.is_some_and(|c| "章編節款部".contains(c)) {
        return text.chars().count() <= MAX_HEADING_WIDE * 2
            && !text.contains(['。', '、'])
            && !text.ends_with(['は', 'に', 'を', 'の']);
    }
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    let title = rest.trim_start_matches('.').trim_start();
    if digits.is_empty() || length > 2 || title.len() == rest.len() || !could_be_title(title) {
        return false;
    }
    let next = lines[at + 1..].iter().take(4).map(|line| line.trim()).find(|line| !line.is_empty());
    next.is_some_and(|next| decimal(next).is_some() && next.strip_prefix(digits).is_some_and(|rest| rest.starts_with(".1")))
}

/// The title of a table of contents, before its lines.
fn is_contents_title(text: &str, lines: &[&str], at: usize) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).take(20).collect::<String>().to_lowercase();
    let next = || lines[at + 1..].iter().take(4).map(|line| line.trim()).find(|line| !line.is_empty());
    ["目次", "contents", "tableofcontents"].contains(&plain.trim_matches(['■', '【', '】', '-', '*']))
        && next().is_some_and(|next| number(next).is_some() || next.starts_with('第'))
}

/// Whether a line leads to a page's number by dots, or by a tab.
fn leads_to_page(rest: &str) -> bool {
    let without_page = rest.trim_end_matches(|c: char| is_numeral(c) || c.is_whitespace() || "-p.P頁".contains(c));
    let is_dot =
        |c: char| matches!(c, '.' | '\u{2026}' | '\u{2025}' | '\u{30fb}' | '\u{ff65}' | '\u{ff0e}' | '\u{00b7}' | '_' | ' ');
    let page = &rest[without_page.trim_end_matches(is_dot).len()..];
    let dots: usize = page
        .chars()
        .map(|c| match c {
            '\u{2026}' => 3,
            '\u{2025}' => 2,
            c if is_dot(c) && c != ' ' => 1,
            _ => 0,
        })
        .sum();
    dots >= LEADERS || page.contains('\t') && is_page(page.trim())
}

/// Whether a text is the number of a page and nothing else.
fn is_page(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= 4
        && text.chars().all(|c| c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c))
}
