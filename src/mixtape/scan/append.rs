//! What another scan has found put behind what this one has found.

use super::Scan;
use crate::mixtape::catalogue::MAX_ENTRIES;
use crate::mixtape::room::{self, NoRoom};

impl Scan {
    /// Puts what `others` has found behind what this scan has found, as if this one had read it: elements of its array, read in
    /// the layout that is known here. False, and nothing has happened, where that cannot be told.
    pub(in crate::mixtape) fn append(&mut self, others: &Scan) -> Result<bool, NoRoom> {
        let lengths = [
            self.users.len() + others.users.len(),
            self.songs.len() + others.songs.len(),
            self.playlists.len() + others.playlists.len(),
        ];
        if lengths.into_iter().max() > Some(MAX_ENTRIES) {
            return Ok(false);
        }
        let Some(separator) = self.separators.append(&others.separators) else {
            return Ok(false);
        };
        let texts = self.texts.append(&others.texts)?;
        self.users.append(&others.users, texts)?;
        room::reserve(&mut self.songs, others.songs.len())?;
        let songs = others.songs.iter().map(|key| key.moved(texts));
        self.songs.extend(songs);
        self.playlists.append(&others.playlists, texts, separator)?;
        self.owner = self.owner.or(others.owner);
        self.largest = self.largest.max(others.largest);
        self.string_ids += others.string_ids;
        Ok(true)
    }
}
