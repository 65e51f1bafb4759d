//! How people prove who they are, and what happens to their accounts.

use super::people;
use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_second_factors (person_id) {
        person_id -> BigInt,
        sealed -> Text,
        made_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        last_step -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_recovery_codes (code_hash) {
        code_hash -> Text,
        person_id -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_tickets (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        kind -> Text,
        made_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_security_events (id) {
        id -> BigInt,
        at -> BigInt,
        kind -> Text,
        person_id -> Nullable<BigInt>,
        by_id -> Nullable<BigInt>,
        address -> Text,
        agent -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_api_tokens (token_hash) {
        token_hash -> Text,
        uid -> Text,
        person_id -> BigInt,
        purpose -> Text,
        scopes -> Text,
        made_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

joinable!(aux_api_tokens -> people (person_id));
joinable!(aux_tickets -> people (person_id));
allow_tables_to_appear_in_same_query!(aux_api_tokens, people);
allow_tables_to_appear_in_same_query!(aux_tickets, people);
