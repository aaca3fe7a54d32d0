//! A JSON array of operations.

use struson::reader::ValueType;

use super::batch::Batch;
use super::plain::{Blanks, Plain};
use super::{Consumer, Stop};
use crate::json::{DocumentReader, Failure, HoldLimit, ask, expect};

/// Reads the array; returns how many operations it has.
pub(super) fn read<J: DocumentReader>(
    mut json: J,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    expect(&mut json, ValueType::Array, "operations")?;
    ask(&mut json, J::begin_array)?;
    let mut batch = Batch::default();
    let mut number = 0;
    loop {
        let more = read_element(&mut json, &mut batch, limit);
        number += u64::from(matches!(more, Ok(true)));
        // What was read before an error still takes effect: with `--strict` an earlier reject is the error to name.
        if batch.is_full() || !matches!(more, Ok(true)) {
            batch.apply(json.held(), number, consumer)?;
        }
        if !more? {
            break;
        }
    }
    ask(&mut json, J::end_array)?;
    json.finish()?;
    Ok(number)
}

/// Reads the next operation into the batch; false where there is none.
fn read_element<J: DocumentReader>(
    json: &mut J,
    batch: &mut Batch,
    limit: HoldLimit,
) -> Result<bool, Failure> {
    if !ask(json, J::has_next)? {
        return Ok(false);
    }
    if batch.is_empty() {
        let start = json.offset();
        json.hold(start);
    }
    let start = json.offset();
    if let Some(plain) = Plain::find(json.ahead(), Blanks::All) {
        ask(json, J::skip_value)?;
        let end = start + plain.length();
        debug_assert_eq!(json.offset(), end);
        limit.check(&(start..end))?;
        batch.add_plain(start, plain);
    } else {
        let range = batch.read_element(json)?;
        limit.check(&range)?;
        batch.add_element(range);
    }
    Ok(true)
}
