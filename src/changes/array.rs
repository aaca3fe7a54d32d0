//! A JSON array of operations.

use struson::reader::{ReaderError, SyntaxErrorKind, ValueType};

use super::batch::Batch;
use super::plain::Plain;
use super::{Consumer, broken};
use crate::error::Stop;
use crate::json::{Blanks, DocumentReader, ElementPath, Failure, HoldLimit, Position, ask, expect};

/// Stands for all of an array that was read before: its bracket and an element.
pub(super) const STAND_IN: &[u8] = b"[0";

/// Where the stand-in has to begin to end at `position`, behind an element and its bracket.
pub(super) fn in_front_of(position: Position) -> Position {
    let length = STAND_IN.len() as u64;
    Position {
        line: position.line,
        // No element is that far to the left, but nobody shows the column of what is not there.
        column: position.column.saturating_sub(length),
        byte: position.byte.saturating_sub(length),
    }
}

/// Reads the array behind `before` operations, for which the [stand-in](STAND_IN) is there; returns how many it has in all.
pub(super) fn read<J: DocumentReader>(
    mut json: J,
    before: u64,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    expect(&mut json, ValueType::Array, "operations")?;
    ask(&mut json, J::begin_array)?;
    if before > 0 {
        ask(&mut json, J::skip_value)?;
    }
    let mut batch = Batch::new(consumer.batch_size(), |number| {
        ElementPath::item(number - 1)
    });
    let mut number = before;
    loop {
        let more = read_element(&mut json, &mut batch, number, limit);
        number += u64::from(matches!(more, Ok(true)));
        // What was read before an error still takes effect: with `--strict` an earlier reject is the error to name.
        if batch.is_full() || !matches!(more, Ok(true)) {
            batch.apply(json.held(), number, consumer)?;
        }
        match more {
            Ok(true) => {}
            Ok(false) => break,
            Err(stop) => return Err(stop),
        }
    }
    ask(&mut json, J::end_array)?;
    json.finish()?;
    Ok(number)
}

/// Reads the next operation, behind `number` of them, into the batch; false where there is none.
fn read_element<J: DocumentReader>(
    json: &mut J,
    batch: &mut Batch,
    number: u64,
    limit: HoldLimit,
) -> Result<bool, Stop> {
    let in_element = |failure, start| {
        Stop::Input(
            failure,
            broken(start, number + 1, ElementPath::item(number)),
        )
    };
    match json.has_next() {
        Ok(true) => {}
        Ok(false) => return Ok(false),
        Err(error) => {
            let starts_one = is_no_value(&error);
            let failure = json.failure(error);
            return Err(match failure {
                Failure::Data { offset, .. } if starts_one => in_element(failure, offset),
                _ => failure.into(),
            });
        }
    }
    if batch.is_empty() {
        let start = json.offset();
        json.hold(start);
    }
    let start = json.offset();
    let is_broken = |failure| in_element(failure, start);
    if let Some(plain) = Plain::find(json.ahead(1), Blanks::All) {
        let end = start + plain.length();
        json.pass_object(plain.length() as usize);
        debug_assert_eq!(json.offset(), end);
        limit.check(&(start..end)).map_err(is_broken)?;
        batch.add_plain(start, plain);
    } else {
        let range = batch.read_element(json).map_err(is_broken)?;
        limit.check(&range).map_err(is_broken)?;
        batch.add_element(range);
    }
    Ok(true)
}

/// Whether an error stands where an element begins, not between two of them.
fn is_no_value(error: &ReaderError) -> bool {
    use SyntaxErrorKind as Kind;
    let ReaderError::SyntaxError(error) = error else {
        return false;
    };
    matches!(
        error.kind,
        Kind::InvalidLiteral | Kind::TrailingDataAfterLiteral | Kind::MalformedJson
    )
}
