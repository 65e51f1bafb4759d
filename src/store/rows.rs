//! What the rows of all nouns have in common.
//!
//! A noun's own table has `id`, `uid` and `revision`; its *parts* (a call's legs, a contact's numbers) stand in tables of their
//! own, with the key of the whole and a `position` from 0, and are written and revised with it. Every column must come back in
//! the value that is read, or be fixed by the others; else `verify` could not see that it was changed.

use std::collections::HashMap;

use super::types::{Micros, ZoneName};
use super::{Result, StoreError};
use crate::domain::entry::Struck;
use crate::domain::moment::Moment;

/// Which things to load.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pick<'a> {
    /// Those with these keys.
    Keys(&'a [i64]),
    /// Those that belong to the thing with this key: an incident's, a contract's, a provider's.
    Of(i64),
    /// All there are: a list of their keys would be longer than SQLite takes.
    All,
}

/// Defines a row as it stands in its table; with `of`, as a part of the thing whose key is in that column.
macro_rules! row {
    ($(#[$meta:meta])* $name:ident in $table:ident { $($field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
        #[diesel(table_name = $table, treat_none_as_null = true)]
        pub(super) struct $name { $(pub $field: $type,)+ }
    };
    ($(#[$meta:meta])* $name:ident in $table:ident of $whole:ident { $($field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Queryable, Selectable, Insertable)]
        #[diesel(table_name = $table, treat_none_as_default_value = false)]
        pub(super) struct $name { $(pub $field: $type,)+ }

        impl $crate::store::rows::Part for $name {
            const TABLE: &'static str = stringify!($table);
            fn whole(&self) -> i64 {
                self.$whole.raw()
            }
            fn position(&self) -> i64 {
                self.position
            }
        }
    };
}
pub(super) use row;

/// Loads the rows of a noun's own table. `scope` is the column of the thing that [`Pick::Of`] names.
macro_rules! wholes {
    ($conn:expr, $pick:expr, $row:ty: $table:ident by $scope:ident) => {{
        let all = $table::table.order($table::id).select(<$row>::as_select());
        match $pick {
            $crate::store::rows::Pick::Keys([]) => Vec::new(),
            // Unlike a list, one key makes a statement that is prepared once.
            $crate::store::rows::Pick::Keys([key]) => all.filter($table::id.eq(*key)).load::<$row>($conn)?,
            $crate::store::rows::Pick::Keys(keys) => all.filter($table::id.eq_any(keys)).load::<$row>($conn)?,
            $crate::store::rows::Pick::Of(key) => all.filter($table::$scope.eq(key)).load::<$row>($conn)?,
            $crate::store::rows::Pick::All => all.load::<$row>($conn)?,
        }
    }};
}
pub(super) use wholes;

/// Loads the parts of the same things, in order.
macro_rules! parts {
    ($conn:expr, $pick:expr, $row:ty: $table:ident.$whole:ident of $main:ident by $scope:ident) => {{
        let all = $table::table.order(($table::$whole, $table::position)).select(<$row>::as_select());
        let rows = match $pick {
            $crate::store::rows::Pick::Keys([]) => Vec::new(),
            $crate::store::rows::Pick::Keys([key]) => all.filter($table::$whole.eq(*key)).load::<$row>($conn)?,
            $crate::store::rows::Pick::Keys(keys) => all.filter($table::$whole.eq_any(keys)).load::<$row>($conn)?,
            $crate::store::rows::Pick::Of(key) => {
                let wholes = $main::table.filter($main::$scope.eq(key)).select($main::id);
                all.filter($table::$whole.eq_any(wholes)).load::<$row>($conn)?
            }
            $crate::store::rows::Pick::All => all.load::<$row>($conn)?,
        };
        $crate::store::rows::Parts::new(rows)?
    }};
}
pub(super) use parts;

/// Writes the row of a noun's own table: revision 0 is new, each later one must follow the one before, of the same whole.
macro_rules! save {
    ($tx:expr, $row:expr => $table:ident $(where $scope:ident = $whole:expr)?) => {{
        let row = $row;
        if row.revision == 0 {
            diesel::insert_into($table::table).values(&row).execute($tx.conn())?;
        } else {
            let before = $table::table.filter($table::id.eq(row.id)).filter($table::revision.eq(row.revision - 1));
            $(let before = before.filter($table::$scope.eq($whole));)?
            $crate::store::one_row(diesel::update(before).set(&row).execute($tx.conn())?)?;
        }
    }};
}
pub(super) use save;

/// Puts these parts in the place of those that were there.
macro_rules! save_parts {
    ($tx:expr, $rows:expr => $table:ident.$whole:ident = $key:expr) => {{
        let rows: Vec<_> = $rows.collect();
        diesel::delete($table::table.filter($table::$whole.eq($key))).execute($tx.conn())?;
        if !rows.is_empty() {
            $crate::store::dialect::both!($tx.conn(), |conn| diesel::insert_into($table::table).values(&rows).execute(conn))?;
        }
    }};
}
pub(super) use save_parts;

/// The two ways in which a noun is written under the permit of its whole; both are the same work.
macro_rules! writes {
    ($whole:ident, $noun:ident, |$tx:ident, $permit:ident, $action:ident, $thing:ident| $work:block) => {
        /// Adds one to what the permit is for.
        ///
        /// # Errors
        /// [`StoreError::Stale`](crate::store::StoreError::Stale) where its revision is not 0.
        pub fn add<D: $crate::store::permit::Writes>(
            tx: &mut $crate::store::Tx<'_>,
            permit: &$crate::store::permit::Permit<'_, D, $whole>,
            action: $crate::store::ledger::Action,
            thing: &$noun,
        ) -> $crate::store::Result<()> {
            if thing.revision == 0 { write(tx, permit, action, thing) } else { Err($crate::store::StoreError::Stale) }
        }

        /// Changes one of what the permit is for.
        ///
        /// # Errors
        /// [`StoreError::Stale`](crate::store::StoreError::Stale) where its revision does not follow the one before.
        pub fn change<D: $crate::store::permit::Writes>(
            tx: &mut $crate::store::Tx<'_>,
            permit: &$crate::store::permit::Permit<'_, D, $whole>,
            action: $crate::store::ledger::Action,
            thing: &$noun,
        ) -> $crate::store::Result<()> {
            if thing.revision > 0 { write(tx, permit, action, thing) } else { Err($crate::store::StoreError::Stale) }
        }

        fn write<D: $crate::store::permit::Writes>(
            $tx: &mut $crate::store::Tx<'_>,
            $permit: &$crate::store::permit::Permit<'_, D, $whole>,
            $action: $crate::store::ledger::Action,
            $thing: &$noun,
        ) -> $crate::store::Result<()> $work
    };
}
pub(super) use writes;

/// A noun that stands in one table and belongs to an incident or a contract: how it is read, written and verified. The module
/// gives its `Row` with `From<&Noun>` and `TryInto<Noun>`.
macro_rules! noun_of {
    ($whole:ident, $noun:ident in $table:ident by $scope:ident, its $field:ident, $all:ident) => {
        $crate::store::rows::noun_in!($whole, $noun in $table by $scope, its $field, $all);

        /// One of the permit's, by its uid.
        ///
        /// # Errors
        /// [`Denied::NotFound`](crate::store::Denied::NotFound).
        pub fn get<D: $crate::store::permit::Allows>(
            tx: &mut $crate::store::Tx<'_>,
            permit: &$crate::store::permit::Permit<'_, D, $whole>,
            uid: $crate::domain::id::Uid,
        ) -> $crate::store::Result<$noun> {
            let mine = $table::table.filter($table::uid.eq(uid)).filter($table::$scope.eq(permit.id()));
            let row: Option<Row> = mine.select(Row::as_select()).first(tx.conn()).optional()?;
            row.ok_or($crate::store::Denied::NotFound)?.try_into()
        }
    };
}
pub(super) use noun_of;

/// The same for a noun of which not everybody may know who may look at the whole: its module gives `get`.
macro_rules! noun_in {
    ($whole:ident, $noun:ident in $table:ident by $scope:ident, its $field:ident, $all:ident) => {
        /// All of the permit's, in the order in which they were added.
        ///
        /// # Errors
        /// [`StoreError::Broken`](crate::store::StoreError::Broken) where one is not as we write it.
        pub fn $all<D: $crate::store::permit::Allows>(
            tx: &mut $crate::store::Tx<'_>,
            permit: &$crate::store::permit::Permit<'_, D, $whole>,
        ) -> $crate::store::Result<Vec<$noun>> {
            load(tx.conn(), $crate::store::rows::Pick::Of(permit.id().raw()))
        }

        $crate::store::rows::writes!($whole, $noun, |tx, permit, action, thing| {
            $crate::store::same(permit.id(), thing.$field)?;
            $crate::store::rows::save!(tx, Row::from(thing) => $table where $scope = permit.id());
            $crate::store::ledger::append(tx, permit, action, thing)
        });

        pub(super) fn load(
            conn: &mut $crate::store::dialect::AnyConnection,
            pick: $crate::store::rows::Pick<'_>,
        ) -> $crate::store::Result<Vec<$noun>> {
            let rows = $crate::store::rows::wholes!(conn, pick, Row: $table by $scope);
            rows.into_iter().map($noun::try_from).collect()
        }

        impl $crate::store::evidence::Evidence for $noun {
            const TABLES: &'static [&'static str] = &[stringify!($table)];

            fn load(
                conn: &mut $crate::store::dialect::AnyConnection,
                keys: &[i64],
            ) -> $crate::store::Result<Vec<($crate::domain::ledger::Chain, Self)>> {
                let all = load(conn, $crate::store::rows::Pick::Keys(keys))?;
                Ok(all.into_iter().map(|thing| ($crate::domain::ledger::Chain::$whole(thing.$field), thing)).collect())
            }
        }
    };
}
pub(super) use noun_in;

/// Numbers things from 0.
pub(super) fn numbered<T>(things: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (0..).zip(things)
}

/// A row that is part of a thing.
pub(super) trait Part {
    /// Its table.
    const TABLE: &'static str;
    /// The key of the whole.
    fn whole(&self) -> i64;
    /// Its place, from 0.
    fn position(&self) -> i64;
}

/// The parts of several things.
pub(super) struct Parts<R>(HashMap<i64, Vec<R>>);

impl<R: Part> Parts<R> {
    /// Sorts rows to their wholes. Their places must follow one another from 0.
    pub fn new(rows: Vec<R>) -> Result<Self> {
        let mut parts: HashMap<i64, Vec<R>> = HashMap::new();
        for row in rows {
            let (whole, position) = (row.whole(), row.position());
            let before = parts.entry(whole).or_default();
            if usize::try_from(position) != Ok(before.len()) {
                return Err(broken(R::TABLE, format!("{whole}, {position}"), "it does not follow the one before it"));
            }
            before.push(row);
        }
        Ok(Self(parts))
    }

    /// The parts of one thing, in order.
    pub fn take(&mut self, whole: i64) -> Vec<R> {
        self.0.remove(&whole).unwrap_or_default()
    }
}

/// What columns make, or why they do not fit together.
pub(super) type Fit<T> = std::result::Result<T, &'static str>;

/// Columns that do not fit together.
pub(super) fn broken(table: &'static str, key: impl ToString, what: &str) -> StoreError {
    StoreError::Broken { table, key: key.to_string(), what: what.to_owned() }
}

/// A moment from its four columns.
pub(super) fn moment(from: Micros, to: Micros, words: Option<String>, ZoneName(zone): ZoneName) -> Moment {
    Moment { from: from.0, to: to.0, words, zone }
}

/// The four columns of a moment that may be unknown.
pub(super) type MomentColumns = (Option<Micros>, Option<Micros>, Option<String>, Option<ZoneName>);

/// A moment that may be unknown, from its columns: all are there but the words, or none.
pub(super) fn maybe_moment(columns: MomentColumns) -> Fit<Option<Moment>> {
    match columns {
        (Some(from), Some(to), words, Some(zone)) => Ok(Some(moment(from, to, words, zone))),
        (None, None, None, None) => Ok(None),
        _ => Err("a moment is there by half"),
    }
}

/// The columns of a moment that may be unknown.
pub(super) fn moment_columns(moment: Option<&Moment>) -> MomentColumns {
    match moment {
        Some(Moment { from, to, words, zone }) => (Some(Micros(*from)), Some(Micros(*to)), words.clone(), Some(ZoneName(*zone))),
        None => (None, None, None, None),
    }
}

/// Whether something is struck out, from its two columns.
pub(super) fn struck(at: Option<Micros>, reason: Option<String>) -> Fit<Option<Struck>> {
    match (at, reason) {
        (Some(at), Some(reason)) => Ok(Some(Struck { at: at.0, reason })),
        (None, None) => Ok(None),
        _ => Err("it is struck out by half"),
    }
}

/// The two columns of that.
pub(super) fn struck_columns(struck: Option<&Struck>) -> (Option<Micros>, Option<String>) {
    (struck.map(|struck| Micros(struck.at)), struck.map(|struck| struck.reason.clone()))
}
