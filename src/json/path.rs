//! Which part of a document a byte belongs to: worked out from the document's text when an error needs it.

use std::fmt::{self, Write};

use super::MAX_DEPTH;
use super::visible::push_visible;

/// Bytes of a member's name that are kept to be shown.
const LONGEST_NAME: usize = 64;

/// Steps that are followed, for a document that may be deeper than most.
const MOST_STEPS: usize = 16 * 1024;

/// Steps shown at either end of a path that is longer than twice as many.
const SHOWN_STEPS: usize = 8;

/// Follows a document's text, piece by piece, and knows the JSON path of where it stands: `.song_ids[2]`.
///
/// The text is one that a reader has accepted so far. Anything else gives some path, never a failure.
#[derive(Clone, Debug, Default)]
pub(super) struct PathTracker {
    steps: Vec<Step>,
    /// The names of the objects among them, one behind the other.
    names: Vec<u8>,
    /// Arrays and objects that are deeper than [`MOST_STEPS`].
    too_deep: usize,
    text: Text,
    /// Whether the string that is being read is a name.
    in_name: bool,
}

/// An array or object that has begun and not ended.
#[derive(Clone, Copy, Debug)]
struct Step {
    part: Part,
    /// Whether a value in it is to come or going on: then the index or the name belongs to the path.
    in_value: bool,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Index(u64),
    /// Where in `names` the last member's name starts; it ends where the next one starts.
    Name(usize),
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Text {
    #[default]
    Tokens,
    /// A number or a literal.
    Scalar,
    String,
    /// Behind a backslash.
    Escape,
}

impl PathTracker {
    /// One that needs no memory for any ordinary document.
    pub(super) fn with_room() -> Self {
        PathTracker {
            steps: Vec::with_capacity(MAX_DEPTH as usize + 1),
            names: Vec::with_capacity(16 * LONGEST_NAME),
            ..PathTracker::default()
        }
    }

    /// Begins a document anew.
    pub(super) fn clear(&mut self) {
        self.steps.clear();
        self.names.clear();
        self.too_deep = 0;
        self.text = Text::Tokens;
        self.in_name = false;
    }

    /// Follows so many more bytes.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((&byte, behind)) = rest.split_first() {
            match self.text {
                Text::String => {
                    let length = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                    self.push_name(&rest[..length]);
                    rest = &rest[length..];
                    match rest.split_first() {
                        None => return,
                        Some((b'"', behind)) => {
                            self.end_string();
                            rest = behind;
                        }
                        Some((backslash, behind)) => {
                            self.push_name(&[*backslash]);
                            self.text = Text::Escape;
                            rest = behind;
                        }
                    }
                    continue;
                }
                Text::Escape => {
                    self.push_name(&[byte]);
                    self.text = Text::String;
                }
                Text::Tokens | Text::Scalar => self.token(byte),
            }
            rest = behind;
        }
    }

    fn token(&mut self, byte: u8) {
        let scalar = matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E');
        if self.text == Text::Scalar && !scalar {
            self.text = Text::Tokens;
            self.end_value();
        }
        match byte {
            b'{' | b'[' if self.steps.len() >= MOST_STEPS => self.too_deep += 1,
            b'{' => self.steps.push(Step {
                part: Part::Name(self.names.len()),
                in_value: false,
            }),
            b'[' => self.steps.push(Step {
                part: Part::Index(0),
                in_value: true,
            }),
            b'}' | b']' if self.too_deep > 0 => self.too_deep -= 1,
            b'}' | b']' => {
                if let Some(Step {
                    part: Part::Name(start),
                    ..
                }) = self.steps.pop()
                {
                    self.names.truncate(start);
                }
                self.end_value();
            }
            b',' if self.too_deep == 0 => {
                if let Some(Step {
                    part: Part::Index(index),
                    in_value,
                }) = self.steps.last_mut()
                {
                    *index += 1;
                    *in_value = true;
                }
            }
            b':' if self.too_deep == 0 => {
                if let Some(Step {
                    part: Part::Name(_),
                    in_value,
                }) = self.steps.last_mut()
                {
                    *in_value = true;
                }
            }
            b'"' => {
                self.text = Text::String;
                self.in_name = false;
                if let Some(Step {
                    part: Part::Name(start),
                    in_value: false,
                }) = self.steps.last()
                    && self.too_deep == 0
                {
                    self.in_name = true;
                    self.names.truncate(*start);
                }
            }
            _ if scalar => self.text = Text::Scalar,
            _ => {}
        }
    }

    fn push_name(&mut self, bytes: &[u8]) {
        if let (
            true,
            Some(Step {
                part: Part::Name(start),
                ..
            }),
        ) = (self.in_name, self.steps.last())
        {
            let room = LONGEST_NAME.saturating_sub(self.names.len() - start);
            self.names
                .extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    fn end_string(&mut self) {
        self.text = Text::Tokens;
        if !std::mem::take(&mut self.in_name) {
            self.end_value();
        }
    }

    fn end_value(&mut self) {
        if let (0, Some(step)) = (self.too_deep, self.steps.last_mut()) {
            step.in_value = false;
        }
    }
}

impl fmt::Display for PathTracker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut end = self.names.len();
        let mut parts = Vec::new();
        for step in self.steps.iter().rev() {
            let name = match step.part {
                Part::Index(_) => &[][..],
                Part::Name(start) => &self.names[start..std::mem::replace(&mut end, start)],
            };
            parts.push((step, name));
        }
        parts.retain(|(step, _)| step.in_value); // between two values the path ends at what holds both
        let hidden = parts.len().saturating_sub(2 * SHOWN_STEPS);
        for (number, (step, name)) in parts.into_iter().rev().enumerate() {
            match step.part {
                _ if hidden > 0 && number == SHOWN_STEPS => f.write_char('…')?,
                _ if hidden > 0 && (SHOWN_STEPS..SHOWN_STEPS + hidden).contains(&number) => {}
                Part::Index(index) => write!(f, "[{index}]")?,
                Part::Name(_) => write_name(f, name)?,
            }
        }
        Ok(())
    }
}

