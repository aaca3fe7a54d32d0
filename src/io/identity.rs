//! Whether two paths lead to one file.

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::path::{folder_of, follow_links};
use super::standard::{is_standard_stream, standard_input, standard_output};

/// Which file a path leads to, whatever the path's spelling: links, `./x`, hard links and redirections are seen through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The file, or the folder in which it is going to be made.
    #[cfg(unix)]
    device_and_inode: (u64, u64),
    #[cfg(not(unix))]
    path: PathBuf,
    /// The path in that folder.
    to_be_made: Option<PathBuf>,
}

impl Identity {
    /// The file that the input `path` leads to, `-` being standard input; none where it is no file.
    pub fn of_input(path: &Path) -> Option<Self> {
        if is_standard_stream(path) {
            return Self::of_stream(path, standard_input());
        }
        Self::of_file(path, &std::fs::metadata(path).ok()?)
    }

    /// The file that the output `path` leads to, or that will be made there, `-` being standard output; none where it is
    /// no file.
    pub fn of_output(path: &Path) -> Option<Self> {
        if is_standard_stream(path) {
            return Self::of_stream(path, standard_output());
        }
        if let Ok(metadata) = std::fs::metadata(path) {
            return Self::of_file(path, &metadata);
        }
        let path = follow_links(path).ok()?;
        // Its folder may be one that is going to be made, too.
        let there = |folder| Some((folder, std::fs::metadata(folder).ok()?));
        let (folder, metadata) = path.ancestors().map(folder_of).find_map(there)?;
        let to_be_made = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        Some(Identity {
            to_be_made: Some(to_be_made),
            ..Self::of_metadata(folder, &metadata)?
        })
    }

    fn of_stream(path: &Path, stream: io::Result<File>) -> Option<Self> {
        Self::of_file(path, &stream.ok()?.metadata().ok()?)
    }

    /// Two writers to one pipe or terminal do not overwrite each other.
    fn of_file(path: &Path, metadata: &Metadata) -> Option<Self> {
        metadata
            .is_file()
            .then(|| Self::of_metadata(path, metadata))?
    }

    #[cfg(unix)]
    fn of_metadata(_: &Path, metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Identity {
            device_and_inode: (metadata.dev(), metadata.ino()),
            to_be_made: None,
        })
    }

    #[cfg(not(unix))]
    fn of_metadata(path: &Path, _: &Metadata) -> Option<Self> {
        let path = path.canonicalize().ok()?;
        Some(Identity {
            path,
            to_be_made: None,
        })
    }
}
