//! The search: written beside the ledger, in the same transaction, from the same payload, so that no noun can be forgotten; read
//! under the rules of the incidents and of private notes.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde_json::Value;

use super::dialect::AnyConnection;
use super::evidence::NOUNS;
use super::history::Home;
use super::overview::{heard, known};
use super::schema::aux_search;
use super::{Denied, Result, Tx, dialect};
use crate::domain::id::Uid;
use crate::domain::incident::IncidentNumber;
use crate::domain::ledger::{Chain, ObjectKind};
use crate::domain::permit::{Actor, Deed};
use crate::domain::search::{Question, tokens};
use crate::domain::visibility::Visibility;

/// How many things are found at the most.
pub const MOST: usize = 50;
/// How many are looked at: pairs of characters find a little too much.
const LOOKED_AT: usize = 400;
/// The pieces of the search on PostgreSQL (`aux_search_tokens`): by which sign they are called, and how many last bits of a key they
/// leave out. What is in every second row would otherwise be found a million times, to show the latest.
const PIECES: [(char, u32); 2] = [('#', 12), ('@', 18)];
/// Among how many of the latest pieces of each size it looks, one after the other.
const STEPS: [i64; 3] = [4, 16, 64];

/// The fields of each noun in which words are looked for; `a.b` is the field `b` of everything in the list `a`.
const FIELDS: &[(ObjectKind, &[&str])] = &[
    (ObjectKind::Provider, &["name", "trade", "note", "numbers.written", "numbers.digits"]),
    (ObjectKind::Contact, &["name", "department", "role", "email", "note", "numbers.written", "numbers.digits"]),
    (ObjectKind::Contract, &["title", "number", "note"]),
    (ObjectKind::Clause, &["number", "heading", "quote"]),
    (ObjectKind::Agreement, &["words", "made_with", "evidence"]),
    (ObjectKind::Incident, &["title", "title_outward", "what", "affected", "cause"]),
    (ObjectKind::Entry, &["title", "body", "place"]),
    (ObjectKind::Ask, &["words"]),
    (ObjectKind::RuledOut, &["what", "why"]),
    (ObjectKind::Change, &["what"]),
    (ObjectKind::Notice, &["address", "note"]),
    (ObjectKind::Contradiction, &["note"]),
    (ObjectKind::Attachment, &["name"]),
];

/// A text to be found.
struct Entry {
    anchor: String,
    visibility: String,
    words: String,
}

