//! What those who understand documents may ask a reader for.

use std::ops::Range;

use struson::reader::{JsonReader, ReaderError};

use super::{Failure, Held, HoldLimit, Position};

/// What is demanded of the members that [`DocumentReader::scalar_members_of_object`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// A value without parts; if a member stands twice the last one counts.
    LastScalar,
    /// A number, or a string without escapes; no member stands twice.
    OnePlainId,
}

/// An array of strings and numbers, by offsets in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdArray {
    /// How many there are.
    pub count: u64,
    /// White space behind the opening bracket.
    pub lead: Range<u64>,
    /// What stands in front of the last id: behind the one before it, or behind the bracket.
    pub last_gap: Range<u64>,
    /// Behind the last id; behind the bracket where there is none.
    pub last_end: u64,
    /// The closing bracket.
    pub close: u64,
}

/// A pull reader of one JSON document that knows where it is and can show the bytes it has read.
///
/// Offsets count bytes of the whole stream, not of the document.
pub trait DocumentReader: JsonReader {
    /// Offset of the next token where one was looked at ([`has_next`](JsonReader::has_next), [`peek`](JsonReader::peek)),
    /// else the offset behind the last token.
    fn offset(&mut self) -> u64;

    /// Keeps the bytes from `offset` on, which is where the reader stands or what is held already.
    fn hold(&mut self, offset: u64);

    /// Keeps nothing.
    fn release(&mut self);

    /// The most that may be held.
    fn limit(&self) -> HoldLimit;

    /// What is held.
    fn held(&mut self) -> &dyn Held;

    /// [`Held::raw`]
    fn raw(&mut self, range: Range<u64>) -> &[u8] {
        self.held().raw(range)
    }

    /// The bytes from [`offset`](Self::offset) on that lie in the window already: not read, not checked, and not all there are.
    /// None of them where so many `levels` more would be nested too deeply.
    fn ahead(&mut self, levels: u32) -> &[u8];

    /// Consumes the object that comes next, or several elements that are objects, without looking at them: `length` of the bytes
    /// [`ahead`](Self::ahead), which the caller knows to be all of them, and right.
    ///
    /// # Panics
    /// Where no object was looked at, or they do not lie in the window as a whole.
    fn pass_objects(&mut self, length: usize);

    /// [`Held::position`]
    fn position(&mut self, offset: u64) -> Position {
        self.held().position(offset)
    }

    /// The next member's name where it has at most `longest` bytes. Of a longer one nothing is kept.
    ///
    /// # Errors
    /// As [`next_name`](JsonReader::next_name).
    fn next_short_name(&mut self, longest: usize) -> Result<Option<&str>, ReaderError>;

    /// A short cut where an object comes next: passes over all of it, checked in full, and gives the places of the last
    /// values of some members, whose bytes can be looked at until the reader moves on.
    ///
    /// None, and nothing has happened, where the object is not plainly right or does not lie in the window as a whole, or
    /// where a value is not as demanded: then read it member by member.
    fn scalar_members_of_object<const N: usize>(
        &mut self,
        names: [&str; N],
        demand: Demand,
    ) -> Option<[Option<Range<u64>>; N]>;

    /// A short cut for an array of ids that was just begun: passes over them, checked in full, up to its closing bracket,
    /// which [`end_array`](JsonReader::end_array) consumes.
    ///
    /// None, and nothing has happened, under the conditions of
    /// [`scalar_members_of_object`](Self::scalar_members_of_object).
    fn ids_of_array(&mut self) -> Option<IdArray>;

    /// Ends the document: only blanks may follow.
    ///
    /// # Errors
    /// [`Failure`] where something else follows.
    fn finish(self) -> Result<(), Failure>;

    /// The failure that an error of this reader is, with its offset in the stream.
    fn failure(&mut self, error: ReaderError) -> Failure;
}

/// A reader that can pass over elements without reading them.
pub trait SkippingReader: DocumentReader {
    /// Goes on at the offset `end`, behind an element of the array that was begun: the element that was looked at or one behind
    /// it. The caller knows all of them to be right. Lines are not counted from here on.
    ///
    /// # Errors
    /// When the source cannot be moved.
    fn skip_elements(&mut self, end: u64) -> Result<(), Failure>;
}
