//! Where the bytes of an output end: a file that is replaced as a whole or written in place, or a stream.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::fault::{self, Operation};
use super::path;
use super::standard::{is_standard_stream, standard_output};
use super::temporary::Temporary;

/// Where the bytes of the output end.
pub(super) enum Target {
    Nowhere,
    Stream(File),
    /// A regular file that is written in place, behind what stands there.
    Continued(File),
    Replace {
        temporary: Temporary,
        path: PathBuf,
        permissions: Option<Permissions>,
        /// Room for what comes from a compressor.
        block: Vec<u8>,
    },
}

impl Target {
    /// Begins an output at `path`.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if is_standard_stream(path) {
            return standard_output().map(Target::Stream);
        }
        if let Some(file) = open_descriptor(path)? {
            return Ok(Target::Stream(file));
        }
        // Before links are followed by name: /dev/stdout and the like lead to pipes, which have no path.
        if path::is_stream(path) {
            return Ok(Target::Stream(File::options().write(true).open(path)?));
        }
        let path = path::follow_links(path)?;
        let existing = match fs::metadata(&path) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        match existing {
            Some(metadata) if metadata.is_dir() => Err(ErrorKind::IsADirectory.into()),
            existing => {
                // Renaming over a file that we may not write would succeed; asked beforehand, before gigabytes are read.
                if existing.is_some() {
                    File::options().write(true).open(&path)?;
                }
                let permissions = existing.map(|metadata| metadata.permissions());
                Ok(Target::Replace {
                    temporary: Temporary::beside(&path, permissions.as_ref())?,
                    permissions,
                    path,
                    block: Vec::new(),
                })
            }
        }
    }

    /// A regular file whose first `kept` bytes stay, and that is written behind them.
    pub(super) fn open_behind(path: &Path, kept: u64) -> io::Result<Self> {
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        let length = file.metadata()?.len();
        if length < kept {
            return Err(io::Error::other(format!(
                "it has {length} bytes, and {kept} were written to it before; put it back, or name that file"
            )));
        }
        file.set_len(kept)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Target::Continued(file))
    }

    /// Puts what was written so far on the disk, where it is a file that is written in place. Whether it is.
    pub(super) fn checkpoint(&self) -> io::Result<bool> {
        let Target::Continued(file) = self else {
            return Ok(false);
        };
        fault::check(Operation::Sync)?;
        file.sync_data()?;
        Ok(true)
    }

    /// Writes the block and leaves an empty one in its place.
    pub(super) fn write_block(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Target::Replace { temporary, .. } if !block.is_empty() => temporary.write(block),
            _ => {
                self.write_all(block)?;
                block.clear();
                Ok(())
            }
        }
    }

    /// All is written: puts it in place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Target::Nowhere | Target::Stream(_) => Ok(()),
            Target::Continued(file) => file.sync_all(),
            Target::Replace {
                temporary,
                path,
                permissions,
                ..
            } => temporary.replace(&path, permissions),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Nowhere => Ok(bytes.len()),
            Target::Stream(file) | Target::Continued(file) => {
                fault::check(Operation::Write)?;
                file.write(bytes)
            }
            Target::Replace {
                temporary, block, ..
            } => {
                block.extend_from_slice(bytes);
                temporary.write(block).map(|()| bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        fault::check(Operation::Flush)?;
        match self {
            Target::Nowhere | Target::Replace { .. } => Ok(()),
            Target::Stream(file) | Target::Continued(file) => file.flush(),
        }
    }
}

/// A path that names an open file of this process: what is behind it is written to where it stands, never replaced.
fn open_descriptor(path: &Path) -> io::Result<Option<File>> {
    let name = path.to_str().unwrap_or_default();
    let number = match name {
        "/dev/stdout" => Some("1"),
        "/dev/stderr" => Some("2"),
        _ => ["/dev/fd/", "/proc/self/fd/"]
            .into_iter()
            .find_map(|folder| name.strip_prefix(folder)),
    };
    match number {
        None => Ok(None),
        Some("1") => standard_output().map(Some),
        #[cfg(unix)]
        Some("2") => {
            use std::os::fd::AsFd;
            let error = io::stderr().as_fd().try_clone_to_owned()?;
            Ok(Some(File::from(error)))
        }
        // Opened anew it would be written from its beginning.
        Some(_) => File::options().append(true).open(path).map(Some),
    }
}
