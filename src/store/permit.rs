//! The proof, as a value, that this actor may do this to that thing.
//!
//! A permit is made only by the scoped look-ups of the store, inside a transaction, and is good only there: it carries the
//! transaction's own lifetime. This does not compile:
//!
//! ```compile_fail
//! use tellonce::domain::permit::Actor;
//! use tellonce::store::{Store, StoreError, house};
//!
//! fn smuggle(store: &Store, now: tellonce::domain::moment::Stamp) -> Result<(), StoreError> {
//!     let kept = store.read(now, |tx| house::to_look(tx, Actor::House))?;
//!     Ok(drop(kept))
//! }
//! ```
//!
//! while this does, because only what was read leaves:
//!
//! ```
//! use tellonce::domain::permit::Actor;
//! use tellonce::store::{Store, StoreError, house};
//!
//! fn name(store: &Store, now: tellonce::domain::moment::Stamp) -> Result<String, StoreError> {
//!     store.read(now, |tx| {
//!         let permit = house::to_look(tx, Actor::House)?;
//!         Ok(house::get(tx, &permit)?.company)
//!     })
//! }
//! ```

use std::fmt;
use std::marker::PhantomData;

use super::Tx;
use super::error::Denied;
use crate::domain::id::Id;
use crate::domain::ledger::Chain;
use crate::domain::moment::Stamp;
use crate::domain::permit::{Actor, Deed};

/// To read and print a thing.
#[derive(Clone, Copy, Debug)]
pub enum Look {}
/// To write to a thing, and to what belongs to it.
#[derive(Clone, Copy, Debug)]
pub enum Edit {}
/// To rule over a thing.
#[derive(Clone, Copy, Debug)]
pub enum Manage {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Look {}
    impl Sealed for super::Edit {}
    impl Sealed for super::Manage {}
}

/// What a permit allows.
pub trait Allows: sealed::Sealed {
    /// The deed, in the rule table.
    const DEED: Deed;
}
impl Allows for Look {
    const DEED: Deed = Deed::Look;
}
impl Allows for Edit {
    const DEED: Deed = Deed::Edit;
}
impl Allows for Manage {
    const DEED: Deed = Deed::Manage;
}

/// A permit that allows writing: [`Edit`] and [`Manage`].
pub trait Writes: Allows {}
impl Writes for Edit {}
impl Writes for Manage {}

/// Makes a lifetime stand for one transaction and no other.
pub(super) type Brand<'tx> = PhantomData<fn(&'tx ()) -> &'tx ()>;

/// The proof that `actor` may do `D` to one `T`, in the transaction `'tx`.
pub struct Permit<'tx, D, T> {
    actor: Actor,
    id: Id<T>,
    chain: Chain,
    at: Stamp,
    brand: Brand<'tx>,
    deed: PhantomData<D>,
}

impl<D, T> Clone for Permit<'_, D, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<D, T> Copy for Permit<'_, D, T> {}

impl<D: Allows, T> fmt::Debug for Permit<'_, D, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permit({:?} may {} {:?} of {})", self.actor, D::DEED, self.id, self.chain)
    }
}

impl<'tx, D, T> Permit<'tx, D, T> {
    /// Who may.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// To what.
    pub const fn id(&self) -> Id<T> {
        self.id
    }

    /// In which chain what is written is ledgered.
    pub const fn chain(&self) -> Chain {
        self.chain
    }

    /// The time of the transaction.
    pub const fn at(&self) -> Stamp {
        self.at
    }

    /// The same for looking only.
    pub const fn as_look(&self) -> Permit<'tx, Look, T> {
        self.recast()
    }

    const fn recast<E>(&self) -> Permit<'tx, E, T> {
        Permit { actor: self.actor, id: self.id, chain: self.chain, at: self.at, brand: PhantomData, deed: PhantomData }
    }
}

impl<'tx, D: Allows, T> Permit<'tx, D, T> {
    /// Asks the rule table. For look-ups that found `id` and found that the actor may know of it.
    ///
    /// # Errors
    /// [`Denied::Forbidden`].
    pub(in crate::store) fn grant(tx: &Tx<'tx>, actor: Actor, id: Id<T>, chain: Chain) -> Result<Self, Denied> {
        if actor.may(D::DEED) { Ok(Self::unchecked(tx, actor, id, chain)) } else { Err(Denied::Forbidden) }
    }

    /// Asks nobody: for look-ups with a rule of their own, such as one's own record.
    pub(in crate::store) fn unchecked(tx: &Tx<'tx>, actor: Actor, id: Id<T>, chain: Chain) -> Self {
        Self { actor, id, chain, at: tx.now(), brand: PhantomData, deed: PhantomData }
    }
}

impl<'tx, T> Permit<'tx, Manage, T> {
    /// The same for writing only.
    pub const fn as_edit(&self) -> Permit<'tx, Edit, T> {
        self.recast()
    }
}
