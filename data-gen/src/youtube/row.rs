//! One observation.

use crate::random::Random;
use crate::text;

/// Videos of a playlist, of which some are in other playlists too.
const VIDEOS_PER_PLAYLIST: u64 = 50;

/// What an observation is about. Everything else follows from it and the seed.
#[derive(Debug)]
pub(super) struct Row {
    playlist: u64,
    video: u64,
    day: u64,
    microsecond_of_day: u64,
    position: u64,
}

/// Names and values as they stand in JSON.
pub(super) type Members = Vec<(&'static str, Vec<u8>)>;

impl Row {
    pub(super) fn random(random: &mut Random, playlists: u64, days: u64) -> Self {
        let playlist = random.below(playlists);
        let day = random.below(days);
        let place = random.below(VIDEOS_PER_PLAYLIST);
        // Every eighth video is one of the chart toppers that all playlists have.
        let video = if place.is_multiple_of(8) {
            place
        } else {
            playlist * VIDEOS_PER_PLAYLIST + place
        };
        Row {
            playlist,
            video,
            day,
            microsecond_of_day: random.below(86_400_000_000),
            position: 1 + (place + day * (place % 3)) % VIDEOS_PER_PLAYLIST,
        }
    }

    pub(super) fn members(&self, seed: u64) -> Members {
        let of = |what: u64, id: u64| {
            Random::new(seed ^ what << 56 ^ id.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        };
        let mut playlist = of(1, self.playlist);
        let mut video = of(2, self.video);
        let playlist_id = id(&mut playlist, b"PL", 32);
        let channel_id = id(&mut of(3, self.playlist / 2), b"UC", 22);
        let video_id = id(&mut video, b"", 11);
        let mut name = Vec::new();
        text::append(text::title(&mut playlist), &mut name);
        name.extend_from_slice(b" - Best Music Videos 2022 (Top 50 Songs This Week)");
        let cover = id(
            &mut of(2, self.playlist * VIDEOS_PER_PLAYLIST + self.day),
            b"",
            11,
        );
        let views = (playlist.below(1 << 30) + 1) * (100 + self.day) / 100;

        let (mut artist, mut track, mut title) = (Vec::new(), Vec::new(), Vec::new());
        text::append(text::artist(&mut video), &mut artist);
        text::append(text::title(&mut video), &mut track);
        title.extend_from_slice(&artist);
        title.extend_from_slice(b" - ");
        title.extend_from_slice(&track);
        title.extend_from_slice(b" (Official Video)");
        let has_artist = video.below(2) == 0;
        let has_track = video.below(4) > 0;
        let or_null = |present: bool, text: &[u8]| {
            if present {
                string(text)
            } else {
                b"null".to_vec()
            }
        };
        vec![
            ("playlist_id", string(&playlist_id)),
            ("playlist_name", string(&name)),
            ("artwork_url", picture(&cover)),
            ("channel_id", string(&channel_id)),
            ("views", number(views)),
            ("num_videos", number(VIDEOS_PER_PLAYLIST)),
            ("timestp", self.time()),
            ("video_id", string(&video_id)),
            ("title", string(&title)),
            ("artist_name", or_null(has_artist, &artist)),
            ("image_url", picture(&video_id)),
            ("track_title", or_null(has_track, &track)),
            ("position", number(self.position)),
        ]
    }

    /// Days from 2022-05-01 on, in months of 28 days so that every one exists.
    fn time(&self) -> Vec<u8> {
        let months = 4 + self.day / 28;
        let (year, month, day) = (2022 + months / 12, 1 + months % 12, 1 + self.day % 28);
        let seconds = self.microsecond_of_day / 1_000_000;
        let microsecond = self.microsecond_of_day % 1_000_000;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("\"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{microsecond:06}\"")
            .into_bytes()
    }
}

/// Appends the object, indented as an element of an array or on one line.
pub(super) fn append(members: &[(&'static str, Vec<u8>)], indented: bool, out: &mut Vec<u8>) {
    out.push(b'{');
    for (i, (name, value)) in members.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(if indented { b"," } else { b", " });
        }
        if indented {
            out.extend_from_slice(b"\n        ");
        }
        out.push(b'"');
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b"\": ");
        out.extend_from_slice(value);
    }
    out.extend_from_slice(if indented { b"\n    }" } else { b"}" });
}

/// Random characters of the URL-safe alphabet behind a prefix.
fn id(random: &mut Random, prefix: &[u8], length: usize) -> Vec<u8> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut id = prefix.to_vec();
    while id.len() < prefix.len() + length {
        let bits = random.bits();
        let left = prefix.len() + length - id.len();
        id.extend((0..left.min(10)).map(|i| ALPHABET[(bits >> (6 * i) & 63) as usize]));
    }
    id
}

fn string(escaped: &[u8]) -> Vec<u8> {
    [b"\"", escaped, b"\""].concat()
}

fn number(value: u64) -> Vec<u8> {
    itoa::Buffer::new().format(value).into()
}

fn picture(video: &[u8]) -> Vec<u8> {
    [
        b"\"https://i.ytimg.com/vi/".as_slice(),
        video,
        b"/default.jpg\"",
    ]
    .concat()
}
