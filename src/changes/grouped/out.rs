//! What a consumer is told of a grouped document.

use crate::changes::element::Element;
use crate::changes::place::ELEMENT;
use crate::changes::spelling::Role;
use crate::changes::{Consumer, Passed};
use crate::error::Stop;
use crate::json::{ElementPath, Held, write_string};
use crate::operation::{Operation, OperationKind};
use crate::rejects::{Evidence, Reject, Rejection, Verdict};

/// The consumer, and what it is told of rejected parts: the operation of its own that a part amounts to, so that the reject
/// file can be applied again.
pub(super) struct Out<'c, C> {
    consumer: &'c mut C,
    composed: Vec<u8>,
    pub(super) number: u64,
    /// Operations that were dealt with another time.
    before: u64,
}

impl<'c, C: Consumer> Out<'c, C> {
    /// Of a document of which the first `before` operations were dealt with another time.
    pub(super) fn new(consumer: &'c mut C, before: u64) -> Self {
        Out {
            consumer,
            composed: Vec::new(),
            number: 0,
            before,
        }
    }

    pub(super) fn begin(&mut self, kind: &str) {
        self.composed.clear();
        self.composed.extend_from_slice(b"{\"type\": ");
        write_string(&mut self.composed, kind).expect("memory takes all bytes");
    }

    pub(super) fn member(&mut self, name: &[u8], value: &[u8]) {
        for part in [b", ", name, b": ", value] {
            self.composed.extend_from_slice(part);
        }
    }

    pub(super) fn apply<'a>(&mut self, operation: Operation<'a>) -> Result<Verdict<'a>, Stop> {
        let mut verdict = Ok(());
        if self.number <= self.before {
            return Ok(verdict);
        }
        self.consumer
            .apply(&[operation], |_, outcome| verdict = outcome)?;
        Ok(verdict)
    }

    /// Rejects what was composed.
    pub(super) fn reject(
        &mut self,
        held: &dyn Held,
        path: ElementPath<'_>,
        rejection: Rejection<'_>,
        at: u64,
    ) -> Result<(), Stop> {
        if self.number <= self.before {
            return Ok(());
        }
        self.composed.push(b'}');
        self.consumer.reject(
            &Reject {
                rejection,
                element: ELEMENT,
                number: self.number,
                path: Some(path),
                position: held.position(at),
                evidence: Evidence::Operation(&self.composed),
            },
            held,
        )?;
        Ok(())
    }

    /// An element as an operation of its own, with all its members, or itself as `value` where it is no object.
    pub(super) fn begin_whole(&mut self, held: &dyn Held, element: &Element, kind: OperationKind) {
        self.begin(kind.name());
        if !element.is_object {
            self.member(b"\"value\"", held.raw(element.start..element.end));
        }
        for (role, name, value) in element.raw_members() {
            if role == Some(Role::Songs) && kind == OperationKind::AddPlaylist {
                self.member(b"\"song_ids\"", held.raw(value));
            } else {
                self.member(held.raw(name), held.raw(value));
            }
        }
    }

    /// All operations up to the offset `end` are dealt with.
    pub(super) fn passed(&mut self, held: &dyn Held, end: u64) -> Result<(), Stop> {
        if self.number <= self.before {
            return Ok(());
        }
        Ok(self.consumer.passed(|| Passed {
            operations: self.number,
            position: held.position(end),
            last: b"",
        })?)
    }
}
