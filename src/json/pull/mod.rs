//! Our pull reader: struson's [`JsonReader`](struson::reader::JsonReader) trait straight on the window's bytes.
//!
//! It looks at the bytes where they lie: what a caller asks to keep is borrowed from the window (or put together in one reused
//! buffer where escapes or the window's end are in it), what is skipped streams through. Nothing is counted on the way: lines
//! and columns are worked out when an error needs them.

mod consume;
mod glide;
mod glide_scalar;
mod number;
mod peek;
mod reader;
mod skip;
mod string;
mod token;

use std::io::{Read, Seek};
use std::ops::Range;

use struson::reader::{
    JsonReaderPosition, JsonSyntaxError, LinePosition, ReaderError, SyntaxErrorKind,
};

use super::{Demand, DocumentReader, Failure, Held, HoldLimit, IdArray, SkippingReader, Window};
use token::Token;

/// Where a document ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// With the stream.
    Stream,
    /// With the line: a line feed is the end, wherever it stands.
    Line,
}

/// What the grammar expects next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expects {
    /// The value that the document is.
    Document,
    /// A name, or the end of an object that has no members so far.
    FirstName,
    /// A comma and a name, or the end of the object.
    NextName,
    /// A colon and the member's value.
    MemberValue,
    /// A value, or the end of an array that has no elements so far.
    FirstElement,
    /// A comma and a value, or the end of the array.
    NextElement,
    /// The rest of a string whose reader is under way, or was left before its end.
    StringRest,
    /// Nothing: the document has been read.
    Nothing,
}

/// A reader of one document in a window. The window's next byte is the reader's next byte.
pub(super) struct PullReader<'w, R> {
    window: &'w mut Window<R>,
    /// Offset of the document's first byte in the stream.
    start: u64,
    framing: Framing,
    /// A token that was looked at and not yet consumed; the window stands on its first byte.
    peeked: Option<Token>,
    /// Arrays and objects around the next token.
    depth: u32,
    /// A bit for each of them, the innermost lowest: set for an object.
    objects: u128,
    /// The bits of those around, 128 at a time.
    outer: Vec<u128>,
    expects: Expects,
}

/// A result without a value is an error of the document or of the source.
type Read_<T> = Result<T, ReaderError>;

pub(super) fn of_document<R: Read>(window: &mut Window<R>) -> PullReader<'_, R> {
    PullReader::new(window, Framing::Stream)
}

pub(super) fn of_element<R: Read>(window: &mut Window<R>) -> PullReader<'_, R> {
    PullReader {
        depth: 2,
        objects: 0b10,
        expects: Expects::FirstElement,
        ..of_document(window)
    }
}

pub(super) fn of_line<R: Read>(window: &mut Window<R>) -> PullReader<'_, R> {
    PullReader::new(window, Framing::Line)
}

/// In the middle of an array that is the document, behind an element.
pub(super) fn of_array_rest<R: Read>(window: &mut Window<R>) -> PullReader<'_, R> {
    PullReader {
        depth: 1,
        expects: Expects::NextElement,
        ..PullReader::new(window, Framing::Stream)
    }
}

impl<'w, R: Read> PullReader<'w, R> {
    fn new(window: &'w mut Window<R>, framing: Framing) -> Self {
        PullReader {
            start: window.offset(),
            window,
            framing,
            peeked: None,
            depth: 0,
            objects: 0,
            outer: Vec::new(),
            expects: Expects::Document,
        }
    }

    #[inline]
    fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }

    #[inline]
    fn in_array(&self) -> bool {
        self.depth > 0 && self.objects & 1 == 0
    }

    #[inline]
    fn expects_name(&self) -> bool {
        matches!(self.expects, Expects::FirstName | Expects::NextName)
    }

    /// The place of an offset of the stream. Bytes count from the document's start; lines and columns are those of the
    /// stream, from 0.
    fn location(&self, offset: u64) -> JsonReaderPosition {
        let here = self.window.position(offset);
        JsonReaderPosition {
            path: None,
            line_pos: Some(LinePosition {
                line: here.line - 1,
                column: here.column - 1,
            }),
            data_pos: Some(offset - self.start),
        }
    }

    #[cold]
    fn syntax_error(&self, kind: SyntaxErrorKind) -> ReaderError {
        self.syntax_error_at(kind, self.window.offset())
    }

    #[cold]
    fn syntax_error_at(&self, kind: SyntaxErrorKind, offset: u64) -> ReaderError {
        ReaderError::SyntaxError(JsonSyntaxError {
            kind,
            location: self.location(offset),
        })
    }

    #[cold]
    fn io_error(&self, error: std::io::Error) -> ReaderError {
        ReaderError::IoError {
            error,
            location: self.location(self.window.offset()),
        }
    }

    /// Reads more behind the bytes from index `keep` on. Returns by how much indices have become lower; none at the end.
    #[cold]
    fn refill(&mut self, keep: usize) -> Read_<Option<usize>> {
        self.window
            .fill_from(keep)
            .map_err(|error| self.io_error(error))
    }
}

impl<R: Read> DocumentReader for PullReader<'_, R> {
    #[inline]
    fn offset(&mut self) -> u64 {
        self.window.offset()
    }

    #[inline]
    fn hold(&mut self, offset: u64) {
        self.window.hold(offset);
    }

    #[inline]
    fn release(&mut self) {
        self.window.release();
    }

    #[inline]
    fn limit(&self) -> HoldLimit {
        self.window.limits.hold
    }

    #[inline]
    fn held(&mut self) -> &dyn Held {
        &*self.window
    }

    #[inline]
    fn ahead(&mut self, levels: u32) -> &[u8] {
        if self.depth.saturating_add(levels) > self.window.limits.depth {
            return &[];
        }
        let offset = self.offset();
        self.window.raw(offset..u64::MAX)
    }

    fn pass_objects(&mut self, length: usize) {
        assert!(
            self.peeked == Some(Token::ObjectStart) && length <= self.window.end - self.window.next,
            "an object is looked at, and all lies in the window"
        );
        self.peeked = None;
        self.window.next += length;
        self.end_value();
    }

    #[inline]
    fn next_short_name(&mut self, longest: usize) -> Result<Option<&str>, ReaderError> {
        self.begin_name()?;
        let text = self.string_up_to(longest)?;
        Ok(text.map(|text| self.text(text)))
    }

    #[inline]
    fn scalar_members_of_object<const N: usize>(
        &mut self,
        names: [&str; N],
        demand: Demand,
    ) -> Option<[Option<Range<u64>>; N]> {
        self.glide_object(names, demand)
    }

    #[inline]
    fn ids_of_array(&mut self) -> Option<IdArray> {
        self.glide_ids()
    }

    fn finish(mut self) -> Result<(), Failure> {
        self.end_document().map_err(|error| self.failure(error))
    }

    fn failure(&mut self, error: ReaderError) -> Failure {
        Failure::of_reader(error, self.start)
    }
}

impl<R: Read + Seek> SkippingReader for PullReader<'_, R> {
    fn skip_elements(&mut self, end: u64) -> Result<(), Failure> {
        debug_assert!(self.in_array());
        let from = self.offset();
        self.peeked = None;
        let moved = self.window.skip_to(end);
        moved.map_err(|error| Failure::of_io(error, from))?;
        self.end_value();
        Ok(())
    }
}
