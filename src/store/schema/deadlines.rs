//! Deadlines, the addresses of their calendars, and who is reminded of them.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

use super::people;

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_deadlines (uid) {
        uid -> Text,
        incident_id -> BigInt,
        kind -> Text,
        side -> Text,
        provider_id -> BigInt,
        about -> Text,
        counts_at -> BigInt,
        at_from -> BigInt,
        at_to -> BigInt,
        at_words -> Nullable<Text>,
        at_zone -> Text,
        first_day -> Nullable<Text>,
        last_day -> Nullable<Text>,
        only_for -> Nullable<BigInt>,
        sequence -> BigInt,
        changed_at -> BigInt,
        gone_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_calendar_feeds (token_hash) {
        token_hash -> Text,
        person_id -> BigInt,
        created_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_reminders (person_id) {
        person_id -> BigInt,
        address -> Text,
        at_minute -> BigInt,
        site -> Text,
        chosen_at -> BigInt,
        stopped_at -> Nullable<BigInt>,
        looked_on -> Nullable<Text>,
        replies_since -> Nullable<BigInt>,
    }
}

joinable!(aux_calendar_feeds -> people (person_id));
joinable!(aux_reminders -> people (person_id));
allow_tables_to_appear_in_same_query!(aux_calendar_feeds, people);
allow_tables_to_appear_in_same_query!(aux_reminders, people);
