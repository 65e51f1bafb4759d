//! The tables of incidents, and of everything on and beside their timelines.

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    incidents (id) {
        id -> BigInt,
        year -> BigInt,
        count -> BigInt,
        revision -> BigInt,
        kind -> Text,
        title -> Text,
        title_outward -> Text,
        provider_id -> BigInt,
        severity -> Text,
        what -> Text,
        affected -> Text,
        cause -> Text,
        total -> Nullable<Text>,
        fault -> Nullable<Text>,
        cost_people -> Nullable<BigInt>,
        cost_percent -> Nullable<BigInt>,
        cost_rate -> Nullable<BigInt>,
        cost_currency -> Nullable<Text>,
        cost_working -> Nullable<BigInt>,
        cost_own -> Nullable<BigInt>,
        cost_visibility -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    incident_times (incident_id, position) {
        incident_id -> BigInt,
        position -> BigInt,
        which -> Text,
        at_from -> BigInt,
        at_to -> BigInt,
        at_words -> Nullable<Text>,
        at_zone -> Text,
        by_id -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    incident_parties (incident_id, position) {
        incident_id -> BigInt,
        position -> BigInt,
        provider_id -> BigInt,
        role -> Text,
        sign -> Text,
    }
}

table! {
    use diesel::sql_types::BigInt;

    incident_contracts (incident_id, position) {
        incident_id -> BigInt,
        position -> BigInt,
        contract_id -> BigInt,
    }
}

table! {
    use diesel::sql_types::BigInt;

    incident_people (incident_id, position) {
        incident_id -> BigInt,
        position -> BigInt,
        person_id -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    changes (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        provider_id -> BigInt,
        what -> Text,
        effective_from -> Nullable<BigInt>,
        effective_to -> Nullable<BigInt>,
        effective_words -> Nullable<Text>,
        effective_zone -> Nullable<Text>,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    entries (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        kind -> Text,
        occurred_from -> BigInt,
        occurred_to -> BigInt,
        occurred_words -> Nullable<Text>,
        occurred_zone -> Text,
        recorded_at -> BigInt,
        author_id -> Nullable<BigInt>,
        provider_id -> Nullable<BigInt>,
        contact_id -> Nullable<BigInt>,
        title -> Text,
        body -> Text,
        place -> Text,
        change_id -> Nullable<BigInt>,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
        looked_for -> Nullable<Text>,
        settles_id -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    calls (entry_id) {
        entry_id -> BigInt,
        direction -> Text,
        with_whom -> Text,
        number -> Text,
        dialled -> BigInt,
        answered -> Nullable<BigInt>,
        ended -> Nullable<BigInt>,
        outcome -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    call_legs (entry_id, position) {
        entry_id -> BigInt,
        position -> BigInt,
        contact_id -> Nullable<BigInt>,
        who -> Text,
        from_at -> Nullable<BigInt>,
        to_at -> Nullable<BigInt>,
        told -> Text,
        told_from -> Nullable<BigInt>,
        told_to -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    call_waits (entry_id, position) {
        entry_id -> BigInt,
        position -> BigInt,
        why -> Text,
        from_at -> BigInt,
        to_at -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    statements (id) {
        id -> BigInt,
        uid -> Text,
        entry_id -> BigInt,
        position -> BigInt,
        kind -> Text,
        side -> Text,
        provider_id -> Nullable<BigInt>,
        contact_id -> Nullable<BigInt>,
        who -> Nullable<Text>,
        person_id -> Nullable<BigInt>,
        words -> Text,
        verbatim -> Text,
        said_at -> Nullable<BigInt>,
        standing -> Text,
        change_id -> Nullable<BigInt>,
        visibility -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    statement_cites (statement_id, position) {
        statement_id -> BigInt,
        position -> BigInt,
        cited_kind -> Text,
        cited_id -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    promises (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        entry_id -> BigInt,
        statement_id -> BigInt,
        due_from -> Nullable<BigInt>,
        due_to -> Nullable<BigInt>,
        due_words -> Nullable<Text>,
        due_zone -> Nullable<Text>,
        due_by -> Text,
        due_reason -> Text,
        state -> Text,
        settled_from -> Nullable<BigInt>,
        settled_to -> Nullable<BigInt>,
        settled_words -> Nullable<Text>,
        settled_zone -> Nullable<Text>,
        settled_by -> Nullable<BigInt>,
        moved_to -> Nullable<BigInt>,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    asks (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        provider_id -> BigInt,
        words -> Text,
        answered_by -> Nullable<BigInt>,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
        about -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::BigInt;

    ask_entries (ask_id, position) {
        ask_id -> BigInt,
        position -> BigInt,
        entry_id -> BigInt,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    ruled_out (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        kind -> Text,
        what -> Text,
        why -> Text,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    contradictions (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        statement_id -> BigInt,
        against_kind -> Text,
        against_id -> BigInt,
        note -> Text,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    notices (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        change_id -> BigInt,
        provider_id -> BigInt,
        form -> Text,
        sent_from -> Nullable<BigInt>,
        sent_to -> Nullable<BigInt>,
        sent_words -> Nullable<Text>,
        sent_zone -> Nullable<Text>,
        received_from -> Nullable<BigInt>,
        received_to -> Nullable<BigInt>,
        received_words -> Nullable<Text>,
        received_zone -> Nullable<Text>,
        address -> Text,
        to_registered -> Nullable<Text>,
        standing -> Text,
        entry_id -> Nullable<BigInt>,
        note -> Text,
        visibility -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    attachments (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        owner_kind -> Text,
        owner_id -> BigInt,
        name -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        visibility -> Text,
        added_at -> BigInt,
        added_by -> Nullable<BigInt>,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
        held -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    replies (entry_id) {
        entry_id -> BigInt,
        share_id -> BigInt,
        opening_id -> BigInt,
        name -> Text,
        department -> Text,
        formal -> Text,
        takes_over -> Text,
        phone -> Text,
        noted_at -> Nullable<BigInt>,
        noted_by -> Nullable<BigInt>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    reply_acts (entry_id, position) {
        entry_id -> BigInt,
        position -> BigInt,
        kind -> Text,
        about_kind -> Nullable<Text>,
        about_id -> Nullable<BigInt>,
        statement_id -> Nullable<BigInt>,
    }
}

joinable!(calls -> entries (entry_id));
joinable!(replies -> entries (entry_id));
joinable!(reply_acts -> entries (entry_id));
joinable!(call_legs -> entries (entry_id));
joinable!(call_waits -> entries (entry_id));
joinable!(statements -> entries (entry_id));
joinable!(statement_cites -> statements (statement_id));
joinable!(ask_entries -> asks (ask_id));

allow_tables_to_appear_in_same_query!(
    incidents,
    incident_times,
    incident_parties,
    incident_contracts,
    incident_people,
    changes,
    entries,
    calls,
    call_legs,
    call_waits,
    statements,
    statement_cites,
    promises,
    asks,
    ask_entries,
    ruled_out,
    contradictions,
    notices,
    attachments,
    replies,
    reply_acts,
);

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};

    papers (id) {
        id -> BigInt,
        uid -> Text,
        revision -> BigInt,
        incident_id -> BigInt,
        number -> BigInt,
        paper_form -> Text,
        audience -> Text,
        locale -> Text,
        as_of -> BigInt,
        made_by -> Nullable<BigInt>,
        head_count -> BigInt,
        head_hash -> Text,
        sha256 -> Text,
        size -> BigInt,
        note -> Text,
        struck_at -> Nullable<BigInt>,
        struck_reason -> Nullable<Text>,
    }
}
