//! Lines of a partition as they come: in blocks, out of one or several splits of the input.

use crate::changes::{ChangesFormat, Start};
use crate::json::Position;

/// What messages call the changes.
pub(super) const CHANGES: &str = "changes";

/// What they call the playlists.
pub(super) const PLAYLISTS: &str = "playlists";

/// Where in its split the next block stands.
pub(super) struct Splits {
    what: &'static str,
    split: Option<u32>,
    name: String,
    at: Position,
}

impl Splits {
    /// In front of the first one; `what` is what messages call the whole.
    pub(super) fn new(what: &'static str) -> Self {
        Splits {
            what,
            split: None,
            name: String::new(),
            at: Position::START,
        }
    }

    /// What messages call the split, and where in it the block stands; the next one stands behind it.
    pub(super) fn place(&mut self, split: u32, block: &[u8]) -> (&str, Position) {
        if self.split != Some(split) {
            self.split = Some(split);
            self.name = split_name(self.what, split);
            self.at = Position::START;
        }
        let at = self.at;
        self.at = behind(at, block);
        (&self.name, at)
    }
}

/// What messages call a split; whoever runs the steps knows which file it is of.
pub(super) fn split_name(what: &str, split: u32) -> String {
    format!("{what}[split {split}]")
}

/// How changes are read from a line on that has so many operations in front of it.
pub(super) fn start_at(position: Position, operations: u64) -> Start {
    Start::Behind {
        format: ChangesFormat::Ndjson,
        operations,
        position,
    }
}

/// Behind whole lines.
pub(super) fn behind(at: Position, lines: &[u8]) -> Position {
    Position {
        line: at.line + memchr::memchr_iter(b'\n', lines).count() as u64,
        column: 1,
        byte: at.byte + lines.len() as u64,
    }
}
