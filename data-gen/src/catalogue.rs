//! A catalogue of recordings and the videos of them, for matching the one with the other.
//!
//! Three generators share it: a track table, a log of media items, and the artists that the log refers to. A song has two
//! tracks, the second a reissue, a remix or a live take. Nine in ten videos are of songs in the table.

use crate::random::Random;
use crate::stream::{Source, Stream, reads_as_its_stream};

/// How large the catalogue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueOptions {
    /// Rows of the track table.
    pub tracks: u64,
    /// Media items.
    pub media_items: u64,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for CatalogueOptions {
    fn default() -> Self {
        Self {
            tracks: 1000,
            media_items: 100,
            seed: 1,
        }
    }
}

impl CatalogueOptions {
    fn songs(&self) -> u64 {
        self.tracks.div_ceil(2).max(1)
    }

    /// How many media items are of songs in the table.
    pub fn matched(&self) -> u64 {
        self.media_items - self.media_items / OUTSIDE
    }
}

/// Every so many videos is of a song that the table does not have.
const OUTSIDE: u64 = 10;

const SONGS_PER_ARTIST: u64 = 10;

/// The track table as CSV: `cm_track,track,isrc,cm_artist,artist`.
#[derive(Debug)]
pub struct Tracks(Stream<Rows>);

/// The log of media items as CSV, as `ingest` writes it. Every third media item has an older row too.
#[derive(Debug)]
pub struct MediaItems(Stream<Rows>);

/// The artists that the log refers to, as CSV: `id,name`.
#[derive(Debug)]
pub struct Artists(Stream<Rows>);

reads_as_its_stream!(Tracks);
reads_as_its_stream!(MediaItems);
reads_as_its_stream!(Artists);

impl Tracks {
    /// A generator at its first byte.
    pub fn new(options: CatalogueOptions) -> Self {
        let header = "cm_track,track,isrc,cm_artist,artist\n";
        Self(Stream::new(Rows {
            options,
            header,
            rows: options.tracks,
            next: 0,
            append: append_track,
        }))
    }
}

impl MediaItems {
    /// A generator at its first byte.
    pub fn new(options: CatalogueOptions) -> Self {
        let header =
            "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id,cover_url\n";
        Self(Stream::new(Rows {
            options,
            header,
            rows: options.media_items,
            next: 0,
            append: append_media_item,
        }))
    }
}

impl Artists {
    /// A generator at its first byte.
    pub fn new(options: CatalogueOptions) -> Self {
        let rows = 1 + options.songs() / SONGS_PER_ARTIST;
        Self(Stream::new(Rows {
            options,
            header: "id,name\n",
            rows,
            next: 0,
            append: append_artist,
        }))
    }
}

#[derive(Debug)]
struct Rows {
    options: CatalogueOptions,
    header: &'static str,
    rows: u64,
    next: u64,
    append: fn(&CatalogueOptions, u64, &mut String),
}

impl Source for Rows {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        if self.next > self.rows {
            return false;
        }
        if self.next == 0 {
            out.extend_from_slice(self.header.as_bytes());
        } else {
            let mut row = String::new();
            (self.append)(&self.options, self.next - 1, &mut row);
            out.extend_from_slice(row.as_bytes());
        }
        self.next += 1;
        true
    }
}

fn append_track(options: &CatalogueOptions, row: u64, out: &mut String) {
    // Not in the order of the songs, but each of them once.
    let track =
        (u128::from(row) * u128::from(stride(options.tracks)) % u128::from(options.tracks)) as u64;
    let (song, artist) = (track / 2, track / 2 / SONGS_PER_ARTIST);
    let mut random = random_for(options, Kind::Track, track);
    let mut title = song_title(options, song);
    if track % 2 == 1 {
        match random.below(4) {
            0 => {}
            1 => title.push_str(" - Live"),
            2 => title = format!("{title} ({} Remix)", name(&mut random)),
            _ => title.push_str(" - Acoustic"),
        }
    } else if random.below(5) == 0 {
        title = format!("{title} (feat. {})", guest(options, song));
    }
    let artist_name = artist_name(options, artist);
    let code = format!("QZ{:03}{:07}", 100 + track / 10_000_000, track % 10_000_000);
    *out = format!("{track},\"{title}\",\"{code}\",{artist},\"{artist_name}\"\n");
}

