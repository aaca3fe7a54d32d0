//! `mixtape works`

use std::path::Path;

use mixtape::Result;
use mixtape::database::{Database, DatabaseUrl};
use mixtape::io::STANDARD_STREAM;
use mixtape::report::{recommended_works, write_works_csv, write_works_table};

use super::paths::{read_from, refuse_to_print_over};
use super::results;
use crate::cli::{WorksArguments, WorksFormat};
use crate::outcome::Outcome;
use crate::terminal;

pub fn run(arguments: &WorksArguments) -> Result<Outcome> {
    let url = DatabaseUrl::parse(&arguments.db)?;
    refuse_to_print_over(read_from(&url).as_slice())?;
    let mut database = Database::open(&url)?;
    let works = recommended_works(&mut database, &arguments.user)?;
    let format = arguments.format.unwrap_or(if terminal::is_terminal() {
        WorksFormat::Table
    } else {
        WorksFormat::Csv
    });
    match format {
        WorksFormat::Table => {
            let width = terminal::standard_output().width;
            let width = width.try_into().unwrap_or(u16::MAX);
            results::print(|output| write_works_table(&works, output, width))
        }
        WorksFormat::Csv => write_works_csv(&works, Path::new(STANDARD_STREAM)),
        WorksFormat::Json => results::print_json(&works),
    }?;
    Ok(Outcome::Done)
}
