//! Passing over lines and blanks.

use std::io::{self, Read};

use super::Window;
use crate::json::Failure;

impl<R: Read> Window<R> {
    /// Consumes blanks, line ends among them. False at the end of the stream.
    ///
    /// # Errors
    /// As [`available`](Self::available), where what could be read ends: that does not depend on where reading began.
    pub fn skip_blanks(&mut self) -> Result<bool, Failure> {
        loop {
            let offset = self.offset();
            let available = self.available();
            let available = available.map_err(|error| Failure::of_io(error, offset))?;
            if available.is_empty() {
                return Ok(false);
            }
            let blanks = available
                .iter()
                .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
                .count();
            let done = blanks < available.len();
            self.consume(blanks);
            if done {
                return Ok(true);
            }
        }
    }

    /// The available bytes up to the end of the line; empty when the line (or the stream) has ended.
    fn available_in_line(&mut self) -> io::Result<&[u8]> {
        let available = self.available()?;
        let length = memchr::memchr(b'\n', available).unwrap_or(available.len());
        Ok(&available[..length])
    }

    /// Consumes the rest of the line, unless it goes on behind the offset `until`. False where it does, or the stream ends.
    ///
    /// # Errors
    /// As [`available`](Self::available).
    pub fn skip_line_before(&mut self, until: u64) -> io::Result<bool> {
        if !self.skip_to_line_end(until)? {
            return Ok(false);
        }
        self.skip_line_end()
    }

    /// Consumes the rest of the line and returns the offset of its end; the line end itself is consumed too.
    ///
    /// # Errors
    /// As [`available`](Self::available).
    pub fn skip_line(&mut self) -> io::Result<u64> {
        self.skip_to_line_end(u64::MAX)?;
        let end = self.offset();
        self.skip_line_end()?;
        Ok(end)
    }

    /// Consumes up to where the line, or the stream, ends. False where that is not before `until`.
    fn skip_to_line_end(&mut self, until: u64) -> io::Result<bool> {
        while self.offset() < until {
            let length = self.available_in_line()?.len();
            if length == 0 {
                return Ok(true);
            }
            self.consume(length);
        }
        Ok(false)
    }

    /// Consumes the line feed at which the window stands; false at the end of the stream.
    fn skip_line_end(&mut self) -> io::Result<bool> {
        let more = !self.available()?.is_empty();
        self.consume(usize::from(more));
        Ok(more)
    }
}
