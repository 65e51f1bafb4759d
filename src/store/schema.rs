//! The tables as Diesel sees them. The truth is in `migrations/`; a test compares both with the live databases.

mod accounts;
mod claims;
mod companies;
mod deadlines;
mod desk;
mod record;
mod sharing;
mod terms;

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

pub use accounts::*;
pub use claims::*;
pub use companies::*;
pub use deadlines::*;
pub use desk::*;
pub use record::*;
pub use sharing::*;
pub use terms::*;

table! {
    use diesel::sql_types::{BigInt, Text};

    house (id) {
        id -> BigInt,
        revision -> BigInt,
        company -> Text,
        locale -> Text,
        zone -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    people (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        login -> Text,
        name -> Text,
        role -> Text,
        locale -> Text,
        zone -> Text,
        disabled_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    ledger (chain, seq) {
        chain -> Text,
        seq -> BigInt,
        at -> BigInt,
        actor -> Text,
        action -> Text,
        object_kind -> Text,
        object_id -> BigInt,
        revision -> BigInt,
        payload -> Nullable<Text>,
        salt -> Nullable<Text>,
        payload_digest -> Text,
        prev -> Text,
        hash -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    ledger_heads (chain) {
        chain -> Text,
        count -> BigInt,
        head -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_credentials (person_id) {
        person_id -> BigInt,
        hash -> Text,
        changed_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_sessions (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        csrf -> Text,
        created_at -> BigInt,
        last_seen -> BigInt,
        expires_at -> BigInt,
        address -> Text,
        agent -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_throttle (key) {
        key -> Text,
        count -> BigInt,
        window_start -> BigInt,
        locked_until -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_idempotency (person_id, key) {
        person_id -> BigInt,
        key -> Text,
        form -> Text,
        result -> Nullable<Text>,
        at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_setup (token_hash) {
        token_hash -> Text,
        created_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_records (incident_id) {
        incident_id -> BigInt,
        share -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_standing (incident_id) {
        incident_id -> BigInt,
        provider_id -> BigInt,
        year -> BigInt,
        count -> BigInt,
        goes_on -> BigInt,
        status -> Text,
        started_from -> BigInt,
        started_to -> BigInt,
        ended_to -> Nullable<BigInt>,
        news_at -> BigInt,
        words -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_keys (id) {
        id -> BigInt,
        digest -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_place (id) {
        id -> BigInt,
        state -> Text,
        other -> Text,
        at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_backups (id) {
        id -> BigInt,
        began_at -> BigInt,
        held_until -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        by_plan -> Text,
        file -> Text,
        with_key -> Text,
        size -> Nullable<BigInt>,
        changes -> Nullable<BigInt>,
        files -> Nullable<BigInt>,
        trouble -> Nullable<Text>,
        gone_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_seals (id) {
        id -> BigInt,
        at -> BigInt,
        digest -> Text,
        seal -> Text,
        mail_id -> Nullable<BigInt>,
        to_post -> Text,
        posted_at -> Nullable<BigInt>,
        to_stamp -> Text,
        stamped_at -> Nullable<BigInt>,
        stamp -> Nullable<Text>,
        attempts -> BigInt,
        next_at -> Nullable<BigInt>,
        claimed_until -> Nullable<BigInt>,
        trouble -> Nullable<Text>,
        trouble_words -> Nullable<Text>,
    }
}

joinable!(aux_credentials -> people (person_id));
joinable!(aux_sessions -> people (person_id));
allow_tables_to_appear_in_same_query!(people, aux_credentials, aux_sessions);
allow_tables_to_appear_in_same_query!(ledger, ledger_heads);
allow_tables_to_appear_in_same_query!(aux_recomputations, incident_contracts);
allow_tables_to_appear_in_same_query!(aux_deadlines, incident_people);
allow_tables_to_appear_in_same_query!(providers, provider_numbers, contacts, contact_numbers);
allow_tables_to_appear_in_same_query!(contracts, contract_addresses, clauses, agreements);
allow_tables_to_appear_in_same_query!(attachments, clauses);
allow_tables_to_appear_in_same_query!(attachments, agreements);