/// Puts what a thing says now in the place of what it said before. `payload` is what the ledger keeps of it.
pub(super) fn put(tx: &mut Tx<'_>, chain: Chain, kind: ObjectKind, id: i64, payload: &Value) -> Result<()> {
    let Some((_, fields)) = FIELDS.iter().find(|(of, _)| *of == kind) else { return Ok(()) };
    take(tx, kind, id)?;
    let author = payload.get("author").or_else(|| payload.get("added_by")).and_then(Value::as_i64);
    for entry in texts(kind, fields, payload) {
        let tokens = tokens(&entry.words);
        if tokens.is_empty() {
            continue;
        }
        let row = (
            aux_search::id.eq(dialect::next_id(tx.conn())?),
            aux_search::chain.eq(chain.to_string()),
            aux_search::object_kind.eq(kind.as_str()),
            aux_search::object_id.eq(id),
            aux_search::anchor.eq(entry.anchor),
            aux_search::visibility.eq(entry.visibility),
            aux_search::author_id.eq(author),
            aux_search::words.eq(entry.words),
            aux_search::tokens.eq(tokens),
        );
        diesel::insert_into(aux_search::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

/// Takes away what a thing said.
pub(super) fn take(tx: &mut Tx<'_>, kind: ObjectKind, id: i64) -> Result<()> {
    let mine = aux_search::table.filter(aux_search::object_kind.eq(kind.as_str())).filter(aux_search::object_id.eq(id));
    diesel::delete(mine).execute(tx.conn())?;
    Ok(())
}

fn texts(kind: ObjectKind, fields: &[&str], payload: &Value) -> Vec<Entry> {
    // A file that was struck out is shown no more; everything else that was is shown struck out.
    if kind == ObjectKind::Attachment && !payload["struck"].is_null() {
        return Vec::new();
    }
    let anchor = text(payload, "uid");
    // What has none is for all of our people.
    let visibility = |value: &Value| match value.get("visibility").and_then(Value::as_str) {
        Some(visibility) => visibility.to_owned(),
        None => Visibility::Internal.as_str().to_owned(),
    };
    let own: Vec<String> = fields.iter().flat_map(|field| values(payload, field)).filter(|words| !words.is_empty()).collect();
    let mut all = vec![Entry { anchor: anchor.clone(), visibility: visibility(payload), words: own.join("\n") }];
    if kind == ObjectKind::Entry {
        let private = visibility(payload) == Visibility::Private.as_str();
        let legs = payload.pointer("/call/legs").and_then(Value::as_array);
        all.extend(legs.into_iter().flatten().map(|leg| Entry {
            anchor: anchor.clone(),
            visibility: visibility(payload),
            words: text(leg, "who"),
        }));
        let said = payload.get("statements").and_then(Value::as_array);
        all.extend(said.into_iter().flatten().map(|statement| Entry {
            anchor: anchor.clone(),
            visibility: if private { visibility(payload) } else { visibility(statement) },
            words: text(statement, "words"),
        }));
    }
    all.retain(|entry| !entry.words.is_empty());
    all
}

fn text(value: &Value, field: &str) -> String {
    value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn values(payload: &Value, field: &str) -> Vec<String> {
    match field.split_once('.') {
        None => vec![text(payload, field)],
        Some((list, field)) => {
            let all = payload.get(list).and_then(Value::as_array);
            all.into_iter().flatten().map(|one| text(one, field)).collect()
        }
    }
}

/// Whether nothing can be searched for.
pub(super) fn is_empty(conn: &mut AnyConnection) -> Result<bool> {
    let any: Option<i64> = aux_search::table.select(aux_search::id).first(conn).optional()?;
    Ok(any.is_none())
}

/// Makes the search anew from the record where it is empty: after an update, or where it was lost.
pub(super) fn make_if_empty(tx: &mut Tx<'_>) -> Result<()> {
    // Another process may have begun at the same time.
    dialect::write_alone(tx.conn(), "aux_search")?;
    if !is_empty(tx.conn())? {
        return Ok(());
    }
    for noun in NOUNS {
        let mut after = i64::MIN;
        loop {
            let sql = format!("SELECT id AS value FROM {} WHERE id > $1 ORDER BY id LIMIT 500", noun.tables[0]);
            let keys: Vec<Number> = diesel::sql_query(sql).bind::<BigInt, _>(after).load(tx.conn())?;
            let keys: Vec<i64> = keys.into_iter().map(|key| key.value).collect();
            let Some(last) = keys.last().copied() else { break };
            after = last;
            for found in (noun.load)(tx.conn(), &keys)? {
                put(tx, found.chain, noun.kind, found.id, &found.value)?;
            }
        }
    }
    Ok(())
}

/// Something found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What it is.
    pub kind: ObjectKind,
    /// Where it stands.
    pub home: Home,
    /// What that is called.
    pub place: String,
    /// By which uid its page shows it.
    pub anchor: String,
    /// Its words.
    pub words: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    object_kind: ObjectKind,
    #[diesel(sql_type = Text)]
    anchor: String,
    #[diesel(sql_type = Text)]
    words: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    year: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    count: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    incident: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    provider_uid: Option<Uid>,
    #[diesel(sql_type = Nullable<Text>)]
    provider: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    contract_uid: Option<Uid>,
    #[diesel(sql_type = Nullable<Text>)]
    contract: Option<String>,
}

/// What `actor` may know of and that answers the question, the latest first.
///
/// # Errors
/// [`Denied::Forbidden`].
pub fn find(tx: &mut Tx<'_>, actor: Actor, question: &Question) -> Result<Vec<Hit>> {
    if !actor.may(Deed::Look) {
        return Err(Denied::Forbidden.into());
    }
    if question.is_empty() {
        return Ok(Vec::new());
    }
    // No key is below 1.
    let me = actor.person().map_or(0, |me| me.raw());
    let Matching { from, condition, key, asked } = matching(tx.conn(), question)?;
    // What hangs on an entry is there for those who may know of it.
    let hanging = format!(
        "(s.object_kind <> 'contradiction' OR EXISTS (SELECT 1 FROM contradictions x JOIN statements st ON st.id = x.statement_id \
         JOIN entries e ON e.id = st.entry_id WHERE x.id = s.object_id AND {})) \
         AND (s.object_kind <> 'attachment' OR NOT EXISTS (SELECT 1 FROM attachments f JOIN entries e ON e.id = f.owner_id \
         WHERE f.id = s.object_id AND f.owner_kind = 'entry' AND e.visibility = 'private' AND COALESCE(e.author_id, 0) <> {me}))",
        heard(actor)
    );
    let sql = format!(
        "SELECT s.object_kind, s.anchor, s.words, i.year, i.count, i.title AS incident, \
         p.uid AS provider_uid, p.name AS provider, k.uid AS contract_uid, k.title AS contract FROM {from} \
         LEFT JOIN incidents i ON i.id = {} LEFT JOIN providers p ON p.id = {} LEFT JOIN contracts k ON k.id = {} \
         WHERE {condition} AND (s.visibility <> 'private' OR s.author_id = {me}) AND {hanging} AND (i.id IS NULL OR {}) \
         ORDER BY {key} DESC LIMIT {LOOKED_AT}",
        key_in("incident"),
        key_in("provider"),
        key_in("contract"),
        known(actor)
    );
    let mut rows: Vec<Row> = Vec::new();
    for asked in asked {
        rows = diesel::sql_query(&sql).bind::<Text, _>(asked).load(tx.conn())?;
        if rows.len() >= LOOKED_AT {
            break;
        }
    }
    let found = rows.into_iter().filter(|row| question.is_in(&row.words)).take(MOST);
    Ok(found.filter_map(hit).collect())
}

/// The key that stands in the name of a chain of that kind; none in another's. Compared as a number it is found by its index.
fn key_in(kind: &str) -> String {
    let from = kind.len() + 2;
    format!("CASE WHEN s.chain LIKE '{kind}:%' THEN CAST(substr(s.chain, {from}) AS BIGINT) END")
}

/// How a database finds tokens.
struct Matching {
    /// Where rows `s` come from.
    from: &'static str,
    condition: &'static str,
    /// By what they are in the order in which they came.
    key: &'static str,
    /// What is asked, one after the other until enough is found; the last asks for all. Tokens hold letters and digits alone, so that
    /// none can be taken for a sign of the database's own.
    asked: Vec<String>,
}

fn matching(conn: &mut AnyConnection, question: &Question) -> Result<Matching> {
    let each = |quote: char, prefix: &'static str| {
        question.tokens.iter().map(move |(token, begins)| format!("{quote}{token}{quote}{}", if *begins { prefix } else { "" }))
    };
    Ok(match conn {
        // FTS5 goes from the latest back by itself, and stops when enough is found; SQLite keeps the order of a CROSS JOIN.
        AnyConnection::Sqlite(_) => Matching {
            from: "aux_search_fts f CROSS JOIN aux_search s",
            condition: "f.aux_search_fts MATCH $1 AND s.id = f.rowid",
            key: "f.rowid",
            asked: vec![each('"', "*").collect::<Vec<_>>().join(" ")],
        },
        AnyConnection::Postgres(_) => Matching {
            from: "aux_search s",
            condition: "array_to_tsvector(string_to_array(s.tokens || ' #' || CAST(s.id >> 12 AS TEXT) || ' @' \
                || CAST(s.id >> 18 AS TEXT), ' ')) @@ CAST($1 AS tsquery)",
            key: "s.id",
            asked: piece_by_piece(&each('\'', ":*").collect::<Vec<_>>().join(" & "), last_key(conn)?),
        },
    })
}

/// The latest key of the search.
fn last_key(conn: &mut AnyConnection) -> Result<i64> {
    let last: Number = diesel::sql_query("SELECT COALESCE(max(id), 0) AS value FROM aux_search").get_result(conn)?;
    Ok(last.value)
}

/// The same question about more and more of the latest pieces, and at last about all.
fn piece_by_piece(asked: &str, last_key: i64) -> Vec<String> {
    let steps = PIECES.iter().flat_map(|(sign, bits)| STEPS.iter().map(move |count| (sign, last_key >> bits, count)));
    let narrowed = steps.filter(|(_, last, count)| *count <= last).map(|(sign, last, count)| {
        let pieces: Vec<String> = (last - count + 1..=last).map(|piece| format!("'{sign}{piece}'")).collect();
        format!("{asked} & ({})", pieces.join(" | "))
    });
    narrowed.chain([asked.to_owned()]).collect()
}

fn hit(row: Row) -> Option<Hit> {
    let (home, place) = match row {
        Row { year: Some(year), count: Some(count), incident: Some(title), .. } => {
            let number = IncidentNumber { year: i32::try_from(year).ok()?, count };
            (Home::Incident(number), format!("{number} {title}"))
        }
        Row { provider_uid: Some(uid), provider: Some(name), .. } => (Home::Provider(uid), name),
        Row { contract_uid: Some(uid), contract: Some(title), .. } => (Home::Contract(uid), title),
        _ => return None,
    };
    Some(Hit { kind: row.object_kind, home, place, anchor: row.anchor, words: row.words })
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    use diesel::sql_types::Text;

    use super::{AnyConnection, Matching, matching, piece_by_piece};
    use crate::domain::search::Question;
    use crate::store::Result;
    use crate::store::testing::{at, on_each};

    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        line: String,
    }

    #[test]
    fn on_postgresql_what_is_asked_is_word_for_word_what_the_index_is_of() -> Result<()> {
        on_each(|scene| {
            scene.store.write(at(0), |tx| {
                let Matching { from, condition, asked, .. } = matching(tx.conn(), &Question::typed("障害"))?;
                if matches!(tx.conn(), AnyConnection::Sqlite(_)) {
                    return Ok(());
                }
                // Of an empty table every row is read, unless that is forbidden.
                tx.conn().batch_execute("SET LOCAL enable_seqscan = off")?;
                let plan = diesel::sql_query(format!("EXPLAIN SELECT s.id FROM {from} WHERE {condition}"));
                let plan: Vec<Step> = plan.bind::<Text, _>(&asked[0]).load(tx.conn())?;
                assert!(plan.iter().any(|step| step.line.contains("aux_search_tokens")), "it is found without the index");
                Ok(())
            })
        })
    }

    #[test]
    fn the_latest_pieces_are_asked_for_first_and_at_last_all() {
        let asked = piece_by_piece("'障害'", (20 << 12) + 7);
        assert_eq!(asked.len(), 3, "there are no 64 pieces: {asked:?}");
        assert_eq!(asked[0], "'障害' & ('#17' | '#18' | '#19' | '#20')");
        assert!(asked[1].contains("('#5' | ") && asked[1].ends_with("'#20')"), "{}", asked[1]);
        assert_eq!(asked[2], "'障害'");
        assert_eq!(piece_by_piece("'障害'", 3 << 12), ["'障害'"], "a small record is asked for at once");
        assert!(piece_by_piece("'障害'", 5 << 18)[3].ends_with("('@2' | '@3' | '@4' | '@5')"));
    }
}
