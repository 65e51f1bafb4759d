//! Whole tables, row by row, as JSON: the form in which rows leave one database for a file or for the other.
//!
//! A row is one JSON object of its columns, in the order of their names; its key is the JSON array of its primary key's columns. Both
//! are made and read by the database itself, so that no table needs code of its own. Rows come in the order of their keys: numbers by
//! value, texts byte by byte, whatever the language of the database.

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::result::QueryResult;
use diesel::sql_types::{BigInt, Text};

use super::{AnyConnection, live_tables};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Whether it holds text; else numbers.
    pub is_text: bool,
}

/// A table as it stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Its name.
    pub table: String,
    /// Its columns, by name.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in the key's order.
    pub key: Vec<Column>,
    /// The tables whose rows its rows point to.
    pub parents: Vec<String>,
}

/// A row on its way.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct RawRow {
    /// Its key, a JSON array.
    #[diesel(sql_type = Text)]
    pub key: String,
    /// The row, a JSON object.
    #[diesel(sql_type = Text)]
    pub row: String,
}

/// Rows as they come.
pub type RawRows<'a> = Box<dyn Iterator<Item = QueryResult<RawRow>> + 'a>;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = BigInt)]
    is_text: i64,
    #[diesel(sql_type = BigInt)]
    key_position: i64,
}

#[derive(QueryableByName)]
struct Reference {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

const SQLITE_COLUMNS: &str = "SELECT t.name AS table_name, c.name AS column_name, c.type = 'TEXT' AS is_text, c.pk AS key_position \
     FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.name";
const SQLITE_REFERENCES: &str = "SELECT DISTINCT t.name AS child, f.\"table\" AS parent \
     FROM sqlite_schema t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY 1, 2";
const POSTGRES_COLUMNS: &str = "SELECT c.relname::text AS table_name, a.attname::text AS column_name, \
     (CASE WHEN a.atttypid = 'text'::regtype THEN 1 ELSE 0 END)::bigint AS is_text, \
     COALESCE(array_position(string_to_array(i.indkey::text, ' '), a.attnum::text), 0)::bigint AS key_position \
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary \
     WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, a.attname::text COLLATE \"C\"";
const POSTGRES_REFERENCES: &str = "SELECT DISTINCT c.relname::text AS child, p.relname::text AS parent FROM pg_constraint f \
     JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid \
     WHERE f.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";

/// The tables there are, by name.
pub fn layouts(conn: &mut AnyConnection) -> QueryResult<Vec<Layout>> {
    let (columns, references) = match conn {
        AnyConnection::Sqlite(_) => (SQLITE_COLUMNS, SQLITE_REFERENCES),
        AnyConnection::Postgres(_) => (POSTGRES_COLUMNS, POSTGRES_REFERENCES),
    };
    let columns: Vec<ColumnRow> = diesel::sql_query(columns).load(conn)?;
    let references: Vec<Reference> = diesel::sql_query(references).load(conn)?;
    let layout = |table: String| {
        let mine = columns.iter().filter(|column| column.table_name == table);
        let mut keys: Vec<_> = mine.clone().filter(|column| column.key_position > 0).collect();
        keys.sort_by_key(|column| column.key_position);
        let column = |row: &ColumnRow| Column { name: row.column_name.clone(), is_text: row.is_text != 0 };
        Layout {
            columns: mine.map(column).collect(),
            key: keys.into_iter().map(column).collect(),
            parents: references.iter().filter(|pair| pair.child == table).map(|pair| pair.parent.clone()).collect(),
            table,
        }
    };
    Ok(live_tables(conn)?.into_iter().map(layout).collect())
}

/// Pieces joined by commas.
fn list<T>(of: &[T], piece: impl Fn(&T) -> String) -> String {
    of.iter().map(piece).collect::<Vec<_>>().join(", ")
}

/// All rows of a table, one after the other, in the order of their keys; none is held once the next is asked for.
pub fn rows<'a>(conn: &'a mut AnyConnection, layout: &Layout) -> QueryResult<RawRows<'a>> {
    let (table, key) = (&layout.table, list(&layout.key, |column| column.name.clone()));
    Ok(match conn {
        AnyConnection::Sqlite(c) => {
            let columns = list(&layout.columns, |column| format!("'{0}', {0}", column.name));
            let sql = format!("SELECT json_array({key}) AS key, json_object({columns}) AS row FROM {table} ORDER BY {key}");
            Box::new(diesel::sql_query(sql).load_iter::<RawRow, DefaultLoadingMode>(c)?)
        }
        AnyConnection::Postgres(c) => {
            let columns = list(&layout.columns, |column| column.name.clone());
            let order =
                list(
                    &layout.key,
                    |column| {
                        if column.is_text { format!("{} COLLATE \"C\"", column.name) } else { column.name.clone() }
                    },
                );
            let sql = format!(
                "SELECT json_build_array({key})::text AS key, row_to_json(t)::text AS row \
                 FROM (SELECT {columns} FROM {table}) t ORDER BY {order}"
            );
            Box::new(diesel::sql_query(sql).load_iter::<RawRow, PgRowByRowLoadingMode>(c)?)
        }
    })
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many rows a table has.
pub fn count(conn: &mut AnyConnection, table: &str) -> QueryResult<i64> {
    let count: Count = diesel::sql_query(format!("SELECT count(*) AS count FROM {table}")).get_result(conn)?;
    Ok(count.count)
}

/// Writes rows into a table.
pub fn insert(conn: &mut AnyConnection, layout: &Layout, rows: &[String]) -> QueryResult<()> {
    let (table, columns) = (&layout.table, list(&layout.columns, |column| column.name.clone()));
    let all = format!("[{}]", rows.join(","));
    match conn {
        AnyConnection::Sqlite(c) => {
            let values = list(&layout.columns, |column| format!("value ->> '$.{}'", column.name));
            let sql = format!("INSERT INTO {table} ({columns}) SELECT {values} FROM json_each(?)");
            diesel::sql_query(sql).bind::<Text, _>(all).execute(c)
        }
        AnyConnection::Postgres(c) => {
            let sql =
                format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, $1::json)");
            diesel::sql_query(sql).bind::<Text, _>(all).execute(c)
        }
    }
    .map(drop)
}

/// Takes the rows with these keys out of a table.
pub fn delete(conn: &mut AnyConnection, layout: &Layout, keys: &[String]) -> QueryResult<()> {
    let table = &layout.table;
    let all = format!("[{}]", keys.join(","));
    let numbered: Vec<_> = layout.key.iter().enumerate().collect();
    match conn {
        AnyConnection::Sqlite(c) => {
            let key = list(&layout.key, |column| column.name.clone());
            let values = list(&numbered, |(index, _)| format!("value ->> '$[{index}]'"));
            let sql = format!("DELETE FROM {table} WHERE ({key}) IN (SELECT {values} FROM json_each(?))");
            diesel::sql_query(sql).bind::<Text, _>(all).execute(c)
        }
        AnyConnection::Postgres(c) => {
            let same = numbered.iter().map(|(index, column)| {
                let value = if column.is_text { format!("v ->> {index}") } else { format!("(v ->> {index})::bigint") };
                format!("{} = {value}", column.name)
            });
            let same = same.collect::<Vec<_>>().join(" AND ");
            let sql = format!("DELETE FROM {table} USING json_array_elements($1::json) v WHERE {same}");
            diesel::sql_query(sql).bind::<Text, _>(all).execute(c)
        }
    }
    .map(drop)
}
