//! Ids as documents spell them.

use std::fmt;
use std::io::{self, Write};

use crate::json::write_string;

/// An id: a JSON string, equal when the text is, or a JSON number, equal when spelled alike. One never equals the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id<'a> {
    /// String or number.
    pub kind: IdKind,
    /// The string's text, escapes resolved; the number as it is spelled.
    pub text: &'a str,
}

/// The JSON type of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// A JSON string.
    String,
    /// A JSON number.
    Number,
}

impl<'a> Id<'a> {
    /// A string id.
    pub fn string(text: &'a str) -> Self {
        Id {
            kind: IdKind::String,
            text,
        }
    }

    /// A number id.
    pub fn number(text: &'a str) -> Self {
        Id {
            kind: IdKind::Number,
            text,
        }
    }

    /// The value of a canonical decimal id (no sign, no leading zero) below 2^64.
    ///
    /// ```
    /// use mixtape::id::Id;
    /// assert_eq!(Id::string("120").decimal(), Some(120));
    /// assert_eq!(Id::string("0120").decimal(), None);
    /// assert_eq!(Id::string("18446744073709551616").decimal(), None);
    /// ```
    pub fn decimal(self) -> Option<u64> {
        let digits = self.text.as_bytes();
        let canonical = match digits {
            [b'0'] => true,
            [b'0', ..] => false,
            _ => true,
        };
        if !canonical || digits.is_empty() || digits.len() > 20 {
            return None;
        }
        // Nineteen digits cannot overflow; only a twentieth must be watched.
        let (first, last) = digits.split_at(digits.len().min(19));
        let mut value = 0u64;
        let mut valid = true;
        for byte in first {
            let digit = byte.wrapping_sub(b'0');
            valid &= digit <= 9;
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        }
        if !valid {
            return None;
        }
        last.iter().try_fold(value, |value, byte| {
            let digit = byte.wrapping_sub(b'0');
            (digit <= 9).then_some(())?;
            value.checked_mul(10)?.checked_add(u64::from(digit))
        })
    }

    /// Writes the id as JSON.
    ///
    /// # Errors
    /// What `output` returns.
    pub fn write_json(self, output: &mut impl Write) -> io::Result<()> {
        match self.kind {
            IdKind::String => write_string(output, self.text),
            IdKind::Number => output.write_all(self.text.as_bytes()),
        }
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            IdKind::String => write!(f, "{:?}", self.text),
            IdKind::Number => f.write_str(self.text),
        }
    }
}
