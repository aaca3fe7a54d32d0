//! Values on their way into and out of a database: the few types that every engine has.

/// A value that goes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// An integer of 64 bits.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// True or false; 1 or 0 in SQLite.
    Boolean(bool),
    /// Any bytes.
    Bytes(&'a [u8]),
}

impl From<Option<i64>> for Value<'_> {
    fn from(integer: Option<i64>) -> Self {
        integer.map_or(Value::Null, Value::Integer)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Value::Null, Value::Text)
    }
}

/// A value that came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnedValue {
    /// No value.
    Null,
    /// An integer of 64 bits.
    Integer(i64),
    /// A text.
    Text(String),
    /// Any bytes.
    Bytes(Vec<u8>),
}

impl OwnedValue {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            OwnedValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes, if they are some.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            OwnedValue::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bytes themselves, if they are some.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            OwnedValue::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The integer, if it is one.
    pub fn integer(&self) -> Option<i64> {
        match self {
            OwnedValue::Integer(integer) => Some(*integer),
            _ => None,
        }
    }
}

/// Keys of one type.
#[derive(Clone, Copy, Debug)]
pub enum Keys<'k> {
    /// Integers.
    Integers(&'k [i64]),
    /// Any bytes.
    Bytes(&'k [&'k [u8]]),
}

impl Keys<'_> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        match self {
            Keys::Integers(keys) => keys.is_empty(),
            Keys::Bytes(keys) => keys.is_empty(),
        }
    }
}

/// What texts a database can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLimits {
    /// Whether U+0000 may be in them.
    pub holds_nul: bool,
    /// Most bytes of one that rows are told apart by.
    pub longest_key: usize,
}

impl TextLimits {
    /// Any text at all.
    pub const NONE: TextLimits = TextLimits {
        holds_nul: true,
        longest_key: usize::MAX,
    };
}
