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

/// Where rows are found by a key, of integers or of bytes, that no two have.
#[derive(Clone, Copy, Debug)]
pub struct KeyedTable {
    /// Its name.
    pub name: &'static str,
    /// The column of the key.
    pub key: &'static str,
    /// The column of the row's number.
    pub number: &'static str,
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

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// An integer of 64 bits.
    Integer,
    /// A text.
    Text,
    /// True or false.
    Boolean,
    /// Any bytes.
    Bytes,
}

impl ColumnType {
    /// Its name in SQL.
    pub(super) fn name(self) -> &'static str {
        match self {
            ColumnType::Integer => "bigint",
            ColumnType::Text => "text",
            ColumnType::Boolean => "boolean",
            ColumnType::Bytes => "bytea",
        }
    }
}

/// A table that rows are poured into. As a temporary one it is what a load is gathered in, on the connection alone, before
/// anything of the database is touched.
#[derive(Clone, Copy, Debug)]
pub struct StagedTable {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, ColumnType)],
    /// The columns that tell its rows apart; none where nobody looks for one.
    pub key: &'static [&'static str],
}

impl StagedTable {
    /// The statement that makes it.
    pub(super) fn ddl(&self) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(name, kind)| format!("{name} {}", kind.name()))
            .collect();
        let key = match self.key {
            [] => String::new(),
            key => format!(", primary key ({})", key.join(", ")),
        };
        let columns = columns.join(", ");
        format!("create temporary table {} ({columns}{key})", self.name)
    }

    /// `name (column, column)`
    pub(super) fn with_columns(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("{} ({})", self.name, columns.join(", "))
    }
}
