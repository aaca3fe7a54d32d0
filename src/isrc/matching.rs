//! The whole way: hold the smaller side, stream the other past it, judge who meets.

use std::collections::BTreeMap;

use super::artists::Artists;
use super::code::Isrc;
use super::held::Held;
use super::index::Index;
use super::judge::{Method, judge};
use super::tables::{
    Match, Matches, MediaItem, MediaItems, TrackRow, Tracks, Unmatched, UnmatchedItems,
};
use super::track::Track;
use super::video::{Described, Video};
use crate::error::{Error, Result};

/// Which pairs are proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Propose {
    /// The same recording.
    #[default]
    Same,
    /// Other versions of the same song too.
    Related,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Media items read.
    pub media_items: u64,
    /// Of these, with at least one match.
    pub matched: u64,
    /// Rows of the track table read.
    pub tracks: u64,
    /// Of these, without a title, an artist or a code that is one: they can match nothing.
    pub unusable_tracks: u64,
    /// Matches by their method.
    pub matches: BTreeMap<Method, u64>,
    /// Media items without a match, by the reason.
    pub unmatched: BTreeMap<Unmatched, u64>,
}

/// Finds the recordings of all media items. The result does not depend on which side is held.
///
/// # Errors
/// When a side cannot be read, or the result not be written.
pub fn match_all<'a>(
    media: &mut dyn MediaItems,
    tracks: &mut dyn Tracks,
    propose: Propose,
    matches: &'a mut (dyn Matches + 'a),
    unmatched: Option<&'a mut (dyn UnmatchedItems + 'a)>,
) -> Result<Summary> {
    let mut output = Output {
        propose,
        matches,
        unmatched,
        summary: Summary::default(),
    };
    let tracks_are_smaller = match (tracks.size(), media.size()) {
        (Some(tracks), Some(media)) => tracks <= media,
        (known, _) => known.is_some(),
    };
    if tracks_are_smaller {
        hold_tracks(media, tracks, &mut output)?;
    } else {
        hold_media(media, tracks, &mut output)?;
    }
    Ok(output.summary)
}

fn hold_tracks(
    media: &mut dyn MediaItems,
    tracks: &mut dyn Tracks,
    output: &mut Output<'_>,
) -> Result<()> {
    let mut held = Held::new(2);
    let mut codes: Vec<Isrc> = Vec::new();
    let mut index = Index::new();
    let mut artists = Artists::default();
    tracks.for_each(&mut |row| {
        let Some(code) = output.usable(&row) else {
            return Ok(());
        };
        let record = held
            .push(&[Some(row.track), Some(row.artist)])
            .ok_or_else(too_many)?;
        codes.push(code);
        let track = Track::read(row.track, row.artist);
        track.for_each_key(|name, title| index.add(name, title, record));
        track.for_each_name(|name| artists.meet(name));
        Ok(())
    })?;
    index.build();
    let mut candidates = Vec::new();
    let mut found = Vec::new();
    media.for_each(&mut |item| {
        let video = Video::read(&item.described);
        candidates.clear();
        video.for_each_key(|name, title| index.find(name, title, &mut candidates));
        candidates.sort_unstable();
        candidates.dedup();
        found.clear();
        for &record in &candidates {
            let text = |field| held.text(record, field).unwrap_or("");
            if let Some(method) = judge(&video, &Track::read(text(0), text(1))) {
                found.push((codes[record as usize], method));
            }
        }
        output.item(&item, &video, &mut found, &artists)
    })
}

