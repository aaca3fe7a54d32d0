//! Strings: borrowed from the window where they can be, put together in the scratch buffer where not, or passed over.
#![allow(unsafe_code)] // one block: bytes whose UTF-8 was just checked become text

use std::io::{self, ErrorKind, Read};

use struson::reader::{ReaderError, SyntaxErrorKind as Kind};

use super::{Expects, Framing, PullReader, Read_};
use crate::json::{Window, scan};

/// Where a string's text lies.
pub(super) enum Text {
    /// At these indices of the window.
    Window(usize, usize),
    /// In the scratch buffer.
    Scratch,
}

/// What comes next inside of a string.
pub(super) enum Piece {
    /// Checked text at these indices of the window, consumed.
    Plain(usize, usize),
    /// An escaped character, consumed.
    Escaped(char),
    /// The closing quote, consumed.
    End,
}

impl<R: Read> PullReader<'_, R> {
    /// Reads to the end of a string whose opening quote was consumed.
    #[inline]
    pub(super) fn string(&mut self) -> Read_<Text> {
        let start = self.window.next;
        match scan::short_string(&self.window.buffer, start) {
            Ok(end) => {
                self.window.next = end + 1;
                Ok(Text::Window(start, end))
            }
            Err(_) => self.long_string(),
        }
    }

    fn long_string(&mut self) -> Read_<Text> {
        let limit = self.window.limits.hold;
        match self.assemble(limit.bytes)? {
            Some(text) => Ok(text),
            None => Err(self.io_error(io::Error::other(limit))),
        }
    }

    /// As [`string`](Self::string), but of a string of more than `longest` bytes nothing is kept.
    #[inline]
    pub(super) fn string_up_to(&mut self, longest: usize) -> Read_<Option<Text>> {
        let start = self.window.next;
        if let Ok(end) = scan::short_string(&self.window.buffer, start) {
            self.window.next = end + 1;
            return Ok(Some(Text::Window(start, end)));
        }
        let text = self.assemble(longest)?;
        if text.is_none() {
            self.skip_pieces()?;
        }
        Ok(text)
    }

    /// Reads a string with escapes, other alphabets or the window's end in it; none once it has more than `longest` bytes.
    fn assemble(&mut self, longest: usize) -> Read_<Option<Text>> {
        self.window.scratch.clear();
        loop {
            match self.piece()? {
                Piece::Plain(start, end) => {
                    let closed = end < self.window.end && self.window.buffer[end] == b'"';
                    if closed && self.window.scratch.is_empty() {
                        self.window.next += 1;
                        return Ok(Some(Text::Window(start, end)));
                    }
                    let Window {
                        scratch, buffer, ..
                    } = &mut *self.window;
                    scratch.extend_from_slice(&buffer[start..end]);
                }
                Piece::Escaped(character) => {
                    let mut buffer = [0; 4];
                    self.window
                        .scratch
                        .extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
                }
                Piece::End => return Ok(Some(Text::Scratch)),
            }
            if self.window.scratch.len() > longest {
                return Ok(None);
            }
        }
    }

    /// Passes over the rest of a string whose opening quote was consumed.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Read_<()> {
        match scan::short_string(&self.window.buffer, self.window.next) {
            Ok(end) => {
                self.window.next = end + 1;
                Ok(())
            }
            Err(_) => self.skip_pieces(),
        }
    }

    fn skip_pieces(&mut self) -> Read_<()> {
        while !matches!(self.piece()?, Piece::End) {}
        Ok(())
    }

    /// Consumes what comes next inside of a string: text up to an escape, the end, or the end of the window.
    pub(super) fn piece(&mut self) -> Read_<Piece> {
        self.piece_up_to(usize::MAX)
    }

    /// As [`piece`](Self::piece), but no more than `most` bytes are looked at, which are enough for a character.
    fn piece_up_to(&mut self, most: usize) -> Read_<Piece> {
        debug_assert!(most >= 4);
        loop {
            let start = self.window.next;
            let end = self.window.end.min(start.saturating_add(most));
            let stop = scan::string(&self.window.buffer, start, end);
            let mut text_end = stop.at;
            if !stop.ascii {
                text_end = self.check_utf8(start, stop.at, stop.at == end)?;
            }
            self.window.next = text_end;
            if text_end > start {
                return Ok(Piece::Plain(start, text_end));
            }
            if stop.at < end {
                return match self.window.buffer[stop.at] {
                    b'"' => {
                        self.window.next += 1;
                        Ok(Piece::End)
                    }
                    b'\\' => self.escape().map(Piece::Escaped),
                    b'\n' if self.framing == Framing::Line => {
                        Err(self.syntax_error(Kind::IncompleteDocument))
                    }
                    _ => Err(self.syntax_error(Kind::NotEscapedControlCharacter)),
                };
            }
            // Nothing is left but, perhaps, the first bytes of a character.
            if self.refill(text_end)?.is_none() {
                return Err(self.syntax_error(Kind::IncompleteDocument));
            }
        }
    }

    /// Checks the bytes between two indices. Returns where whole characters end; the last one may be cut where more may
    /// follow.
    fn check_utf8(&mut self, start: usize, end: usize, more_may_follow: bool) -> Read_<usize> {
        let Err(error) = std::str::from_utf8(&self.window.buffer[start..end]) else {
            return Ok(end);
        };
        let valid = start + error.valid_up_to();
        if error.error_len().is_none() && more_may_follow {
            return Ok(valid);
        }
        if valid > start {
            // The text in front of it is whole; the next call meets the error.
            return Ok(valid);
        }
        self.window.next = valid;
        Err(self.invalid_utf8())
    }

    #[cold]
    fn invalid_utf8(&self) -> ReaderError {
        self.io_error(io::Error::new(ErrorKind::InvalidData, "invalid UTF-8 data"))
    }

    /// Consumes an escape sequence, at whose backslash the window stands. Errors stand there too.
    fn escape(&mut self) -> Read_<char> {
        let (character, length) = match self.byte_ahead(1)? {
            Some(byte @ (b'"' | b'\\' | b'/')) => (byte as char, 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => self.unicode_escape()?,
            None => return Err(self.syntax_error(Kind::MalformedEscapeSequence)),
            Some(b'\n') if self.framing == Framing::Line => {
                return Err(self.syntax_error(Kind::MalformedEscapeSequence));
            }
            Some(_) => return Err(self.syntax_error(Kind::UnknownEscapeSequence)),
        };
        self.window.next += length;
        Ok(character)
    }

    fn unicode_escape(&mut self) -> Read_<(char, usize)> {
        let unpaired = Kind::UnpairedSurrogatePairEscapeSequence;
        let high = self.hex(2)?;
        if let Some(character) = char::from_u32(high) {
            return Ok((character, 6));
        }
        if high >= 0xDC00 || self.byte_ahead(6)? != Some(b'\\') || self.byte_ahead(7)? != Some(b'u')
        {
            return Err(self.syntax_error(unpaired));
        }
        let low = self.hex(8)?;
        if !(0xDC00..=0xDFFF).contains(&low) {
            return Err(self.syntax_error(unpaired));
        }
        let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        let character = char::from_u32(code).expect("a pair of surrogates is a character");
        Ok((character, 12))
    }

    /// Four hexadecimal digits `distance` behind the backslash.
    fn hex(&mut self, distance: usize) -> Read_<u32> {
        let mut value = 0;
        for i in 0..4 {
            let byte = self.byte_ahead(distance + i)?;
            let digit = byte.and_then(|byte| (byte as char).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.syntax_error(Kind::MalformedEscapeSequence));
            };
            value = value << 4 | digit;
        }
        Ok(value)
    }

    /// The text of what [`string`](Self::string) or a number has read.
    #[inline]
    pub(super) fn text(&self, text: Text) -> &str {
        let bytes = match text {
            Text::Window(start, end) => &self.window.buffer[start..end],
            Text::Scratch => &self.window.scratch,
        };
        debug_assert!(std::str::from_utf8(bytes).is_ok());
        // SAFETY: every byte has gone through `scan::string`, which says that it is ASCII, or through `check_utf8`, or was
        // encoded from a `char`; numbers are ASCII by their grammar. Nothing has been read into the window since.
        unsafe { std::str::from_utf8_unchecked(bytes) }
    }
}

