//! Gliding over what has no parts: strings, numbers, literals, and the blanks between them.

use super::glide::Glide;
use crate::digits;
use crate::json::scan;

impl Glide<'_> {
    /// The end of a value that has no parts.
    #[inline]
    pub(super) fn scalar(&self, at: usize) -> Option<usize> {
        let end = match self.buffer[at] {
            b'"' => return self.string(at + 1).map(|(end, _)| end),
            b'-' | b'0'..=b'9' => self.number(at)?,
            b't' => self.literal(at, b"true")?,
            b'f' => self.literal(at + 1, b"alse")?,
            b'n' => self.literal(at, b"null")?,
            _ => return None,
        };
        let ends = matches!(
            self.buffer[end],
            b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r'
        );
        ends.then_some(end)
    }

    #[inline]
    fn literal(&self, at: usize, text: &[u8; 4]) -> Option<usize> {
        (self.buffer[at..at + 4] == *text).then_some(at + 4)
    }

    #[inline]
    fn number(&self, mut at: usize) -> Option<usize> {
        let buffer = self.buffer;
        at += usize::from(buffer[at] == b'-');
        let integer = self.digits(at);
        if integer == 0 || (buffer[at] == b'0' && integer > 1) {
            return None;
        }
        at += integer;
        if buffer[at] == b'.' {
            let fraction = self.digits(at + 1);
            if fraction == 0 {
                return None;
            }
            at += 1 + fraction;
        }
        if buffer[at] | 0x20 == b'e' {
            at += 1;
            at += usize::from(matches!(buffer[at], b'+' | b'-'));
            let exponent = self.digits(at);
            if exponent == 0 {
                return None;
            }
            at += exponent;
        }
        Some(at)
    }

    /// How many digits stand from `at` on, eight looked at in one step.
    #[inline]
    fn digits(&self, at: usize) -> usize {
        let mut count = 0;
        while at + count <= self.end {
            let start = at + count;
            let word = self.buffer[start..start + 8].try_into();
            let word = u64::from_le_bytes(word.expect("eight bytes")) ^ digits::ZEROS;
            let others = digits::others(word);
            if others != 0 {
                return count + others.trailing_zeros() as usize / 8;
            }
            count += 8;
        }
        count
    }

    /// Whether the inside of a checked string is `text`.
    #[inline]
    pub(super) fn spells(&self, inside: &[u8], escaped: bool, text: &[u8]) -> bool {
        if !escaped {
            return inside.first() == text.first() && inside == text;
        }
        let mut rest = text;
        let mut at = 0;
        while at < inside.len() {
            let mut buffer = [0; 4];
            let (character, length) = match (inside[at], inside.get(at + 1)) {
                (b'\\', Some(b'u')) => {
                    // Half of a pair is no character, and no name that is looked for has one beyond the first plane.
                    let unit = hex(&inside[at + 2..at + 6]).and_then(char::from_u32);
                    (unit.unwrap_or(char::REPLACEMENT_CHARACTER), 6)
                }
                (b'\\', Some(b'b')) => ('\u{8}', 2),
                (b'\\', Some(b'f')) => ('\u{c}', 2),
                (b'\\', Some(b'n')) => ('\n', 2),
                (b'\\', Some(b'r')) => ('\r', 2),
                (b'\\', Some(b't')) => ('\t', 2),
                (b'\\', Some(&itself)) => (itself as char, 2),
                (byte, _) => {
                    buffer[0] = byte;
                    ('\0', 1)
                }
            };
            let bytes = if length == 1 {
                &buffer[..1]
            } else {
                character.encode_utf8(&mut buffer).as_bytes()
            };
            match rest.strip_prefix(bytes) {
                Some(behind) => rest = behind,
                None => return false,
            }
            at += length;
        }
        rest.is_empty()
    }

    /// The index behind the closing quote of a string whose inside starts at `at`, and whether it has escapes.
    #[inline]
    pub(super) fn string(&self, at: usize) -> Option<(usize, bool)> {
        if at > self.end {
            return None;
        }
        match scan::short_string(self.buffer, at) {
            Ok(end) => Some((end + 1, false)),
            Err(plain) => self.long_string(plain),
        }
    }

    /// A string of which everything before `at` is plain.
    fn long_string(&self, at: usize) -> Option<(usize, bool)> {
        if at > self.end {
            return None;
        }
        let stop = scan::string(self.buffer, at, self.end);
        if stop.ascii && self.buffer[stop.at] == b'"' && stop.at < self.end {
            return Some((stop.at + 1, false));
        }
        self.curly_string(at, stop)
    }

    /// A string with escapes or other alphabets in it.
    fn curly_string(&self, mut at: usize, mut stop: scan::Stop) -> Option<(usize, bool)> {
        let mut escaped = false;
        loop {
            if !stop.ascii {
                std::str::from_utf8(&self.buffer[at..stop.at]).ok()?;
            }
            if stop.at >= self.end {
                return None;
            }
            at = match self.buffer[stop.at] {
                b'"' => return Some((stop.at + 1, escaped)),
                b'\\' => self.escape(stop.at)?,
                _ => return None,
            };
            if at > self.end {
                return None;
            }
            escaped = true;
            stop = scan::string(self.buffer, at, self.end);
        }
    }

    /// The index behind an escape sequence.
    #[inline]
    fn escape(&self, at: usize) -> Option<usize> {
        match self.buffer[at + 1] {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
            b'u' => {
                let unit = hex(&self.buffer[at + 2..at + 6])?;
                if !(0xD800..=0xDFFF).contains(&unit) {
                    return Some(at + 6);
                }
                let low = hex(&self.buffer[at + 8..at + 12])?;
                let pair = unit < 0xDC00
                    && self.buffer[at + 6..at + 8] == *b"\\u"
                    && (0xDC00..=0xDFFF).contains(&low);
                pair.then_some(at + 12)
            }
            _ => None,
        }
    }

    /// The index of the next byte that is no blank.
    #[inline(always)]
    pub(super) fn blanks(&self, at: usize) -> usize {
        if self.buffer[at] > b' ' {
            return at;
        }
        if self.buffer[at] == b' ' && self.buffer[at + 1] > b' ' {
            return at + 1;
        }
        self.many_blanks(at)
    }

    fn many_blanks(&self, mut at: usize) -> usize {
        if self.line_feed == b'\n' && at <= self.end {
            return scan::blanks(self.buffer, at, self.end);
        }
        while matches!(self.buffer[at], b' ' | b'\t' | b'\r') {
            at += 1;
        }
        at
    }
}

#[inline]
fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, &byte| {
        Some(value << 4 | (byte as char).to_digit(16)?)
    })
}
