//! The source as the rules look at it: Rust with comments blanked, and its string literals.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the package.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends in one of `ends`, in order.
pub fn files(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(folder), ends, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, ends: &[&str], found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable folder").path();
        // What npm installs for the browser tests is not ours.
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            collect(&path, ends, found);
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push(path);
        }
    }
}

/// The file's text.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The path below the root, with `/`.
pub fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A Rust file, taken apart.
pub struct Rust {
    /// Where it stands, below the root.
    pub name: String,
    /// The code: comments and the insides of literals are blanks, line ends stand where they stood.
    pub code: String,
    /// The string literals: line (from 1) and what stands between the quotes.
    pub literals: Vec<(usize, String)>,
    /// Whether the whole file is tests.
    pub is_test: bool,
    /// The line from which on everything is tests: that of the last `mod tests {` after a `#[cfg(test)]`; none in a file without.
    pub tests_from: Option<usize>,
}

impl Rust {
    /// The file at `path`.
    pub fn open(path: &Path) -> Self {
        let text = read(path);
        let (code, literals) = split(&text);
        let tests_from = code.lines().position(|line| line.starts_with("mod tests {") || line.starts_with("mod samples {"));
        let name = name(path);
        let is_test = name.starts_with("tests/");
        Self { name, is_test, code, literals, tests_from: tests_from.map(|line| line + 1) }
    }

    /// Every Rust file of the library and the binary.
    pub fn sources() -> Vec<Self> {
        let mut all: Vec<Self> = files("src", &[".rs"]).iter().map(|path| Self::open(path)).collect();
        let only_tests: Vec<String> = all.iter().flat_map(Self::modules_of_tests).collect();
        for file in &mut all {
            file.is_test |= only_tests
                .iter()
                .any(|module| file.name == format!("{module}.rs") || file.name.starts_with(&format!("{module}/")));
        }
        all
    }

    /// The modules that this file declares for tests only, by their path without an ending.
    fn modules_of_tests(&self) -> Vec<String> {
        let folder = match self.name.strip_suffix("/mod.rs").or_else(|| self.name.strip_suffix("/lib.rs")) {
            Some(folder) => folder,
            None => self.name.trim_end_matches(".rs"),
        };
        let lines: Vec<&str> = self.code.lines().map(str::trim).collect();
        let pairs = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
        let names = pairs.filter_map(|pair| pair[1].trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
        names.map(|name| format!("{folder}/{name}")).collect()
    }

    /// Whether this line (from 1) is tests.
    pub fn is_test_line(&self, line: usize) -> bool {
        self.is_test || self.tests_from.is_some_and(|from| line >= from)
    }
}

/// Code without comments and literals' insides, and the literals.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut literals) = (String::with_capacity(text.len()), Vec::new());
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let end = end_of_blank(&chars, at);
        match end {
            Some(Blank { end, literal }) => {
                let inside: String = chars[at..end].iter().collect();
                if literal {
                    literals.push((line, between_quotes(&inside)));
                }
                // A literal leaves its quotes, so that code around it stays apart.
                code.push_str(if literal { "\"\"" } else { " " });
                let ends = inside.matches('\n').count();
                code.push_str(&"\n".repeat(ends));
                line += ends;
                at = end;
            }
            None => {
                line += usize::from(chars[at] == '\n');
                code.push(chars[at]);
                at += 1;
            }
        }
    }
    (code, literals)
}

/// A comment or a literal, up to `end`.
struct Blank {
    end: usize,
    literal: bool,
}

fn end_of_blank(chars: &[char], at: usize) -> Option<Blank> {
    let next = |n: usize| chars.get(at + n).copied();
    let before = if at == 0 { ' ' } else { chars[at - 1] };
    match (chars[at], next(1)) {
        ('/', Some('/')) => Some(Blank { end: find(chars, at, |c| c == '\n'), literal: false }),
        ('/', Some('*')) => Some(Blank { end: end_of_block(chars, at), literal: false }),
        ('"', _) => Some(Blank { end: end_of_string(chars, at + 1), literal: true }),
        ('r', Some('"' | '#')) if !before.is_alphanumeric() && before != '_' => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            (next(1 + hashes) == Some('"')).then(|| Blank { end: end_of_raw(chars, at + 2 + hashes, hashes), literal: true })
        }
        ('\'', Some('\\')) => Some(Blank { end: find(chars, at + 3, |c| c == '\'') + 1, literal: false }),
        ('\'', Some(_)) if next(2) == Some('\'') => Some(Blank { end: at + 3, literal: false }),
        _ => None,
    }
}

fn find(chars: &[char], from: usize, is: impl Fn(char) -> bool) -> usize {
    chars[from.min(chars.len())..].iter().position(|c| is(*c)).map_or(chars.len(), |n| from + n)
}

fn end_of_block(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0_usize, at);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                i += 1;
                continue;
            }
        }
        i += 2;
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut i = from;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

fn end_of_raw(chars: &[char], from: usize, hashes: usize) -> usize {
    let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let rest: String = chars[from..].iter().collect();
    rest.find(&close).map_or(chars.len(), |bytes| from + rest[..bytes].chars().count() + close.len())
}

fn between_quotes(literal: &str) -> String {
    let inner = literal.trim_start_matches('r').trim_matches('#');
    inner.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(inner).to_owned()
}

/// The functions of a file: name, line (from 1), and how many lines from `fn` to the last brace.
pub fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else {
            continue;
        };
        if let Some(length) = length_of_body(&lines[at..]) {
            found.push((name, at + 1, length));
        }
    }
    found
}

fn function_name(line: &str) -> Option<String> {
    let (before, after) = line.split_once("fn ")?;
    let words = ["pub", "pub(crate)", "pub(super)", "pub(in", "crate::store)", "const", "async", "unsafe", "extern"];
    let only_words = before.split_whitespace().all(|word| words.contains(&word) || word.starts_with("crate::"));
    let name: String = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (only_words && !name.is_empty()).then_some(name)
}

/// Lines up to the brace that closes the first one opened; none for a declaration without a body.
fn length_of_body(lines: &[&str]) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, line) in lines.iter().enumerate() {
        for c in line.chars() {
            match c {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                ';' if depth == 0 => return None,
                _ => {}
            }
        }
    }
    None
}
