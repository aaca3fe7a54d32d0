//! Where output goes: a file that is complete or untouched, or a stream that is written through.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::source::is_standard_stream;
use super::write_back::WriteBack;
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
    target: Target,
    /// Bytes written so far, those in the buffer included.
    written: u64,
}

enum Target {
    Stream(File),
    Replace {
        temporary: NamedTempFile,
        path: PathBuf,
        permissions: Option<Permissions>,
        write_back: WriteBack,
    },
}

impl Sink {
    /// Begins an output at `path`; `-` is standard output.
    ///
    /// # Errors
    /// When it cannot be made there: no such folder, no permission, a folder of that name, a loop of links.
    pub fn create(path: &Path) -> Result<Self> {
        let name = if is_standard_stream(path) {
            "<stdout>".to_owned()
        } else {
            path.display().to_string()
        };
        let target = open_target(path).map_err(|error| Error::io("write", &name, error))?;
        Ok(Sink {
            name,
            buffer: Vec::with_capacity(CAPACITY),
            target,
            written: 0,
        })
    }

    /// Bytes written so far.
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
        let done = self.write_buffer().and_then(|()| match self.target {
            Target::Stream(ref mut file) => file.flush(),
            Target::Replace {
                temporary,
                ref path,
                permissions,
                write_back,
            } => write_back
                .finish()
                .and_then(|()| replace(temporary, path, permissions)),
        });
        done.map_err(|error| write_error(&self.name, error))
    }

    /// The library's error for a failed write into this sink.
    pub fn error(&self, error: io::Error) -> Error {
        write_error(&self.name, error)
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
        match &mut self.target {
            Target::Stream(file) => file.write_all(&self.buffer)?,
            Target::Replace {
                temporary,
                write_back,
                ..
            } => {
                let file = temporary.as_file_mut();
                file.write_all(&self.buffer)?;
                write_back.wrote(self.buffer.len(), file);
            }
        }
        self.buffer.clear();
        Ok(())
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

fn write_error(name: &str, error: io::Error) -> Error {
    Error::io("write", name, error)
}

fn open_target(path: &Path) -> io::Result<Target> {
    if is_standard_stream(path) {
        return standard_output().map(Target::Stream);
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
            Ok(Target::Replace {
                temporary: temporary_beside(&path)?,
                permissions: existing.map(|metadata| metadata.permissions()),
                write_back: WriteBack::default(),
                path,
            })
        }
    }
}

fn temporary_beside(path: &Path) -> io::Result<NamedTempFile> {
    let mut prefix = std::ffi::OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(".partial");
    // A new file gets the mode that the user's umask gives to any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let folder = folder_of(path);
    // Asked first: a missing folder's error shall not name a file that the user has never heard of.
    fs::metadata(folder)?;
    builder
        .tempfile_in(folder)
        .map_err(|error| match error.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::from(error.kind()),
        })
}

fn replace(
    temporary: NamedTempFile,
    path: &Path,
    permissions: Option<Permissions>,
) -> io::Result<()> {
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(path).map_err(|error| error.error)?;
    // The new name itself must survive a crash too. Folders cannot be opened for this everywhere (Windows).
    #[cfg(unix)]
    File::open(folder_of(path))?.sync_all()?;
    Ok(())
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
