//! How inputs are read and outputs written, where a subcommand has any.

use clap::{Args, ValueEnum};

use mixtape::io::{Compression, Progress, SourceOptions, WindowLimit};

use super::size::Size;

/// How inputs are opened.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Reach of zstd data
    #[arg(long, value_name = "SIZE", default_value_t = Size::from(WindowLimit::DEFAULT))]
    max_window: Size,
}

impl InputArguments {
    /// The library's options.
    pub fn options(&self, progress: &Progress) -> SourceOptions {
        SourceOptions {
            max_window: WindowLimit {
                bytes: self.max_window.as_u64(),
            },
            progress: progress.clone(),
        }
    }
}

/// A way to compress, as the command line names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CompressArgument {
    Gzip,
    Zstd,
    None,
}

impl CompressArgument {
    /// The library's word.
    pub fn compression(self) -> Option<Compression> {
        match self {
            CompressArgument::Gzip => Some(Compression::Gzip),
            CompressArgument::Zstd => Some(Compression::Zstd),
            CompressArgument::None => None,
        }
    }
}
