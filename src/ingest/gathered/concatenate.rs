//! What several sources gave, as if they were one.

use super::{Gathered, texts_of_media_item};
use crate::error::Result;
use crate::ingest::latest::Standing;
use crate::names::{Name, Names};

impl Gathered {
    /// Takes what was gathered from the source that comes next, as if its rows came next.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub(in crate::ingest) fn merge(&mut self, next: Gathered) -> Result<()> {
        let users = renumbered(&mut self.users, &next.users)?;
        let playlists = renumbered(&mut self.playlists, &next.playlists)?;
        let media_items = renumbered(&mut self.media_items, &next.media_items)?;
        let artists = renumbered(&mut self.artists, &next.artists)?;
        let of =
            |numbers: &[Name], name: Name| numbers.get(name.index()).copied().unwrap_or(Name::NULL);
        for observation in next.playlist_observations.iter() {
            let mut observation = *observation;
            observation.playlist = of(&playlists, observation.playlist);
            observation.user = of(&users, observation.user);
            let key = (observation.playlist, observation.interval);
            let standing = self.playlist_observations.standing(key, observation.time);
            if matches!(standing, Standing::Late) {
                continue;
            }
            for text in [&mut observation.name, &mut observation.cover] {
                *text = self.texts.intern_nullable(next.texts.get(*text))?;
            }
            self.playlist_observations.put(&standing, observation)?;
        }
        for observation in next.media_item_observations.iter() {
            let mut observation = *observation;
            observation.media_item = of(&media_items, observation.media_item);
            observation.artist = of(&artists, observation.artist);
            let key = (observation.media_item, observation.interval);
            let standing = self.media_item_observations.standing(key, observation.time);
            if matches!(standing, Standing::Late) {
                continue;
            }
            for text in texts_of_media_item(&mut observation) {
                *text = self.texts.intern_nullable(next.texts.get(*text))?;
            }
            self.media_item_observations.put(&standing, observation)?;
        }
        for observation in next.position_observations.iter() {
            let mut observation = *observation;
            observation.playlist = of(&playlists, observation.playlist);
            observation.media_item = of(&media_items, observation.media_item);
            let key = (
                observation.playlist,
                observation.media_item,
                observation.interval,
            );
            let standing = self.position_observations.standing(key, observation.time);
            self.position_observations.put(&standing, observation)?;
        }
        self.compact()
    }
}

/// Adds the names of the next source; what number each of them has here.
fn renumbered(names: &mut Names, next: &Names) -> Result<Vec<Name>> {
    next.iter().map(|name| names.intern(name)).collect()
}
