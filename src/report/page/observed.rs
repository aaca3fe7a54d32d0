//! The playlists that `ingest` has observed: what is on top of them now, their plays, and how the top songs got there.

use maud::{Markup, html};

use super::lines::{Line, LineChart, Upwards};
use super::scrolled::scrolled;
use super::text::{isolated, legible};
use crate::report::figures::{counted, grouped};
use crate::report::observed::{ObservedPlaylist, ObservedPlaylists, ObservedSong};

/// Lines of a chart that can be told apart.
const LINES: usize = 5;

pub(super) fn section(observed: &ObservedPlaylists) -> Markup {
    let shown = observed.playlists.len() as i64;
    html! {
        h2 { "Observed playlists" }
        p.quiet {
            @if shown == 0 {
                "None is of this name, or has this artist now."
            } @else if shown < observed.count {
                "The most played " (grouped(shown)) " of " (grouped(observed.count)) "."
            } @else {
                "As they were seen from outside."
            }
        }
        @for (number, playlist) in (1..).zip(&observed.playlists) { (article(number, playlist)) }
    }
}

fn article(number: usize, playlist: &ObservedPlaylist) -> Markup {
    let name = playlist.name.as_deref().unwrap_or(&playlist.source_id);
    let heading = format!("playlist-{number}");
    let last = playlist.observations.last();
    html! {
        article.observed aria-labelledby=(heading) {
            h3 id=(heading) { (isolated(name)) }
            @if let Some(last) = last {
                p.quiet {
                    @if let Some(plays) = last.plays { (counted(plays, "play")) ", " }
                    "seen last on " (isolated(&last.time))
                }
            }
            (songs(name, &playlist.songs))
            div.pair {
                (plays(number, playlist).draw())
                (positions(number, playlist).draw())
            }
            (figures(playlist))
        }
    }
}

fn songs(playlist: &str, songs: &[ObservedSong]) -> Markup {
    html! {
        @if songs.is_empty() {
            p.quiet { "No song had a place in it when it was seen last." }
        } @else {
            (scrolled(&format!("Songs on top of {}", legible(playlist)), html! {
                table.songs {
                    caption { "On top now" }
                    thead { tr {
                        th.number scope="col" { "#" }
                        th scope="col" { "Song" }
                        th scope="col" { "Artist" }
                    } }
                    tbody { @for (number, song) in songs.iter().enumerate() { tr {
                        td.number {
                            (grouped(song.position))
                            @if number < LINES {
                                svg.swatch width="12" height="12" aria-hidden="true" {
                                    circle class={ "dot line-" (number) } cx="6" cy="6" r="5" {}
                                }
                            }
                        }
                        th scope="row" { (isolated(&song.title)) }
                        td { (isolated(song.artist.as_deref().unwrap_or(""))) }
                    } } }
                }
            }))
        }
    }
}

fn plays(number: usize, playlist: &ObservedPlaylist) -> LineChart<'_> {
    let values = playlist.observations.iter().map(|seen| seen.plays);
    LineChart {
        id: format!("plays-{number}"),
        title: "Plays over time".to_owned(),
        times: &playlist.observations,
        lines: vec![Line {
            name: "Plays",
            values: values.collect(),
        }],
        upwards: Upwards::Larger,
    }
}

fn positions(number: usize, playlist: &ObservedPlaylist) -> LineChart<'_> {
    let songs = playlist.songs.iter().take(LINES);
    let lines: Vec<Line<'_>> = songs
        .map(|song| Line {
            name: &song.title,
            values: song.positions.clone(),
        })
        .collect();
    LineChart {
        id: format!("positions-{number}"),
        title: match lines.len() {
            1 => "Place of the top song over time".to_owned(),
            count => format!("Places of the top {count} songs over time"),
        },
        times: &playlist.observations,
        lines,
        upwards: Upwards::Smaller,
    }
}

/// What the lines show, for those who do not see them.
fn figures(playlist: &ObservedPlaylist) -> Markup {
    let songs = &playlist.songs[..playlist.songs.len().min(LINES)];
    let value = |value: Option<i64>| value.map(grouped).unwrap_or_default();
    html! {
        details {
            summary { "The same in figures" }
            (scrolled("Plays and places over time", html! {
                table.history {
                    thead { tr {
                        th scope="col" { "Seen" }
                        th.number scope="col" { "Plays" }
                        @for song in songs { th.number scope="col" { (isolated(&song.title)) } }
                    } }
                    tbody { @for (number, seen) in playlist.observations.iter().enumerate() { tr {
                        th.time scope="row" { (isolated(&seen.time)) }
                        td.number { (value(seen.plays)) }
                        @for song in songs { td.number { (value(song.positions[number])) } }
                    } } }
                }
            }))
        }
    }
}
