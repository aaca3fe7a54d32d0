//! How an id is read, and what is said where there is none, or a second one.

use struson::reader::ValueType;

use crate::id::Id;
use crate::json::{DocumentReader, Failure, ask};
use crate::mixtape::key::{Key, Texts};
use crate::rejects::Rejection;

/// Reads an id for `read`.
pub(in crate::mixtape) fn read_id<J: DocumentReader, T>(
    json: &mut J,
    read: impl FnOnce(Id<'_>) -> T,
) -> Result<T, Failure> {
    let kind = ask(json, J::peek)?;
    let start = json.offset();
    let result = match kind {
        ValueType::String => json.next_str().map(Id::string).map(read),
        ValueType::Number => json.next_number_as_str().map(Id::number).map(read),
        _ => return Err(not_an_id(start)),
    };
    let result = result.map_err(|error| json.failure(error))?;
    // As it is written.
    json.limit().check(&(start..json.offset()))?;
    Ok(result)
}

/// Reads an id into a key.
pub(super) fn read_key<J: DocumentReader>(json: &mut J, texts: &mut Texts) -> Result<Key, Failure> {
    let start = json.offset();
    read_id(json, |id| Key::new(id, texts))?.map_err(|none| none.at(start))
}

/// Reads a member that may stand only once.
pub(super) fn read_once<T>(
    slot: &mut Option<T>,
    at: u64,
    member: &str,
    read: impl FnOnce() -> Result<T, Failure>,
) -> Result<(), Failure> {
    if slot.is_some() {
        return Err(stands_twice(at, member));
    }
    *slot = Some(read()?);
    Ok(())
}

#[cold]
pub(in crate::mixtape) fn stands_twice(at: u64, member: &str) -> Failure {
    Failure::data(at, Rejection::DuplicateMember(member).to_string())
}

#[cold]
pub(super) fn not_an_id(at: u64) -> Failure {
    Failure::data(at, "an id must be a string or a number")
}
