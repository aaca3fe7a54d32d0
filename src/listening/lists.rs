//! What comes out: lists in order, each with its tracks in order, whether they were in memory or on disk.

use super::batch::Texts;
use super::playlist::PlaylistNames;
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

/// A track of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'e> {
    pub(super) track: &'e str,
    /// The latest row of PLAYLISTS that recommends it, from 1; 0 where none does.
    pub(super) line: u32,
    /// Its place there, from 1.
    pub(super) place: u32,
    pub(super) texts: Texts<Option<&'e str>>,
    pub(super) heard: Heard,
}

/// A user's playlist with its tracks: those that are in it now by position, then all others.
pub(super) struct List<'l> {
    pub(super) user: &'l str,
    /// The digits of its name.
    pub(super) digits: &'l str,
    /// The latest row of PLAYLISTS that has it, from 1; 0 where none has.
    pub(super) line: u32,
    pub(super) entries: &'l [Entry<'l>],
}

impl<'l> List<'l> {
    /// Puts the entries in order.
    pub(super) fn new(
        user: &'l str,
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

/// Something that holds all lists.
pub(super) trait Lists {
    /// Gives each list once, by user and playlist.
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()>;
}

/// A row of the table.
pub(super) struct Row<'r> {
    pub(super) user: &'r str,
    pub(super) names: &'r PlaylistNames,
    pub(super) position: Option<i64>,
    pub(super) track: &'r str,
    pub(super) texts: Texts<Option<&'r str>>,
    pub(super) recommended: bool,
    pub(super) streams: i64,
    pub(super) seconds: i64,
    pub(super) first_heard: Option<Moment>,
    pub(super) last_heard: Option<Moment>,
}

/// Gives each row of the table, in order.
pub(super) fn for_each_row(
    lists: &mut dyn Lists,
    each: &mut dyn FnMut(&Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut names = PlaylistNames::default();
    lists.for_each(&mut |list| {
        names.set(list.digits);
        list.entries.iter().try_for_each(|entry| {
            each(&Row {
                user: list.user,
                names: &names,
                position: entry.position(list.line).map(i64::from),
                track: entry.track,
                texts: entry.texts,
                recommended: entry.line > 0,
                streams: entry.heard.streams as i64,
                seconds: entry.heard.seconds,
                first_heard: Moment::new(entry.heard.first),
                last_heard: Moment::new(entry.heard.last),
            })
        })
    })
}
