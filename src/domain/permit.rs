//! The rule table of permits: which role may do what to what. The proof that a rule was asked is
//! `store::permit::Permit`, a value that only the scoped look-ups can make.

use super::id::Id;
use super::person::Person;
use super::share::Share;
use super::text_enum::text_enum;

text_enum! {
    /// What one of our people may do.
    pub enum Role {
        /// Everything, and the people and settings of the house.
        Admin = "admin",
        /// Reads and writes.
        Member = "member",
        /// Reads and prints.
        Reader = "reader",
    }
}

text_enum! {
    /// What somebody wants to do to a thing.
    pub enum Deed {
        /// Read and print it.
        Look = "look",
        /// Write to it, and to what belongs to it.
        Edit = "edit",
        /// Rule over it: people, settings, who may see it.
        Manage = "manage",
    }
}

/// Whether `role` may do `deed` at all. Whether the *thing* may be known to the actor is the scoped look-up's question.
pub const fn allows(role: Role, deed: Deed) -> bool {
    match (role, deed) {
        (Role::Admin, _) | (Role::Member, Deed::Look | Deed::Edit) | (Role::Reader, Deed::Look) => true,
        (Role::Member, Deed::Manage) | (Role::Reader, Deed::Edit | Deed::Manage) => false,
    }
}

/// Who acts: one of our people, a share's reader, or the house itself (set-up, a command at the machine, a job).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// One of our people, by a session or in the name of a command.
    Person {
        /// Who.
        id: Id<Person>,
        /// With which role, as read in this request.
        role: Role,
    },
    /// Somebody of a company, who had the code of a share. They may do nothing of what the rule table knows: what they are
    /// shown, and what they leave, the share's own look-ups say.
    Reader {
        /// By which share.
        share: Id<Share>,
    },
    /// Tellonce itself. It may do everything; what it does is ledgered as its own.
    House,
}

impl Actor {
    /// Whether this actor may do `deed` at all.
    pub const fn may(self, deed: Deed) -> bool {
        match self {
            Self::Person { role, .. } => allows(role, deed),
            Self::Reader { .. } => false,
            Self::House => true,
        }
    }

    /// The one of our people behind the act, if it is one.
    pub const fn person(self) -> Option<Id<Person>> {
        match self {
            Self::Person { id, .. } => Some(id),
            Self::Reader { .. } | Self::House => None,
        }
    }
}
