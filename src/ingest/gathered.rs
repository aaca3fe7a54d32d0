//! What is kept of the rows read so far: every id and name, and the latest observations.

use super::Granularity;
use super::latest::{
    Integer, Latest, MediaItemObservation, PlaylistObservation, PositionObservation, Standing,
};
use super::names::{Name, Names};
use super::row::Row;
use crate::error::Result;

/// Texts may take as much as this before it is asked which of them are still needed.
const TEXTS_FREE: usize = 4 << 20;

/// The state of one source, or of several merged in their order. Grows with different ids, names, keys and intervals.
pub(super) struct Gathered {
    granularity: Granularity,
    pub(super) users: Names,
    pub(super) playlists: Names,
    pub(super) media_items: Names,
    pub(super) artists: Names,
    /// Titles, names of playlists, addresses: what observations say beside ids.
    pub(super) texts: Names,
    /// Where `texts` is compacted.
    most_texts: usize,
    pub(super) playlist_observations: Latest<PlaylistObservation>,
    pub(super) media_item_observations: Latest<MediaItemObservation>,
    pub(super) position_observations: Latest<PositionObservation>,
}

impl Gathered {
    pub(super) fn new(granularity: Granularity) -> Self {
        Gathered {
            granularity,
            users: Names::default(),
            playlists: Names::default(),
            media_items: Names::default(),
            artists: Names::default(),
            texts: Names::default(),
            most_texts: TEXTS_FREE,
            playlist_observations: Latest::default(),
            media_item_observations: Latest::default(),
            position_observations: Latest::default(),
        }
    }

    /// Takes the next row.
    ///
    /// # Errors
    /// When there are too many different ids or observations.
    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let interval = row.time.interval(self.granularity);
        let playlist = self.playlists.intern(row.playlist_id)?;
        let user = self.users.intern_nullable(row.channel_id)?;
        let media_item = self.media_items.intern(row.video_id)?;
        let artist = self.artists.intern_nullable(row.artist_name)?;
        self.add_playlist(row, interval, playlist, user)?;
        self.add_media_item(row, interval, media_item, artist)?;
        let positions = &mut self.position_observations;
        let standing = positions.standing((playlist, media_item, interval), row.time);
        let observation = PositionObservation {
            time: row.time,
            interval,
            playlist,
            media_item,
            position: Integer::new(row.position),
        };
        positions.put(&standing, observation)?;
        self.compact()
    }

    fn add_playlist(
        &mut self,
        row: &Row<'_>,
        interval: u32,
        playlist: Name,
        user: Name,
    ) -> Result<()> {
        let standing = self
            .playlist_observations
            .standing((playlist, interval), row.time);
        let before = match standing {
            Standing::Late => return Ok(()),
            Standing::First => None,
            Standing::Replaces(place) => Some(*self.playlist_observations.get(place)),
        };
        let texts = &mut self.texts;
        let name = text(texts, row.playlist_name, before.map(|before| before.name))?;
        let cover = text(texts, row.artwork_url, before.map(|before| before.cover))?;
        let observation = PlaylistObservation {
            time: row.time,
            interval,
            playlist,
            name,
            cover,
            user,
            media_items: Integer::new(row.num_videos),
            plays: Integer::new(row.views),
        };
        self.playlist_observations.put(&standing, observation)
    }

    fn add_media_item(
        &mut self,
        row: &Row<'_>,
        interval: u32,
        media_item: Name,
        artist: Name,
    ) -> Result<()> {
        let standing = self
            .media_item_observations
            .standing((media_item, interval), row.time);
        let before = match standing {
            Standing::Late => return Ok(()),
            Standing::First => None,
            Standing::Replaces(place) => Some(*self.media_item_observations.get(place)),
        };
        let texts = &mut self.texts;
        let primary_title = text(texts, row.title, before.map(|before| before.primary_title))?;
        let secondary_title = text(
            texts,
            row.track_title,
            before.map(|before| before.secondary_title),
        )?;
        let cover = text(texts, row.image_url, before.map(|before| before.cover))?;
        let observation = MediaItemObservation {
            time: row.time,
            interval,
            media_item,
            primary_title,
            secondary_title,
            artist,
            cover,
        };
        self.media_item_observations.put(&standing, observation)
    }

    /// Takes what was gathered from the source that comes next, as if its rows came next.
    ///
    /// # Errors
    /// As [`add`](Self::add).
    pub(super) fn merge(&mut self, next: Gathered) -> Result<()> {
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

    /// Drops the texts that no observation has any more, once they may be as many as those that are needed.
    #[inline]
    fn compact(&mut self) -> Result<()> {
        if self.texts.bytes() < self.most_texts {
            return Ok(());
        }
        self.compact_texts()
    }

    #[cold]
    fn compact_texts(&mut self) -> Result<()> {
        let all = std::mem::take(&mut self.texts);
        let mut numbers = vec![Name::NULL; all.len()];
        let texts = &mut self.texts;
        let mut keep = |name: &mut Name| -> Result<()> {
            let Some(text) = all.get(*name) else {
                return Ok(());
            };
            let number = &mut numbers[name.index()];
            if *number == Name::NULL {
                *number = texts.intern(text)?;
            }
            *name = *number;
            Ok(())
        };
        for observation in self.playlist_observations.iter_mut() {
            keep(&mut observation.name)?;
            keep(&mut observation.cover)?;
        }
        for observation in self.media_item_observations.iter_mut() {
            for text in texts_of_media_item(observation) {
                keep(text)?;
            }
        }
        // Looking at all observations is worth while only once as much has been added.
        let observations = self.playlist_observations.len() + self.media_item_observations.len();
        self.most_texts = 2 * self.texts.bytes() + 16 * observations + TEXTS_FREE;
        Ok(())
    }
}

/// The number of a text that is likely to be the one before it.
#[inline]
fn text(texts: &mut Names, text: Option<&str>, before: Option<Name>) -> Result<Name> {
    match before {
        Some(before) if texts.bytes_of(before) == text.map(str::as_bytes) => Ok(before),
        _ => texts.intern_nullable(text),
    }
}

fn texts_of_media_item(observation: &mut MediaItemObservation) -> [&mut Name; 3] {
    let MediaItemObservation {
        primary_title,
        secondary_title,
        cover,
        ..
    } = observation;
    [primary_title, secondary_title, cover]
}

/// Adds the names of the next source; what number each of them has here.
fn renumbered(names: &mut Names, next: &Names) -> Result<Vec<Name>> {
    next.iter().map(|name| names.intern(name)).collect()
}
