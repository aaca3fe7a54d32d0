//! The labelled real data: what share of the right pairs is found, and what share of the found pairs is right.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use mixtape::isrc::{Described, Method, Track, Video, judge};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("MIXTAPE_TEST_YOUTUBE").map_or_else(
        || PathBuf::from("/work/shared/data/youtube-playlists"),
        PathBuf::from,
    );
    folder.join("cm_track.csv").exists().then_some(folder)
}

#[test]
fn evaluate() {
    let Some(folder) = data() else { return };
    let text = std::fs::read_to_string(folder.join("youtube_playlist.json")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut videos = BTreeMap::new();
    for row in &rows {
        let field = |name: &str| row[name].as_str().map(str::to_owned);
        videos.insert(
            field("video_id").unwrap(),
            (
                field("title").unwrap(),
                field("track_title"),
                field("artist_name"),
            ),
        );
    }
    let mut reader = csv::Reader::from_path(folder.join("cm_track.csv")).unwrap();
    let tracks: Vec<(String, String, String)> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            (
                record[1].to_owned(),
                record[2].to_owned(),
                record[4].to_owned(),
            )
        })
        .collect();
    let parsed: Vec<Track> = tracks
        .iter()
        .map(|(track, _, artist)| Track::read(track, artist))
        .collect();
    let labels: BTreeSet<(String, String)> = include_str!("labels.csv")
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(video, isrc)| (video.to_owned(), isrc.to_owned()))
        .collect();
    let mut found: BTreeMap<(String, String), Method> = BTreeMap::new();
    for (id, (primary, secondary, artist)) in &videos {
        let video = Video::read(&Described {
            primary,
            secondary: secondary.as_deref(),
            artist: artist.as_deref(),
        });
        let mut own = Vec::new();
        for (track, (_, isrc, _)) in parsed.iter().zip(&tracks) {
            if let Some(method) = judge(&video, track) {
                own.push((isrc, method));
            }
        }
        let best = own.iter().map(|(_, method)| *method).min();
        for (isrc, method) in own {
            if method == Method::Related || (method == Method::TrackSubtitle && best < Some(method))
            {
                continue;
            }
            found.insert((id.clone(), isrc.clone()), method);
        }
    }
    let mut counts: BTreeMap<Method, (u32, u32)> = BTreeMap::new();
    for (pair, method) in &found {
        let right = labels.contains(pair);
        let count = counts.entry(*method).or_default();
        count.0 += u32::from(right);
        count.1 += 1;
        if !right {
            println!(
                "WRONG {method:?} {:?} {:?}",
                videos[&pair.0],
                tracks.iter().find(|t| t.1 == pair.1)
            );
        }
    }
    for pair in &labels {
        if !found.contains_key(pair) {
            println!(
                "MISSED {:?} {:?}",
                videos[&pair.0],
                tracks.iter().find(|t| t.1 == pair.1)
            );
        }
    }
    let right = found.keys().filter(|pair| labels.contains(pair)).count();
    println!(
        "{counts:?}\nfound {} right {} of {}",
        found.len(),
        right,
        labels.len()
    );
}

#[test]
fn debug() {
    let v = Video::read(&Described {
        primary: "UglyFace - Pillow Talk [Official Music Video]",
        secondary: None,
        artist: None,
    });
    println!("{v:#?}");
}
#[test]
fn debug2() {
    let v = Video::read(&Described {
        primary: "Teo Brandt, Nova Pike, Juno Vale - Third Rail [Official Video]",
        secondary: Some("Third Rail"),
        artist: Some("Juno Vale"),
    });
    println!("{v:#?}");
    println!(
        "{:?}",
        Track::read("Third Rail (feat. Kit Mora)", "Teo Brandt")
    );
}
