//! A contract's text becomes its clauses: pasted or sent in as a file, taken apart, confirmed clause by clause, and only then quoted.
//! Between the two pages nothing is kept here: what was found travels in the form.

use std::collections::HashSet;

use actix_web::HttpRequest;
use unicode_normalization::UnicodeNormalization as _;

use super::extract::Visit;
use super::forms::Reader;
use super::nouns::{ContractDesk, ContractPlace, Place};
use super::turns::blocking;
use super::upload::{Received, Upload};
use super::visit::{Answer, Done, Me};
use crate::actions::contracts::{ClauseInput, quote_clause};
use crate::domain::id::Uid;
use crate::error::AppError;
use crate::intake::contract_text::{Found, MAX_TEXT, UploadError, clauses, text_of_upload};
use crate::render::form::{FormView, Problem};
use crate::render::pages::clause_import::{FoundClause, FoundClauses, ImportPage};
use crate::render::pages::noun_form::Link;
use crate::render::words::{Args, Words};
use crate::store::{self, Tx};

/// How many clauses are offered at once.
const MOST: usize = 500;

fn at(req: &HttpRequest) -> Result<Uid, AppError> {
    ContractPlace::read_at(req.match_info().get("at").unwrap_or_default()).ok_or(AppError::NotFound)
}

/// The form by which a text is pasted.
pub async fn ask(req: HttpRequest, visit: Visit) -> Answer {
    let at = at(&req)?;
    visit
        .page(move |tx, me| {
            let desk = ContractPlace::desk(tx, me.actor, &at)?;
            Ok(page(&desk, at, Words::new(me.locale()), None, FormView::new()))
        })
        .await
}

/// What a text was taken apart into.
struct Taken {
    found: Vec<Found>,
    /// How many there were, those beyond [`MOST`] among them.
    all: usize,
    /// Whether the text was longer than is read.
    is_cut: bool,
}

/// The pasted text, or that of the file; else at which field to say what.
fn take_apart(pasted: &str, file: Option<Received>, is_too_large: bool) -> Result<Taken, (&'static str, &'static str)> {
    let text = match file {
        _ if is_too_large => return Err(("file", "import-too-large")),
        Some(file) => text_of_upload(&file.bytes).map_err(|error| ("file", problem(error)))?,
        None => pasted.to_owned(),
    };
    let mut found = clauses(&text);
    let all = found.len();
    found.truncate(MOST);
    if found.is_empty() { Err(("text", "import-nothing")) } else { Ok(Taken { found, all, is_cut: text.len() > MAX_TEXT }) }
}

const fn problem(error: UploadError) -> &'static str {
    match error {
        UploadError::Empty => "import-empty",
        UploadError::TooLarge => "import-too-large",
        UploadError::Pdf => "import-pdf",
        UploadError::Word => "import-word",
        UploadError::Binary => "import-binary",
    }
}

/// A text is taken apart, and what was found is shown.
pub async fn split(req: HttpRequest, visit: Visit, upload: Upload) -> Answer {
    let at = at(&req)?;
    let Upload { posted, file, is_too_large } = upload;
    let pasted = posted.fields.get("text").unwrap_or_default().to_owned();
    // Nothing is taken apart for whoever is not let in; their text waits for the login as it is.
    let taken = if visit.is_let_in().await? {
        blocking(move || take_apart(&pasted, file, is_too_large)).await?
    } else {
        Err(("text", "import-nothing"))
    };
    visit
        .consider(posted, move |tx, me, typed| {
            let words = Words::new(me.locale());
            let desk = ContractPlace::desk(tx, me.actor, &at)?;
            Ok(match taken {
                Ok(taken) => (200, found_page(&desk, at, words, taken)),
                Err((field, key)) => (422, page(&desk, at, words, None, typed.with_problem(field, Problem::new(key)))),
            })
        })
        .await
}

