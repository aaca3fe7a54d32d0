//! Ids as bytes, for a place where no JSON is: one byte for the JSON type, and the text. A list of them has each one's length in
//! front of it.

use crate::id::{Id, IdKind};
use crate::varint;

const STRING: u8 = b's';
const NUMBER: u8 = b'n';

/// Adds the bytes of an id.
pub(crate) fn push(out: &mut Vec<u8>, id: Id<'_>) {
    out.push(match id.kind {
        IdKind::String => STRING,
        IdKind::Number => NUMBER,
    });
    out.extend_from_slice(id.text.as_bytes());
}

/// The bytes of an id.
pub(crate) fn bytes_of(id: Id<'_>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(1 + id.text.len());
    push(&mut bytes, id);
    bytes
}

/// The id that bytes stand for; none where they stand for none.
pub(crate) fn id_of(bytes: &[u8]) -> Option<Id<'_>> {
    match bytes {
        [STRING, text @ ..] => str::from_utf8(text).ok().map(Id::string),
        [NUMBER, text @ ..] => str::from_utf8(text).ok().map(Id::number),
        _ => None,
    }
}

/// Adds an id, as its bytes, to a list of ids.
pub(crate) use varint::push_bytes as push_to_list;

/// The ids of a list, each as its bytes.
pub(crate) fn of_list(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || varint::take_bytes(&mut list))
}

/// Ids of all sorts, this one among them: what tells ids from each other is tried with them.
#[cfg(test)]
pub(crate) fn samples(long: &str) -> [Id<'_>; 9] {
    [
        Id::string(""),
        Id::string("1"),
        Id::number("1"),
        Id::number("-1.50"),
        Id::string("4611686018427387903"),
        Id::number("4611686018427387903"),
        Id::string("4611686018427387904"),
        Id::string("a\0b"),
        Id::string(long),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_bytes_and_from_lists() {
        let long = "é".repeat(70_000);
        let ids = samples(&long);
        let mut list = Vec::new();
        for id in ids {
            push_to_list(&mut list, &bytes_of(id));
        }
        let back: Vec<Id<'_>> = of_list(&list).map(|bytes| id_of(bytes).unwrap()).collect();
        assert_eq!(back, ids);
        for none in [&b""[..], b"x1", b"s\xFF"] {
            assert_eq!(id_of(none), None);
        }
    }
}
