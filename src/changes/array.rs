//! A JSON array of operations.

use struson::reader::{ReaderError, SyntaxErrorKind, ValueType};

use super::batch::{Batch, BatchSize};
use super::gathered::Gathered;
use super::plain::Plain;
use super::{Consumer, broken};
use crate::error::Stop;
use crate::json::{Blanks, DocumentReader, ElementPath, Failure, HoldLimit, ask, expect};

/// Reads an array, or the rest of one behind `before` operations, up to the element that ends at the offset `until` or to its end;
/// returns how many there are then.
pub(super) fn read<J: DocumentReader>(
    mut json: J,
    stand: Stand,
    until: Option<u64>,
    before: u64,
    limit: HoldLimit,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    begin(&mut json, stand)?;
    let mut batch = new_batch(consumer.batch_size());
    let mut number = before;
    loop {
        if Some(json.offset()) == until {
            batch.apply(json.held(), number, consumer)?;
            return Ok(number);
        }
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
    end(json)?;
    Ok(number)
}

/// Where a reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// In front of the array.
    InFront,
    /// In the array, behind an element.
    BehindElement,
}

/// Reads all elements of a piece of an array, up to the one that ends at the offset `until`, or to the end of the array where that
/// is none, into the batch, as many as there is room for.
pub(super) fn gather<J: DocumentReader>(
    mut json: J,
    stand: Stand,
    until: Option<u64>,
    batch: &mut Batch,
    limit: HoldLimit,
) -> Result<Gathered, Stop> {
    begin(&mut json, stand)?;
    let mut gathered = Gathered::NOTHING;
    while Some(json.offset()) != until {
        gathered.make_room(batch);
        if !read_element(&mut json, batch, gathered.operations, limit)? {
            end(json)?;
            break;
        }
        gathered.operations += 1;
    }
    Ok(gathered)
}

/// What stands between the first element of an array and the second one, where the window's bytes have both.
pub(super) fn first_gap<J: DocumentReader>(mut json: J) -> Result<Vec<u8>, Failure> {
    begin(&mut json, Stand::InFront)?;
    ask(&mut json, J::has_next)?;
    ask(&mut json, J::skip_value)?;
    let start = json.offset();
    json.hold(start);
    ask(&mut json, J::has_next)?;
    let end = json.offset();
    Ok(json.raw(start..end).to_vec())
}

/// For elements of an array.
pub(super) fn new_batch(size: BatchSize) -> Batch {
    Batch::new(size, |number| ElementPath::item(number - 1))
}

fn begin<J: DocumentReader>(json: &mut J, stand: Stand) -> Result<(), Failure> {
    if stand == Stand::InFront {
        expect(json, ValueType::Array, "by --changes-format array, changes")?;
        ask(json, J::begin_array)?;
    }
    Ok(())
}

fn end<J: DocumentReader>(mut json: J) -> Result<(), Failure> {
    ask(&mut json, J::end_array)?;
    json.finish()
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
