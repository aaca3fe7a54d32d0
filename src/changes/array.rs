//! A JSON array of operations.

use std::io::Read;

use struson::reader::{ReaderError, SyntaxErrorKind, ValueType};

use super::BatchSize;
use super::Consumer;
use super::batch::Batch;
use super::gathered::Gathered;
use super::place::broken;
use super::plain::Plain;
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
        let more = read_element(&mut json, &mut batch, number);
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
        if !read_element(&mut json, batch, gathered.operations)? {
            end(json)?;
            break;
        }
        gathered.operations += 1;
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
    Batch::new(size, |number| ElementPath::item(number - 1))
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

/// Reads the next operation, behind `number` of them, into the batch; false where there is none.
fn read_element<J: DocumentReader>(
    json: &mut J,
    batch: &mut Batch,
    number: u64,
) -> Result<bool, Stop> {
    let limit = json.limit();
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
    let is_broken = |failure| in_element(limit.judge(start, failure), start);
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