fn append_media_item(options: &CatalogueOptions, item: u64, out: &mut String) {
    let mut random = random_for(options, Kind::MediaItem, item);
    let drawn = random.below(options.songs());
    let song = if item % OUTSIDE == OUTSIDE - 1 {
        options.songs() + drawn
    } else {
        drawn
    };
    // A song outside the table is by somebody who has others in it.
    let artist = drawn / SONGS_PER_ARTIST;
    let (title, artist_name) = (song_title(options, song), artist_name(options, artist));
    let featured = if random.below(5) == 0 {
        format!(" ft. {}", guest(options, song))
    } else {
        String::new()
    };
    let noise = random.pick(&NOISE);
    let primary = match random.below(8) {
        0 => format!("{title} - {artist_name} {noise}"),
        1 => format!("{artist_name} – {}{featured} {noise}", title.to_uppercase()),
        _ => format!("{artist_name} - {title} {noise}{featured}"),
    };
    let (secondary, artist_id) = match random.below(5) {
        0 | 1 => (String::new(), String::new()),
        2 => (title, String::new()),
        _ => (title, (artist + 1).to_string()),
    };
    let id = item + 1;
    if item.is_multiple_of(3) {
        *out = format!("{id},2022-05-19T10:00:00.5,\"{artist_name} - coming soon (Teaser)\",,,\n");
    }
    out.push_str(&format!(
        "{id},2022-05-20T10:00:00.25,\"{primary}\",\"{secondary}\",{artist_id},\n"
    ));
}

fn append_artist(options: &CatalogueOptions, artist: u64, out: &mut String) {
    *out = format!("{},\"{}\"\n", artist + 1, artist_name(options, artist));
}

const NOISE: [&str; 8] = [
    "(Official Music Video)",
    "[Official Video]",
    "(Lyric Video)",
    "(Visualizer)",
    "(Official Video) [4K]",
    "(Video Oficial)",
    "| Block TV",
    "",
];

#[derive(Clone, Copy)]
enum Kind {
    Artist = 1,
    Song,
    Guest,
    Track,
    MediaItem,
}

/// The random numbers of one thing, whoever asks for it.
fn random_for(options: &CatalogueOptions, kind: Kind, number: u64) -> Random {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (kind as u64) << 56;
    Random::new(options.seed.wrapping_add(mixed))
}

fn artist_name(options: &CatalogueOptions, artist: u64) -> String {
    let mut random = random_for(options, Kind::Artist, artist);
    let first = name(&mut random);
    match random.below(4) {
        0 => first,
        1 => format!("{first} & {}", name(&mut random)),
        _ => format!("{first} {}", name(&mut random)),
    }
}

fn guest(options: &CatalogueOptions, song: u64) -> String {
    let mut random = random_for(options, Kind::Guest, song);
    format!("{} {}", name(&mut random), name(&mut random))
}

fn song_title(options: &CatalogueOptions, song: u64) -> String {
    let mut random = random_for(options, Kind::Song, song);
    let words = 1 + random.below(4);
    (0..=words)
        .map(|_| name(&mut random))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A word of two or three syllables with a capital, now and then of other letters.
fn name(random: &mut Random) -> String {
    const FIRST: [&str; 16] = [
        "Ba", "Ko", "Li", "Mé", "Nu", "Pa", "Ro", "Sü", "Ta", "Vi", "Zo", "Gre", "Fla", "Ñi", "Ky",
        "Dro",
    ];
    const NEXT: [&str; 16] = [
        "ba", "ken", "la", "min", "no", "pu", "ri", "sta", "to", "ver", "xi", "zu", "gra", "fé",
        "lo", "wen",
    ];
    let mut word = random.pick(&FIRST).to_owned();
    for _ in 0..2 + random.below(2) {
        word.push_str(random.pick(&NEXT));
    }
    word
}

/// A step that meets every number below `count` once.
fn stride(count: u64) -> u64 {
    const PRIMES: [u64; 2] = [2_654_435_761, 2_147_483_647];
    PRIMES
        .into_iter()
        .find(|prime| !count.is_multiple_of(*prime))
        .unwrap_or(1)
}
