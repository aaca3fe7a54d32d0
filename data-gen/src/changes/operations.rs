//! Draws operations: ones that can be applied, and ones that cannot.

use super::ChangesOptions;
use super::operation::{MOST_SONGS, NewPlaylist, Operation, Songs};
use super::removals::{Removals, lasting_playlist};
use crate::random::Random;
use crate::rate::Rate;
use crate::sizes::Sizes;
use crate::text;

#[derive(Debug)]
pub(super) struct Operations {
    random: Random,
    sizes: Sizes,
    removals: Removals,
    reject: Rate,
    /// No playlist has an id above it, even if every operation adds one.
    last_possible_playlist: u64,
}

impl Operations {
    pub(super) fn new(sizes: Sizes, options: &ChangesOptions) -> Self {
        let mut random = Random::new(options.seed);
        Self {
            sizes,
            removals: Removals::new(sizes.playlists, &mut random),
            random,
            reject: options.reject,
            last_possible_playlist: sizes.playlists.saturating_add(options.operations),
        }
    }

    /// The next operation of a mixed sequence.
    pub(super) fn next_operation(&mut self) -> Operation {
        let rejected = self.rejects_next();
        match self.random.below(10) {
            0 if rejected => self.rejected_removal(),
            0 => match self.next_removal() {
                Some(playlist) => Operation::RemovePlaylist {
                    playlist: Some(playlist),
                },
                None => self.addition(),
            },
            1 if rejected => Operation::AddPlaylist(self.rejected_new_playlist()),
            1 => Operation::AddPlaylist(self.new_playlist()),
            _ if rejected => self.rejected_addition(),
            _ => self.addition(),
        }
    }

    /// Whether the next operation is to be rejected.
    pub(super) fn rejects_next(&mut self) -> bool {
        self.random.hits(self.reject)
    }

    /// A playlist that can be removed now, as long as there are any.
    pub(super) fn next_removal(&mut self) -> Option<u64> {
        self.removals.next_playlist()
    }

    /// A playlist that songs can be added to at any time, if there are any playlists.
    pub(super) fn lasting_playlist(&mut self) -> Option<u64> {
        lasting_playlist(self.sizes.playlists, &mut self.random)
    }

    /// From one up to so many songs, but never more than five.
    pub(super) fn songs(&mut self, most: u64) -> Songs {
        let count = 1 + self.random.below(most.min(MOST_SONGS));
        let mut walk = self.sizes.song_walk(count, &mut self.random);
        let mut songs = Songs::default();
        while let Some(song) = walk.next_song(&mut self.random) {
            songs.push(song);
        }
        songs
    }

    pub(super) fn new_playlist(&mut self) -> NewPlaylist {
        NewPlaylist {
            user: Some(self.sizes.user(&mut self.random)),
            songs: Some(self.songs(MOST_SONGS)),
            name: (self.random.below(2) == 0).then(|| text::title(&mut self.random)),
        }
    }

    /// A new playlist with one of five flaws.
    pub(super) fn rejected_new_playlist(&mut self) -> NewPlaylist {
        let mut new = self.new_playlist();
        match self.random.below(5) {
            0 => new.user = Some(self.above(self.sizes.users)),
            1 => new.user = None,
            2 => new.songs = None,
            3 => new.songs = Some(Songs::default()),
            // The last one, so that whoever applies songs one by one has some to take back.
            _ => {
                let unknown = self.unknown_song();
                new.songs.get_or_insert_default().replace_last(unknown);
            }
        }
        new
    }

    pub(super) fn unknown_playlist(&mut self) -> u64 {
        self.above(self.last_possible_playlist)
    }

    pub(super) fn unknown_song(&mut self) -> u64 {
        self.above(self.sizes.songs)
    }

    /// One of so many kinds of flaws.
    pub(super) fn choose(&mut self, kinds: u64) -> u64 {
        self.random.below(kinds)
    }

    fn addition(&mut self) -> Operation {
        match self.lasting_playlist() {
            playlist @ Some(_) => Operation::AddSong {
                playlist,
                song: Some(1 + self.random.below(self.sizes.songs)),
            },
            None => Operation::AddPlaylist(self.new_playlist()),
        }
    }

    /// An addition of a song with one of five flaws.
    fn rejected_addition(&mut self) -> Operation {
        let unknown = self.unknown_playlist();
        let playlist = self.lasting_playlist().or(Some(unknown));
        let song = Some(1 + self.random.below(self.sizes.songs));
        match self.random.below(5) {
            0 => Operation::AddSong {
                playlist: Some(unknown),
                song,
            },
            1 => Operation::AddSong {
                playlist,
                song: Some(self.unknown_song()),
            },
            2 => Operation::AddSong {
                playlist: None,
                song,
            },
            3 => Operation::AddSong {
                playlist,
                song: None,
            },
            _ => Operation::OfUnknownType {
                playlist: playlist.unwrap_or(unknown),
            },
        }
    }

    /// A removal with one of two flaws.
    fn rejected_removal(&mut self) -> Operation {
        let unknown = self.unknown_playlist();
        let playlist = (self.random.below(2) == 0).then_some(unknown);
        Operation::RemovePlaylist { playlist }
    }

    /// An id a little above the last one.
    fn above(&mut self, last: u64) -> u64 {
        last.saturating_add(1 + self.random.below(1000))
    }
}
