//! What waits for its person: calls while they happen, mails that were sent in as files, and exports that were ordered.

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

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_exports (id) {
        id -> BigInt,
        uid -> Text,
        incident_id -> BigInt,
        person_id -> BigInt,
        export_form -> Text,
        audience -> Text,
        locale -> Text,
        site -> Text,
        asked_at -> BigInt,
        held_until -> Nullable<BigInt>,
        stage -> Text,
        done -> BigInt,
        whole -> BigInt,
        made_at -> Nullable<BigInt>,
        size -> BigInt,
        trouble -> Nullable<Text>,
        about -> Text,
    }
}

joinable!(aux_live_calls -> incidents (incident_id));
joinable!(aux_live_taps -> aux_live_calls (call_id));
allow_tables_to_appear_in_same_query!(aux_live_calls, aux_live_taps, incidents);
