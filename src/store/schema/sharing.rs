//! The tables of shares, of what is sent, and of the search.

use super::incidents;
use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    shares (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        provider_id -> BigInt,
        number -> Text,
        their_names -> Text,
        our_names -> Text,
        other_companies -> Text,
        call -> Text,
        note -> Text,
        made_at -> BigInt,
        made_by -> Nullable<BigInt>,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        revoked_reason -> Nullable<Text>,
        without_files -> Text,
        left_out -> Text,
        let_in -> Text,
        contact_id -> Nullable<BigInt>,
        locale -> Nullable<Text>,
        reach -> Text,
        holiday -> Text,
        most_openings -> Nullable<BigInt>,
        paused_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    share_openings (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        share_id -> BigInt,
        at -> BigInt,
        way -> Text,
        name -> Text,
        department -> Text,
        address -> Text,
        version -> Nullable<BigInt>,
        fingerprint -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_share_secrets (share_id) {
        share_id -> BigInt,
        token_hash -> Text,
        code_hash -> Text,
        sealed -> Text,
        wrong_numbers -> BigInt,
        wrong_links -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_share_readers (token_hash) {
        token_hash -> Text,
        share_id -> BigInt,
        expires_at -> BigInt,
        opening_id -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_outbox (id) {
        id -> BigInt,
        uid -> Text,
        incident_id -> Nullable<BigInt>,
        share_id -> Nullable<BigInt>,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        queued_at -> BigInt,
        queued_by -> Nullable<BigInt>,
        attempts -> BigInt,
        next_at -> Nullable<BigInt>,
        claimed_until -> Nullable<BigInt>,
        sent_at -> Nullable<BigInt>,
        trouble -> Nullable<Text>,
        trouble_words -> Nullable<Text>,
        reminds -> Nullable<BigInt>,
        reply_id -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_search (id) {
        id -> BigInt,
        chain -> Text,
        object_kind -> Text,
        object_id -> BigInt,
        anchor -> Text,
        visibility -> Text,
        author_id -> Nullable<BigInt>,
        words -> Text,
        tokens -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    aux_reply_keys (key) {
        key -> Text,
        result -> Text,
        at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_webhooks (id) {
        id -> BigInt,
        uid -> Text,
        name -> Text,
        shape -> Text,
        events -> Text,
        locale -> Text,
        host -> Text,
        site -> Text,
        sealed -> Text,
        made_at -> BigInt,
        paused -> Nullable<Text>,
        paused_at -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    aux_webhook_deliveries (id) {
        id -> BigInt,
        uid -> Text,
        webhook_id -> BigInt,
        event -> Nullable<Text>,
        incident_id -> Nullable<BigInt>,
        object_kind -> Nullable<Text>,
        object_uid -> Nullable<Text>,
        by_id -> Nullable<BigInt>,
        at -> BigInt,
        attempts -> BigInt,
        next_at -> Nullable<BigInt>,
        claimed_until -> Nullable<BigInt>,
        arrived_at -> Nullable<BigInt>,
        status -> Nullable<BigInt>,
        miss -> Nullable<Text>,
        miss_words -> Nullable<Text>,
    }
}

joinable!(aux_webhook_deliveries -> incidents (incident_id));
joinable!(aux_share_secrets -> shares (share_id));
joinable!(aux_share_readers -> shares (share_id));
joinable!(aux_share_readers -> share_openings (opening_id));
allow_tables_to_appear_in_same_query!(shares, share_openings, aux_share_secrets, aux_share_readers);
allow_tables_to_appear_in_same_query!(aux_webhook_deliveries, incidents);
