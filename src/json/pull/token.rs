//! What a document is made of.

use struson::reader::ValueType;

/// A token, known by its first byte; a literal by all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Name,
    String,
    Number,
    Null,
    True,
    False,
}

impl Token {
    /// Bytes that are consumed with the token itself: of a string its quote, of a number none.
    #[inline]
    pub(super) fn length(self) -> usize {
        match self {
            Token::Number => 0,
            Token::Null | Token::True => 4,
            Token::False => 5,
            _ => 1,
        }
    }

    /// The type of the value that starts with it.
    #[inline]
    pub(super) fn value_type(self) -> Option<ValueType> {
        Some(match self {
            Token::ObjectStart => ValueType::Object,
            Token::ArrayStart => ValueType::Array,
            Token::String => ValueType::String,
            Token::Number => ValueType::Number,
            Token::Null => ValueType::Null,
            Token::True | Token::False => ValueType::Boolean,
            Token::ArrayEnd | Token::ObjectEnd | Token::Name => return None,
        })
    }
}

/// What may follow a number or a literal. A colon may not, but is better reported by what comes to read it.
#[inline]
pub(super) fn ends_value(byte: u8) -> bool {
    matches!(
        byte,
        b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b'/' | b':'
    )
}
