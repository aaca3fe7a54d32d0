//! Values as SQLite has them, on their way in and out.

use rusqlite::Statement;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use super::super::engine::{Failed, Tried};
use super::super::{Keys, OwnedValue, Value};

/// A value that came out.
pub(super) fn owned(value: ValueRef<'_>) -> Tried<OwnedValue> {
    Ok(match value {
        ValueRef::Null => OwnedValue::Null,
        ValueRef::Integer(integer) => OwnedValue::Integer(integer),
        ValueRef::Blob(bytes) => OwnedValue::Bytes(bytes.to_vec()),
        other => OwnedValue::Text(text_of(other)?),
    })
}

fn text_of(value: ValueRef<'_>) -> Tried<String> {
    let text = value.as_str();
    text.map(str::to_owned)
        .map_err(|error| Failed::Engine(Box::new(error)))
}

/// Takes the keys one by one, each with its place.
pub(super) fn each(
    keys: Keys<'_>,
    mut take: impl FnMut(usize, &dyn ToSql) -> rusqlite::Result<()>,
) -> Tried<()> {
    match keys {
        Keys::Integers(keys) => keys
            .iter()
            .enumerate()
            .try_for_each(|(i, key)| take(i, key)),
        Keys::Bytes(keys) => keys
            .iter()
            .enumerate()
            .try_for_each(|(i, key)| take(i, key)),
    }?;
    Ok(())
}

/// Binds values to the parameters of a statement.
pub(super) fn bind(statement: &mut Statement<'_>, values: &[Value<'_>]) -> rusqlite::Result<()> {
    for (place, value) in (1..).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::from(*self)))
    }
}

impl<'v> From<Value<'v>> for ValueRef<'v> {
    fn from(value: Value<'v>) -> Self {
        match value {
            Value::Null => ValueRef::Null,
            Value::Integer(integer) => ValueRef::Integer(integer),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Boolean(is) => ValueRef::Integer(i64::from(is)),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }
    }
}
