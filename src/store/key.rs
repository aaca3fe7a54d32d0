//! What an id is looked up by in a store: a small integer, or else its bytes.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::id::{Id, IdKind};
use crate::id_bytes;

/// In front of the hash of an id's bytes, where they stand for none.
const HASHED: u8 = b'h';

/// The longest that stands in an index as it is; Postgres takes 2,704 bytes. Of a longer one its SHA-256 stands there.
const LONGEST_KEY: usize = 1024;

/// The id that bytes in the store stand for.
pub(super) fn id_of(bytes: &[u8]) -> Result<Id<'_>> {
    id_bytes::id_of(bytes)
        .ok_or_else(|| Error::conflict("the store is damaged: an id in it is none; import it anew"))
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
    /// The key of an id.
    pub(super) fn of(id: Id<'_>) -> Key {
        match small(id) {
            Some(small) => Key::Small(small),
            None => Key::Bytes(long_key(id_bytes::bytes_of(id))),
        }
    }

    /// The key that the bytes of an id, or their hash, stand for.
    pub(super) fn of_bytes(bytes: &[u8]) -> Key {
        match id_bytes::id_of(bytes).and_then(small) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_ids_have_the_same_key() {
        let long = "é".repeat(70_000);
        let ids = id_bytes::samples(&long);
        let keys: Vec<Key> = ids.into_iter().map(Key::of).collect();
        for (i, (key, id)) in keys.iter().zip(ids).enumerate() {
            assert!(!keys[..i].contains(key), "{id}");
            match key {
                Key::Bytes(bytes) if bytes.len() == 33 => assert_eq!(id.text, long),
                _ => assert_eq!(key.id().unwrap(), (id.kind, id.text.into())),
            }
            assert_eq!(Key::of_bytes(&long_key(id_bytes::bytes_of(id))), *key);
        }
        assert!(id_of(b"x1").is_err());
    }
}
