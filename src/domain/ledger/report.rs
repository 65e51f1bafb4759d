//! What going through the record finds: that all is as it was written, or the first thing that is not.

use super::ObjectKind;
use crate::domain::phrases::Phrase;

/// What was gone through, and the first thing that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Chains recomputed.
    pub chains: i64,
    /// Ledger rows recomputed.
    pub rows: i64,
    /// Ledger rows whose payload was erased.
    pub erased: i64,
    /// Things compared with the ledger.
    pub things: i64,
    /// The first thing that differs; none where all is as it was written.
    pub first_difference: Option<Difference>,
}

/// Where something is not as it was written, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// How.
    pub what: What,
}

/// Where something differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A row of the ledger.
    LedgerRow {
        /// The chain, as it stands in the row.
        chain: String,
        /// The place in the chain.
        seq: i64,
    },
    /// A chain as a whole.
    Chain(String),
    /// A thing, by its kind and key.
    Thing {
        /// What kind of thing.
        kind: ObjectKind,
        /// Its key.
        id: i64,
    },
    /// A table.
    Table(String),
    /// The seal that the record was compared with.
    Seal,
}

/// How something differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It is not what we write there.
    Unreadable(String),
    /// A row is missing before this one, or this one is there twice.
    Gap,
    /// It does not follow the row before it.
    Prev,
    /// The payload is not the one whose digest was ledgered.
    Payload,
    /// The row is not the one that was hashed.
    Hash,
    /// The count kept apart is another: the end was cut off, or rows were added.
    Count,
    /// The hash kept apart is another.
    HeadHash,
    /// There is no head for it.
    NoHead,
    /// The house chain says that it was opened, but there is no such chain.
    NoChain,
    /// The house chain does not say that it was opened.
    NotOpened,
    /// It has rows, but the ledger knows nothing of it.
    NotLedgered,
    /// The ledger knows of it, but its rows are gone.
    Gone,
    /// It is ledgered in another chain.
    OtherChain,
    /// The last ledgered state of it was erased, its rows not.
    Erased,
    /// Its content was taken out, and nothing in the chain says so.
    TakenOut,
    /// It is not as last ledgered: the first field that differs.
    Field(String),
    /// There are rows that belong to nothing.
    StrayRows,
    /// No noun of ours stands in it.
    UnknownTable,
    /// It is not there.
    NoTable,
    /// It does not go through the row that a seal holds.
    NotAsSealed,
    /// Somebody wrote in the seal.
    SealBroken,
    /// The bytes of the file are not where they were kept.
    FileMissing,
    /// The bytes of the file are not those that were kept.
    FileAltered,
}

impl Report {
    /// What was found, as a sentence.
    pub fn phrase(&self) -> Phrase {
        let counted = |key| {
            let number = |phrase: Phrase, name, number| phrase.with(name, crate::domain::phrases::Arg::Number(number));
            number(number(number(Phrase::new(key), "chains", self.chains), "rows", self.rows), "things", self.things)
        };
        match &self.first_difference {
            None if self.erased > 0 => {
                counted("verify-good-erased").with("erased", crate::domain::phrases::Arg::Number(self.erased))
            }
            None => counted("verify-good"),
            Some(difference) => counted("verify-differs").phrase("difference", difference.phrase()),
        }
    }
}

impl Difference {
    /// Where and how, as a sentence.
    pub fn phrase(&self) -> Phrase {
        Phrase::new("verify-difference").phrase("place", self.place.phrase()).phrase("what", self.what.phrase())
    }
}

impl Place {
    fn phrase(&self) -> Phrase {
        match self {
            Self::LedgerRow { chain, seq } => Phrase::new("verify-place-row").text("chain", chain).text("seq", seq.to_string()),
            Self::Chain(chain) => Phrase::new("verify-place-chain").text("chain", chain),
            Self::Thing { kind, id } => Phrase::new("verify-place-thing").text("kind", kind.as_str()).text("id", id.to_string()),
            Self::Table(table) => Phrase::new("verify-place-table").text("table", table),
            Self::Seal => Phrase::new("verify-place-seal"),
        }
    }
}

impl What {
    fn phrase(&self) -> Phrase {
        match self {
            Self::Unreadable(why) => Phrase::new("verify-unreadable").text("why", why),
            Self::Field(field) => Phrase::new("verify-field").text("field", field),
            Self::Gap => Phrase::new("verify-gap"),
            Self::Prev => Phrase::new("verify-prev"),
            Self::Payload => Phrase::new("verify-payload"),
            Self::Hash => Phrase::new("verify-hash"),
            Self::Count => Phrase::new("verify-count"),
            Self::HeadHash => Phrase::new("verify-head-hash"),
            Self::NoHead => Phrase::new("verify-no-head"),
            Self::NoChain => Phrase::new("verify-no-chain"),
            Self::NotOpened => Phrase::new("verify-not-opened"),
            Self::NotLedgered => Phrase::new("verify-not-ledgered"),
            Self::Gone => Phrase::new("verify-gone"),
            Self::OtherChain => Phrase::new("verify-other-chain"),
            Self::Erased => Phrase::new("verify-erased"),
            Self::TakenOut => Phrase::new("verify-taken-out"),
            Self::StrayRows => Phrase::new("verify-stray-rows"),
            Self::UnknownTable => Phrase::new("verify-unknown-table"),
            Self::NoTable => Phrase::new("verify-no-table"),
            Self::NotAsSealed => Phrase::new("verify-not-as-sealed"),
            Self::SealBroken => Phrase::new("verify-seal-broken"),
            Self::FileMissing => Phrase::new("verify-file-missing"),
            Self::FileAltered => Phrase::new("verify-file-altered"),
        }
    }
}
