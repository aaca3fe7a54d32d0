//! Ids in eight bytes, exactly.

use std::hash::BuildHasher;
use std::io::{self, Write};

// `foldhash::fast` leaves ids that are numbered in sequence in clusters, with one seed in ten: up to 60 slots for each id.
use foldhash::quality::RandomState;

use super::room::{self, List, NoRoom};
use crate::id::{Id, IdKind};
use crate::io::Memory;
use crate::varint;

/// An id in eight bytes. A canonical decimal id below 2^62 is the number itself; any other one is a place in [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed(4))]
pub(super) struct Key(u64);

/// The two highest bits say what the lower 62 are.
const TAG: u64 = 0b11 << 62;
const TEXT: u64 = 1 << 63;
const NUMBER: u64 = 1 << 62;

/// The texts of those ids that are no small decimal numbers, one behind the other, each with its length in front.
pub(super) struct Texts(List<u8>);

/// An id ready to be looked for: hashed once, compared often.
#[derive(Clone, Copy)]
pub(super) struct Probe<'a> {
    pub(super) hash: u64,
    /// The one key that is equal, unless the id is a text.
    pub(super) key: Option<Key>,
    id: Id<'a>,
}

fn tag_of(kind: IdKind) -> u64 {
    match kind {
        IdKind::String => 0,
        IdKind::Number => NUMBER,
    }
}

impl Key {
    /// The key of an id that is a small number.
    #[inline]
    pub(super) fn inline(id: Id<'_>) -> Option<Self> {
        let value = id.decimal()?;
        (value & TAG == 0).then(|| Key(value | tag_of(id.kind)))
    }

    /// A number that tells the key from all others, where the id is a small number itself: one more for the next one. Strings
    /// and numbers lie far apart.
    #[inline]
    pub(super) fn number(self) -> Option<u64> {
        let bits = self.0;
        (bits & TEXT == 0).then_some(bits)
    }

    /// The key of an id, its text added to `texts` where it needs one.
    pub(super) fn new(id: Id<'_>, texts: &mut Texts) -> Result<Self, NoRoom> {
        match Self::inline(id) {
            Some(key) => Ok(key),
            None => Ok(Key(texts.add(id.text)? | TEXT | tag_of(id.kind))),
        }
    }

    /// The key of the same id once its texts stand behind `texts` bytes of others.
    #[inline]
    pub(super) fn moved(self, texts: u64) -> Self {
        let bits = self.0;
        if bits & TEXT == 0 {
            return self;
        }
        Key(bits + texts)
    }

    /// Reads the key, so that it is in the cache when it is needed.
    #[inline]
    pub(super) fn touch(self) -> u64 {
        self.0
    }

    /// Calls `read` with the id that this key stands for.
    pub(super) fn with_id<T>(self, texts: &Texts, read: impl FnOnce(Id<'_>) -> T) -> T {
        let bits = self.0;
        let kind = if bits & NUMBER == 0 {
            IdKind::String
        } else {
            IdKind::Number
        };
        if bits & TEXT != 0 {
            let text = texts.get(bits & !TAG);
            return read(Id { kind, text });
        }
        let mut digits = itoa::Buffer::new();
        let text = digits.format(bits & !TAG);
        read(Id { kind, text })
    }

    /// Writes the id as JSON.
    #[inline]
    pub(super) fn write_json(self, texts: &Texts, output: &mut impl Write) -> io::Result<()> {
        let bits = self.0;
        if bits & TEXT != 0 {
            return self.with_id(texts, |id| id.write_json(output));
        }
        // A decimal id needs no escapes.
        let mut digits = itoa::Buffer::new();
        let digits = digits.format(bits & !TAG).as_bytes();
        let mut quoted = [b'"'; 24];
        quoted[1..=digits.len()].copy_from_slice(digits);
        let text = match bits & NUMBER {
            0 => &quoted[..digits.len() + 2],
            _ => digits,
        };
        output.write_all(text)
    }

    pub(super) fn hash(self, texts: &Texts, hasher: &RandomState) -> u64 {
        let bits = self.0;
        if bits & TEXT == 0 {
            return hasher.hash_one(bits);
        }
        hash_text(hasher, bits & NUMBER, texts.get(bits & !TAG))
    }
}

impl<'a> Probe<'a> {
    pub(super) fn new(id: Id<'a>, hasher: &RandomState) -> Self {
        let key = Key::inline(id);
        let hash = match key {
            Some(Key(bits)) => hasher.hash_one(bits),
            None => hash_text(hasher, tag_of(id.kind), id.text),
        };
        Probe { hash, key, id }
    }

