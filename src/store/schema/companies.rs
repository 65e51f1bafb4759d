//! Companies, their people, contracts.

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Text};

    providers (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        name -> Text,
        trade -> Text,
        note -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    provider_numbers (provider_id, position) {
        provider_id -> BigInt,
        position -> BigInt,
        label -> Text,
        written -> Text,
        digits -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    contacts (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        provider_id -> BigInt,
        name -> Nullable<Text>,
        department -> Text,
        role -> Text,
        email -> Text,
        note -> Text,
        merged_into -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    contact_numbers (contact_id, position) {
        contact_id -> BigInt,
        position -> BigInt,
        label -> Text,
        written -> Text,
        digits -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    contracts (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        provider_id -> BigInt,
        title -> Text,
        number -> Text,
        starts_on -> Nullable<Text>,
        ends_on -> Nullable<Text>,
        monthly_fee -> Nullable<BigInt>,
        currency -> Text,
        zone -> Text,
        note -> Text,
        calendar -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    contract_addresses (contract_id, position) {
        contract_id -> BigInt,
        position -> BigInt,
        form -> Text,
        address -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    clauses (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        contract_id -> BigInt,
        number -> Text,
        heading -> Text,
        quote -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
        term -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    agreements (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        contract_id -> BigInt,
        made_from -> BigInt,
        made_to -> BigInt,
        made_words -> Nullable<Text>,
        made_zone -> Text,
        made_with -> Text,
        contact_id -> Nullable<BigInt>,
        how -> Text,
        words -> Text,
        verbatim -> Text,
        evidence -> Text,
        standing -> Text,
        before_clause -> Nullable<BigInt>,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
        term -> Nullable<Text>,
        confirmed_in -> Nullable<BigInt>,
    }
}
