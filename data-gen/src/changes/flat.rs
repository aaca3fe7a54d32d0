//! The operations one after the other, as an array or a line each.

use super::operation::Operation;
use super::operations::Operations;
use super::{ChangesLayout, ChangesOptions};
use crate::json::{Json, Style};
use crate::stream::Source;

#[derive(Debug)]
pub(super) struct Flat {
    sequence: Sequence,
    json: Json,
    in_array: bool,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Beginning,
    Operations,
    End,
}

impl Flat {
    pub(super) fn new(operations: Operations, options: &ChangesOptions) -> Self {
        let in_array = options.layout == ChangesLayout::Array;
        Self {
            sequence: Sequence {
                operations,
                left: options.operations,
                churn: options.churn,
                last_playlist: options.playlists,
            },
            json: Json::new(if in_array {
                Style::lines(1)
            } else {
                Style::ONE_LINE
            }),
            in_array,
            place: Place::Beginning,
        }
    }
}

impl Source for Flat {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        match self.place {
            Place::Beginning => {
                if self.in_array {
                    self.json.open(out, b'[');
                }
                self.place = Place::Operations;
            }
            Place::Operations => match self.sequence.next() {
                Some(operation) => {
                    operation.append(&mut self.json, out);
                    if !self.in_array {
                        out.push(b'\n');
                    }
                }
                None => {
                    if self.in_array {
                        self.json.close(out, b']');
                        out.push(b'\n');
                    }
                    self.place = Place::End;
                }
            },
            Place::End => return false,
        }
        true
    }
}

/// The operations in order.
#[derive(Debug)]
struct Sequence {
    operations: Operations,
    left: u64,
    churn: bool,
    /// When churning, the largest id that a playlist has had: a new one gets the next.
    last_playlist: u64,
}

impl Iterator for Sequence {
    type Item = Operation;

    fn next(&mut self) -> Option<Operation> {
        self.left = self.left.checked_sub(1)?;
        Some(if !self.churn {
            self.operations.next_operation()
        } else if self.left.is_multiple_of(2) {
            // Of an even number of operations, every second one.
            Operation::RemovePlaylist {
                playlist: Some(self.last_playlist),
            }
        } else {
            self.last_playlist = self.last_playlist.saturating_add(1);
            Operation::AddPlaylist(self.operations.new_playlist())
        })
    }
}
