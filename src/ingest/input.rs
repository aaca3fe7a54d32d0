//! A dump that is to be read.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::io::{Source, SourceOptions};

/// A dump that can be opened.
pub struct Input {
    path: PathBuf,
    /// What messages call it.
    pub(super) name: String,
    /// Of a pipe nothing can be opened again. Regular files are closed meanwhile: there may be thousands of them.
    opened: Option<Source>,
    /// Bytes of the file beneath; none of a pipe.
    length: Option<u64>,
}

impl Input {
    /// Makes sure that `path` can be opened; `-` is standard input.
    ///
    /// # Errors
    /// When it cannot.
    pub fn open(path: &Path, options: &SourceOptions) -> Result<Self> {
        let source = Source::open(path, options)?;
        Ok(Input {
            path: path.to_owned(),
            name: source.name().to_owned(),
            length: source.length(),
            opened: (!source.can_be_opened_again()).then_some(source),
        })
    }

    /// Bytes of the file beneath, compressed ones where it is compressed; none of a pipe.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Opens it, unless that was done already.
    pub(super) fn into_source(self, options: &SourceOptions) -> Result<Source> {
        self.opened
            .map_or_else(|| Source::open(&self.path, options), Ok)
    }
}
