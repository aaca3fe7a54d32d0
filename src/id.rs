//! Ids as documents spell them.

use std::fmt;
use std::io::{self, Write};

use crate::digits;
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

impl IdKind {
    /// The kind of a string, which is quoted, or of a number.
    pub fn of_quoted(is_quoted: bool) -> Self {
        match is_quoted {
            true => IdKind::String,
            false => IdKind::Number,
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            IdKind::String => "string",
            IdKind::Number => "number",
        }
    }
}

impl<'a> Id<'a> {
    /// The id of the other JSON type that is written with the same characters: a different id.
    pub fn twin(self) -> Self {
        Id {
            kind: match self.kind {
                IdKind::String => IdKind::Number,
                IdKind::Number => IdKind::String,
            },
            ..self
        }
    }

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
        if let 4..=8 = digits.len() {
            return few_digits(digits);
        }
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

/// The value of four to eight digits of which the first is no zero, all of them looked at in one step.
#[inline]
fn few_digits(text: &[u8]) -> Option<u64> {
    let (first, last) = (text.first_chunk::<4>()?, text.last_chunk::<4>()?);
    let unused = 64 - 8 * text.len() as u32;
    // Where they overlap they agree. Digits end at the highest byte; below the first one there are zeros.
    let high = u64::from(u32::from_le_bytes(*last)) << 32;
    let low = u64::from(u32::from_le_bytes(*first)) << unused;
    let word = (high | low) ^ (digits::ZEROS << unused);
    if digits::others(word) != 0 || text[0] == b'0' {
        return None;
    }
    Some(digits::value(word))
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            IdKind::String => write!(f, "{:?}", self.text),
            IdKind::Number => f.write_str(self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_ids_have_the_value_that_the_standard_library_reads() {
        let mut texts: Vec<String> = ["", "x", "+1", "-1", "1.0", " 1", "1 ", "é1", "١٢٣٤"]
            .map(str::to_owned)
            .to_vec();
        for length in 1..=22 {
            for digit in '0'..='9' {
                let text = format!("7{}", digit.to_string().repeat(length - 1));
                texts.push(text[..length].to_owned());
                texts.push(digit.to_string().repeat(length));
            }
            let digits = &"1234567890123456789012"[..length];
            texts.push(digits.to_owned());
            for place in 0..length {
                for other in ["/", ":", "0", "\0", "\u{7f}", "p", "°"] {
                    let mut text = digits.to_owned();
                    text.replace_range(place..=place, other);
                    texts.push(text);
                }
            }
        }
        texts.extend([u64::MAX, u64::MAX - 1].map(|value| value.to_string()));
        texts.push("18446744073709551616".to_owned());
        for text in &texts {
            let value: Option<u64> = text.parse().ok();
            let canonical = value.filter(|value| value.to_string() == *text);
            assert_eq!(Id::string(text).decimal(), canonical, "{text:?}");
        }
    }
}
