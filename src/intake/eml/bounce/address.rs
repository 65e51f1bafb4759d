//! Addresses in running text, as reports name them: also those that RFC 5321 does not allow, with which Japanese carriers once
//! provided everybody (`name..name.@…`).

/// Bytes of one address that are kept (RFC 5321, 4.5.3.1, allows 254).
const MAX_BYTES: usize = 320;

/// An address and where it stands in its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it begins, in bytes.
    pub begin: usize,
    /// Where it ends.
    pub end: usize,
    /// The address.
    pub address: String,
}

/// The addresses of a line, in order.
pub fn all_in(line: &str) -> Vec<Found> {
    let bytes = line.as_bytes();
    let (mut found, mut from) = (Vec::new(), 0);
    for at in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'@').map(|(at, _)| at) {
        if at < from {
            continue;
        }
        let begin = begin_of_local(&bytes[from..at]) + from;
        let end = end_of_domain(&bytes[at + 1..]) + at + 1;
        if begin < at && end > at + 1 && end - begin <= MAX_BYTES {
            found.push(Found { begin, end, address: line[begin..end].to_owned() });
            from = end;
        }
    }
    found
}

/// The first address of a text.
pub fn first_in(text: &str) -> Option<String> {
    all_in(text).into_iter().next().map(|found| found.address)
}

/// Whether the whole of a text could be a local name.
pub fn is_one(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.bytes().all(is_local) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_'
                | b'-'
                | b'+'
                | b'='
                | b'/'
                | b'\''
                | b'!'
                | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'*'
                | b'?'
                | b'^'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
        )
}

fn begin_of_local(before: &[u8]) -> usize {
    if let [inside @ .., b'"'] = before {
        return inside.iter().rposition(|byte| *byte == b'"').unwrap_or(before.len());
    }
    let begin = before.iter().rposition(|byte| !is_local(*byte)).map_or(0, |at| at + 1);
    // What stands before an address without a space is often a sign of the list or sentence.
    let sign = before[begin..].iter().take_while(|byte| !byte.is_ascii_alphanumeric() && **byte != b'_').count();
    begin + sign
}

fn end_of_domain(after: &[u8]) -> usize {
    if after.first() == Some(&b'[') {
        return after.iter().take(MAX_BYTES).position(|byte| *byte == b']').map_or(0, |at| at + 1);
    }
    let length = after.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')).count();
    after[..length].iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_sentences() {
        let addresses = |line| all_in(line).into_iter().map(|found| found.address).collect::<Vec<_>>();
        assert_eq!(addresses("宛先sato@p.example。*<ito..x.@d.example>: 550"), ["sato@p.example", "ito..x.@d.example"]);
        assert_eq!(
            addresses("\"a b\"@p.example, c@[192.0.2.1], 'd@e.example'"),
            ["\"a b\"@p.example", "c@[192.0.2.1]", "d@e.example"]
        );
        assert_eq!(addresses("@ a@ @b @@ a@-"), Vec::<String>::new());
    }
}
