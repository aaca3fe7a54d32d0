//! The line in which something is wrong, cut around the place.

use std::ops::Range;

use super::visible::push_visible;

/// Bytes shown in front of a place and behind it, at most.
pub(crate) const BEFORE: usize = 64;
pub(crate) const BEHIND: usize = 48;

/// A piece of one line of input, made safe to print, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, `…` where something is cut off.
    pub text: String,
    /// The place: bytes of `text`; empty at its end where the input ends.
    pub place: Range<usize>,
}

impl Snippet {
    /// The surroundings of a place: what stands in front of it, and what from it on. Both may be longer than the line, and
    /// than what is shown.
    pub fn around(before: &[u8], behind: &[u8]) -> Self {
        let mut text = String::new();
        let line = memchr::memrchr(b'\n', before).map_or(before, |end| &before[end + 1..]);
        let mut start = line.len().saturating_sub(BEFORE);
        // A character is not cut in two.
        while start > 0 && start < line.len() && is_continuation(line[start]) {
            start += 1;
        }
        if start > 0 || (line.len() == before.len() && before.len() > BEFORE) {
            text.push('…');
        }
        push_visible(&mut text, &line[start..]);

        let line = memchr::memchr(b'\n', behind).map_or(behind, |end| &behind[..end]);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let length = character_length(line);
        let place = text.len();
        push_visible(&mut text, &line[..length]);
        let place = place..text.len();
        let mut end = line.len().min(BEHIND.max(length));
        while end > length && end < line.len() && is_continuation(line[end]) {
            end -= 1;
        }
        push_visible(&mut text, &line[length..end]);
        if end < line.len() {
            text.push('…');
        }
        Snippet { text, place }
    }
}

fn is_continuation(byte: u8) -> bool {
    (byte as i8) < -0x40
}

/// Bytes of the first character, or of the first one that is none.
fn character_length(bytes: &[u8]) -> usize {
    let Some(chunk) = bytes.utf8_chunks().next() else {
        return 0;
    };
    match chunk.valid().chars().next() {
        Some(character) => character.len_utf8(),
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The snippet, and what the place in it is.
    fn around(before: &[u8], behind: &[u8]) -> (String, String) {
        let snippet = Snippet::around(before, behind);
        let place = snippet.text[snippet.place.clone()].to_owned();
        (snippet.text, place)
    }

    #[test]
    fn shows_the_line_of_the_place_and_no_other() {
        assert_eq!(around(b"[\n ab", b"cd\r\nef"), (" abcd".into(), "c".into()));
        assert_eq!(around(b"", b""), (String::new(), String::new()));
        assert_eq!(around(b"ab", b"\ncd"), ("ab".into(), String::new()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place_and_no_character_in_two() {
        let before = "é".repeat(100);
        for odd in ["", "x"] {
            let before = format!("{before}{odd}");
            let behind = format!("☂{odd}{}", "é".repeat(1_000_000));
            let (text, place) = around(before.as_bytes(), behind.as_bytes());
            assert_eq!(place, "☂");
            assert!(text.len() < 200, "{text}");
            assert!(text.starts_with("…é") && text.ends_with("é…"), "{text}");
        }
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown() {
        let (text, place) = around(b"\x1b[2J\xF0\x9F", b"\xC3\x28\t\xE2\x80\xAE!");
        assert_eq!(text, "\u{241b}[2J\\xF0\\x9F\\xC3( \\u{202e}!");
        assert_eq!(place, "\\xC3");
    }
}
