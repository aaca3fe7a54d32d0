//! Tables as a load sees them: what is poured into them, and what is found in them.

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
