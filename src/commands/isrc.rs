//! `mixtape isrc`

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Sink};
use mixtape::isrc::{
    MatchFile, MediaFiles, StoredMedia, Summary, TrackFile, UnmatchedFile, UnmatchedItems,
    match_all, store,
};
use mixtape::{Error, Result};

use super::outputs::create_asked_for;
use super::paths::{file_of, refuse_to_overwrite};
use super::summaries::tell;
use crate::cli::{CommonArguments, IsrcArguments, IsrcPlaces};
use crate::outcome::Outcome;
use crate::progress::Display;

pub fn run(arguments: &IsrcArguments, common: &CommonArguments) -> Result<Outcome> {
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let (summary, place) = match arguments.places()? {
        IsrcPlaces::Folders { input, out } => in_folders(arguments, &progress, input, out)?,
        IsrcPlaces::Database(url) => in_database(arguments, &progress, &DatabaseUrl::parse(url)?)?,
    };
    drop(display);
    tell(common, |output| print_summary(output, &summary, &place));
    Ok(Outcome::Done)
}

fn in_folders(
    arguments: &IsrcArguments,
    progress: &Progress,
    input: &Path,
    out: &Path,
) -> Result<(Summary, String)> {
    let options = arguments.files.options(progress);
    let mut tracks = TrackFile::open(&arguments.tracks, &options)?;
    let mut media = MediaFiles::open(input, &options)?;
    let output = out.join("media_item_isrcs.csv");
    let [log, artists] = media.paths().map(|path| ("a file of --in", path));
    refuse_to_overwrite(
        &[("TRACKS", &arguments.tracks), log, artists],
        &[
            ("the result", Some(&output)),
            ("the --unmatched file", arguments.unmatched.as_deref()),
        ],
    )?;
    fs::create_dir_all(out)
        .map_err(|error| Error::io("make the folder", &out.display().to_string(), error))?;
    let mut unmatched = open_unmatched(arguments)?;
    let mut matches = MatchFile::create(Sink::create(&output)?)?;
    let items = unmatched
        .as_mut()
        .map(|file| file as &mut dyn UnmatchedItems);
    let summary = match_all(
        &mut media,
        &mut tracks,
        arguments.propose(),
        &mut matches,
        items,
    )?;
    matches.finish()?;
    unmatched.map_or(Ok(()), UnmatchedFile::finish)?;
    Ok((summary, output.display().to_string()))
}

fn in_database(
    arguments: &IsrcArguments,
    progress: &Progress,
    url: &DatabaseUrl,
) -> Result<(Summary, String)> {
    let mut tracks = TrackFile::open(&arguments.tracks, &arguments.files.options(progress))?;
    refuse_to_overwrite(
        &[("TRACKS", &arguments.tracks)],
        &[
            ("the database", file_of(url)),
            ("the --unmatched file", arguments.unmatched.as_deref()),
        ],
    )?;
    // One connection reads while the other one writes.
    let mut media = StoredMedia::open(url, progress)?;
    let mut unmatched = open_unmatched(arguments)?;
    let summary = store(url, |matches| {
        let items = unmatched
            .as_mut()
            .map(|file| file as &mut dyn UnmatchedItems);
        match_all(&mut media, &mut tracks, arguments.propose(), matches, items)
    })?;
    unmatched.map_or(Ok(()), UnmatchedFile::finish)?;
    Ok((summary, format!("the table media_item_isrcs of {url}")))
}

fn open_unmatched(arguments: &IsrcArguments) -> Result<Option<UnmatchedFile>> {
    let sink = create_asked_for(arguments.unmatched.as_deref())?;
    sink.map(UnmatchedFile::create).transpose()
}

fn print_summary(output: &mut impl Write, summary: &Summary, place: &str) -> io::Result<()> {
    let matches: u64 = summary.matches.values().sum();
    writeln!(
        output,
        "{} of {} media items matched, {matches} pairs, over {} tracks",
        summary.matched, summary.media_items, summary.tracks
    )?;
    for (method, count) in &summary.matches {
        writeln!(
            output,
            "  {}  {:<16} {count:>12}",
            method.score(),
            method.name()
        )?;
    }
    for (reason, count) in &summary.unmatched {
        writeln!(output, "  none  {:<16} {count:>12}", reason.name())?;
    }
    if summary.unusable_tracks > 0 {
        let unusable = summary.unusable_tracks;
        writeln!(
            output,
            "tracks without a title, an artist or a valid ISRC, which match nothing: {unusable}"
        )?;
    }
    writeln!(output, "the result is in {place}")
}
