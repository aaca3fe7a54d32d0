//! Parts of a grouped document that nobody knows: what they hold is rejected, so that nothing is dropped in silence.

use struson::reader::ValueType;

use super::Grouped;
use crate::changes::Consumer;
use crate::error::Stop;
use crate::json::{DocumentReader, ask, name};
use crate::rejects::Rejection;

impl<J: DocumentReader, C: Consumer> Grouped<'_, J, C> {
    /// A group that nobody knows, perhaps of a mistyped name: the entries of its lists, and its objects, are rejected operations.
    /// Texts and numbers in it say nothing to do: who made the changes, and when.
    pub(super) fn unknown_group(&mut self, group: &str) -> Result<(), Stop> {
        self.place.begin_group(group);
        match ask(&mut self.json, J::peek)? {
            ValueType::Array => self.unknown_list(group)?,
            ValueType::Object => {
                ask(&mut self.json, J::begin_object)?;
                while ask(&mut self.json, J::has_next)? {
                    let list = name(&mut self.json, str::to_owned)?;
                    let kind = format!("{group}.{list}");
                    self.place.begin_list(&list);
                    match ask(&mut self.json, J::peek)? {
                        ValueType::Array => self.unknown_list(&kind)?,
                        ValueType::Object => self.unknown_operation(&kind)?,
                        _ => ask(&mut self.json, J::skip_value)?,
                    }
                    self.place.end_list();
                }
                ask(&mut self.json, J::end_object)?;
            }
            _ => ask(&mut self.json, J::skip_value)?,
        }
        self.place.end_group();
        Ok(())
    }

    /// What a group that is known does not have.
    pub(super) fn unknown_member(&mut self, group: &str, member: &str) -> Result<(), Stop> {
        let kind = format!("{group}.{member}");
        self.place.begin_list(member);
        if ask(&mut self.json, J::peek)? == ValueType::Array {
            self.unknown_list(&kind)?;
        } else {
            self.unknown_operation(&kind)?;
        }
        self.place.end_list();
        Ok(())
    }

    /// A list of something that cannot be done: each entry is a rejected operation.
    fn unknown_list(&mut self, kind: &str) -> Result<(), Stop> {
        ask(&mut self.json, J::begin_array)?;
        while ask(&mut self.json, J::has_next)? {
            let start = self.json.offset();
            self.place.begin_part(start, self.out.number + 1);
            self.unknown_operation(kind)?;
            self.place.end_part();
        }
        ask(&mut self.json, J::end_array)?;
        Ok(())
    }

    fn unknown_operation(&mut self, kind: &str) -> Result<(), Stop> {
        self.out.number += 1;
        let start = self.hold();
        ask(&mut self.json, J::skip_value)?;
        let end = self.json.offset();
        self.limit.check(&(start..end))?;
        let held = self.json.held();
        self.out.begin(kind);
        self.out.member(b"\"value\"", held.raw(start..end));
        let rejection = Rejection::UnknownList(kind);
        self.out.reject(held, self.place.path(), rejection, start)?;
        self.passed()?;
        self.json.release();
        Ok(())
    }
}
