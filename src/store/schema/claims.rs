//! Claims for credits.

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    credit_claims (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        clause_id -> Nullable<BigInt>,
        agreement_id -> Nullable<BigInt>,
        provider_id -> BigInt,
        sent_from -> BigInt,
        sent_to -> BigInt,
        sent_words -> Nullable<Text>,
        sent_zone -> Text,
        way -> Text,
        address -> Text,
        sent_by -> Nullable<BigInt>,
        amount -> Nullable<BigInt>,
        currency -> Text,
        answer_by -> Nullable<Text>,
        answer -> Text,
        answered_from -> Nullable<BigInt>,
        answered_to -> Nullable<BigInt>,
        answered_words -> Nullable<Text>,
        answered_zone -> Nullable<Text>,
        granted -> Nullable<BigInt>,
        answer_words -> Text,
        entry_id -> Nullable<BigInt>,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}
