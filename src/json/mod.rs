//! JSON as a stream: the window on the bytes, the pull reader on the window, positions, and what writing needs.
//!
//! Everything that understands a document is generic over [`DocumentReader`], which is struson's
//! [`JsonReader`](struson::reader::JsonReader) and the little that it lacks here. [`document_reader`], [`array_reader`] and
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

mod ask;
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
mod reader;
mod scan;
mod snippet;
mod visible;
mod window;
mod write;

use std::io::{Read, Seek};

pub use ask::{ask, expect, name};
pub use checked_lines::CheckedLines;
pub use element_path::ElementPath;
pub(crate) use encoding::foreign_encoding;
pub use failure::{Failure, error_offset, explain};
pub use limits::{HoldLimit, Limits, MAX_DEPTH};
pub use place::Place;
pub(crate) use plain::{Blanks, PlainBytes, PlainWord, set_once};
pub use position::Position;
pub use reader::{Demand, DocumentReader, IdArray, SkippingReader};
pub use snippet::Snippet;
pub use visible::{push_visible, visible};
pub use window::{Held, Window};
pub(crate) use window::{SHOWN_BEFORE, ShownUpTo};
pub use write::{write_on_one_line, write_string};

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
