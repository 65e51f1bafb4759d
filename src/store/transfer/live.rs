//! A record that stands in a database.

use super::{Extent, Layout, Origin, Rows, TransferError};
use crate::store::dialect::{self, bulk};
use crate::store::{StoreError, Tx};

/// The record that one transaction sees.
pub struct Live<'a, 'tx> {
    tx: &'a mut Tx<'tx>,
    name: String,
    steps: Vec<String>,
    last_id: i64,
    layouts: Vec<Layout>,
}

impl<'a, 'tx> Live<'a, 'tx> {
    /// The record as this transaction sees it, called `name`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn new(tx: &'a mut Tx<'tx>, extent: Extent, name: String) -> Result<Self, StoreError> {
        let steps = dialect::steps_taken(tx.conn())?;
        let last_id = dialect::last_id(tx.conn())?;
        let mut layouts = bulk::layouts(tx.conn())?;
        layouts.retain(|layout| extent.holds(&layout.table));
        Ok(Self { tx, name, steps, last_id, layouts })
    }

    /// The steps that its tables have taken.
    pub(super) fn steps_taken(&self) -> Vec<String> {
        self.steps.clone()
    }

    /// Its tables, by name.
    pub(super) fn layouts(&self) -> Vec<Layout> {
        self.layouts.clone()
    }

    /// The transaction that sees it.
    pub(super) const fn tx(&mut self) -> &mut Tx<'tx> {
        self.tx
    }
}

impl Origin for Live<'_, '_> {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn steps(&self) -> &[String] {
        &self.steps
    }

    fn last_id(&self) -> i64 {
        self.last_id
    }

    fn count(&mut self, table: &str) -> Result<Option<i64>, TransferError> {
        if !self.layouts.iter().any(|layout| layout.table == table) {
            return Ok(None);
        }
        Ok(Some(bulk::count(self.tx.conn(), table)?))
    }

    fn rows(&mut self, layout: &Layout) -> Result<Rows<'_>, TransferError> {
        let rows = bulk::rows(self.tx.conn(), layout)?;
        Ok(Box::new(rows.map(|row| row.map_err(TransferError::from))))
    }
}
