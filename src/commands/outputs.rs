//! The files that a run writes. They are begun before anything is read: a mistyped path shall not cost an hour.

use std::path::Path;

use serde::Serialize;

use mixtape::Result;
use mixtape::io::Sink;

use super::results::write_json;
use crate::cli::CompressArgument;

/// Begins a file, compressed as it is said, or else as its name says.
pub fn create(path: &Path, compress: Option<CompressArgument>) -> Result<Sink> {
    match compress {
        Some(how) => Sink::create_compressed(path, how.compression()),
        None => Sink::create(path),
    }
}

/// Begins a file where one is asked for.
pub fn create_asked_for(path: Option<&Path>) -> Result<Option<Sink>> {
    path.map(Sink::create).transpose()
}

/// The file of `--summary`, where it is asked for.
pub struct SummaryFile(Option<Sink>);

impl SummaryFile {
    pub fn create(path: Option<&Path>) -> Result<Self> {
        create_asked_for(path).map(SummaryFile)
    }

    /// Puts the summary in place, as JSON.
    pub fn write(self, summary: &impl Serialize) -> Result<()> {
        let Some(mut file) = self.0 else {
            return Ok(());
        };
        write_json(&mut file, summary).map_err(|error| file.error(error))?;
        file.finish()
    }
}
