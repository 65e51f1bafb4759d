//! Verdicts, and the work of finding them.

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    verdicts (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        clause_id -> Nullable<BigInt>,
        agreement_id -> Nullable<BigInt>,
        change_id -> Nullable<BigInt>,
        finding -> Text,
        of_clause -> Text,
        of_agreement -> Nullable<Text>,
        found_at -> BigInt,
        facts -> Text,
        because -> Text,
    }
}

table! {
    use diesel::sql_types::BigInt;

    aux_recomputations (incident_id) {
        incident_id -> BigInt,
        queued_at -> BigInt,
    }
}
