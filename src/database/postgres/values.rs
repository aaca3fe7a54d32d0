//! Values as the client has them, on their way in and out.

use std::error::Error as StdError;

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::super::engine::Tried;
use super::super::{ColumnType, Keys, OwnedValue, Value};

/// The type of a column.
pub(super) fn type_of(column: ColumnType) -> Type {
    match column {
        ColumnType::Integer => Type::INT8,
        ColumnType::Text => Type::TEXT,
        ColumnType::Boolean => Type::BOOL,
        ColumnType::Bytes => Type::BYTEA,
    }
}

/// The values of a row.
pub(super) fn of_row(row: &postgres::Row) -> Tried<Vec<OwnedValue>> {
    let value = |column: usize| {
        Ok(if *row.columns()[column].type_() == Type::INT8 {
            let integer: Option<i64> = row.try_get(column)?;
            integer.map_or(OwnedValue::Null, OwnedValue::Integer)
        } else if *row.columns()[column].type_() == Type::BYTEA {
            let bytes: Option<Vec<u8>> = row.try_get(column)?;
            bytes.map_or(OwnedValue::Null, OwnedValue::Bytes)
        } else {
            let text: Option<String> = row.try_get(column)?;
            text.map_or(OwnedValue::Null, OwnedValue::Text)
        })
    };
    (0..row.len()).map(value).collect()
}

/// Values as the client takes them.
pub(super) fn parameters<'v>(values: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(integer) => integer.to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Boolean(is) => is.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        <i64 as ToSql>::accepts(kind)
            || <&str as ToSql>::accepts(kind)
            || <bool as ToSql>::accepts(kind)
            || <&[u8] as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}

impl ToSql for Keys<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self {
            Keys::Integers(keys) => keys.to_sql(kind, out),
            Keys::Bytes(keys) => keys.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        <&[i64] as ToSql>::accepts(kind) || <&[&[u8]] as ToSql>::accepts(kind)
    }

    to_sql_checked!();
}
