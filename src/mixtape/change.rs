//! Operations on the index.

use super::appended;
use super::created::LONGEST_GENERATED;
use super::index::Index;
use super::lookups::{Found, Set};
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::{NewPlaylist, Operation};
use crate::rejects::{Missing, Rejection, Verdict};

impl Index {
    /// Playlists that exist now.
    pub fn playlist_count(&self) -> u64 {
        self.playlists.live() + self.created.len() as u64
    }

    /// Applies operations in order, each on what the ones before it have left, and gives `verdict` each one's number in
    /// the batch and its outcome. A rejected operation changes nothing.
    pub fn apply_batch<'a>(
        &mut self,
        operations: &[Operation<'a>],
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) {
        let mut lookups = std::mem::take(&mut self.lookups);
        self.resolve(operations.iter(), &mut lookups);
        let mut found = lookups.found();
        let mut next = || found.next().expect("one for each id");
        for (number, operation) in operations.iter().enumerate() {
            let outcome = match *operation {
                Operation::AddSong { playlist, song } => {
                    self.add_song((playlist, next()), (song, next()))
                }
                Operation::AddPlaylist(ref new) => self.add_playlist(new, &mut next),
                Operation::RemovePlaylist { playlist } => self.remove_playlist(playlist, next()),
            };
            verdict(number, outcome);
        }
        drop(found);
        self.lookups = lookups;
    }

    /// Makes room for all that these operations add, so that applying them cannot fail.
    ///
    /// # Errors
    /// When there would be more than the index can number, or than memory can hold.
    pub fn make_room(&mut self, operations: &[Operation<'_>]) -> Result<()> {
        let (mut songs, mut playlists, mut bytes) = (0, 0, 0);
        for operation in operations {
            songs += operation.song_count();
            if let Operation::AddPlaylist(new) = operation {
                playlists += 1;
                // Its id and its members take no more than all of it, unless the id is made here.
                bytes += new.further.raw.len() + LONGEST_GENERATED;
            }
        }
        if !self.appended.can_number(songs) || !self.created.can_number(playlists) {
            return Err(Error::limit(
                "more than four billion appended songs or new playlists in one run; apply the changes in parts",
            ));
        }
        self.appended.make_room(songs, operations.len())?;
        if playlists > 0 {
            self.created.make_room(playlists, bytes)?;
        }
        Ok(())
    }

    fn add_song<'a>(
        &mut self,
        (playlist, in_document): (Id<'a>, Found),
        (song, found_song): (Id<'a>, Found),
    ) -> Verdict<'a> {
        let list = match self.unless_removed(in_document) {
            Some(index) => self.playlists.songs_mut(index),
            None => match self.created.songs_mut(playlist) {
                Some(songs) => songs,
                None => {
                    let missing = self.missing_playlist(playlist);
                    return Err(Rejection::UnknownPlaylist(missing));
                }
            },
        };
        let Some(song) = found_song else {
            return Err(Rejection::UnknownSong(self.missing(Set::Songs, song)));
        };
        self.appended.push(list, song);
        Ok(())
    }

    /// `next` gives what the owner, the id and each song are in the document.
    fn add_playlist<'a>(
        &mut self,
        new: &NewPlaylist<'a>,
        next: &mut impl FnMut() -> Found,
    ) -> Verdict<'a> {
        let owner = next();
        let same_id = new.id.and_then(|_| next());
        let mut list = appended::EMPTY;
        let mut unknown = None;
        // All results are taken, also those of an operation that is going to be rejected.
        for id in new.songs.iter() {
            match next() {
                Some(song) => self.appended.push(&mut list, song),
                None => unknown = unknown.or(Some(id)),
            }
        }
        let rejection = self.check_new(new, owner, same_id, unknown);
        if let Err(rejection) = rejection {
            self.appended.clear(&mut list);
            return Err(rejection);
        }
        let owner = owner.expect("was checked");
        match new.id {
            Some(id) => self.create(id, owner, list, new),
            None => {
                let mut digits = itoa::Buffer::new();
                let text = digits.format(self.next_id());
                self.create(self.generated(text), owner, list, new);
            }
        }
        Ok(())
    }

    fn check_new<'a>(
        &mut self,
        new: &NewPlaylist<'a>,
        owner: Found,
        same_id: Found,
        unknown_song: Option<Id<'a>>,
    ) -> Verdict<'a> {
        if owner.is_none() {
            return Err(Rejection::UnknownUser(self.missing(Set::Users, new.owner)));
        }
        if new.songs.is_empty() {
            return Err(Rejection::EmptyPlaylist);
        }
        if let Some(id) = unknown_song {
            return Err(Rejection::UnknownSong(self.missing(Set::Songs, id)));
        }
        // A further member may not be named as one that the playlist is going to have.
        let own_names = ["id", &self.owner, self.layout.songs()];
        if let Some(name) = new.further.names().find(|name| own_names.contains(name)) {
            return Err(Rejection::DuplicateMember(name));
        }
        match new.id {
            Some(id) if self.unless_removed(same_id).is_some() || self.created.contains(id) => {
                Err(Rejection::DuplicatePlaylist(id))
            }
            _ => Ok(()),
        }
    }

    fn create(&mut self, id: Id<'_>, owner: u32, list: appended::List, new: &NewPlaylist<'_>) {
        self.largest = self.largest.max(id.decimal());
        self.created.push(id, owner, list, new.further);
    }

    /// One more than the largest id below 2^64. The one after 2^64 - 1 is above it and counts no more, so it can be held
    /// already; then the search goes on where it ended the last time.
    fn next_id(&mut self) -> u128 {
        let successor = self.largest.map_or(1, |largest| u128::from(largest) + 1);
        let mut next = successor;
        loop {
            // Up to there no playlist has an id above the largest, so none has this one.
            if next < 1 << 64 || !self.has_playlist(self.generated(&next.to_string())) {
                return next;
            }
            self.beyond = self.beyond.max(next) + 1;
            next = self.beyond;
        }
    }

    fn generated<'t>(&self, text: &'t str) -> Id<'t> {
        if self.number_ids {
            Id::number(text)
        } else {
            Id::string(text)
        }
    }

    fn remove_playlist<'a>(&mut self, playlist: Id<'a>, in_document: Found) -> Verdict<'a> {
        if let Some(index) = self.unless_removed(in_document) {
            self.appended.clear(self.playlists.songs_mut(index));
            self.playlists.remove(index);
            return Ok(());
        }
        let Some(mut songs) = self.created.remove(playlist) else {
            let missing = self.missing_playlist(playlist);
            return Err(Rejection::UnknownPlaylist(missing));
        };
        self.appended.clear(&mut songs);
        Ok(())
    }

    /// An id that no playlist has now, for the message about it.
    #[cold]
    fn missing_playlist<'a>(&mut self, id: Id<'a>) -> Missing<'a> {
        let has_twin = self.has_playlist(id.twin());
        Missing { id, has_twin }
    }

    fn has_playlist(&mut self, id: Id<'_>) -> bool {
        self.unless_removed(self.find_playlist(id)).is_some() || self.created.contains(id)
    }

    fn unless_removed(&self, in_document: Found) -> Found {
        in_document.filter(|&index| !self.playlists.is_removed(index))
    }
}