/// `.name` where that is plain, else `["name"]`.
pub(super) fn write_name(f: &mut fmt::Formatter<'_>, name: &[u8]) -> fmt::Result {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.len() < LONGEST_NAME && name.iter().all(plain) {
        f.write_char('.')?;
        return name.iter().try_for_each(|&byte| f.write_char(byte as char));
    }
    let mut shown = String::new();
    push_visible(&mut shown, name);
    let cut = if name.len() < LONGEST_NAME { "" } else { "…" };
    write!(f, "[\"{shown}{cut}\"]")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path in front of the first `^` of a text that is shown without it.
    fn path(text: &str) -> String {
        let (before, behind) = text.split_once('^').expect("a place");
        let whole = format!("{before}{behind}");
        let place = before.len();
        let mut tracker = PathTracker::default();
        tracker.feed(&whole.as_bytes()[..place]);
        let mut slow = PathTracker::default();
        for byte in &whole.as_bytes()[..place] {
            slow.feed(&[*byte]);
        }
        assert_eq!(tracker.to_string(), slow.to_string(), "{text}");
        tracker.to_string()
    }

    #[test]
    fn names_the_part_in_which_a_byte_stands() {
        for (text, expected) in [
            ("^{}", ""),
            ("{^", ""),
            ("{\"a^\": 1}", ""),
            ("{\"a\"^: 1}", ""),
            ("{\"a\":^ 1}", ".a"),
            ("{\"a\": 1^2}", ".a"),
            ("{\"a\": 1 ^}", ""),
            ("{\"a\": 1, ^\"b\": 2}", ""),
            ("{\"a\": {\"b\": [1, ^2]}}", ".a.b[1]"),
            ("{\"a\": {\"b\": [1, 2 ^3]}}", ".a.b"),
            ("{\"a\": {\"b\": [1, 2]}, \"c\": t^ru}", ".c"),
            ("{\"a\": \"x\" ^\"b\"}", ""),
            ("[^]", "[0]"),
            ("[\"1\" ^\"2\"]", ""),
            ("[[], [{}, {\"k\": ^", "[1][1].k"),
            ("{\"\": ^", "[\"\"]"),
            ("{\"a b\": ^", "[\"a b\"]"),
            ("{\"a\\\"]\": ^", "[\"a\\\"]\"]"),
            ("{\"a\": \"}]\\\"\", \"b\": ^", ".b"),
        ] {
            assert_eq!(path(text), expected, "{text}");
        }
    }

    #[test]
    fn what_no_reader_accepts_makes_no_trouble() {
        let mut tracker = PathTracker::default();
        tracker.feed(b"]}]}:,,\\\"");
        tracker.feed(&[b'['; 2 * MOST_STEPS]);
        assert!(tracker.to_string().len() < 100);
        tracker.feed(&[b']'; 2 * MOST_STEPS - 1]);
        assert_eq!(tracker.to_string(), "");
        tracker.feed(format!("{{\"{}\":", "n".repeat(1_000)).as_bytes());
        assert!(tracker.to_string().len() < 100);
    }

    #[test]
    fn of_a_path_of_many_steps_both_ends_are_shown() {
        let text = format!("{{\"a\": {}{{\"b\": ^", "[".repeat(100));
        let (start, end) = ("[0]".repeat(7), "[0]".repeat(7));
        assert_eq!(path(&text), format!(".a{start}…{end}.b"));
    }
}
