//! Where output goes: a file that is complete or untouched, or a stream that is written through.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::compress::Encoder;
use super::compression::Compression;
use super::fault::{self, Operation};
use super::source::is_standard_stream;
use super::temporary::Temporary;
use crate::error::{Error, Result};

/// Bytes gathered before they are written.
const CAPACITY: usize = 256 * 1024;

/// Symbolic links that are followed before a loop is assumed, as the kernel does.
const MAX_LINKS: usize = 40;

/// An output under construction.
///
/// A regular file is made beside its target under a temporary name and takes the target's place in
/// [`finish`](Sink::finish); dropped without that, it leaves the target as it was. Standard output, pipes and devices are
/// written through.
pub struct Sink {
    name: String,
    buffer: Vec<u8>,
    encoder: Encoder<Target>,
    /// Bytes written so far, those in the buffer included.
    written: u64,
}

/// Where the bytes of the output end.
enum Target {
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

impl Sink {
    /// Begins an output at `path`, compressed as the name's ending says; `-` is standard output.
    ///
    /// # Errors
    /// When it cannot be made there: no such folder, no permission, a folder of that name, a loop of links.
    pub fn create(path: &Path) -> Result<Self> {
        Self::create_compressed(path, Compression::of_path(path))
    }

    /// Begins an output at `path` whose bytes are compressed, or not, whatever its name says.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_compressed(path: &Path, compression: Option<Compression>) -> Result<Self> {
        let name = if is_standard_stream(path) {
            "<stdout>".to_owned()
        } else {
            path.display().to_string()
        };
        let encoder = Target::open(path)
            .and_then(|target| Encoder::new(target, compression))
            .map_err(|error| Error::write(&name, error))?;
        Ok(Sink {
            name,
            buffer: Vec::with_capacity(CAPACITY),
            encoder,
            written: 0,
        })
    }

    /// An output that an earlier run has begun: of a regular file the first `kept` bytes stay, and what is written comes behind
    /// them, at once. The rest of it is cut off. Streams go on as they are. Never compressed.
    ///
    /// # Errors
    /// As [`create`](Self::create); when the file is shorter than that.
    pub fn continued(path: &Path, kept: u64) -> Result<Self> {
        let name = path.display().to_string();
        let is_stream = is_standard_stream(path)
            || fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
        if is_stream {
            return Self::create_compressed(path, None);
        }
        let opened = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        let cut = opened.and_then(|mut file| {
            let length = file.metadata()?.len();
            if length < kept {
                return Err(io::Error::other(format!(
                    "it has {length} bytes, and {kept} were written to it before; put it back, or name that file"
                )));
            }
            file.set_len(kept)?;
            io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
            Ok(file)
        });
        let file = cut.map_err(|error| Error::io("go on with", &name, error))?;
        Ok(Sink {
            name,
            buffer: Vec::with_capacity(CAPACITY),
            encoder: Encoder::Plain(Target::Continued(file)),
            written: kept,
        })
    }

    /// Puts what was written so far on the disk. The length of a [continued](Self::continued) file up to there.
    ///
    /// # Errors
    /// When that fails.
    pub fn checkpoint(&mut self) -> Result<Option<u64>> {
        let written = self.write_buffer().and_then(|()| match &mut self.encoder {
            Encoder::Plain(Target::Continued(file)) => {
                fault::check(Operation::Sync)?;
                file.sync_data()?;
                Ok(Some(self.written))
            }
            _ => Ok(None),
        });
        written.map_err(|error| Error::write(&self.name, error))
    }

    /// An output that goes nowhere: for a run that only looks.
    pub fn nowhere() -> Self {
        Sink {
            name: "<nowhere>".to_owned(),
            buffer: Vec::with_capacity(CAPACITY),
            encoder: Encoder::Plain(Target::Nowhere),
            written: 0,
        }
    }

    /// Bytes written so far, before they are compressed.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// What messages call this output.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts all that was written in place: flushed and, for a file, on the disk and under its name.
    ///
    /// # Errors
    /// When any step fails; a file's target is then as it was before.
    pub fn finish(mut self) -> Result<()> {
        self.write_buffer()
            .and_then(|()| self.encoder.finish())
            .and_then(Target::finish)
            .map_err(|error| Error::write(&self.name, error))
    }

    /// The library's error for a failed write into this sink.
    pub fn error(&self, error: io::Error) -> Error {
        Error::write(&self.name, error)
    }

    #[cold]
    fn write_large(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let count = self.write(bytes)?;
            bytes = &bytes[count..];
        }
        Ok(())
    }

    fn write_buffer(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            // Handed over as it is.
            Encoder::Plain(target) => target.write_block(&mut self.buffer),
            encoder => {
                encoder.write_all(&self.buffer)?;
                self.buffer.clear();
                Ok(())
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.len() + bytes.len() > CAPACITY {
            self.write_buffer()?;
        }
        let count = bytes.len().min(CAPACITY);
        self.buffer.extend_from_slice(&bytes[..count]);
        self.written += count as u64;
        Ok(count)
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.len() + bytes.len() <= CAPACITY {
            self.buffer.extend_from_slice(bytes);
            self.written += bytes.len() as u64;
            return Ok(());
        }
        self.write_large(bytes)
    }

    /// Hands over what is gathered. Nothing becomes visible in a file before [`Sink::finish`].
    fn flush(&mut self) -> io::Result<()> {
        self.write_buffer()
    }
}

impl Target {
    fn open(path: &Path) -> io::Result<Self> {
        if is_standard_stream(path) {
            return standard_output().map(Target::Stream);
        }
        if let Some(file) = open_descriptor(path)? {
            return Ok(Target::Stream(file));
        }
        // Before links are followed by name: /dev/stdout and the like lead to pipes, which have no path.
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
            return Ok(Target::Stream(File::options().write(true).open(path)?));
        }
        let path = follow_links(path)?;
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

    /// Writes the block and leaves an empty one in its place.
    fn write_block(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
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
    fn finish(mut self) -> io::Result<()> {
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

pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The path behind symbolic links, also where the last of them dangles: the target is what is made or replaced.
pub(super) fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            // Not a link, or nothing there: this is the place.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::NotFound) => {
                return Ok(path);
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Standard output without the standard library's line buffer.
#[cfg(unix)]
pub(super) fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
pub(super) fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}
