//! Mail of others, which is not copied into this house: read only where it is at hand.

use std::path::{Path, PathBuf};

use super::tests::{Numbers, damaged, reads_without_harm};
use super::{Kind, Letter, read};

/// Names the folder that holds `bounces` and `japanese-mail`.
const FOLDER: &str = "TELLONCE_TEST_CORPUS";

fn mails(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("a folder of mails")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == "eml"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), std::fs::read(&path).expect("a file")))
        .collect();
    found.sort();
    found
}

fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os(FOLDER).map(PathBuf::from);
    if folder.is_none() {
        println!("left out: {FOLDER} names no folder of mails");
    }
    folder
}

fn is_readable(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control() && c != '\u{fffd}')
}

/// What of a letter cannot be read.
fn unreadable(name: &str, letter: &Letter) -> Vec<String> {
    let bounce = letter.bounce.as_ref();
    let texts = [
        ("subject", letter.subject.as_str()),
        ("body", letter.body.as_str()),
        ("name", letter.from.as_ref().and_then(|from| from.name.as_deref()).unwrap_or_default()),
        ("diagnosis", bounce.and_then(|bounce| bounce.diagnostic.as_deref()).unwrap_or_default()),
        ("original", bounce.and_then(|bounce| bounce.original.as_ref()?.subject.as_deref()).unwrap_or_default()),
    ];
    texts.into_iter().filter(|(_, text)| !is_readable(text)).map(|(what, _)| format!("{name}: {what}")).collect()
}

#[test]
fn the_mails_of_others_are_read() {
    let Some(folder) = corpus() else { return };
    let (mut wrong, mut unknown, mut of_kind) = (Vec::new(), Vec::new(), [0; 4]);
    let bounces = mails(&folder.join("bounces"));
    for (name, bytes) in &bounces {
        let letter = read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        wrong.extend(unreadable(name, &letter));
        match &letter.bounce {
            Some(bounce) if !bounce.recipients.is_empty() => of_kind[bounce.kind as usize] += 1,
            Some(bounce) => unknown.push(format!("{name} ({:?} of nobody)", bounce.kind)),
            None => unknown.push(format!("{name} (no report)")),
        }
        if std::env::var_os("TELLONCE_TEST_CORPUS_SHOW").is_some() {
            println!("{name}: {:?}", letter.bounce);
        }
    }
    for (name, bytes) in mails(&folder.join("japanese-mail")) {
        let letter = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        wrong.extend(unreadable(&name, &letter));
        assert!(letter.bounce.is_none(), "{name} is no report");
        assert!(!(letter.subject.is_empty() || letter.body.is_empty() && letter.attachments.is_empty()), "{name}");
    }
    let known: usize = of_kind.iter().sum();
    println!("{known} of {} reports recognised with an address", bounces.len());
    for kind in [Kind::Failure, Kind::Delay, Kind::Complaint, Kind::Other] {
        println!("{kind:?}: {}", of_kind[kind as usize]);
    }
    println!("not recognised: {unknown:#?}\nunreadable: {wrong:#?}");
    assert_eq!(wrong, Vec::<String>::new());
    assert!(known * 100 >= bounces.len() * 95, "{known} of {}", bounces.len());
}

#[test]
fn the_mails_of_others_do_no_harm_when_damaged() {
    let Some(folder) = corpus() else { return };
    let mut numbers = Numbers::new(11);
    for (_, bytes) in mails(&folder.join("bounces")).into_iter().chain(mails(&folder.join("japanese-mail"))) {
        for _ in 0..20 {
            reads_without_harm(&damaged(&bytes, &mut numbers));
        }
    }
}
