//! JSON as a stream: the window on the bytes, the pull reader on the window, positions, and what writing needs.
//!
//! Everything that understands a document is generic over [`DocumentReader`], which is struson's
//! [`JsonReader`] and the little that it lacks here. [`document_reader`], [`array_reader`] and
//! [`line_reader`] are the only places that choose which reader that is. This module knows no mixtape and opens no file.
//!
//! ```
//! use mixtape::json::{self, DocumentReader, HoldLimit, Window};
//! use struson::reader::JsonReader;
//!
//! let limit = HoldLimit { bytes: 1 << 20, what: "a value", flag: "--max-value" };
//! let mut window = Window::new(&b"[ {\"a\": 1} ]"[..], limit)?;
//! let mut reader = json::document_reader(&mut window);
//! reader.begin_array()?;
//! assert!(reader.has_next()?);
//! let start = reader.offset();
//! reader.hold(start);
//! reader.skip_value()?;
//! let end = reader.offset();
//! assert_eq!(reader.raw(start..end), b"{\"a\": 1}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod checked_lines;
mod element_path;
mod encoding;
mod failure;
mod limits;
mod path;
mod place;
mod plain;
mod position;
mod pull;
mod scan;
mod snippet;
mod visible;
mod window;
mod write;

use std::io::{Read, Seek};
use std::ops::Range;

use struson::reader::{JsonReader, ReaderError, ValueType};

pub use checked_lines::CheckedLines;
pub use element_path::ElementPath;
pub(crate) use encoding::foreign_encoding;
pub use failure::{Failure, error_offset, explain};
pub use limits::{HoldLimit, Limits, MAX_DEPTH};
pub use place::Place;
pub(crate) use plain::{Blanks, PlainBytes, PlainWord};
pub use position::Position;
pub use snippet::Snippet;
pub use visible::{push_visible, visible};
pub(crate) use window::SHOWN_BEFORE;
pub use window::{Held, Window};
pub use write::{write_on_one_line, write_string};

/// No member that means anything here has a name longer than this, in bytes.
const LONGEST_KNOWN_NAME: usize = 64;

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

    /// Consumes the object that comes next without looking at it: `length` of the bytes [`ahead`](Self::ahead), which the caller
    /// knows to be all of one that is right.
    ///
    /// # Panics
    /// Where no object was looked at, or it does not lie in the window as a whole.
    fn pass_object(&mut self, length: usize);

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

/// A reader of the one document that the window's stream is.
pub fn document_reader<R: Read>(window: &mut Window<R>) -> impl DocumentReader + '_ {
    pull::of_document(window)
}

/// Where in a document that is an array a window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayStand {
    /// In front of the array.
    InFront,
    /// In the array, behind an element.
    BehindElement,
}

/// [`document_reader`] of a document that is an array, or a reader of what is left of it.
pub fn array_reader<R: Read>(
    window: &mut Window<R>,
    stand: ArrayStand,
) -> impl DocumentReader + '_ {
    match stand {
        ArrayStand::InFront => pull::of_document(window),
        ArrayStand::BehindElement => pull::of_array_rest(window),
    }
}

/// [`document_reader`], on a window [without lines](Window::without_lines) whose source can be moved.
pub fn skipping_reader<R: Read + Seek>(window: &mut Window<R>) -> impl SkippingReader + '_ {
    pull::of_document(window)
}

/// A reader that stands in front of an element of an array that is a member of the document, as one of the document would that
/// has come so far.
pub fn element_reader<R: Read>(window: &mut Window<R>) -> impl DocumentReader + '_ {
    pull::of_element(window)
}

/// A reader of the document that stands on the window's current line, and ends with it.
///
/// After the reader, [`Window::skip_line`] leads to the next line.
pub fn line_reader<R: Read>(window: &mut Window<R>) -> impl DocumentReader + '_ {
    pull::of_line(window)
}

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
/// As [`JsonReader::next_name`].
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
