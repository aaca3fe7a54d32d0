//! Asking a reader, errors with their places.

use struson::reader::{ReaderError, ValueType};

use super::{DocumentReader, Failure};

/// No member that means anything here has a name longer than this, in bytes.
const LONGEST_KNOWN_NAME: usize = 64;

/// Calls the reader; its error with its place in the stream.
///
/// # Errors
/// What the call returns.
#[inline]
pub fn ask<J: DocumentReader, T>(
    json: &mut J,
    call: impl FnOnce(&mut J) -> Result<T, ReaderError>,
) -> Result<T, Failure> {
    call(json).map_err(|error| json.failure(error))
}

/// Reads a member's name for `of_name`. A name too long to mean anything streams through; another one stands for it.
///
/// # Errors
/// As [`next_name`](struson::reader::JsonReader::next_name).
#[inline]
pub fn name<J: DocumentReader, T>(
    json: &mut J,
    of_name: impl FnOnce(&str) -> T,
) -> Result<T, Failure> {
    match json.next_short_name(LONGEST_KNOWN_NAME) {
        // What is too long to be known is as good as any other unknown name.
        Ok(name) => Ok(of_name(name.unwrap_or("\0"))),
        Err(error) => Err(json.failure(error)),
    }
}

/// Fails unless the next value is of the `expected` type.
///
/// # Errors
/// The failure says that `what` must be of that type.
pub fn expect<J: DocumentReader>(
    json: &mut J,
    expected: ValueType,
    what: &str,
) -> Result<(), Failure> {
    let found = ask(json, J::peek)?;
    if found == expected {
        return Ok(());
    }
    let message = format!("{what} must be an {expected}, found {found}").to_lowercase();
    Err(Failure::data(json.offset(), message))
}
