//! Plain tokens, recognized in bytes that are read already, without asking a reader for every one of them.
//!
//! This knows no errors: whatever is not plainly what is looked for (an escape, another alphabet, the end of what is read) is
//! none, and left to a reader.

use crate::digits;

/// Which bytes are blanks between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// Any that JSON has.
    All,
    /// Those that end no line.
    OfOneLine,
}

/// A string of printable ASCII without escapes, or a number of digits alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlainWord {
    /// Whether it is a string.
    pub(crate) quoted: bool,
    /// Its text, without the quotes, within the bytes.
    pub(crate) start: usize,
    /// Behind its text.
    pub(crate) end: usize,
}

/// Bytes, of which those from `at` on are still to be looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainBytes<'b> {
    bytes: &'b [u8],
    at: usize,
    blanks: Blanks,
}

impl<'b> PlainBytes<'b> {
    /// From the first byte on.
    #[inline(always)]
    pub(crate) fn new(bytes: &'b [u8], blanks: Blanks) -> Self {
        PlainBytes {
            bytes,
            at: 0,
            blanks,
        }
    }

    /// How many are behind.
    #[inline(always)]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The next byte, which stays the next one.
    #[inline(always)]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte.
    #[inline(always)]
    pub(crate) fn take(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// Passes over so many bytes, which there are.
    #[inline(always)]
    pub(crate) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// Passes over this byte, which must be the next one.
    #[inline(always)]
    pub(crate) fn byte(&mut self, expected: u8) -> Option<()> {
        (self.take()? == expected).then_some(())
    }

    /// Passes over `text` where that comes next.
    #[inline(always)]
    pub(crate) fn text(&mut self, text: &[u8]) -> bool {
        let found = self.bytes[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// Passes over blanks.
    #[inline(always)]
    pub(crate) fn skip_blanks(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\n' if self.blanks == Blanks::All => {
                    self.at += 1;
                    self.skip_indent();
                }
                _ => return,
            }
        }
    }

    /// Passes over spaces, eight of them looked at in one step; some may be left.
    #[inline(always)]
    fn skip_indent(&mut self) {
        while let Some(chunk) = self.bytes[self.at..].first_chunk::<8>() {
            let others = u64::from_le_bytes(*chunk) ^ 0x2020_2020_2020_2020;
            self.at += others.trailing_zeros() as usize / 8;
            if others != 0 {
                return;
            }
        }
    }

    /// Passes over a colon and the blanks around it.
    #[inline(always)]
    pub(crate) fn colon(&mut self) -> Option<()> {
        self.skip_blanks();
        self.byte(b':')?;
        self.skip_blanks();
        Some(())
    }

    /// Passes over what stands behind a member or an element, and says whether another one follows, to whose first byte it comes;
    /// if not, it was `close`.
    #[inline(always)]
    pub(crate) fn another(&mut self, close: u8) -> Option<bool> {
        self.skip_blanks();
        let byte = self.take()?;
        if byte == b',' {
            self.skip_blanks();
            return Some(true);
        }
        (byte == close).then_some(false)
    }

    /// A string or a number, up to behind its last byte.
    #[inline(always)]
    pub(crate) fn word(&mut self) -> Option<PlainWord> {
        let quoted = *self.bytes.get(self.at)? == b'"';
        self.at += usize::from(quoted);
        let start = self.at;
        self.skip_few_digits();
        if quoted {
            while !matches!(self.take()?, b'"') {
                let byte = self.bytes[self.at - 1];
                if !matches!(byte, b' '..=b'~') || byte == b'\\' {
                    return None;
                }
            }
            return Some(PlainWord {
                quoted,
                start,
                end: self.at - 1,
            });
        }
        while self.bytes.get(self.at)?.is_ascii_digit() {
            self.at += 1;
        }
        let digits = &self.bytes[start..self.at];
        let canonical = !digits.is_empty() && (digits[0] != b'0' || digits.len() == 1);
        canonical.then_some(PlainWord {
            quoted,
            start,
            end: self.at,
        })
    }

    /// Passes over digits, up to eight of them, looked at in one step.
    #[inline(always)]
    fn skip_few_digits(&mut self) {
        let Some(chunk) = self.bytes[self.at..].first_chunk::<8>() else {
            return;
        };
        self.at += digits::leading(chunk);
    }
}

/// Sets what is not set yet: a member that stands twice is nothing plain.
#[inline(always)]
pub(crate) fn set_once<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}
