//! What is kept of the rows read so far: every id and name, and the latest observations.

mod concatenate;

use super::granularity::Granularity;
use super::latest::{Latest, Standing};
use super::observation::{Integer, MediaItemObservation, PlaylistObservation, PositionObservation};
use super::row::Row;
use crate::error::Result;
use crate::names::{Name, Names};

/// The place of an observation that was never made.
const NEVER: u32 = u32::MAX;

/// What the rows of a batch are about, in buffers that serve all batches.
#[derive(Default)]
struct Numbers {
    playlists: Vec<Name>,
    users: Vec<Name>,
    media_items: Vec<Name>,
    artists: Vec<Name>,
    intervals: Vec<u32>,
    places: Vec<Option<u32>>,
}

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
    /// Where the observation of each media item is that was made last, in whichever interval: its texts are likely to stay.
    recent: Vec<u32>,
    numbers: Numbers,
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
            recent: Vec::new(),
            numbers: Numbers::default(),
        }
    }

    /// Takes the next rows.
    ///
    /// # Errors
    /// When there are too many different ids or observations.
    pub(super) fn add(&mut self, rows: &[Row<'_>]) -> Result<()> {
        let mut numbers = std::mem::take(&mut self.numbers);
        let added = self.add_numbered(rows, &mut numbers);
        self.numbers = numbers;
        added?;
        self.compact()
    }

    fn add_numbered(&mut self, rows: &[Row<'_>], numbers: &mut Numbers) -> Result<()> {
        let Numbers {
            playlists,
            users,
            media_items,
            artists,
            intervals,
            places,
        } = numbers;
        let each = || rows.iter();
        self.playlists
            .intern_all(each().map(|row| Some(row.playlist_id)), playlists)?;
        self.users
            .intern_all(each().map(|row| row.channel_id), users)?;
        self.media_items
            .intern_all(each().map(|row| Some(row.video_id)), media_items)?;
        self.artists
            .intern_all(each().map(|row| row.artist_name), artists)?;
        intervals.clear();
        intervals.extend(each().map(|row| self.granularity.interval_of(row.time)));

        let keys = playlists.iter().zip(intervals.iter());
        self.playlist_observations
            .likely(keys.map(|(p, i)| (*p, *i)), places);
        for (i, row) in each().enumerate() {
            self.add_playlist(row, intervals[i], playlists[i], users[i])?;
        }

        self.recent.resize(self.media_items.len(), NEVER);
        let keys = media_items.iter().zip(intervals.iter());
        self.media_item_observations
            .likely(keys.map(|(m, i)| (*m, *i)), places);
        places.clear();
        places.extend(media_items.iter().map(|media_item| {
            Some(self.recent[media_item.index()]).filter(|&place| place != NEVER)
        }));
        let likely = places.iter().flatten();
        let likely = likely.map(|&place| self.media_item_observations.get(place as usize));
        self.texts
            .touch(likely.flat_map(|o| [o.primary_title, o.secondary_title, o.cover]));
        for (i, row) in each().enumerate() {
            self.add_media_item(row, intervals[i], media_items[i], artists[i])?;
        }

        let keys = playlists
            .iter()
            .zip(media_items.iter())
            .zip(intervals.iter());
        self.position_observations
            .likely(keys.map(|((p, m), i)| (*p, *m, *i)), places);
        for (i, row) in each().enumerate() {
            let (playlist, media_item) = (playlists[i], media_items[i]);
            let key = (playlist, media_item, intervals[i]);
            let standing = self.position_observations.standing(key, row.time);
            let observation = PositionObservation {
                time: row.time,
                interval: intervals[i],
                playlist,
                media_item,
                position: Integer::new(row.position),
            };
            self.position_observations.put(&standing, observation)?;
        }
        Ok(())
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
        let place = match standing {
            Standing::Late => return Ok(()),
            Standing::First => self.media_item_observations.len(),
            Standing::Replaces(place) => place,
        };
        let recent = std::mem::replace(&mut self.recent[media_item.index()], place as u32);
        let before = (recent != NEVER).then(|| *self.media_item_observations.get(recent as usize));
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
