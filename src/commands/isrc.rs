//! `mixtape isrc`

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use mixtape::Error;
use mixtape::database::DatabaseUrl;
use mixtape::io::{Progress, Sink};
use mixtape::isrc::{
    MatchFile, MediaFiles, StoredMedia, Summary, TrackFile, UnmatchedFile, UnmatchedItems,
    match_all, store,
};

use super::Outcome;
use super::paths::refuse_to_overwrite;
use crate::cli::{CommonArguments, IsrcArguments, IsrcPlaces};
use crate::progress::Display;

pub fn run(arguments: &IsrcArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let progress = Progress::default();
    let display = Display::start(common, &progress);
    let (summary, place) = match arguments.places()? {
        IsrcPlaces::Folders { input, out } => in_folders(arguments, &progress, input, out)?,
        IsrcPlaces::Database(url) => in_database(arguments, &progress, &DatabaseUrl::parse(url)?)?,
    };
    drop(display);
    if common.is_told() {
        // A standard error that is closed loses the summary, not the result.
        let _ = print_summary(&summary, &place);
    }
    Ok(Outcome::Done)
}

fn in_folders(
    arguments: &IsrcArguments,
    progress: &Progress,
    input: &Path,
    out: &Path,
) -> Result<(Summary, String), Error> {
    let options = arguments.files.options(progress);
    let mut tracks = TrackFile::open(&arguments.tracks, &options)?;
    let mut media = MediaFiles::open(input, &options)?;
    fs::create_dir_all(out)
        .map_err(|error| Error::io("make", &out.display().to_string(), error))?;
    let output = out.join("media_item_isrcs.csv");
    let [log, artists] = media.paths();
    refuse_to_overwrite(
        &[&arguments.tracks, log, artists, &output],
        arguments.unmatched.as_deref(),
    )?;
    refuse_to_overwrite(&[&arguments.tracks, log, artists], Some(&output))?;
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
) -> Result<(Summary, String), Error> {
    let mut tracks = TrackFile::open(&arguments.tracks, &arguments.files.options(progress))?;
    refuse_to_overwrite(&[&arguments.tracks], arguments.unmatched.as_deref())?;
    if let DatabaseUrl::Sqlite(path) = url {
        refuse_to_overwrite(&[path], arguments.unmatched.as_deref())?;
    }
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

fn open_unmatched(arguments: &IsrcArguments) -> Result<Option<UnmatchedFile>, Error> {
    let sink = arguments
        .unmatched
        .as_deref()
        .map(Sink::create)
        .transpose()?;
    sink.map(UnmatchedFile::create).transpose()
}

fn print_summary(summary: &Summary, place: &str) -> io::Result<()> {
    let mut error = io::stderr().lock();
    let matches: u64 = summary.matches.values().sum();
    writeln!(
        error,
        "{} of {} media items matched, {matches} pairs, over {} tracks",
        summary.matched, summary.media_items, summary.tracks
    )?;
    for (method, count) in &summary.matches {
        writeln!(
            error,
            "  0.{:02}  {:<16} {count:>12}",
            method.percent(),
            method.name()
        )?;
    }
    for (reason, count) in &summary.unmatched {
        writeln!(error, "  none  {:<16} {count:>12}", reason.name())?;
    }
    if summary.unusable_tracks > 0 {
        let unusable = summary.unusable_tracks;
        writeln!(
            error,
            "tracks without a title, an artist or a valid ISRC, which match nothing: {unusable}"
        )?;
    }
    writeln!(error, "the result is in {place}")
}
