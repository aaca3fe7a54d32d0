//! `mixtape isrc`

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use mixtape::Error;
use mixtape::io::{Identity, Sink};
use mixtape::isrc::{MediaFiles, Propose, ResultFiles, Summary, TrackFile, match_all};

use super::Outcome;
use crate::cli::IsrcArguments;

pub fn run(arguments: &IsrcArguments) -> anyhow::Result<Outcome> {
    let mut tracks = TrackFile::open(&arguments.tracks)?;
    let mut media = MediaFiles::open(&arguments.input)?;
    let output = arguments.out.join("media_item_isrcs.csv");
    fs::create_dir_all(&arguments.out)
        .map_err(|error| Error::io("make", &arguments.out.display().to_string(), error))?;
    let inputs: Vec<&Path> = media
        .paths()
        .into_iter()
        .chain([arguments.tracks.as_path()])
        .collect();
    check_paths(&inputs, &output, arguments.unmatched.as_deref())?;
    let unmatched = arguments
        .unmatched
        .as_deref()
        .map(Sink::create)
        .transpose()?;
    let mut results = ResultFiles::create(Sink::create(&output)?, unmatched)?;
    let propose = if arguments.related {
        Propose::Related
    } else {
        Propose::Same
    };
    let summary = match_all(&mut media, &mut tracks, propose, &mut results)?;
    results.finish()?;
    if !arguments.quiet {
        // A standard error that is closed loses the summary, not the result.
        let _ = print_summary(&summary, &output);
    }
    Ok(Outcome::Done)
}

/// Refuses to overwrite what is read, or to write two files into one.
fn check_paths(inputs: &[&Path], output: &PathBuf, unmatched: Option<&Path>) -> Result<(), Error> {
    let outputs = [
        ("the result", Some(output.as_path())),
        ("the --unmatched file", unmatched),
    ];
    let mut taken: Vec<(&Path, Identity)> = inputs
        .iter()
        .filter_map(|input| Some((*input, Identity::of_input(input)?)))
        .collect();
    for (name, path) in outputs {
        let Some(path) = path else { continue };
        let Some(identity) = Identity::of_output(path) else {
            continue;
        };
        if let Some((other, _)) = taken.iter().find(|(_, taken)| *taken == identity) {
            let other = other.display();
            return Err(Error::usage(format!(
                "{name} is {other}; it would be overwritten"
            )));
        }
        taken.push((path, identity));
    }
    Ok(())
}

fn print_summary(summary: &Summary, output: &Path) -> io::Result<()> {
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
    writeln!(error, "the result is in {}", output.display())
}