/// What was ticked is quoted.
pub async fn save(req: HttpRequest, visit: Visit, upload: Upload) -> Answer {
    let at = at(&req)?;
    visit
        .submit(
            upload.posted,
            move |tx, me, form| {
                let permit = store::contracts::for_edit(tx, me.actor, at)?;
                let ticked = read(form);
                if form.is_refused() {
                    return Err(form.refusal());
                }
                if ticked.is_empty() {
                    return Err(AppError::refused("", "import-none-ticked"));
                }
                for clause in ticked {
                    quote_clause(tx, permit, clause)?;
                }
                Ok(Done::to(ContractPlace::url(&at)).saying("flash-saved"))
            },
            move |tx, me, form| again(tx, me, at, form),
        )
        .await
}

/// The clauses that are ticked.
fn read(form: &mut Reader<'_>) -> Vec<ClauseInput> {
    let mut ticked = Vec::new();
    for name in (1..=MOST).map(prefix).filter(|name| form.ticked(&format!("{name}take"))).collect::<Vec<_>>() {
        let number = form.optional_line(&format!("{name}number"));
        let heading = form.optional_line(&format!("{name}heading"));
        let quote = form.prose(&format!("{name}quote"));
        let (Some(number), Some(heading), Some(quote)) = (number, heading, quote) else { continue };
        let text = |line: Option<_>| line.map(String::from).unwrap_or_default();
        ticked.push(ClauseInput { number: text(number), heading: text(heading), quote: quote.into() });
    }
    ticked
}

/// What the names of a clause's fields begin with.
fn prefix(n: usize) -> String {
    format!("c{n}_")
}

fn page(desk: &ContractDesk, at: Uid, words: Words, found: Option<FoundClauses>, form: FormView) -> ImportPage {
    let url = ContractPlace::url(&at);
    let back = Link { href: url.clone(), text: ContractPlace::name(desk, words) };
    ImportPage { back, action: format!("{url}/import"), found, form }
}

/// What was found, each ticked unless its number is on record already.
fn found_page(desk: &ContractDesk, at: Uid, words: Words, taken: Taken) -> ImportPage {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let counted = Args::new().number("count", number(taken.all)).number("most", number(MOST));
    let mut says = vec![words.with(if taken.all > MOST { "import-too-many" } else { "import-count" }, &counted)];
    if taken.is_cut {
        says.push(words.get("import-cut"));
    }
    let known = known(desk);
    let (mut clauses, mut form) = (Vec::new(), FormView::new());
    for (name, found) in (1..).map(prefix).zip(taken.found) {
        let clause = clause(name, &found.number, &found.heading, &known, words);
        let name = &clause.name;
        form = form.with(format!("{name}take"), if clause.is_known { "" } else { "yes" });
        form = form.with(format!("{name}number"), found.number).with(format!("{name}heading"), found.heading);
        form = form.with(format!("{name}quote"), found.quote);
        clauses.push(clause);
    }
    page(desk, at, words, Some(FoundClauses { says, clauses }), form)
}

/// The clauses as they were sent, with what is wrong with them.
fn again(tx: &mut Tx<'_>, me: &Me, at: Uid, form: FormView) -> Result<ImportPage, AppError> {
    let words = Words::new(me.locale());
    let desk = ContractPlace::desk(tx, me.actor, &at)?;
    let known = known(&desk);
    let value = |name: String| form.values.get(&name).and_then(|all| all.first()).map(String::as_str);
    let clauses = (1..=MOST).map(prefix).filter_map(|name| {
        value(format!("{name}quote"))?;
        let [number, heading] = ["number", "heading"].map(|part| value(format!("{name}{part}")).unwrap_or_default());
        Some(clause(name, number, heading, &known, words))
    });
    let found = FoundClauses { says: Vec::new(), clauses: clauses.collect() };
    Ok(page(&desk, at, words, Some(found), form))
}

fn clause(name: String, number: &str, heading: &str, known: &HashSet<String>, words: Words) -> FoundClause {
    let title = format!("{number} {heading}").trim().to_owned();
    FoundClause {
        name,
        title: if title.is_empty() { words.get("import-no-number") } else { title },
        is_known: known.contains(&plain(number)),
    }
}

/// The numbers on record.
fn known(desk: &ContractDesk) -> HashSet<String> {
    let standing = desk.clauses.iter().filter(|clause| clause.struck.is_none());
    standing.map(|clause| plain(&clause.number)).filter(|number| !number.is_empty()).collect()
}

/// A number without what two printings of it may differ in.
fn plain(number: &str) -> String {
    number.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