/// Gives a string's value piece by piece, escapes resolved.
pub(super) struct StringReader<'r, 'w, R> {
    reader: &'r mut PullReader<'w, R>,
    /// A character that is handed out by and by.
    pending: [u8; 4],
    pending_start: usize,
    pending_end: usize,
    /// An error ends the string for good.
    failed: Option<String>,
}

impl<'r, 'w, R: Read> StringReader<'r, 'w, R> {
    pub(super) fn new(reader: &'r mut PullReader<'w, R>) -> Self {
        reader.expects = Expects::StringRest;
        StringReader {
            reader,
            pending: [0; 4],
            pending_start: 0,
            pending_end: 0,
            failed: None,
        }
    }

    /// One piece into `buffer`, which is not empty; 0 at the end.
    fn read_piece(&mut self, buffer: &mut [u8]) -> Read_<usize> {
        match self.reader.piece_up_to(buffer.len().max(4))? {
            Piece::End => {
                self.reader.end_value();
                Ok(0)
            }
            Piece::Escaped(character) => {
                self.pending_start = 0;
                self.pending_end = character.encode_utf8(&mut self.pending).len();
                Ok(self.take_pending(buffer))
            }
            Piece::Plain(start, end) => {
                let text = &self.reader.window.buffer[start..end];
                let mut count = text.len().min(buffer.len());
                // What is left must start with a whole character, or its check would fail the next time.
                while count < text.len() && text[count] & 0xC0 == 0x80 {
                    count -= 1;
                }
                if count == 0 {
                    let length = text[1..]
                        .iter()
                        .take_while(|&&byte| byte & 0xC0 == 0x80)
                        .count()
                        + 1;
                    self.pending[..length].copy_from_slice(&text[..length]);
                    self.pending_start = 0;
                    self.pending_end = length;
                    self.reader.window.next = start + length;
                    return Ok(self.take_pending(buffer));
                }
                buffer[..count].copy_from_slice(&text[..count]);
                self.reader.window.next = start + count;
                Ok(count)
            }
        }
    }

    fn take_pending(&mut self, buffer: &mut [u8]) -> usize {
        let pending = &self.pending[self.pending_start..self.pending_end];
        let count = pending.len().min(buffer.len());
        buffer[..count].copy_from_slice(&pending[..count]);
        self.pending_start += count;
        count
    }
}

impl<R: Read> Read for StringReader<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(failed) = &self.failed {
            return Err(io::Error::other(failed.clone()));
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.pending_start < self.pending_end {
            return Ok(self.take_pending(buffer));
        }
        if self.reader.expects != Expects::StringRest {
            return Ok(0);
        }
        self.read_piece(buffer).map_err(|error| {
            self.failed = Some(format!("previous error: {error}"));
            match error {
                ReaderError::SyntaxError(error) => io::Error::other(error),
                other => io::Error::other(other),
            }
        })
    }
}
