//! Playlist observations: what a crawler of a video site saw, one row for each video of a playlist each time.

mod invalid;
mod row;

use crate::random::Random;
use crate::rate::Rate;
use crate::stream::{Source, Stream, reads_as_its_stream};
use row::Row;
use std::num::NonZeroU64;

/// How the rows are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YoutubeLayout {
    /// A JSON array of indented objects.
    #[default]
    Array,
    /// A compact object a line.
    Ndjson,
}

/// What [`Youtube`] generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YoutubeOptions {
    /// How many rows.
    pub rows: u64,
    /// How many playlists; one for every 256 rows, and one, if `None`. There are 50 times as many videos.
    pub playlists: Option<NonZeroU64>,
    /// How many days the observations are spread over.
    pub days: NonZeroU64,
    /// How the rows are laid out.
    pub layout: YoutubeLayout,
    /// The share of rows that cannot be used, each in one of several ways.
    pub invalid: Rate,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for YoutubeOptions {
    fn default() -> Self {
        Self {
            rows: 1000,
            playlists: None,
            days: const { NonZeroU64::new(4).unwrap() },
            layout: YoutubeLayout::Array,
            invalid: Rate::NEVER,
            seed: 1,
        }
    }
}

/// Rows of a playlist, a video in it and a time, in no particular order.
///
/// Names and titles belong to their ids and seldom change; views grow; positions move a little from day to day. Artists and
/// track titles are sometimes null. An indented row has about 650 bytes, one on a line about 500.
#[derive(Debug)]
pub struct Youtube(Stream<Rows>);

impl Youtube {
    /// A generator at its first byte.
    pub fn new(options: YoutubeOptions) -> Self {
        let playlists = options
            .playlists
            .map_or(options.rows / 256 + 1, NonZeroU64::get);
        Self(Stream::new(Rows {
            options,
            playlists,
            random: Random::new(options.seed),
            written: 0,
            ended: false,
        }))
    }
}

reads_as_its_stream!(Youtube);

#[derive(Debug)]
struct Rows {
    options: YoutubeOptions,
    playlists: u64,
    random: Random,
    written: u64,
    ended: bool,
}

impl Source for Rows {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        let is_array = self.options.layout == YoutubeLayout::Array;
        if self.written == self.options.rows {
            let last = is_array && !self.ended;
            if last {
                out.extend_from_slice(if self.written == 0 { b"[]\n" } else { b"\n]\n" });
            }
            self.ended = true;
            return last;
        }
        if is_array {
            out.extend_from_slice(if self.written == 0 {
                b"[\n    "
            } else {
                b",\n    "
            });
        }
        let row = Row::random(&mut self.random, self.playlists, self.options.days.get());
        let members = row.members(self.options.seed);
        let members = if self.random.hits(self.options.invalid) {
            invalid::spoil(&mut self.random, members)
        } else {
            members
        };
        row::append(&members, is_array, out);
        if !is_array {
            out.push(b'\n');
        }
        self.written += 1;
        true
    }
}
