//! Blanks within a line, and errors where they happen.

use std::io::{self, Read};

use crate::json::{Failure, Window};

/// Blanks within a line.
pub(super) fn skip_blanks<R: Read>(window: &mut Window<R>) -> Result<(), Failure> {
    loop {
        let available = io_at(window, Window::available)?;
        let blanks = available
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
            .unwrap_or(available.len());
        let more = blanks > 0 && blanks == available.len();
        window.consume(blanks);
        if !more {
            return Ok(());
        }
    }
}

/// Asks the window; its error with its place in the stream.
pub(super) fn io_at<'w, R: Read, T>(
    window: &'w mut Window<R>,
    call: impl FnOnce(&'w mut Window<R>) -> io::Result<T>,
) -> Result<T, Failure> {
    let offset = window.offset();
    call(window).map_err(|error| Failure::of_io(error, offset))
}
