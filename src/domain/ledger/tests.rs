use chrono::DateTime;
use serde_json::json;

use super::*;

#[test]
fn canonical_json_sorts_by_utf16_units_and_escapes_as_the_rfc_says() {
    // The sorting example of RFC 8785, section 3.2.3: the emoji's first unit (D83D) comes before U+FB33.
    let value = json!({
        "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
        "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
    });
    let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
        \"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\",\
        \"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    assert_eq!(canonical(&value).as_deref(), Ok(expected));
    assert_eq!(canonical(&json!("髙﨑①㈱\u{1}\n\"\\/")).as_deref(), Ok("\"髙﨑①㈱\\u0001\\n\\\"\\\\/\""));
    assert_eq!(canonical(&json!([1, -2, null, true, []])).as_deref(), Ok("[1,-2,null,true,[]]"));
}

#[test]
fn a_fraction_or_a_huge_number_has_no_canonical_spelling() {
    assert!(canonical(&json!(0.5)).is_err());
    assert!(canonical(&json!(1_i64 << 53)).is_err());
    assert!(canonical(&json!((1_i64 << 53) - 1)).is_ok());
}

fn header() -> Header {
    Header {
        chain: Chain::Incident(Id::new(7)),
        seq: 1,
        at: DateTime::UNIX_EPOCH,
        author: Author::Person(Id::new(3)),
        action: "calls::log".to_owned(),
        kind: ObjectKind::Person,
        id: 12,
        revision: 0,
        payload_digest: Digest::of_payload(&Salt::new([7; 32]), "{}"),
    }
}

#[test]
fn every_part_of_a_header_and_the_row_before_change_the_hash() -> Result<(), NotCanonical> {
    let mut changed: Vec<Header> = Vec::new();
    let mut with = |change: fn(&mut Header)| {
        let mut header = header();
        change(&mut header);
        changed.push(header);
    };
    with(|_| ());
    with(|h| h.chain = Chain::Contract(Id::new(7)));
    with(|h| h.seq = 2);
    with(|h| h.at += chrono::Duration::microseconds(1));
    with(|h| h.author = Author::House);
    with(|h| h.action = "calls::correct".to_owned());
    with(|h| h.kind = ObjectKind::House);
    with(|h| h.id = 13);
    with(|h| h.revision = 1);
    with(|h| h.payload_digest = Digest::of_payload(&Salt::new([8; 32]), "{}"));
    let mut hashes = Vec::new();
    for header in &changed {
        hashes.push(header.hash(&Digest::GENESIS)?.to_string());
    }
    hashes.push(header().hash(&hashes[0].parse().unwrap_or(Digest::GENESIS))?.to_string());
    let count = hashes.len();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), count);
    Ok(())
}

#[test]
fn chains_authors_and_digests_have_one_spelling() {
    for chain in [Chain::House, Chain::Provider(Id::new(1)), Chain::Contract(Id::new(22)), Chain::Incident(Id::new(333))] {
        assert_eq!(chain.to_string().parse(), Ok(chain));
    }
    for text in ["", "House", "house:1", "incident", "incident:", "incident:007", "incident:+7", "incident:7 "] {
        assert!(text.parse::<Chain>().is_err(), "{text}");
    }
    assert_eq!("person:3".parse(), Ok(Author::Person(Id::new(3))));
    assert!("person:03".parse::<Author>().is_err());
    assert_eq!(Digest::GENESIS.to_string().parse(), Ok(Digest::GENESIS));
    assert!("AB".repeat(32).parse::<Digest>().is_err());
    assert!("é".repeat(32).parse::<Digest>().is_err());
}

#[test]
fn a_fingerprint_is_ten_digits_in_groups_that_can_be_read_aloud() {
    let digest = Digest::of_payload(&Salt::new([0; 32]), "x");
    let hex = digest.to_string();
    assert_eq!(digest.fingerprint().replace('-', ""), hex[..10]);
    assert_eq!(digest.fingerprint().len(), 12);
}
