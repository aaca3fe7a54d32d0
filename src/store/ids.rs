//! Ids as a store keeps them: a byte for the JSON type, and the text.

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::id::{Id, IdKind};

const STRING: u8 = b's';
const NUMBER: u8 = b'n';
const HASHED: u8 = b'h';

/// The longest that stands in an index as it is; Postgres takes 2,704 bytes. Of a longer one its SHA-256 stands there.
const LONGEST_KEY: usize = 1024;

/// The bytes of an id, behind those in `out`.
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

/// The id that bytes stand for.
pub(crate) fn id_of(bytes: &[u8]) -> Result<Id<'_>> {
    let id = match bytes {
        [STRING, text @ ..] => str::from_utf8(text).ok().map(Id::string),
        [NUMBER, text @ ..] => str::from_utf8(text).ok().map(Id::number),
        _ => None,
    };
    id.ok_or_else(|| Error::conflict("the store is damaged: an id in it is none; import it anew"))
}

/// Makes of an id's bytes what it is looked up by.
pub(super) fn make_key(bytes: &mut Vec<u8>) {
    if bytes.len() > LONGEST_KEY {
        let hash = Sha256::digest(&bytes);
        bytes.clear();
        bytes.push(HASHED);
        bytes.extend_from_slice(&hash);
    }
}

/// What an id is looked up by.
pub(super) fn key_of(id: Id<'_>) -> Vec<u8> {
    let mut key = bytes_of(id);
    make_key(&mut key);
    key
}

/// Adds an id to a list of ids: its length in LEB128, and its bytes.
pub(crate) fn push_to_list(list: &mut Vec<u8>, bytes: &[u8]) {
    let mut length = bytes.len();
    while length >= 0x80 {
        list.push(length as u8 | 0x80);
        length >>= 7;
    }
    list.push(length as u8);
    list.extend_from_slice(bytes);
}

/// The ids of a list, each as its bytes.
pub(crate) fn of_list(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (mut length, mut shift) = (0usize, 0);
        loop {
            let (&byte, rest) = list.split_first()?;
            list = rest;
            length |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        let (id, rest) = list.split_at_checked(length)?;
        list = rest;
        Some(id)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_bytes_and_from_lists() {
        let long = "é".repeat(70_000);
        let ids = [
            Id::string(""),
            Id::string("1"),
            Id::number("1"),
            Id::number("-1.50"),
            Id::string("a\0b"),
            Id::string(&long),
        ];
        let mut list = Vec::new();
        for id in ids {
            push_to_list(&mut list, &bytes_of(id));
        }
        let back: Vec<Id<'_>> = of_list(&list).map(|bytes| id_of(bytes).unwrap()).collect();
        assert_eq!(back, ids);
        let mut keys: Vec<Vec<u8>> = ids.into_iter().map(key_of).collect();
        assert!(keys.iter().all(|key| key.len() <= LONGEST_KEY));
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), ids.len());
        assert!(id_of(b"").is_err() && id_of(b"x1").is_err() && id_of(b"s\xFF").is_err());
    }
}
