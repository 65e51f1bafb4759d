//! A place that is being filled with a record.

use std::iter::Peekable;

use super::{Layout, Origin, Progress, Row, TOLD_EVERY, Tell, TransferError, parents_first};
use crate::domain::ledger::Seal;
use crate::domain::moment::Stamp;
use crate::store::dialect::{self, AnyConnection, Purpose, bulk};
use crate::store::place::{self, Elsewhere, State};
use crate::store::url::DatabaseUrl;
use crate::store::{StoreError, outbox, search, transact, verify};

/// How many rows, and how many bytes of them, are written at a time.
const ROWS_AT_ONCE: usize = 2_000;
const BYTES_AT_ONCE: usize = 4 << 20;

/// What was done to a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Poured {
    /// How many rows the origin has.
    pub rows: i64,
    /// How many of them were written; the others were there already, the same.
    pub written: i64,
    /// How many rows were taken away, since the origin has them no more, or otherwise.
    pub taken: i64,
}

/// A place that is being filled. Until [`Filling::end`] nobody can work there.
pub struct Filling {
    writer: AnyConnection,
    reader: AnyConnection,
    now: Stamp,
    /// It was empty but for what new tables begin with, so that there is nothing to take away.
    is_fresh: bool,
}

impl Filling {
    /// Begins to fill that place from `origin`, or goes on: brings its tables to where the origin's are, and says that they are not
    /// whole.
    ///
    /// # Errors
    /// [`TransferError::Occupied`] where there is a record, [`TransferError::FillingFrom`] where it is being filled from elsewhere;
    /// [`StoreError::Newer`] where the origin's tables are of a later version.
    pub fn begin(url: &DatabaseUrl, origin: &dyn Origin, now: Stamp) -> Result<Self, TransferError> {
        Self::begin_where(url, origin.name(), origin.steps(), now, |_| Ok(false))
    }

    /// The same; `overtaken` says of a place that moved away whether all it has is in the origin.
    pub(super) fn begin_where(
        url: &DatabaseUrl,
        from: String,
        steps: &[String],
        now: Stamp,
        overtaken: impl FnOnce(&Seal) -> Result<bool, StoreError>,
    ) -> Result<Self, TransferError> {
        let mut writer = dialect::connect(url, Purpose::Write)?;
        let was_empty = !dialect::live_tables(&mut writer)?.iter().any(|table| table == "ledger");
        let marked = place::read(&mut writer)?;
        let mut is_fresh = was_empty;
        match marked {
            None if was_empty => {}
            // Tables without a record: somebody began to serve there, and nobody came.
            None if bulk::count(&mut writer, "ledger")? == 0 => {}
            None => return Err(TransferError::Occupied),
            Some(Elsewhere { state: State::Filling, other, .. }) if other == from => is_fresh = was_empty,
            Some(Elsewhere { state: State::Filling, other, .. }) => return Err(TransferError::FillingFrom(other)),
            Some(Elsewhere { state: State::Moved, .. }) => {
                let seal = transact(&mut writer, Purpose::Read, (now, None), verify::seal)?;
                if !overtaken(&seal)? {
                    return Err(TransferError::Ahead);
                }
            }
        }
        let here = Elsewhere { state: State::Filling, other: from, at: now };
        transact(&mut writer, Purpose::Write, (now, None), |tx| place::lay(tx.conn(), &here))?;
        dialect::migrate_to(&mut writer, steps)?;
        let reader = dialect::connect(url, Purpose::Read)?;
        Ok(Self { writer, reader, now, is_fresh })
    }

    /// Whether that place is being filled, or that was broken off.
    pub(super) fn is_going_on(url: &DatabaseUrl) -> Result<bool, StoreError> {
        let marked = place::read(&mut dialect::connect(url, Purpose::Write)?)?;
        Ok(marked.is_some_and(|elsewhere| elsewhere.state == State::Filling))
    }

    /// Makes the tables hold what the origin's hold, no more and no less. Committed piece by piece.
    ///
    /// # Errors
    /// [`TransferError`]; begun anew, it goes on where it ended.
    pub fn pour(&mut self, origin: &mut dyn Origin, tell: Tell<'_>) -> Result<Poured, TransferError> {
        let mut sum = Poured::default();
        let mut tables = Vec::new();
        let mut whole = 0;
        for layout in parents_first(bulk::layouts(&mut self.writer)?)? {
            let Some(rows) = origin.count(&layout.table)? else { continue };
            whole += rows;
            tables.push(layout);
        }
        if !self.is_fresh {
            // Those that point to others go first.
            for layout in tables.iter().rev() {
                sum.taken += self.level(origin, layout, Side::Taking, &mut |_| ())?.taken;
            }
        }
        for layout in &tables {
            let (table, before) = (layout.table.as_str(), sum.rows);
            let poured = self.level(origin, layout, Side::Adding, &mut |rows| {
                tell(Progress { table, done: before + rows, whole });
            })?;
            sum.rows += poured.rows;
            sum.written += poured.written;
            sum.taken += poured.taken;
        }
        dialect::set_last_id(&mut self.writer, origin.last_id())?;
        self.is_fresh = false;
        Ok(sum)
    }

