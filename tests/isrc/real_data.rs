//! The real data of the shared folder, labelled by reading: every video and the codes of its recording.
//!
//! Only ids and codes are here; the rows are read where they are.

use std::collections::{BTreeMap, BTreeSet};

use mixtape::isrc::{Described, Method, Propose, Track, Video, judge};

use crate::sample::Sample;
use crate::support::long::few_or;
use crate::support::real_playlists;

/// Videos and tracks, and the labels.
pub fn labelled() -> Option<Sample> {
    let folder = real_playlists()?;
    let dump = std::fs::read_to_string(folder.join("youtube_playlist.json")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&dump).unwrap();
    let mut videos = BTreeMap::new();
    for row in &rows {
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        videos.insert(
            text("video_id").unwrap(),
            [text("title"), text("track_title"), text("artist_name")],
        );
    }
    let mut tracks = Vec::new();
    let mut codes = BTreeMap::new();
    for record in csv::Reader::from_path(folder.join("cm_track.csv"))
        .unwrap()
        .records()
    {
        let record = record.unwrap();
        codes.insert(record[2].to_owned(), tracks.len());
        tracks.push((record[1].to_owned(), record[4].to_owned()));
    }
    let labels = include_str!("labels.csv")
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap());
    let number = |video: &str| {
        videos
            .keys()
            .position(|id| id == video)
            .expect("a video of the data")
    };
    let right = labels
        .map(|(video, code)| (number(video), codes[code]))
        .collect();
    Some(Sample {
        videos: videos.into_values().collect(),
        tracks,
        right,
    })
}

#[test]
fn nine_in_ten_real_pairs_are_found_and_hardly_any_wrong_one() {
    let Some(data) = labelled() else { return };
    assert_eq!((data.videos.len(), data.tracks.len()), (504, 4538));
    data.assert_found(&data.propose());
}

#[test]
fn the_query_without_any_rule_finds_92_videos() {
    let Some(data) = labelled() else { return };
    let mut found = BTreeSet::new();
    for (i, [primary, secondary, artist]) in data.videos.iter().enumerate() {
        let same = |text: &Option<String>, other: &str| {
            text.as_ref()
                .is_some_and(|text| text.to_lowercase() == other.to_lowercase())
        };
        for (j, (track, by)) in data.tracks.iter().enumerate() {
            if same(artist, by) && (same(primary, track) || same(secondary, track)) {
                found.insert((i, j));
            }
        }
    }
    let videos: BTreeSet<usize> = found.iter().map(|(video, _)| *video).collect();
    assert_eq!(videos.len(), 92);
    // All of them are found by the rules too.
    let proposed = data.propose();
    assert!(found.iter().all(|pair| proposed.contains_key(pair)));
}

#[test]
fn the_blocking_loses_nothing_that_all_pairs_would_give() {
    let Some(data) = labelled() else { return };
    let tracks: Vec<Track> = data
        .tracks
        .iter()
        .map(|(track, artist)| Track::read(track, artist))
        .collect();
    let mut all = BTreeMap::new();
    let step = few_or(8, 1);
    for (i, [primary, secondary, artist]) in data.videos.iter().enumerate().step_by(step) {
        let primary = primary.as_deref().unwrap_or("");
        let video = Video::read(&Described {
            primary,
            secondary: secondary.as_deref(),
            artist: artist.as_deref(),
        });
        let verdicts = tracks
            .iter()
            .enumerate()
            .filter_map(|(j, track)| Some((j, judge(&video, track)?)));
        let verdicts: Vec<(usize, Method)> = verdicts.collect();
        let has_title = verdicts
            .iter()
            .any(|(_, method)| !matches!(method, Method::TrackSubtitle | Method::Related));
        all.extend(
            verdicts
                .into_iter()
                .filter(|(_, method)| *method != Method::TrackSubtitle || !has_title)
                .map(|(j, method)| ((i, j), method)),
        );
    }
    for held in [[Some(1), Some(2)], [Some(2), Some(1)]] {
        let mut found = data.run(held, Propose::Related);
        found.retain(|(video, _), _| video % step == 0);
        assert_eq!(found, all);
    }
}
