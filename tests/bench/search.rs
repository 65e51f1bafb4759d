//! How fast the search finds among 20,000 and 500,000 entries, on both databases, beside LIKE over the same rows by the same
//! connection. Run by `tests/bench/search`.

#[path = "../app/harness/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the harness of the app tests; a benchmark needs less of it")]
mod harness;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use harness::{Kind, Site, open_incident};
use tellonce::domain::moment::Stamp;
use tellonce::domain::permit::Actor;
use tellonce::domain::search::{Question, tokens};
use tellonce::store::{DatabaseUrl, Store, search};

/// How many entries there are to be found among.
const SIZES: [usize; 2] = [20_000, 500_000];
/// How often each question is asked.
const TIMES: usize = 200;
/// LIKE reads every row of the table: it is asked less often.
const TIMES_LIKE: usize = 40;
/// What is asked, what LIKE has to be asked for the same, and one in how many entries holds it.
const QUESTIONS: [(&str, &str, usize); 5] = [
    ("障害", "障害", 20),
    ("ポート25", "ポート25", 100),
    ("高橋", "髙橋", 1_000),
    ("03-1234", "03-1234", 10_000),
    ("見つからない", "見つからない", usize::MAX),
];
/// What else an entry says.
const TALK: [&str; 6] = [
    "別棟の三台から社外あてに一通ずつ送信した。二通は届き、一通は失敗した",
    "技術の担当に取り次ぐとのことで六分待ち、そのまま切れた",
    "設定の控えは総務に渡した。回線の契約は本社名義",
    "折り返すと言われたが連絡はなく、こちらから掛け直した",
    "Sent one message from each of three machines; two arrived, one was refused",
    "請求書の宛先と契約者名が違うと言われ、訂正を求めた",
];

fn main() {
    println!(
        "{:<11} {:>8} {:<14} {:>8} {:>8}   {:>9} {:>9} {:>8}",
        "database", "entries", "question", "p50 ms", "p99 ms", "LIKE p50", "LIKE p99", "p50/p50"
    );
    for kind in Kind::here() {
        let site = Site::open(kind);
        open_incident(&site.bob());
        site.kill();
        let mut there = 0;
        for size in SIZES {
            fill(&site, there..size);
            there = size;
            ask(&site, kind, size);
        }
    }
}

/// What the `n`th entry says.
fn words_of(n: usize) -> String {
    let mut words = format!("{} ({n})", TALK[n % TALK.len()]);
    for (_, found, every) in QUESTIONS {
        if n % every == every / 2 {
            write!(words, " {found}の件").expect("a text takes more");
        }
    }
    words
}

fn fill(site: &Site, entries: std::ops::Range<usize>) {
    let mut connection = Beside::of(site);
    let incident = connection.number("SELECT MAX(id) AS value FROM incidents");
    connection.run("BEGIN");
    for from in entries.clone().step_by(500) {
        let mut sql =
            "INSERT INTO aux_search (id, chain, object_kind, object_id, anchor, visibility, words, tokens) VALUES ".to_owned();
        for n in from..entries.end.min(from + 500) {
            let (words, id) = (words_of(n), 1_000_000 + n);
            let comma = if n == from { "" } else { "," };
            let cut = tokens(&words);
            write!(sql, "{comma}({id}, 'incident:{incident}', 'entry', {id}, 'a', 'internal', '{words}', '{cut}')")
                .expect("a text takes more");
        }
        connection.run(&sql);
    }
    connection.run("COMMIT");
    connection.run("ANALYZE");
}

fn ask(site: &Site, kind: Kind, size: usize) {
    let url: DatabaseUrl = site.database_url().parse().expect("the site's database");
    let store = Store::open(&url).expect("the site's database");
    let mut connection = Beside::of(site);
    for (question, like, _) in QUESTIONS {
        let asked = Question::typed(question);
        let found = || {
            let hits = store.read(Stamp::UNIX_EPOCH, |tx| search::find(tx, Actor::House, &asked));
            hits.expect("an answer").len()
        };
        let sql = format!("SELECT id, words FROM aux_search WHERE words LIKE '%{like}%' ORDER BY id DESC LIMIT {}", search::MOST);
        assert_eq!(found(), connection.rows(&sql), "{question} among {size}");
        let (ours, theirs) = (times(TIMES, found), times(TIMES_LIKE, || connection.rows(&sql)));
        let [p50, p99, like_p50, like_p99] = [at(&ours, 50), at(&ours, 99), at(&theirs, 50), at(&theirs, 99)];
        println!(
            "{:<11} {size:>8} {question:<14} {p50:>8.2} {p99:>8.2}   {like_p50:>9.2} {like_p99:>9.2} {:>8.3}",
            format!("{kind:?}"),
            p50 / like_p50
        );
    }
}

/// How long each of so many runs takes, the shortest first.
fn times(count: usize, mut run: impl FnMut() -> usize) -> Vec<Duration> {
    let mut all: Vec<Duration> = (0..count)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed()
        })
        .collect();
    all.sort_unstable();
    all
}

/// In how many milliseconds `of` in a hundred are done.
fn at(times: &[Duration], of: usize) -> f64 {
    times[(times.len() - 1) * of / 100].as_secs_f64() * 1_000.0
}

/// A connection beside the store's, for what the store has no use for.
enum Beside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
#[allow(dead_code, reason = "read as the search reads them, and counted")]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    words: String,
}

impl Beside {
    fn of(site: &Site) -> Self {
        let url = site.database_url();
        match url.strip_prefix("sqlite:") {
            Some(file) => Self::Sqlite(SqliteConnection::establish(file).expect("the site's database")),
            None => Self::Postgres(PgConnection::establish(&url).expect("the site's database")),
        }
    }

    fn run(&mut self, sql: &str) {
        let done = match self {
            Self::Sqlite(connection) => connection.batch_execute(sql),
            Self::Postgres(connection) => connection.batch_execute(sql),
        };
        done.unwrap_or_else(|error| panic!("{error}: {}", sql.chars().take(200).collect::<String>()));
    }

    fn number(&mut self, sql: &str) -> i64 {
        let query = diesel::sql_query(sql);
        let number: Number = match self {
            Self::Sqlite(connection) => query.get_result(connection),
            Self::Postgres(connection) => query.get_result(connection),
        }
        .expect("a number");
        number.value
    }

    fn rows(&mut self, sql: &str) -> usize {
        let query = diesel::sql_query(sql);
        let rows: Vec<Row> = match self {
            Self::Sqlite(connection) => query.load(connection),
            Self::Postgres(connection) => query.load(connection),
        }
        .expect("rows");
        rows.len()
    }
}