    /// Levels one table: takes away what the origin has no more, or adds what it has.
    fn level(
        &mut self,
        origin: &mut dyn Origin,
        layout: &Layout,
        side: Side,
        tell: &mut dyn FnMut(i64),
    ) -> Result<Poured, TransferError> {
        let mut poured = Poured::default();
        let mut piece = Piece::new(&mut self.writer, layout, side);
        let there = bulk::rows(&mut self.reader, layout)?;
        let mut there = there.map(|row| row.map_err(TransferError::from).and_then(Row::try_from)).peekable();
        for row in origin.rows(layout)? {
            let row = Row::try_from(row?)?;
            while let Some(extra) = next_if(&mut there, |key| *key < row.key)? {
                poured.taken += piece.take(extra)?;
            }
            match next_if(&mut there, |key| *key == row.key)? {
                Some(same) if is_same(&same.raw.row, &row.raw.row) => {}
                Some(other) => poured.written += piece.replace(other, row)?,
                None => poured.written += piece.add(row)?,
            }
            poured.rows += 1;
            if poured.rows % TOLD_EVERY == 0 {
                tell(poured.rows);
            }
        }
        for extra in there {
            poured.taken += piece.take(extra?)?;
        }
        piece.end()?;
        tell(poured.rows);
        Ok(poured)
    }

    /// Brings the tables, which are now as the origin's, up to date, and makes anew what is derived.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn bring_up_to_date(&mut self) -> Result<(), StoreError> {
        dialect::migrate(&mut self.writer)?;
        transact(&mut self.writer, Purpose::Write, (self.now, None), search::make_if_empty)?;
        Ok(dialect::take_stock(&mut self.writer)?)
    }

    /// Holds back the mail that waits: see [`outbox::hold_back`]. Answers with how many mails are held back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn hold_back_mail(&mut self) -> Result<usize, StoreError> {
        transact(&mut self.writer, Purpose::Write, (self.now, None), outbox::hold_back)
    }

    /// The place is whole: whoever comes may work there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn end(mut self) -> Result<(), StoreError> {
        place::unmark(&mut self.writer)
    }
}

/// Whether two rows are the same, however each database spells it.
fn is_same(one: &str, other: &str) -> bool {
    let read = |row| serde_json::from_str::<serde_json::Value>(row).ok();
    one == other || read(one).is_some_and(|value| Some(value) == read(other))
}

/// The next row, where its key is such.
fn next_if<I: Iterator<Item = Result<Row, TransferError>>>(
    rows: &mut Peekable<I>,
    is_such: impl FnOnce(&Vec<super::Part>) -> bool,
) -> Result<Option<Row>, TransferError> {
    match rows.peek() {
        Some(Ok(row)) if is_such(&row.key) => rows.next().transpose(),
        Some(Err(_)) => rows.next().transpose(),
        _ => Ok(None),
    }
}

/// Which way a table is levelled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// What is too much goes.
    Taking,
    /// What is missing comes, and what is otherwise is replaced.
    Adding,
}

/// What is written to one table at a time.
struct Piece<'a> {
    conn: &'a mut AnyConnection,
    layout: &'a Layout,
    side: Side,
    /// Its rows point to one another, perhaps to those that come later: they last together or not at all.
    in_one: bool,
    is_open: bool,
    keys: Vec<String>,
    rows: Vec<String>,
    bytes: usize,
}

impl<'a> Piece<'a> {
    fn new(conn: &'a mut AnyConnection, layout: &'a Layout, side: Side) -> Self {
        let in_one = layout.parents.contains(&layout.table);
        Self { conn, layout, side, in_one, is_open: false, keys: Vec::new(), rows: Vec::new(), bytes: 0 }
    }

    /// Takes away a row that the origin has not.
    fn take(&mut self, row: Row) -> Result<i64, TransferError> {
        if self.side == Side::Adding {
            return Ok(0);
        }
        self.bytes += row.raw.key.len();
        self.keys.push(row.raw.key);
        self.flush_if_full()?;
        Ok(1)
    }

    /// Puts a row in the place of one that is otherwise. Both go in the same piece: others may point to it.
    fn replace(&mut self, old: Row, new: Row) -> Result<i64, TransferError> {
        if self.side == Side::Adding {
            self.keys.push(old.raw.key);
        }
        self.add(new)
    }

    fn add(&mut self, row: Row) -> Result<i64, TransferError> {
        if self.side == Side::Taking {
            return Ok(0);
        }
        self.bytes += row.raw.row.len();
        self.rows.push(row.raw.row);
        self.flush_if_full()?;
        Ok(1)
    }

    fn flush_if_full(&mut self) -> Result<(), TransferError> {
        let is_full = self.bytes >= BYTES_AT_ONCE || self.keys.len() + self.rows.len() >= ROWS_AT_ONCE;
        if is_full { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), TransferError> {
        if self.keys.is_empty() && self.rows.is_empty() {
            return Ok(());
        }
        if !self.is_open {
            dialect::begin(self.conn, Purpose::Write)?;
            self.is_open = true;
        }
        let written = write(self.conn, self.layout, &self.keys, &self.rows);
        if let Err(error) = written {
            super::super::undo(self.conn);
            return Err(error.into());
        }
        (self.keys, self.rows, self.bytes) = (Vec::new(), Vec::new(), 0);
        if self.in_one { Ok(()) } else { self.commit() }
    }

    fn commit(&mut self) -> Result<(), TransferError> {
        if std::mem::take(&mut self.is_open) {
            dialect::commit(self.conn).inspect_err(|_| super::super::undo(self.conn))?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<(), TransferError> {
        self.flush()?;
        self.commit()
    }
}

fn write(conn: &mut AnyConnection, layout: &Layout, keys: &[String], rows: &[String]) -> diesel::QueryResult<()> {
    if !keys.is_empty() {
        bulk::delete(conn, layout, keys)?;
    }
    if rows.is_empty() { Ok(()) } else { bulk::insert(conn, layout, rows) }
}