    pub(super) fn equals(&self, key: Key, texts: &Texts) -> bool {
        match self.key {
            Some(own) => own == key,
            None => key.0 & TEXT != 0 && key.with_id(texts, |id| id == self.id),
        }
    }
}

fn hash_text(hasher: &RandomState, kind: u64, text: &str) -> u64 {
    hasher.hash_one((kind, text))
}

impl Texts {
    /// None yet.
    pub(super) fn new(memory: &Memory) -> Self {
        Texts(List::new_in(memory.clone()))
    }

    /// Forgets all of them, and with them what the keys of texts stand for.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Puts those texts behind these. Tells how far their keys must be [`moved`](Key::moved).
    pub(super) fn append(&mut self, others: &Texts) -> Result<u64, NoRoom> {
        let length = self.0.len();
        room::reserve(&mut self.0, others.0.len())?;
        self.0.extend_from_slice(&others.0);
        Ok(length as u64)
    }

    fn add(&mut self, text: &str) -> Result<u64, NoRoom> {
        room::reserve(&mut self.0, text.len() + varint::LONGEST)?;
        let place = self.0.len() as u64;
        varint::write(text.len() as u64, |byte| self.0.push(byte));
        self.0.extend_from_slice(text.as_bytes());
        Ok(place)
    }

    fn get(&self, place: u64) -> &str {
        let text = varint::take_bytes(&mut &self.0[place as usize..]);
        let text = text.and_then(|text| std::str::from_utf8(text).ok());
        text.expect("only whole texts are added")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_forgotten_leave_their_room_to_others() {
        let memory = Memory::limited(0);
        let mut texts = Texts::new(&memory);
        for letter in ["a", "b", "c", "d"] {
            let long = letter.repeat(100_000);
            let key = Key::new(Id::string(&long), &mut texts).unwrap();
            key.with_id(&texts, |id| assert!(id == Id::string(&long)));
            texts.clear();
        }
        let taken = memory.on_disk();
        assert!(taken < 100_100, "{taken}");
    }

    /// As the documentation of the index says.
    #[test]
    fn an_id_that_is_no_number_takes_its_length() {
        let memory = Memory::limited(0);
        let mut texts = Texts::new(&memory);
        let long = "x".repeat(1_000_000);
        Key::new(Id::string(&long), &mut texts).unwrap();
        let taken = memory.on_disk();
        assert!((1_000_000..1_000_100).contains(&taken), "{taken}");
    }

    #[test]
    fn ids_come_back_as_they_were_and_equal_only_themselves() {
        let long = "x".repeat(1_000_000);
        let ids = [
            Id::string("0"),
            Id::string("00"),
            Id::string("7"),
            Id::string("9007199254740993"),
            Id::string("4611686018427387903"),
            Id::string("4611686018427387904"),
            Id::string("18446744073709551615"),
            Id::string("18446744073709551616"),
            Id::string("-1"),
            Id::string(""),
            Id::string("é\n"),
            Id::string(&long),
            Id::number("7"),
            Id::number("7.0"),
            Id::number("-1"),
            Id::number("18446744073709551616"),
        ];
        let hasher = RandomState::default();
        let mut texts = Texts::new(&Memory::UNLIMITED);
        let keys: Vec<Key> = ids
            .iter()
            .map(|&id| Key::new(id, &mut texts).unwrap())
            .collect();
        for (i, &id) in ids.iter().enumerate() {
            let probe = Probe::new(id, &hasher);
            keys[i].with_id(&texts, |same| assert_eq!(same, id));
            let (mut own, mut expected) = (Vec::new(), Vec::new());
            keys[i].write_json(&texts, &mut own).unwrap();
            id.write_json(&mut expected).unwrap();
            assert_eq!(own, expected);
            assert_eq!(probe.hash, keys[i].hash(&texts, &hasher));
            for (j, &key) in keys.iter().enumerate() {
                assert_eq!(probe.equals(key, &texts), i == j, "{id} and {}", ids[j]);
            }
        }
    }
}
