//! The standard streams, without the buffers that the standard library puts in front of them.

use std::fs::File;
use std::io;
use std::path::Path;

/// The name that stands for standard input or output on the command line.
pub const STANDARD_STREAM: &str = "-";

/// What messages call standard input.
pub(super) const STANDARD_INPUT: &str = "<stdin>";

/// What messages call standard output.
pub(super) const STANDARD_OUTPUT: &str = "<stdout>";

/// Whether a path names one of them.
pub(super) fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == STANDARD_STREAM
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
