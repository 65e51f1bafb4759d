//! How people prove who they are, and what happens to their accounts.

use super::id::Id;
use super::moment::Stamp;
use super::person::Person;
use super::text_enum::text_enum;

text_enum! {
    /// What its bearer may do once with a ticket.
    pub enum TicketKind {
        /// End a login with the code of the second step: the password was right.
        Code = "code",
        /// Choose a new password.
        Password = "password",
        /// Choose a new password, and be without a second step from then on.
        Anew = "anew",
    }
}

text_enum! {
    /// What happened to an account.
    pub enum SecurityKind {
        /// A session began.
        LoggedIn = "logged-in",
        /// A password was wrong, or nobody has the login.
        WrongPassword = "wrong-password",
        /// A code of the second step was wrong, or used before.
        WrongCode = "wrong-code",
        /// There were too many failures; nothing more is tried for a while.
        Locked = "locked",
        /// A session began by a recovery code.
        Recovered = "recovered",
        /// The person ended sessions of theirs.
        SessionsEnded = "sessions-ended",
        /// The password was changed.
        PasswordSet = "password-set",
        /// A link was made by which the person chooses a new password.
        LinkMade = "link-made",
        /// A new password was chosen by such a link.
        LinkUsed = "link-used",
        /// From then on the login has a second step.
        FactorOn = "factor-on",
        /// From then on it has none.
        FactorOff = "factor-off",
        /// There are new recovery codes; those before are good no more.
        CodesRenewed = "codes-renewed",
        /// A token was made by which a machine comes in as the person.
        TokenMade = "token-made",
        /// Such a token was taken away.
        TokenRevoked = "token-revoked",
        /// The person let another program be told what happens.
        WebhookMade = "webhook-made",
        /// The person changed what it is told, where, or how it is signed.
        WebhookChanged = "webhook-changed",
        /// The person let it be told nothing more.
        WebhookRemoved = "webhook-removed",
        /// The person was shut out.
        Suspended = "suspended",
        /// The person was let in again.
        Reinstated = "reinstated",
    }
}

impl SecurityKind {
    /// Whether somebody failed who may not have been the person.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::WrongPassword | Self::WrongCode | Self::Locked)
    }
}

/// Where a request comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// The network address; empty for a command at the machine.
    pub address: String,
    /// The browser in its own words (RFC 9110, 10.1.5), cut; they prove nothing.
    pub agent: String,
}

/// How many stand on a page of what happened.
pub const EVENTS_PER_PAGE: i64 = 50;

/// Something that happened to an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEvent {
    /// Key, in the order of what happened.
    pub id: Id<SecurityEvent>,
    /// When.
    pub at: Stamp,
    /// What.
    pub kind: SecurityKind,
    /// To whose account; none where nobody has the login that was typed.
    pub person: Option<Id<Person>>,
    /// By whom, where it was somebody else.
    pub by: Option<Id<Person>>,
    /// From where.
    pub client: Client,
}

/// Where a person's second step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondStep {
    /// There is none.
    Off,
    /// A secret was made; no code of it was confirmed yet, so that it does not count.
    Begun,
    /// The login needs a code, since then, and so many recovery codes are left.
    On {
        /// Since when.
        since: Stamp,
        /// How many recovery codes are left.
        codes: i64,
    },
}

/// What an authenticator app has to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// As an address that apps read from a picture (Google's Key Uri Format).
    pub url: String,
    /// The secret in base32, for typing.
    pub secret: String,
}

/// A session as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// By what it is told apart from the person's others; it opens nothing.
    pub mark: String,
    /// Whether it is the one in which they look.
    pub is_own: bool,
    /// From where it was begun.
    pub client: Client,
    /// When it was begun.
    pub since: Stamp,
    /// When it was last used, to about a minute.
    pub seen: Stamp,
}
