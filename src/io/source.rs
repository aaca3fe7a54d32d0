//! Opening what is read once, from its beginning to its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, Result};

const STANDARD_INPUT: &str = "<stdin>";

/// An input that is read once: a file or standard input, with the name that messages call it by.
pub struct Source {
    name: String,
    file: File,
}

impl Source {
    /// Opens `path`; `-` is standard input.
    ///
    /// # Errors
    /// When the file cannot be opened, or is a folder.
    pub fn open(path: &Path) -> Result<Self> {
        let name = name_of(path);
        let opened = if is_standard_stream(path) {
            standard_input()
        } else {
            File::open(path)
        };
        let file = opened
            .and_then(refuse_folder)
            .map_err(|error| Error::io("open", &name, error))?;
        Ok(Source { name, file })
    }

    /// What messages call this input: the path as it was given, or `<stdin>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a regular file that lies there from its beginning on: one that can be read at any place.
    pub fn is_regular_file(&self) -> bool {
        // Of standard input, somebody may have read a part.
        self.name != STANDARD_INPUT && self.file.metadata().is_ok_and(|data| data.is_file())
    }

    pub(super) fn into_file(self) -> File {
        self.file
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.read(buffer)
    }
}

/// The name that messages use for an input path.
fn name_of(path: &Path) -> String {
    if is_standard_stream(path) {
        STANDARD_INPUT.to_owned()
    } else {
        path.display().to_string()
    }
}

pub(super) fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == super::STANDARD_STREAM
}

/// Standard input without the standard library's buffer in front of it: the readers bring their own window.
#[cfg(unix)]
pub(super) fn standard_input() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
pub(super) fn standard_input() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdin().as_handle().try_clone_to_owned()?))
}

/// Opening a folder works on Unix and only reading fails, with a message that helps nobody.
fn refuse_folder(file: File) -> io::Result<File> {
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    Ok(file)
}
