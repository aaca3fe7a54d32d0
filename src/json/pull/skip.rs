//! Values that nobody asks for: checked in full, kept nowhere.

use std::io::Read;
use std::ops::Range;

use struson::reader::ValueType;

use super::glide::{Glide, Place, Watch};
use super::number::Keep;
use super::token::Token;
use super::{Expects, Framing, PullReader, Read_};
use crate::json::{Demand, IdArray};

impl<R: Read> PullReader<'_, R> {
    /// Passes over the next value.
    pub(super) fn skip(&mut self) -> Read_<()> {
        let outside = self.depth;
        loop {
            match self.peek_token()? {
                Token::String => {
                    self.consume_token(Token::String);
                    self.skip_string()?;
                    self.end_value();
                }
                Token::Number => {
                    self.number(Keep::Nothing)?;
                }
                token @ (Token::Null | Token::True | Token::False) => {
                    self.consume_token(token);
                    self.end_value();
                }
                Token::ObjectStart => self.begin(ValueType::Object)?,
                Token::ArrayStart => self.begin(ValueType::Array)?,
                Token::Name => {
                    self.consume_token(Token::Name);
                    self.skip_string()?;
                    self.expects = Expects::MemberValue;
                    continue;
                }
                end @ (Token::ObjectEnd | Token::ArrayEnd) => {
                    if self.depth == outside {
                        self.peek_value()?; // says that there is no value to skip
                    }
                    self.end(end)?;
                }
            }
            // Behind a value or an opening bracket: a place from which to glide.
            if self.depth <= outside || self.glide(outside) {
                return Ok(());
            }
        }
    }

    /// Glides as far as it goes; true where that is to depth `until`.
    fn glide(&mut self, until: u32) -> bool {
        if self.depth > u128::BITS {
            return false;
        }
        let mut place = self.place();
        let done = self.glider().to_depth(&mut place, until);
        self.land(place);
        done
    }

    /// Passes over the object that comes next and notes the values of members. Nothing has happened where that does not go
    /// smoothly.
    pub(super) fn glide_object<const N: usize>(
        &mut self,
        names: [&str; N],
        demand: Demand,
    ) -> Option<[Option<Range<u64>>; N]> {
        let glider = self.glider();
        let start = match self.peeked {
            Some(Token::ObjectStart) => self.window.next,
            None if self.expects == Expects::Document => glider.object(self.window.next)?,
            _ => return None,
        };
        if self.depth >= self.glide_depth() {
            return None;
        }
        let mut place = Place {
            at: start + 1,
            depth: self.depth + 1,
            objects: self.objects << 1 | 1,
            is_empty: true,
        };
        let mut found = [const { None }; N];
        let mut watch = Watch {
            names: &names,
            demand,
            depth: place.depth,
            found: &mut found,
        };
        if !glider.watching(&mut place, self.depth, &mut watch) {
            return None;
        }
        let first = self.window.offset() - self.window.next as u64;
        self.peeked = None;
        self.land(place);
        let in_stream = |range: Range<usize>| first + range.start as u64..first + range.end as u64;
        Some(found.map(|range| range.map(in_stream)))
    }

    /// Passes over the ids of the array that was just begun, up to its closing bracket.
    pub(super) fn glide_ids(&mut self) -> Option<IdArray> {
        if self.expects != Expects::FirstElement || self.peeked.is_some() {
            return None;
        }
        let ids = self
            .glider()
            .ids(self.window.next, self.window.limits.hold.bytes)?;
        let first = self.window.offset() - self.window.next as u64;
        let offset = |index: usize| first + index as u64;
        let open = self.window.offset();
        self.window.next = ids.close;
        self.peeked = Some(Token::ArrayEnd);
        if ids.count > 0 {
            self.expects = Expects::NextElement;
        }
        Some(IdArray {
            count: ids.count,
            lead: open..offset(ids.first_start),
            last_gap: offset(ids.before_last)..offset(ids.last_start),
            last_end: offset(ids.last_end),
            close: offset(ids.close),
        })
    }

    /// How deep a glide may go: it carries no more levels than fit its bits.
    fn glide_depth(&self) -> u32 {
        self.window.limits.depth.min(u128::BITS)
    }

    fn glider(&self) -> Glide<'_> {
        Glide {
            buffer: &self.window.buffer,
            end: self.window.end,
            line_feed: match self.framing {
                Framing::Stream => b'\n',
                Framing::Line => b' ',
            },
            max_depth: self.glide_depth(),
        }
    }

    fn place(&self) -> Place {
        Place {
            at: self.window.next,
            depth: self.depth,
            objects: self.objects,
            is_empty: !matches!(self.expects, Expects::NextName | Expects::NextElement),
        }
    }

    fn land(&mut self, place: Place) {
        self.window.next = place.at;
        self.depth = place.depth;
        self.objects = place.objects;
        self.expects = match (place.is_empty, self.in_object()) {
            (false, _) => return self.end_value(),
            (true, true) => Expects::FirstName,
            (true, false) if place.depth > 0 => Expects::FirstElement,
            (true, false) => Expects::Document,
        };
    }
}
