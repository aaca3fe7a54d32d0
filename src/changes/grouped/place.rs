//! Where in a grouped document the reader is: for the operation and the JSON path of what is wrong there.

use crate::changes::place::broken;
use crate::error::{Broken, Stop};
use crate::json::ElementPath;

/// The group, the list and the part of it that are being read.
#[derive(Default)]
pub(super) struct GroupedPlace {
    group: Option<String>,
    list: Option<String>,
    /// Parts of the list that are behind.
    index: u64,
    /// Where the part starts, and the number of the operation that it is, or begins with.
    part: Option<(u64, u64)>,
}

impl GroupedPlace {
    pub(super) fn begin_group(&mut self, name: &str) {
        self.group = Some(name.to_owned());
        self.index = 0;
    }

    pub(super) fn end_group(&mut self) {
        self.group = None;
    }

    pub(super) fn begin_list(&mut self, name: &str) {
        self.list = Some(name.to_owned());
        self.index = 0;
    }

    pub(super) fn end_list(&mut self) {
        self.list = None;
    }

    pub(super) fn begin_part(&mut self, start: u64, number: u64) {
        self.part = Some((start, number));
    }

    pub(super) fn end_part(&mut self) {
        self.part = None;
        self.index += 1;
    }

    /// The path of the part, or of what it is a part of.
    pub(super) fn path(&self) -> ElementPath<'_> {
        ElementPath {
            names: [self.group.as_deref(), self.list.as_deref()],
            index: self.part.map(|_| self.index),
            part: None,
        }
    }

    /// What ended the reading, with this place where it has none.
    #[cold]
    pub(super) fn locate(&self, stop: Stop) -> Stop {
        let Stop::Input(failure, None) = stop else {
            return stop;
        };
        let Some(offset) = failure.offset() else {
            return failure.into();
        };
        let element = match self.part {
            Some((start, number)) => broken(start, number, self.path()),
            None => Some(Broken::new(offset, "", 0, self.path())),
        };
        Stop::Input(failure, element)
    }
}
