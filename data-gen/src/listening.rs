//! Recommendations and listening events, for putting together what was recommended and what was heard.
//!
//! Two generators share it: a line a user with that user's own playlists, and a log of streams. Two in five streams are from a
//! personalised playlist; one in ten of these is of a track that is not in the user's list.

use crate::random::Random;
use crate::rate::Rate;
use crate::stream::{Source, Stream, reads_as_its_stream};
use std::num::NonZeroU64;

/// What was recommended to how many, and how often they listened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListeningOptions {
    /// How many users.
    pub users: NonZeroU64,
    /// How many tracks there are to be recommended.
    pub tracks: NonZeroU64,
    /// How many streams.
    pub events: u64,
    /// The share of streams that cannot be used, each in one of several ways.
    pub invalid: Rate,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for ListeningOptions {
    fn default() -> Self {
        const fn count(count: u64) -> NonZeroU64 {
            NonZeroU64::new(count).unwrap()
        }
        Self {
            users: const { count(50) },
            tracks: const { count(200_000) },
            events: 3000,
            invalid: Rate::NEVER,
            seed: 1,
        }
    }
}

/// Playlists of a user.
const PLAYLISTS: u64 = 3;

/// Tracks of a playlist.
const LENGTH: u64 = 20;

/// Recordings of a work.
const TRACKS_OF_A_WORK: u64 = 4;

const FORMS: [&str; 8] = [
    "Prelude", "Nocturne", "Étude", "Mazurka", "Sonata", "Waltz", "Fugue", "Partita",
];

const CONTEXTS: [&str; 6] = [
    "album",
    "recording",
    "user_playlist",
    "curated_playlist",
    "radio",
    "playlist_of_the_day",
];

const DEVICES: [&str; 4] = ["ios", "android", "web", "cast"];

/// A line a user: `{"user_id": …, "playlist_01": [{"track_id": …, "work": …}, …], …}`, of about 2,800 bytes.
#[derive(Debug)]
pub struct Recommendations(Stream<Lines>);

/// The log of streams as CSV: `userId,trackId,listeningContext,secondsStreamed,timestamp,device`; about 55 bytes each.
#[derive(Debug)]
pub struct Events(Stream<Rows>);

reads_as_its_stream!(Recommendations);
reads_as_its_stream!(Events);

impl Recommendations {
    /// A generator at its first byte.
    pub fn new(options: ListeningOptions) -> Self {
        Self(Stream::new(Lines { options, next: 0 }))
    }
}

impl Events {
    /// A generator at its first byte.
    pub fn new(options: ListeningOptions) -> Self {
        Self(Stream::new(Rows {
            options,
            random: Random::new(options.seed ^ 0xE7E4),
            next: None,
        }))
    }
}

impl ListeningOptions {
    /// The track at a place of a user's playlist; both generators must agree on it.
    fn track(&self, user: u64, playlist: u64, place: u64) -> u64 {
        let list = user * PLAYLISTS + playlist;
        let mut random = Random::new(self.seed ^ list.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        (random.below(self.tracks.get()) + place * 7919) % self.tracks
    }
}

#[derive(Debug)]
struct Lines {
    options: ListeningOptions,
    next: u64,
}

impl Source for Lines {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        if self.next == self.options.users.get() {
            return false;
        }
        let user = self.next;
        self.next += 1;
        out.extend_from_slice(b"{\"user_id\":\"");
        append_user(user, out);
        out.push(b'"');
        for playlist in 0..PLAYLISTS {
            out.extend_from_slice(b",\"playlist_0");
            append_number(playlist + 1, out);
            out.extend_from_slice(b"\":[");
            for place in 0..LENGTH {
                let track = self.options.track(user, playlist, place);
                out.extend_from_slice(if place == 0 {
                    b"{\"track_id\":\""
                } else {
                    b", {\"track_id\":\""
                });
                append_number(100_000 + track, out);
                out.extend_from_slice(b"\", \"work\":\"");
                append_work(track, out);
                out.extend_from_slice(b"\"}");
            }
            out.push(b']');
        }
        out.extend_from_slice(b"}\n");
        true
    }
}

#[derive(Debug)]
struct Rows {
    options: ListeningOptions,
    random: Random,
    /// None before the header is written.
    next: Option<u64>,
}

impl Source for Rows {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        let Some(next) = self.next else {
            out.extend_from_slice(
                b"userId,trackId,listeningContext,secondsStreamed,timestamp,device\n",
            );
            self.next = Some(0);
            return true;
        };
        if next == self.options.events {
            return false;
        }
        self.next = Some(next + 1);
        let Self {
            options, random, ..
        } = self;
        let user = random.below(options.users.get());
        let playlist = random.below(PLAYLISTS);
        let listed = options.track(user, playlist, random.below(LENGTH));
        let any = random.below(options.tracks.get());
        let is_personal = random.below(5) < 2;
        let is_invalid = random.hits(options.invalid);
        let is_listed = is_personal && random.below(10) > 0;
        // What is left empty, or is no number, is wrong only where the stream counts.
        let fault = (is_personal && is_invalid).then(|| random.below(4));
        if fault != Some(0) {
            append_user(user, out);
        }
        out.push(b',');
        if fault != Some(1) {
            append_number(100_000 + if is_listed { listed } else { any }, out);
        }
        out.push(b',');
        if is_personal {
            out.extend_from_slice(b"playlist_0");
            append_number(playlist + 1, out);
        } else {
            out.extend_from_slice(random.pick(&CONTEXTS).as_bytes());
        }
        out.push(b',');
        match fault {
            Some(2) => out.extend_from_slice(b"-7"),
            Some(3) => out.extend_from_slice(b"12.5"),
            _ => append_number(random.below(600), out),
        }
        append_time(random, out);
        out.push(b',');
        out.extend_from_slice(random.pick(&DEVICES).as_bytes());
        out.push(b'\n');
        true
    }
}

fn append_number(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn append_user(user: u64, out: &mut Vec<u8>) {
    out.push(b'u');
    append_number(10_000 + user, out);
}

fn append_work(track: u64, out: &mut Vec<u8>) {
    let work = track / TRACKS_OF_A_WORK;
    out.extend_from_slice(FORMS[(work % FORMS.len() as u64) as usize].as_bytes());
    out.push(b' ');
    append_number(work / FORMS.len() as u64, out);
}

/// `,2021-03-07T21:05:44`
fn append_time(random: &mut Random, out: &mut Vec<u8>) {
    let parts: [(&[u8], u64, u64); 5] = [
        (b",2021-", 1, 12),
        (b"-", 1, 28),
        (b"T", 0, 24),
        (b":", 0, 60),
        (b":", 0, 60),
    ];
    for (before, first, count) in parts {
        out.extend_from_slice(before);
        let number = first + random.below(count);
        if number < 10 {
            out.push(b'0');
        }
        append_number(number, out);
    }
}
