//! Ids as a store keeps them: small integers, or a byte for the JSON type and the text.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::varint;
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

/// What an id is looked up by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A canonical decimal below 2^62, which nearly all are.
    Small(i64),
    /// Of any other, its bytes or their hash.
    Bytes(Vec<u8>),
}

/// In a small key: it is a JSON number.
const SMALL_NUMBER: u64 = 1 << 62;

/// The key of an id that is a small decimal.
pub(super) fn small(id: Id<'_>) -> Option<i64> {
    let value = id.decimal().filter(|value| value >> 62 == 0)?;
    Some(match id.kind {
        IdKind::String => value as i64,
        IdKind::Number => (value | SMALL_NUMBER) as i64,
    })
}

/// What an id is looked up by.
pub(super) fn key_of(id: Id<'_>) -> Key {
    small(id).map_or_else(|| Key::Bytes(long_key(bytes_of(id))), Key::Small)
}

/// Of the bytes of an id, what stands in an index.
fn long_key(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > LONGEST_KEY {
        let hash = Sha256::digest(&bytes);
        bytes.clear();
        bytes.push(HASHED);
        bytes.extend_from_slice(&hash);
    }
    bytes
}

impl Key {
    /// The key that the bytes of an id, or their hash, stand for.
    pub(super) fn of_bytes(bytes: &[u8]) -> Key {
        match id_of(bytes).ok().and_then(small) {
            Some(small) => Key::Small(small),
            None => Key::Bytes(bytes.to_vec()),
        }
    }

    /// JSON type and text of the id. Of a long one there is no more than a hash.
    pub(super) fn id(&self) -> Result<(IdKind, Cow<'_, str>)> {
        Ok(match self {
            Key::Small(small) => {
                let bits = *small as u64;
                let kind = IdKind::of_quoted(bits & SMALL_NUMBER == 0);
                (kind, (bits & !SMALL_NUMBER).to_string().into())
            }
            Key::Bytes(bytes) if bytes.first() == Some(&HASHED) => (IdKind::String, "…".into()),
            Key::Bytes(bytes) => {
                let id = id_of(bytes)?;
                (id.kind, id.text.into())
            }
        })
    }
}

/// Adds an id to a list of ids: its length, and its bytes.
pub(crate) fn push_to_list(list: &mut Vec<u8>, bytes: &[u8]) {
    varint::push(list, bytes.len() as u64);
    list.extend_from_slice(bytes);
}

/// The ids of a list, each as its bytes.
pub(crate) fn of_list(mut list: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || varint::take_bytes(&mut list))
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
            Id::string("4611686018427387903"),
            Id::number("4611686018427387903"),
            Id::string("4611686018427387904"),
            Id::string("a\0b"),
            Id::string(&long),
        ];
        let mut list = Vec::new();
        for id in ids {
            push_to_list(&mut list, &bytes_of(id));
        }
        let back: Vec<Id<'_>> = of_list(&list).map(|bytes| id_of(bytes).unwrap()).collect();
        assert_eq!(back, ids);
        let keys: Vec<Key> = ids.into_iter().map(key_of).collect();
        for (i, (key, id)) in keys.iter().zip(ids).enumerate() {
            assert!(!keys[..i].contains(key), "{id}");
            match key {
                Key::Bytes(bytes) if bytes.len() == 33 => assert_eq!(id.text, long),
                _ => assert_eq!(key.id().unwrap(), (id.kind, id.text.into())),
            }
            assert_eq!(Key::of_bytes(&long_key(bytes_of(id))), *key);
        }
        assert!(id_of(b"").is_err() && id_of(b"x1").is_err() && id_of(b"s\xFF").is_err());
    }
}
