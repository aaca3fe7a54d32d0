//! Pass one over the songs of one playlist: the place for further ones, and how the array is laid out.

use std::ops::Range;

use struson::reader::ValueType;

use super::Scan;
use super::id::{not_an_id, read_id};
use crate::json::{DocumentReader, Failure, IdArray, ask};
use crate::mixtape::shape::separator::{self, SeparatorId, Separators};

/// Where further songs of a playlist come, and what stands between them.
pub(super) struct SongList {
    pub(in crate::mixtape) insertion: u64,
    pub(in crate::mixtape) separator: SeparatorId,
}

impl Scan {
    /// Reads the array of a playlist's songs, the first fault in which is noted.
    pub(super) fn song_list<J: DocumentReader>(
        &mut self,
        json: &mut J,
        fault: &mut Option<Failure>,
    ) -> Result<SongList, Failure> {
        ask(json, J::begin_array)?;
        if let Some(ids) = json.ids_of_array() {
            return self.quick_song_list(json, ids);
        }
        let open = json.offset();
        let mut insertion = open;
        let mut gap = Vec::new();
        let mut count = 0u64;
        while ask(json, J::has_next)? {
            let at = json.offset();
            short_text(json, insertion..at, &mut gap);
            if count == 0 {
                self.separators.set_lead(&gap);
            }
            match ask(json, J::peek)? {
                ValueType::String | ValueType::Number => read_id(json, |_| ())?,
                _ => {
                    fault.get_or_insert(not_an_id(at));
                    ask(json, J::skip_value)?;
                }
            }
            insertion = json.offset();
            count += 1;
        }
        let close = json.offset();
        let mut trail = Vec::new();
        short_text(json, insertion..close, &mut trail);
        // Blanks too long to be remembered are blanks all the same.
        let is_blank = close > insertion;
        let separator = self.separator(count, &gap, &trail, is_blank);
        ask(json, J::end_array)?;
        Ok(SongList {
            insertion,
            separator,
        })
    }

    fn quick_song_list<J: DocumentReader>(
        &mut self,
        json: &mut J,
        ids: IdArray,
    ) -> Result<SongList, Failure> {
        if ids.count > 0 {
            self.separators.set_lead(json.raw(ids.lead));
        }
        let held = json.held();
        let trail = held.raw(ids.last_end..ids.close);
        let gap = held.raw(ids.last_gap);
        let separator = self.separator(ids.count, gap, trail, !trail.is_empty());
        ask(json, J::end_array)?;
        Ok(SongList {
            insertion: ids.last_end,
            separator,
        })
    }

    /// How the array lays out its `count` songs: `gap` stands in front of the last one, `trail` behind it.
    pub(in crate::mixtape) fn separator(
        &mut self,
        count: u64,
        gap: &[u8],
        trail: &[u8],
        is_blank: bool,
    ) -> SeparatorId {
        if count > 0 {
            self.separators.set_trail(trail);
        }
        match count {
            0 if is_blank => separator::BLANK_ARRAY,
            0 => separator::EMPTY_ARRAY,
            1 => single_song(gap, &mut self.separators),
            _ => self.separators.intern(gap),
        }
    }
}

/// The text of a range that the reader has just passed; of one that is too long to be remembered only the end, too long as well.
fn short_text<J: DocumentReader>(json: &mut J, range: Range<u64>, text: &mut Vec<u8>) {
    text.clear();
    let too_long = separator::MAX_LENGTH as u64 + 1;
    let start = range.start.max(range.end.saturating_sub(too_long));
    text.extend_from_slice(json.raw(start..range.end));
}

/// An array of one song shows what stands between two only when it has a line of its own.
fn single_song(lead: &[u8], separators: &mut Separators) -> SeparatorId {
    if !lead.contains(&b'\n') {
        return separator::UNKNOWN;
    }
    separators.intern(&[b",", lead].concat())
}
