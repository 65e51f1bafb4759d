//! The two databases have the same tables.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;

use super::tamper::{Column, columns};
use crate::store::dialect::{self, AnyConnection, Purpose};
use crate::store::testing::on_each;
use crate::store::{Result, StoreError};

#[test]
fn migrations_have_the_same_names_in_both_folders() -> std::io::Result<()> {
    let names = |folder: &str| -> std::io::Result<Vec<_>> {
        let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut names = std::fs::read_dir(path)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    };
    assert_eq!(names("sqlite")?, names("postgres")?);
    Ok(())
}

#[test]
fn both_live_schemas_have_the_same_tables_columns_keys_and_nullability() -> Result<()> {
    let seen = std::sync::Mutex::new(Vec::new());
    on_each(|scene| {
        let mut conn = dialect::connect(&scene.url, Purpose::Write)?;
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for table in dialect::live_tables(&mut conn)? {
            let columns = columns(&mut conn, &table)?;
            tables.insert(table, columns);
        }
        // SQLite's index of words is a table with shadows, PostgreSQL's is an index.
        tables.retain(|name, _| !name.starts_with("aux_search_fts"));
        // The one sequence of PostgreSQL is a table in SQLite.
        let had_ids = tables.remove("aux_ids").is_some();
        assert_eq!(had_ids, matches!(conn, AnyConnection::Sqlite(_)));
        seen.lock().map_err(|error| StoreError::Open(error.to_string()))?.push(tables);
        Ok(())
    })?;
    let seen = seen.into_inner().map_err(|error| StoreError::Open(error.to_string()))?;
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    Ok(())
}

#[test]
fn every_table_is_strict_in_sqlite() -> Result<()> {
    on_each(|scene| {
        let mut conn = dialect::connect(&scene.url, Purpose::Read)?;
        if matches!(conn, AnyConnection::Sqlite(_)) {
            let loose = super::count(
                &mut conn,
                "pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
            )?;
            assert_eq!(loose, 0);
        }
        Ok(())
    })
}

#[test]
fn tables_of_a_later_version_are_left_alone() -> Result<()> {
    on_each(|scene| {
        let mut conn = dialect::connect(&scene.url, Purpose::Write)?;
        conn.batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')")?;
        assert!(matches!(scene.store.migrate(), Err(StoreError::Newer(step)) if step == "9999"));
        Ok(())
    })
}
