//! What comes out: lists in order, each with its tracks in order, whether they were in memory or on disk.

use std::num::NonZeroUsize;

use super::batch::Texts;
use super::counts::TableCounts;
use crate::error::{Error, Result};
use crate::time::Moment;

/// How often and how long a track of a list was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) streams: u64,
    pub(super) seconds: i64,
    /// Microseconds; the highest and the lowest there is where no stream had a time.
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Heard {
    pub(super) const NEVER: Heard = Heard {
        streams: 0,
        seconds: 0,
        first: i64::MAX,
        last: i64::MIN,
    };

    /// One stream.
    pub(super) fn once(seconds: i64, moment: Option<i64>) -> Self {
        Heard {
            streams: 1,
            seconds,
            first: moment.unwrap_or(Heard::NEVER.first),
            last: moment.unwrap_or(Heard::NEVER.last),
        }
    }

    #[inline]
    pub(super) fn add(&mut self, other: &Heard) -> Result<()> {
        self.streams += other.streams;
        let seconds = self.seconds.checked_add(other.seconds);
        self.seconds = seconds.ok_or_else(|| {
            Error::limit("the seconds of one track in one playlist are more than 9223372036854775807 together")
        })?;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        Ok(())
    }
}

/// A track of a list. Its texts are bytes: looking at each character of millions of them takes longer than writing them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'e> {
    pub(super) track: &'e [u8],
    /// The latest row of PLAYLISTS that recommends it, from 1; 0 where none does.
    pub(super) line: u32,
    /// Its place there, from 1.
    pub(super) place: u32,
    pub(super) texts: Texts<Option<&'e [u8]>>,
    pub(super) heard: Heard,
}

/// A user's playlist with its tracks: those that are in it now by position, then all others.
pub(super) struct List<'l> {
    pub(super) user: &'l [u8],
    /// The digits of its name.
    pub(super) digits: &'l str,
    /// The latest row of PLAYLISTS that has it, from 1; 0 where none has.
    pub(super) line: u32,
    pub(super) entries: &'l [Entry<'l>],
}

impl<'l> List<'l> {
    /// Puts the entries in order.
    pub(super) fn new(
        user: &'l [u8],
        digits: &'l str,
        line: u32,
        entries: &'l mut [Entry<'_>],
    ) -> Self {
        entries.sort_unstable_by(|one, other| {
            let [one_place, other_place] =
                [one, other].map(|entry| entry.position(line).unwrap_or(u32::MAX));
            one_place
                .cmp(&other_place)
                .then_with(|| one.track.cmp(other.track))
        });
        List {
            user,
            digits,
            line,
            entries,
        }
    }
}

impl Entry<'_> {
    /// The place in a list that the row `line` of PLAYLISTS says.
    fn position(&self, line: u32) -> Option<u32> {
        (self.line == line && line > 0).then_some(self.place)
    }
}

/// Takes lists.
pub(super) type ListsConsumer<'c> = dyn FnMut(&List<'_>) -> Result<()> + 'c;

/// Puts a list into bytes, behind those that are there.
pub(super) type Encode<'e> = dyn Fn(&List<'_>, &mut Vec<u8>) + Sync + 'e;

/// Takes the bytes of some lists.
pub(super) type EncodedConsumer<'c> = dyn FnMut(&[u8]) -> Result<()> + Send + 'c;

/// Bytes of encoded lists that are handed over at once.
const ENCODED: usize = 128 * 1024;

/// Something that holds all lists.
pub(super) trait Lists {
    /// Gives each list once, by user and playlist.
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()>;

    /// Gives what `encode` makes of each list, in the same order, on several threads where that is possible.
    fn for_each_encoded(
        &mut self,
        _threads: NonZeroUsize,
        encode: &Encode<'_>,
        take: &mut EncodedConsumer<'_>,
    ) -> Result<()> {
        let mut bytes = Vec::new();
        self.for_each(&mut |list| {
            encode(list, &mut bytes);
            if bytes.len() > ENCODED {
                take(&bytes)?;
                bytes.clear();
            }
            Ok(())
        })?;
        take(&bytes)
    }

    /// How much there is.
    fn counts(&mut self) -> Result<TableCounts> {
        let mut counts = TableCounts::default();
        let mut user: Option<Vec<u8>> = None;
        self.for_each(&mut |list| {
            if user.as_deref() != Some(list.user) {
                counts.users += 1;
                user = Some(list.user.to_vec());
            }
            for entry in list.entries {
                counts.count(entry.line > 0, entry.heard.streams > 0);
            }
            Ok(())
        })?;
        Ok(counts)
    }
}

/// A row of the table, but for its user and playlist.
pub(super) struct Row<'r> {
    pub(super) position: Option<i64>,
    pub(super) track: &'r [u8],
    pub(super) texts: Texts<Option<&'r [u8]>>,
    pub(super) recommended: bool,
    pub(super) streams: i64,
    pub(super) seconds: i64,
    pub(super) first_heard: Option<Moment>,
    pub(super) last_heard: Option<Moment>,
}

impl List<'_> {
    /// The rows that it is in the table.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.entries.iter().map(|entry| Row {
            position: entry.position(self.line).map(i64::from),
            track: entry.track,
            texts: entry.texts,
            recommended: entry.line > 0,
            streams: entry.heard.streams as i64,
            seconds: entry.heard.seconds,
            first_heard: Moment::new(entry.heard.first),
            last_heard: Moment::new(entry.heard.last),
        })
    }
}
