//! What waits for its person: calls while they happen, and mails that were sent in as files.

use super::record::incidents;
use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_live_calls (id) {
        id -> BigInt,
        uid -> Text,
        incident_id -> BigInt,
        person_id -> BigInt,
        began_at -> BigInt,
        state -> Text,
        entry_id -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_live_taps (id) {
        id -> BigInt,
        call_id -> BigInt,
        uid -> Text,
        tap -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_mail_files (id) {
        id -> BigInt,
        uid -> Text,
        incident_id -> BigInt,
        person_id -> BigInt,
        name -> Text,
        sha256 -> Text,
        at -> BigInt,
    }
}

joinable!(aux_live_calls -> incidents (incident_id));
joinable!(aux_live_taps -> aux_live_calls (call_id));
allow_tables_to_appear_in_same_query!(aux_live_calls, aux_live_taps, incidents);