fn hold_media(
    media: &mut dyn MediaItems,
    tracks: &mut dyn Tracks,
    output: &mut Output<'_>,
) -> Result<()> {
    let mut held = Held::new(4);
    let mut index = Index::new();
    let mut artists = Artists::default();
    media.for_each(&mut |item| {
        let MediaItem { id, described } = item;
        let texts = [
            Some(id),
            Some(described.primary),
            described.secondary,
            described.artist,
        ];
        let record = held.push(&texts).ok_or_else(too_many)?;
        let video = Video::read(&described);
        video.for_each_key(|name, title| index.add(name, title, record));
        video.for_each_name(|name| artists.expect(name));
        Ok(())
    })?;
    index.build();
    let item = |record: u32| MediaItem {
        id: held.text(record, 0).unwrap_or(""),
        described: Described {
            primary: held.text(record, 1).unwrap_or(""),
            secondary: held.text(record, 2),
            artist: held.text(record, 3),
        },
    };
    let mut candidates = Vec::new();
    let mut found: Vec<(u32, Isrc, Method)> = Vec::new();
    tracks.for_each(&mut |row| {
        let Some(code) = output.usable(&row) else {
            return Ok(());
        };
        let track = Track::read(row.track, row.artist);
        track.for_each_name(|name| artists.meet_expected(name));
        candidates.clear();
        track.for_each_key(|name, title| index.find(name, title, &mut candidates));
        candidates.sort_unstable();
        candidates.dedup();
        for &record in &candidates {
            if let Some(method) = judge(&Video::read(&item(record).described), &track) {
                found.push((record, code, method));
            }
        }
        Ok(())
    })?;
    drop(index);
    found.sort_unstable();
    let mut rest = &found[..];
    let mut own = Vec::new();
    for record in 0..held.len() as u32 {
        let count = rest
            .iter()
            .take_while(|(other, ..)| *other == record)
            .count();
        own.clear();
        own.extend(
            rest[..count]
                .iter()
                .map(|&(_, code, method)| (code, method)),
        );
        rest = &rest[count..];
        let item = item(record);
        let video = Video::read(&item.described);
        output.item(&item, &video, &mut own, &artists)?;
    }
    Ok(())
}

#[cold]
fn too_many() -> Error {
    Error::limit("more than 2^32 rows on the smaller side: match them in parts")
}

struct Output<'a> {
    propose: Propose,
    matches: &'a mut (dyn Matches + 'a),
    unmatched: Option<&'a mut (dyn UnmatchedItems + 'a)>,
    summary: Summary,
}

impl Output<'_> {
    /// The code of a row that can match something.
    fn usable(&mut self, row: &TrackRow<'_>) -> Option<Isrc> {
        self.summary.tracks += 1;
        let is_named = !row.track.trim().is_empty() && !row.artist.trim().is_empty();
        let code = Isrc::read(row.isrc).filter(|_| is_named);
        self.summary.unusable_tracks += u64::from(code.is_none());
        code
    }

    /// Writes what was found for a media item.
    fn item(
        &mut self,
        item: &MediaItem<'_>,
        video: &Video,
        found: &mut Vec<(Isrc, Method)>,
        artists: &Artists,
    ) -> Result<()> {
        self.summary.media_items += 1;
        let has_other_version = found.iter().any(|(_, method)| *method == Method::Related);
        choose(found, self.propose);
        for (code, method) in &*found {
            *self.summary.matches.entry(*method).or_default() += 1;
            self.matches.add(&Match {
                media_item_id: item.id,
                isrc: code.as_str(),
                method: *method,
            })?;
        }
        if !found.is_empty() {
            self.summary.matched += 1;
            return Ok(());
        }
        let mut is_known = false;
        video.for_each_name(|name| is_known |= artists.has(name));
        let reason = match () {
            () if has_other_version => Unmatched::OtherVersion,
            () if is_known => Unmatched::UnknownTitle,
            () if video.is_anonymous() => Unmatched::NoArtist,
            () => Unmatched::UnknownArtist,
        };
        *self.summary.unmatched.entry(reason).or_default() += 1;
        self.unmatched
            .as_mut()
            .map_or(Ok(()), |unmatched| unmatched.add(item, reason))
    }
}

/// Keeps each code once, by its surest method, and drops what is not proposed.
fn choose(found: &mut Vec<(Isrc, Method)>, propose: Propose) {
    found.sort_unstable();
    found.dedup_by_key(|(code, _)| *code);
    let is_title = |method: Method| !matches!(method, Method::TrackSubtitle | Method::Related);
    let has_title = found.iter().any(|(_, method)| is_title(*method));
    found.retain(|(_, method)| match method {
        Method::TrackSubtitle => !has_title,
        Method::Related => propose == Propose::Related,
        _ => true,
    });
    found.sort_unstable_by_key(|(code, method)| (*method, *code));
}
