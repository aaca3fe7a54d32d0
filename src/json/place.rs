//! Where something is wrong, and what stands there.

use std::io::{self, Read};

use super::Position;
use super::encoding::{BYTE_ORDER_MARK, hint};
use super::path::PathTracker;
use super::snippet::{BEFORE, BEHIND, Snippet};

/// A place in an input as an error shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, column and byte.
    pub position: Position,
    /// The JSON path from where the element in question starts: `.song_ids[1]`; empty for the element itself. None where it is
    /// not known.
    pub path: Option<String>,
    /// The line around it.
    pub snippet: Option<Snippet>,
    /// What the byte there says about the whole input, if it says something.
    pub hint: Option<String>,
}

impl Place {
    /// A place of which nothing more is known.
    pub fn of_position(position: Position) -> Self {
        Place {
            position,
            path: None,
            snippet: None,
            hint: None,
        }
    }

    /// Reads a document from its beginning up to `offset` to find what stands there.
    ///
    /// # Errors
    /// What the source returns.
    pub fn find(mut document: impl Read, offset: u64) -> io::Result<Self> {
        let mut position = Position::START;
        let mut tracker = PathTracker::default();
        let mut window = vec![0; 64 * 1024];
        let mut before = Vec::new();
        let mut left = offset;
        while left > 0 {
            let most = window
                .len()
                .min(usize::try_from(left).unwrap_or(usize::MAX));
            let count = document.read(&mut window[..most])?;
            if count == 0 {
                break;
            }
            tracker.feed(&window[..count]);
            // Editors show no column for a byte order mark.
            if position.byte == 0 && window[..count].starts_with(BYTE_ORDER_MARK) {
                position.column = 0;
            }
            position.advance(&window[..count]);
            before.extend_from_slice(&window[count.saturating_sub(BEFORE + 1)..count]);
            before.drain(..before.len().saturating_sub(BEFORE + 1));
            left -= count as u64;
        }
        let mut behind = Vec::new();
        document.take(BEHIND as u64 + 4).read_to_end(&mut behind)?;
        let head = [&before[..], &behind[..]].concat();
        Ok(Place {
            position,
            path: Some(tracker.to_string()),
            snippet: Some(Snippet::around(&before, &behind)),
            hint: hint(&head, &behind, offset),
        })
    }
}
