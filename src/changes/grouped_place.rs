//! Where in a grouped document the reader is: for the operation and the JSON path of what is wrong there.

use super::broken;
use crate::error::{Broken, Element, Stop};
use crate::json::Failure;

/// The group, the list and the part of it that are being read.
#[derive(Default)]
pub(super) struct GroupedPlace {
    pub(super) group: Option<&'static str>,
    list: Option<&'static str>,
    /// Parts of the list that are behind.
    index: u64,
    /// Where the part starts, and the number of the operation that it is, or begins with.
    part: Option<(u64, u64)>,
}

impl GroupedPlace {
    pub(super) fn begin_list(&mut self, name: &'static str) {
        self.list = Some(name);
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

    /// What ended the reading, with this place where it has none.
    #[cold]
    pub(super) fn locate(&self, stop: Stop) -> Stop {
        let Stop::Input(failure, None) = stop else {
            return stop;
        };
        let (Failure::Data { offset, .. } | Failure::Limit { offset, .. }) = failure else {
            return failure.into();
        };
        let mut path = Element::document().path;
        for name in [self.group, self.list].into_iter().flatten() {
            path.push('.');
            path.push_str(name);
        }
        let element = match self.part {
            Some((start, number)) => broken(start, number, format!("{path}[{}]", self.index)),
            None => Some(Broken::new(offset, "", 0, path)),
        };
        Stop::Input(failure, element)
    }
}
