//! Operations on the index.

use super::Changed;
use super::appended;
use super::created::LONGEST_GENERATED;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::mixtape::catalogue::{Catalogue, Found, Resolved};
use crate::mixtape::kind::Kind;
use crate::operation::{NewPlaylist, Operation, OperationKind};
use crate::rejects::{Missing, Rejection, Verdict};

/// A mixtape on which operations are applied.
pub struct Changing<'i> {
    catalogue: &'i Catalogue,
    changed: &'i mut Changed,
}

impl<'i> Changing<'i> {
    pub(in crate::mixtape) fn new(catalogue: &'i Catalogue, changed: &'i mut Changed) -> Self {
        Changing { catalogue, changed }
    }

    /// Applies operations in order, each on what the ones before it have left, and gives `verdict` each one's number among
    /// these and its outcome. A rejected operation changes nothing. What they name is taken from `resolved`.
    ///
    /// # Panics
    /// When it was not looked up.
    pub fn apply<'a>(
        &mut self,
        operations: &[Operation<'a>],
        resolved: &mut Resolved,
        mut verdict: impl FnMut(usize, Verdict<'a>),
    ) {
        self.look_ahead(resolved);
        for (number, operation) in operations.iter().enumerate() {
            resolved.begin();
            let outcome = match *operation {
                Operation::AddSong { playlist, song } => {
                    let found = resolved.next();
                    self.add_song((playlist, found), (song, resolved.next()))
                }
                Operation::AddPlaylist(ref new) => self.add_playlist(new, resolved),
                Operation::RemovePlaylist { playlist } => {
                    self.remove_playlist(playlist, resolved.next())
                }
            };
            verdict(number, outcome);
        }
    }

    /// Applies the operations that come next in `resolved`, `most` of them at the most, up to the first one that takes more than
    /// what was looked up: whoever creates a playlist, names one of those, or is going to be rejected. Gives `applied` the kind of
    /// each, and returns how many they are.
    ///
    /// # Errors
    /// When there is no memory for what they add.
    pub fn apply_known(
        &mut self,
        most: usize,
        resolved: &mut Resolved,
        mut applied: impl FnMut(OperationKind),
    ) -> Result<usize> {
        if !self.changed.appended.can_number(most) {
            return Ok(0); // the first one that is too much says so
        }
        self.changed.appended.make_room(most, most)?;
        for count in 0..most {
            self.look_ahead(resolved);
            let Changed {
                appended, fates, ..
            } = &mut *self.changed;
            let Some(known) = resolved.peek() else {
                return Ok(count);
            };
            if fates.is_removed(known.playlist) {
                return Ok(count);
            }
            let list = fates.songs_mut(known.playlist);
            applied(match known.song {
                Some(song) => {
                    appended.push(list, song);
                    OperationKind::AddSongToPlaylist
                }
                None => {
                    appended.clear(list);
                    fates.remove(known.playlist);
                    OperationKind::RemovePlaylist
                }
            });
            resolved.pass(known);
        }
        Ok(most)
    }

    /// What became of the playlists that are named next comes into the cache: they lie anywhere in memory, and one need not wait
    /// for the other.
    #[inline]
    fn look_ahead(&self, resolved: &mut Resolved) {
        if let Some(playlists) = resolved.look_ahead() {
            self.changed.fates.touch(playlists);
        }
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
        if !self.changed.appended.can_number(songs) || !self.changed.created.can_number(playlists) {
            return Err(Error::limit(
                "more than four billion appended songs or new playlists in one run; apply the changes in parts",
            ));
        }
        self.changed.appended.make_room(songs, operations.len())?;
        if playlists > 0 {
            self.changed.created.make_room(playlists, bytes)?;
        }
        Ok(())
    }

    fn add_song<'a>(
        &mut self,
        (playlist, in_document): (Id<'a>, Found),
        (song, found_song): (Id<'a>, Found),
    ) -> Verdict<'a> {
        let list = match self.unless_removed(in_document) {
            Some(index) => self.changed.fates.songs_mut(index),
            None => match self.changed.created.songs_mut(playlist) {
                Some(songs) => songs,
                None => {
                    let missing = self.missing_playlist(playlist);
                    return Err(Rejection::UnknownPlaylist(missing));
                }
            },
        };
        let Some(song) = found_song else {
            return Err(Rejection::UnknownSong(
                self.catalogue.missing(Kind::Songs, song),
            ));
        };
        self.changed.appended.push(list, song);
        Ok(())
    }

    /// `resolved` gives what the owner, the id and each song are in the document.
    fn add_playlist<'a>(&mut self, new: &NewPlaylist<'a>, resolved: &mut Resolved) -> Verdict<'a> {
        let owner = resolved.next();
        let same_id = new.id.and_then(|_| resolved.next());
        let mut list = appended::EMPTY;
        let mut unknown = None;
        // All results are taken, also those of an operation that is going to be rejected.
        for id in new.songs.iter() {
            match resolved.next() {
                Some(song) => self.changed.appended.push(&mut list, song),
                None => unknown = unknown.or(Some(id)),
            }
        }
        let rejection = self.check_new(new, owner, same_id, unknown);
        if let Err(rejection) = rejection {
            self.changed.appended.clear(&mut list);
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
            return Err(Rejection::UnknownUser(
                self.catalogue.missing(Kind::Users, new.owner),
            ));
        }
        if new.songs.is_empty() {
            return Err(Rejection::EmptyPlaylist);
        }
        if let Some(id) = unknown_song {
            return Err(Rejection::UnknownSong(
                self.catalogue.missing(Kind::Songs, id),
            ));
        }
        // A further member may not be named as one that the playlist is going to have.
        let own_names = ["id", &self.catalogue.owner, self.catalogue.layout.songs()];
        if let Some(name) = new.further.names().find(|name| own_names.contains(name)) {
            return Err(Rejection::DuplicateMember(name));
        }
        match new.id {
            Some(id)
                if self.unless_removed(same_id).is_some() || self.changed.created.contains(id) =>
            {
                Err(Rejection::DuplicatePlaylist(id))
            }
            _ => Ok(()),
        }
    }

    fn create(&mut self, id: Id<'_>, owner: u32, list: appended::List, new: &NewPlaylist<'_>) {
        self.changed.counters.largest = self.changed.counters.largest.max(id.decimal());
        self.changed.created.push(id, owner, list, new.further);
    }

    /// One more than the largest id below 2^64. The one after 2^64 - 1 is above it and counts no more, so it can be held
    /// already; then the search goes on where it ended the last time.
    fn next_id(&mut self) -> u128 {
        let successor = self
            .changed
            .counters
            .largest
            .map_or(1, |largest| u128::from(largest) + 1);
        let mut next = successor;
        loop {
            // Up to there no playlist has an id above the largest, so none has this one.
            if next < 1 << 64 || !self.has_playlist(self.generated(&next.to_string())) {
                return next;
            }
            self.changed.counters.beyond = self.changed.counters.beyond.max(next) + 1;
            next = self.changed.counters.beyond;
        }
    }

    fn generated<'t>(&self, text: &'t str) -> Id<'t> {
        if self.catalogue.number_ids {
            Id::number(text)
        } else {
            Id::string(text)
        }
    }

    fn remove_playlist<'a>(&mut self, playlist: Id<'a>, in_document: Found) -> Verdict<'a> {
        if let Some(index) = self.unless_removed(in_document) {
            self.changed
                .appended
                .clear(self.changed.fates.songs_mut(index));
            self.changed.fates.remove(index);
            return Ok(());
        }
        let Some(mut songs) = self.changed.created.remove(playlist) else {
            let missing = self.missing_playlist(playlist);
            return Err(Rejection::UnknownPlaylist(missing));
        };
        self.changed.appended.clear(&mut songs);
        Ok(())
    }

    /// An id that no playlist has now, for the message about it.
    #[cold]
    fn missing_playlist<'a>(&mut self, id: Id<'a>) -> Missing<'a> {
        let has_twin = self.has_playlist(id.twin());
        Missing { id, has_twin }
    }

    fn has_playlist(&mut self, id: Id<'_>) -> bool {
        self.unless_removed(self.catalogue.find_playlist(id))
            .is_some()
            || self.changed.created.contains(id)
    }

    fn unless_removed(&self, in_document: Found) -> Found {
        in_document.filter(|&index| !self.changed.fates.is_removed(index))
    }
}
