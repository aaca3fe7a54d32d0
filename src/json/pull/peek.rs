//! Which token comes next.

use std::io::Read;

use struson::reader::{SyntaxErrorKind as Kind, UnexpectedStructureKind, ValueType};

use super::token::{Token, ends_value};
use super::{Expects, Framing, PullReader, Read_};
use crate::json::scan;

impl<R: Read> PullReader<'_, R> {
    /// The next token; the window stands on its first byte afterwards.
    #[inline(always)]
    pub(super) fn peek_token(&mut self) -> Read_<Token> {
        if let Some(token) = self.peeked {
            return Ok(token);
        }
        if let Some((token, at)) = self.quick_token() {
            self.window.next = at;
            self.peeked = Some(token);
            return Ok(token);
        }
        self.look_at_token()
    }

    /// The next token and where it stands, as far as that is plain: no literal, no error, not at the window's end, where a
    /// zero byte stands.
    #[inline(always)]
    fn quick_token(&self) -> Option<(Token, usize)> {
        let buffer = &self.window.buffer[..];
        let mut at = self.window.next;
        let mut separated = false;
        match self.expects {
            Expects::MemberValue => {
                if buffer[at] != b':' {
                    return None;
                }
                at += 1;
            }
            Expects::NextName | Expects::NextElement => {
                at = self.quick_blanks(at);
                if buffer[at] == b',' {
                    separated = true;
                    at += 1;
                }
            }
            Expects::FirstName | Expects::FirstElement => {}
            Expects::Document | Expects::StringRest | Expects::Nothing => return None,
        }
        at = self.quick_blanks(at);
        let byte = buffer[at];
        if byte == b'}' || byte == b']' {
            let (own, token) = if self.in_object() {
                (b'}', Token::ObjectEnd)
            } else {
                (b']', Token::ArrayEnd)
            };
            let may_end = !separated && self.expects != Expects::MemberValue;
            return (byte == own && may_end).then_some((token, at));
        }
        let needs_comma = matches!(self.expects, Expects::NextName | Expects::NextElement);
        if needs_comma && !separated {
            return None;
        }
        let token = match byte {
            b'"' if self.expects_name() => Token::Name,
            _ if self.expects_name() => return None,
            b'"' => Token::String,
            b'-' | b'0'..=b'9' => Token::Number,
            b'{' => Token::ObjectStart,
            b'[' => Token::ArrayStart,
            _ => return None,
        };
        Some((token, at))
    }

    #[inline(always)]
    fn quick_blanks(&self, at: usize) -> usize {
        let buffer = &self.window.buffer[..];
        if buffer[at] > b' ' {
            return at;
        }
        if buffer[at] == b' ' && buffer[at + 1] > b' ' {
            return at + 1;
        }
        match self.framing {
            Framing::Stream => scan::blanks(buffer, at, self.window.end),
            Framing::Line => at,
        }
    }

    #[inline(never)]
    fn look_at_token(&mut self) -> Read_<Token> {
        match self.expects {
            Expects::StringRest => panic!("a string's reader must be read to its end"),
            Expects::Nothing => panic!("the document has been read to its end"),
            Expects::MemberValue => self.colon()?,
            _ => {}
        }
        let Some(mut byte) = self.skip_blanks()? else {
            return Err(self.syntax_error(Kind::IncompleteDocument));
        };
        let can_have_comma = matches!(self.expects, Expects::NextName | Expects::NextElement);
        let mut comma = None;
        if byte == b',' {
            if !can_have_comma {
                return Err(self.syntax_error(Kind::UnexpectedComma));
            }
            comma = Some(self.window.offset());
            self.window.next += 1;
            match self.skip_blanks()? {
                Some(behind) => byte = behind,
                None => return Err(self.syntax_error(Kind::IncompleteDocument)),
            }
        }
        let token = self.token_of(byte)?;
        if matches!(token, Token::ObjectEnd | Token::ArrayEnd) {
            if let Some(offset) = comma {
                return Err(self.syntax_error_at(Kind::TrailingCommaNotEnabled, offset));
            }
        } else if can_have_comma && comma.is_none() {
            return Err(self.syntax_error(Kind::MissingComma));
        }
        self.peeked = Some(token);
        Ok(token)
    }

    fn token_of(&mut self, byte: u8) -> Read_<Token> {
        if self.expects_name() {
            return match byte {
                b'"' => Ok(Token::Name),
                b'}' => Ok(Token::ObjectEnd),
                b'/' => Err(self.syntax_error(Kind::CommentsNotEnabled)),
                _ => Err(self.syntax_error(Kind::ExpectingMemberNameOrObjectEnd)),
            };
        }
        match byte {
            b'"' => Ok(Token::String),
            b'-' | b'0'..=b'9' => Ok(Token::Number),
            b'{' => Ok(Token::ObjectStart),
            b'[' => Ok(Token::ArrayStart),
            b']' if self.in_array() => Ok(Token::ArrayEnd),
            b'n' => self.literal(b"null", Token::Null),
            b't' => self.literal(b"true", Token::True),
            b'f' => self.literal(b"false", Token::False),
            b']' | b'}' => Err(self.syntax_error(Kind::UnexpectedClosingBracket)),
            b',' => Err(self.syntax_error(Kind::UnexpectedComma)),
            b':' => Err(self.syntax_error(Kind::UnexpectedColon)),
            b'/' => Err(self.syntax_error(Kind::CommentsNotEnabled)),
            _ => Err(self.syntax_error(Kind::MalformedJson)),
        }
    }

    /// Checks a literal where it stands, and that nothing is attached to it.
    fn literal(&mut self, text: &[u8], token: Token) -> Read_<Token> {
        for (i, expected) in text.iter().enumerate() {
            if self.byte_ahead(i)? != Some(*expected) {
                return Err(self.syntax_error(Kind::InvalidLiteral));
            }
        }
        match self.byte_ahead(text.len())? {
            Some(byte) if !ends_value(byte) => {
                Err(self.syntax_error(Kind::TrailingDataAfterLiteral))
            }
            _ => Ok(token),
        }
    }

    /// The byte `distance` behind the next one; none at the end.
    #[inline]
    pub(super) fn byte_ahead(&mut self, distance: usize) -> Read_<Option<u8>> {
        while self.window.end - self.window.next <= distance {
            if self.refill(self.window.next)?.is_none() {
                return Ok(None);
            }
        }
        Ok(Some(self.window.buffer[self.window.next + distance]))
    }

    fn colon(&mut self) -> Read_<()> {
        match self.skip_blanks()? {
            Some(b':') => {
                self.window.next += 1;
                Ok(())
            }
            Some(b'/') => Err(self.syntax_error(Kind::CommentsNotEnabled)),
            _ => Err(self.syntax_error(Kind::MissingColon)),
        }
    }

    /// Consumes blanks; the byte behind them, none at the end of the document.
    pub(super) fn skip_blanks(&mut self) -> Read_<Option<u8>> {
        loop {
            let (next, end) = (self.window.next, self.window.end);
            let at = match self.framing {
                Framing::Stream => scan::blanks(&self.window.buffer, next, end),
                Framing::Line => self.window.buffer[next..end]
                    .iter()
                    .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
                    .map_or(end, |length| next + length),
            };
            self.window.next = at;
            if at < end {
                let byte = self.window.buffer[at];
                let line_end = byte == b'\n'; // only a line's reader gets to see one here
                return Ok((!line_end).then_some(byte));
            }
            if self.refill(at)?.is_none() {
                return Ok(None);
            }
        }
    }

    /// The type of the value that comes next; an error where the array ends instead.
    #[inline]
    pub(super) fn peek_value(&mut self) -> Read_<ValueType> {
        if self.expects_name() {
            panic!("a name comes before the value");
        }
        let token = self.peek_token()?;
        token.value_type().ok_or_else(|| {
            self.unexpected_structure(UnexpectedStructureKind::FewerElementsThanExpected)
        })
    }
}
