//! A mixtape: users, playlists and songs in one JSON object.

use crate::json::{Json, Style};
use crate::random::Random;
use crate::sizes::{Sizes, SongWalk};
use crate::stream::{Source, Stream, reads_as_its_stream};
use crate::text::{self, Phrase};
use std::num::NonZeroU64;

/// Where the members of users and playlists are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MixtapeLayout {
    /// `{"id": "1", "name": …}` and `{"id": "1", "owner_id": "7", "song_ids": ["8"]}`.
    #[default]
    Plain,
    /// `{"user_id": "1", "name": …}` and
    /// `{"playlist": {"id": "1", "name": …, "user_id": "7", "songs": ["8"]}}`.
    Wrapped,
}

/// What [`Mixtape`] generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MixtapeOptions {
    /// How many playlists.
    pub playlists: u64,
    /// How many users; [`default_size`](crate::default_size) if `None`.
    pub users: Option<NonZeroU64>,
    /// How many songs; [`default_size`](crate::default_size) if `None`.
    pub songs: Option<NonZeroU64>,
    /// How many different songs a playlist has on average: each has from 1 up to twice as many
    /// less one, but never more than there are; 0 leaves all playlists empty.
    pub songs_per_playlist: u64,
    /// Where the members are.
    pub layout: MixtapeLayout,
    /// On one line without spaces, instead of indented by two spaces.
    pub compact: bool,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for MixtapeOptions {
    fn default() -> Self {
        Self {
            playlists: 100,
            users: None,
            songs: None,
            songs_per_playlist: 4,
            layout: MixtapeLayout::Plain,
            compact: false,
            seed: 1,
        }
    }
}

/// A JSON object of the lists `users`, `playlists` and `songs`, in each of which the ids are the
/// strings from `"1"` up, formatted as Python's `json` module does and ended by a line feed.
#[derive(Debug)]
pub struct Mixtape(Stream<Document>);

impl Mixtape {
    /// A generator at its first byte.
    pub fn new(options: MixtapeOptions) -> Self {
        Self(Stream::new(Document {
            options,
            sizes: Sizes::new(options.playlists, options.users, options.songs),
            random: Random::new(options.seed),
            json: Json::new(if options.compact {
                Style::COMPACT
            } else {
                Style::INDENTED
            }),
            place: Place::Beginning,
            last_id: 0,
        }))
    }
}

reads_as_its_stream!(Mixtape);

/// How many songs of one playlist a piece has at most, so that even a huge playlist passes
/// through the chunk in parts.
const SONGS_IN_A_PIECE: u64 = 1024;

#[derive(Debug)]
struct Document {
    options: MixtapeOptions,
    sizes: Sizes,
    random: Random,
    json: Json,
    place: Place,
    /// The id of the last element that was begun in the present list.
    last_id: u64,
}

/// Where in the document the next piece belongs.
#[derive(Debug)]
enum Place {
    Beginning,
    Users,
    Playlists,
    /// Among the songs of a playlist.
    Playlist(SongWalk),
    Songs,
    End,
}

impl Source for Document {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        match self.place {
            Place::Beginning => {
                self.json.open(out, b'{');
                self.begin_list("users", Place::Users, out);
            }
            Place::Users if self.last_id < self.sizes.users => self.append_user(out),
            Place::Users => self.next_list("playlists", Place::Playlists, out),
            Place::Playlists if self.last_id < self.sizes.playlists => self.begin_playlist(out),
            Place::Playlists => self.next_list("songs", Place::Songs, out),
            Place::Playlist(_) => self.continue_playlist(out),
            Place::Songs if self.last_id < self.sizes.songs => self.append_song(out),
            Place::Songs => {
                self.json.close(out, b']');
                self.json.close(out, b'}');
                out.push(b'\n');
                self.place = Place::End;
            }
            Place::End => return false,
        }
        true
    }
}

impl Document {
    fn next_list(&mut self, key: &str, place: Place, out: &mut Vec<u8>) {
        self.json.close(out, b']');
        self.begin_list(key, place, out);
    }

    fn begin_list(&mut self, key: &str, place: Place, out: &mut Vec<u8>) {
        self.json.key(out, key);
        self.json.open(out, b'[');
        self.place = place;
        self.last_id = 0;
    }

    /// Begins an object with the next id under this key.
    fn begin_element(&mut self, id_key: &str, out: &mut Vec<u8>) {
        self.last_id += 1;
        self.json.open(out, b'{');
        self.json.key(out, id_key);
        self.json.id(out, self.last_id);
    }

    fn append_user(&mut self, out: &mut Vec<u8>) {
        self.begin_element(self.layout_key("id", "user_id"), out);
        self.append_phrase("name", text::person, out);
        self.json.close(out, b'}');
    }

    /// Appends a playlist as far as its songs, which come in the next pieces.
    fn begin_playlist(&mut self, out: &mut Vec<u8>) {
        if self.options.layout == MixtapeLayout::Wrapped {
            self.json.open(out, b'{');
            self.json.key(out, "playlist");
        }
        self.begin_element("id", out);
        if self.options.layout == MixtapeLayout::Wrapped {
            self.append_phrase("name", text::title, out);
        }
        self.json.key(out, self.layout_key("owner_id", "user_id"));
        self.json.id(out, self.sizes.user(&mut self.random));
        self.json.key(out, self.layout_key("song_ids", "songs"));
        self.json.open(out, b'[');

        let count = match self.options.songs_per_playlist {
            0 => 0,
            average => 1 + self.random.below(average.saturating_mul(2) - 1),
        };
        self.place = Place::Playlist(self.sizes.song_walk(count, &mut self.random));
    }

    /// Appends songs of the playlist that has begun, and its end after the last of them.
    fn continue_playlist(&mut self, out: &mut Vec<u8>) {
        let Place::Playlist(walk) = &mut self.place else {
            return;
        };
        for _ in 0..SONGS_IN_A_PIECE {
            let Some(song) = walk.next_song(&mut self.random) else {
                self.json.close(out, b']');
                self.json.close(out, b'}');
                if self.options.layout == MixtapeLayout::Wrapped {
                    self.json.close(out, b'}');
                }
                self.place = Place::Playlists;
                return;
            };
            self.json.id(out, song);
        }
    }

    fn append_song(&mut self, out: &mut Vec<u8>) {
        self.begin_element("id", out);
        self.append_phrase("artist", text::artist, out);
        self.append_phrase("title", text::title, out);
        self.json.close(out, b'}');
    }

    fn append_phrase(&mut self, key: &str, draw: fn(&mut Random) -> Phrase, out: &mut Vec<u8>) {
        self.json.key(out, key);
        self.json.phrase(out, draw(&mut self.random));
    }

    fn layout_key(&self, plain: &'static str, wrapped: &'static str) -> &'static str {
        match self.options.layout {
            MixtapeLayout::Plain => plain,
            MixtapeLayout::Wrapped => wrapped,
        }
    }
}
