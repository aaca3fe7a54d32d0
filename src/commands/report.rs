//! `mixtape report`

use std::io::Write;
use std::path::Path;

use mixtape::database::{Database, DatabaseUrl};
use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::report::Report;
use mixtape::{Error, Result};

use super::paths::{is_stream, printed, read_from, refuse_to_overwrite};
use super::results;
use super::summaries::tell;
use crate::cli::{CommonArguments, ReportArguments, ReportFormat};
use crate::outcome::Outcome;
use crate::terminal;

pub fn run(arguments: &ReportArguments, common: &CommonArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    check_paths(arguments, &url)?;
    let report = Report::read(&mut Database::open(&url)?, &arguments.question())?;
    if let Some(path) = &arguments.html {
        let mut page = Sink::create(path)?;
        page.write_all(report.page().as_bytes())
            .map_err(|error| page.error(error))?;
        page.finish()?;
        if !is_stream(path) {
            tell(common, |output| {
                writeln!(output, "the page is {}", path.display())
            });
        }
    }
    if is_printed(arguments) {
        print(&report, arguments.format.unwrap_or(ReportFormat::Text))?;
    }
    Ok(Outcome::Done)
}

fn check_paths(arguments: &ReportArguments, url: &DatabaseUrl) -> Result<()> {
    let html = arguments.html.as_deref();
    if arguments.format.is_some() && html.is_some_and(is_stream) {
        return Err(Error::usage(
            "--format and --html - both go to standard output; give --html a file",
        ));
    }
    let (name, stream) = printed();
    let printed = (name, stream.filter(|_| is_printed(arguments)));
    refuse_to_overwrite(read_from(url).as_slice(), &[printed, ("the page", html)])
}

/// Whether there is more than a page.
fn is_printed(arguments: &ReportArguments) -> bool {
    arguments.html.is_none() || arguments.format.is_some()
}

fn print(report: &Report, format: ReportFormat) -> Result<()> {
    match format {
        ReportFormat::Text => {
            results::print(|output| report.write_text(output, terminal::standard_output()))
        }
        ReportFormat::Csv => report.write_csv(Path::new(STANDARD_STREAM)),
        ReportFormat::Markdown => results::print(|output| report.write_markdown(output)),
        ReportFormat::Json => results::print_json(report),
    }
}
