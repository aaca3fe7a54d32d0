//! A JSON array of operations.

use std::io::Read;

use struson::reader::{ReaderError, SyntaxErrorKind, ValueType};

use super::BatchSize;
use super::Consumer;
use super::batch::Batch;
use super::gathered::Gathered;
use super::place::broken;
use crate::error::Stop;
use crate::json::{
    self, ArrayStand, Blanks, DocumentReader, ElementPath, Failure, Window, ask, expect,
};

/// Which part of an array is read, from where a window stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Where that is.
    pub(super) stand: ArrayStand,
    /// The offset at which the last element ends; none where the array ends with it.
    pub(super) until: Option<u64>,
}

impl Part {
    /// All of it.
    pub(super) const WHOLE: Part = Part {
        stand: ArrayStand::InFront,
        until: None,
    };

    /// What follows an element.
    pub(super) const REST: Part = Part {
        stand: ArrayStand::BehindElement,
        until: None,
    };
}

/// Reads a part of an array, behind `before` operations; returns how many there are then.
pub(super) fn read<R: Read>(
    window: &mut Window<R>,
    Part { stand, until }: Part,
    before: u64,
    consumer: &mut impl Consumer,
) -> Result<u64, Stop> {
    let mut json = json::array_reader(window, stand);
    begin(&mut json, stand)?;
    let mut batch = new_batch(consumer.batch_size());
    let mut number = before;
    loop {
        if Some(json.offset()) == until {
            batch.apply(json.held(), number, consumer)?;
            return Ok(number);
        }
        let more = read_elements(&mut json, &mut batch, number);
        let count = *more.as_ref().unwrap_or(&0);
        number += count;
        // What was read before an error still takes effect: with `--strict` an earlier reject is the error to name.
        if batch.is_full() || count == 0 {
            batch.apply(json.held(), number, consumer)?;
        }
        if more? == 0 {
            break;
        }
    }
    end(json)?;
    Ok(number)
}

/// Reads all elements of a part of an array into the batch, as many as there is room for.
pub(super) fn gather<R: Read>(
    window: &mut Window<R>,
    Part { stand, until }: Part,
    batch: &mut Batch,
) -> Result<Gathered, Stop> {
    let mut json = json::array_reader(window, stand);
    begin(&mut json, stand)?;
    let mut gathered = Gathered::NOTHING;
    while Some(json.offset()) != until {
        gathered.make_room(batch);
        let count = read_elements(&mut json, batch, gathered.operations)?;
        if count == 0 {
            end(json)?;
            break;
        }
        gathered.operations += count;
    }
    Ok(gathered)
}

/// What stands between the first element of an array and the second one, where the window's bytes have both.
pub(super) fn first_gap<J: DocumentReader>(mut json: J) -> Result<Vec<u8>, Failure> {
    begin(&mut json, ArrayStand::InFront)?;
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
    Batch::new(size, |number| ElementPath::item(number - 1), Blanks::All)
}

fn begin<J: DocumentReader>(json: &mut J, stand: ArrayStand) -> Result<(), Failure> {
    if stand == ArrayStand::InFront {
        expect(json, ValueType::Array, "by --changes-format array, changes")?;
        ask(json, J::begin_array)?;
    }
    Ok(())
}

fn end<J: DocumentReader>(mut json: J) -> Result<(), Failure> {
    ask(&mut json, J::end_array)?;
    json.finish()
}

/// Reads the next operation, behind `number` of them, into the batch, and plain ones that follow; returns how many, none where
/// there is none.
fn read_elements<J: DocumentReader>(
    json: &mut J,
    batch: &mut Batch,
    number: u64,
) -> Result<u64, Stop> {
    let limit = json.limit();
    let in_element = |failure, start| {
        Stop::Input(
            failure,
            broken(start, number + 1, ElementPath::item(number)),
        )
    };
    match json.has_next() {
        Ok(true) => {}
        Ok(false) => return Ok(0),
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
    let (count, length) = batch.add_plain_ones(json.ahead(1), start, limit.bytes);
    if count > 0 {
        json.pass_objects(length);
        debug_assert_eq!(json.offset(), start + length as u64);
        return Ok(count);
    }
    let is_broken = |failure| in_element(limit.judge(start, failure), start);
    let range = batch.read_element(json).map_err(is_broken)?;
    limit.check(&range).map_err(is_broken)?;
    batch.add_element(range);
    Ok(1)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn what_stands_between_the_first_two_elements_is_found_where_both_are_there() {
        for (text, expected) in [
            ("[{\"a\": [1, 2]} ,\n  {\"b\": 3}, 4]", Some(" ,\n  ")),
            ("[1,2]", Some(",")),
            ("[1]", Some("")),
            ("[]", None),
            ("[{\"a\": 1", None),
            ("{\"a\": 1}", None),
        ] {
            let mut window = Window::new(text.as_bytes(), limits::of_operation(100)).unwrap();
            let gap = first_gap(json::document_reader(&mut window)).ok();
            assert_eq!(gap.as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }
}
