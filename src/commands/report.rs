//! `mixtape report`

use std::io::Write;
use std::path::Path;

use mixtape::Error;
use mixtape::database::{Database, DatabaseUrl};
use mixtape::io::{STANDARD_STREAM, Sink};
use mixtape::report::Report;

use super::paths::refuse_to_overwrite;
use super::{Outcome, terminal};
use crate::cli::{CommonArguments, ReportArguments, ReportFormat};

pub fn run(arguments: &ReportArguments, common: &CommonArguments) -> anyhow::Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    check_paths(arguments, &url)?;
    let report = Report::read(&mut Database::open(&url)?, &arguments.question())?;
    if let Some(path) = &arguments.html {
        let mut page = Sink::create(path)?;
        page.write_all(report.page().as_bytes())
            .map_err(|error| page.error(error))?;
        page.finish()?;
        if common.is_told() && path.as_os_str() != STANDARD_STREAM {
            // A standard error that is closed loses the word, not the page.
            let _ = writeln!(std::io::stderr(), "the page is {}", path.display());
        }
    }
    if arguments.html.is_none() || arguments.format.is_some() {
        print(&report, arguments.format.unwrap_or(ReportFormat::Text))?;
    }
    Ok(Outcome::Done)
}

fn check_paths(arguments: &ReportArguments, url: &DatabaseUrl) -> Result<(), Error> {
    let html = arguments.html.as_deref();
    if arguments.format.is_some() && html.is_some_and(|path| path.as_os_str() == STANDARD_STREAM) {
        return Err(Error::usage(
            "--format and --html - both go to standard output; give --html a file",
        ));
    }
    match url {
        DatabaseUrl::Sqlite(path) => refuse_to_overwrite(&[path], html),
        DatabaseUrl::Postgres(_) => Ok(()),
    }
}

fn print(report: &Report, format: ReportFormat) -> mixtape::Result<()> {
    match format {
        ReportFormat::Text => {
            terminal::print(|output| report.write_text(output, terminal::standard_output()))
        }
        ReportFormat::Csv => report.write_csv(Path::new(STANDARD_STREAM)),
        ReportFormat::Markdown => terminal::print(|output| report.write_markdown(output)),
        ReportFormat::Json => terminal::print_json(report),
    }
}
