//! The values of a line that have no parts.

use struson::reader::ValueType;

use super::fault::{Fault, wrong};
use crate::json::{DocumentReader, Failure, ask};
use crate::listening::batch::{Batch, Span};
use crate::listening::fields::Field;
use crate::rejects::Rejection;

/// A value without parts.
#[derive(Clone, Copy, Default)]
pub(super) enum Scalar {
    #[default]
    Absent,
    Null,
    Text(Span),
    Wrong,
}

/// The value of a field under the most telling of the names that it was found by.
#[derive(Clone, Copy, Default)]
pub(super) struct Best {
    pub(super) rank: usize,
    pub(super) value: Scalar,
}

/// The text of a value that must be there and not be empty.
pub(super) fn required(value: Scalar, field: Field, batch: &Batch) -> Result<Span, Fault> {
    match value {
        Scalar::Text(text) if !batch.get(text).is_empty() => Ok(text),
        Scalar::Wrong => Err(wrong(field.word(), "a text or a number")),
        _ => Err(Fault::Rejected(Rejection::MissingMember(field.word()))),
    }
}

/// Reads a value whose text counts: that of a number is as it was spelled.
pub(super) fn scalar<J: DocumentReader>(
    json: &mut J,
    batch: &mut Batch,
) -> Result<Scalar, Failure> {
    let text = match ask(json, J::peek)? {
        ValueType::String => json.next_str().map(|text| batch.text(text)),
        ValueType::Number => json.next_number_as_str().map(|text| batch.text(text)),
        ValueType::Null => {
            ask(json, J::next_null)?;
            return Ok(Scalar::Null);
        }
        _ => {
            ask(json, J::skip_value)?;
            return Ok(Scalar::Wrong);
        }
    };
    text.map(Scalar::Text).map_err(|error| json.failure(error))
}
