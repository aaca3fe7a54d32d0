//! One row of a dump: an observation of a video in a playlist.

mod member;

use std::ops::Range;

use struson::reader::ValueType;

use crate::database::TextLimits;
use crate::json::{self, DocumentReader, Failure, ask};
use crate::rejects::{Rejection, Wrapping};
use crate::time::Time;
use member::{KEYS, MEMBERS, Member};

/// A row that can be used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'r> {
    pub(super) time: Time,
    pub(super) playlist_id: &'r str,
    pub(super) video_id: &'r str,
    pub(super) playlist_name: Option<&'r str>,
    pub(super) artwork_url: Option<&'r str>,
    pub(super) channel_id: Option<&'r str>,
    pub(super) title: Option<&'r str>,
    pub(super) track_title: Option<&'r str>,
    pub(super) artist_name: Option<&'r str>,
    pub(super) image_url: Option<&'r str>,
    pub(super) views: Option<i64>,
    pub(super) num_videos: Option<i64>,
    pub(super) position: Option<i64>,
}

#[derive(Clone, Debug, Default)]
enum Value {
    #[default]
    Absent,
    Null,
    Wrong,
    Text(Range<usize>),
    Integer(i64),
}

/// Text that nearly every row needs no more of, in bytes. A very long one does not keep its memory.
const ROOM: usize = 4096;

/// What is read of a row, in buffers that serve all of them. Nothing is judged while it is read: members come in any order.
#[derive(Default)]
pub(super) struct RowBuffer {
    /// Offsets of the row in the stream.
    pub(super) start: u64,
    pub(super) end: u64,
    is_object: bool,
    text: String,
    values: [Value; MEMBERS.len()],
    duplicate: Option<Member>,
    /// The row inside where this is a line of a reject file.
    inner: Option<Box<RowBuffer>>,
    has_inner: bool,
}

/// Where a line of a reject file holds its row.
const INNER: &str = "row";

impl RowBuffer {
    /// Reads the value at which `json` stands.
    pub(super) fn read<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        self.read_wrapped(json, Wrapping::Possible)
    }

    /// The row to look at: the one inside where this is a line of a reject file.
    pub(super) fn effective(&self) -> &RowBuffer {
        match &self.inner {
            Some(inner) if self.has_inner && self.is_bare() => inner,
            _ => self,
        }
    }

    /// Whether no member is there that means anything.
    fn is_bare(&self) -> bool {
        self.values
            .iter()
            .all(|value| matches!(value, Value::Absent))
    }

    fn read_wrapped<J: DocumentReader>(
        &mut self,
        json: &mut J,
        wrapping: Wrapping,
    ) -> Result<(), Failure> {
        self.has_inner = false;
        self.text.clear();
        self.text.shrink_to(ROOM);
        self.values = Default::default();
        self.duplicate = None;
        self.is_object = ask(json, J::peek)? == ValueType::Object;
        self.start = json.offset();
        if self.is_object {
            ask(json, J::begin_object)?;
            while ask(json, J::has_next)? {
                let found = json::name(json, |name| (Member::of_name(name), name == INNER))?;
                match found {
                    (Some(member), _) => self.member(json, member)?,
                    (None, true) if wrapping == Wrapping::Possible => {
                        self.has_inner = true;
                        let inner = self.inner.get_or_insert_default();
                        inner.read_wrapped(json, Wrapping::Excluded)?;
                    }
                    (None, _) => ask(json, J::skip_value)?,
                }
            }
            ask(json, J::end_object)?;
        } else {
            ask(json, J::skip_value)?;
        }
        self.end = json.offset();
        Ok(())
    }

    fn member<J: DocumentReader>(&mut self, json: &mut J, member: Member) -> Result<(), Failure> {
        let value = match (ask(json, J::peek)?, member.is_text()) {
            (ValueType::String, true) => {
                let start = self.text.len();
                match json.next_str() {
                    Ok(text) => self.text.push_str(text),
                    Err(error) => return Err(json.failure(error)),
                }
                Value::Text(start..self.text.len())
            }
            (ValueType::Number, false) => match json.next_number_as_str() {
                Ok(number) => integer(number).map_or(Value::Wrong, Value::Integer),
                Err(error) => return Err(json.failure(error)),
            },
            (ValueType::Null, _) => {
                ask(json, J::next_null)?;
                Value::Null
            }
            _ => {
                ask(json, J::skip_value)?;
                Value::Wrong
            }
        };
        let place = &mut self.values[member as usize];
        if !matches!(place, Value::Absent) {
            self.duplicate.get_or_insert(member);
        }
        *place = value;
        Ok(())
    }

    /// The time of the row, if the row can be used.
    pub(super) fn judge(&self, limits: TextLimits) -> Result<Time, Rejection<'_>> {
        if !self.is_object {
            return Err(Rejection::WrongType {
                what: "a row",
                expected: "an object",
            });
        }
        if let Some(member) = self.duplicate {
            return Err(Rejection::DuplicateMember(member.name()));
        }
        for (member, name) in MEMBERS {
            if matches!(self.values[member as usize], Value::Wrong) {
                return Err(Rejection::WrongType {
                    what: name,
                    expected: member.expected(),
                });
            }
        }
        self.required(Member::PlaylistId)?;
        self.required(Member::VideoId)?;
        let time = self.required(Member::Time)?;
        let time = Time::parse(time).ok_or(Rejection::ImpossibleTime(time))?;
        if !limits.holds_nul && self.text.contains('\0') {
            return Err(self.nul());
        }
        for key in KEYS {
            if self
                .text(key)
                .is_some_and(|text| text.len() > limits.longest_key)
            {
                return Err(Rejection::TextTooLong {
                    what: key.name(),
                    limit: limits.longest_key,
                });
            }
        }
        Ok(time)
    }

    /// What was read. It was judged before, and can be used.
    pub(super) fn row(&self, time: Time) -> Row<'_> {
        Row {
            time,
            playlist_id: self.text(Member::PlaylistId).unwrap_or_default(),
            video_id: self.text(Member::VideoId).unwrap_or_default(),
            playlist_name: self.text(Member::PlaylistName),
            artwork_url: self.text(Member::ArtworkUrl),
            channel_id: self.text(Member::ChannelId),
            title: self.text(Member::Title),
            track_title: self.text(Member::TrackTitle),
            artist_name: self.text(Member::ArtistName),
            image_url: self.text(Member::ImageUrl),
            views: self.integer(Member::Views),
            num_videos: self.integer(Member::NumVideos),
            position: self.integer(Member::Position),
        }
    }

    fn required(&self, member: Member) -> Result<&str, Rejection<'static>> {
        self.text(member)
            .ok_or(Rejection::MissingMember(member.name()))
    }

    fn text(&self, member: Member) -> Option<&str> {
        match &self.values[member as usize] {
            Value::Text(range) => Some(&self.text[range.clone()]),
            _ => None,
        }
    }

    fn integer(&self, member: Member) -> Option<i64> {
        match self.values[member as usize] {
            Value::Integer(integer) => Some(integer),
            _ => None,
        }
    }

    #[cold]
    fn nul(&self) -> Rejection<'static> {
        let has_nul =
            |(member, _): &(Member, _)| self.text(*member).is_some_and(|text| text.contains('\0'));
        let first = MEMBERS.into_iter().find(has_nul);
        Rejection::NulInText(first.map_or("a text", |(_, name)| name))
    }
}

/// The lowest of all stands for null in [`Integer`](super::observation::Integer).
fn integer(number: &str) -> Option<i64> {
    number.parse().ok().filter(|integer| *integer != i64::MIN)
}
