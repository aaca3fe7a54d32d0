//! The trait itself.

use std::io::Read;

use struson::reader::{
    JsonReader, JsonReaderPosition, ReaderError, SyntaxErrorKind, TransferError,
    UnexpectedStructureKind, ValueType,
};
use struson::serde::{DeserializerError, JsonReaderDeserializer};
use struson::writer::{JsonNumberError, JsonWriter, StringValueWriter};

use super::number::Keep;
use super::string::{Piece, StringReader, Text};
use super::token::Token;
use super::{Expects, PullReader, Read_};

impl<R: Read> PullReader<'_, R> {
    /// Consumes the opening quote of a member's name.
    #[inline]
    pub(super) fn begin_name(&mut self) -> Read_<()> {
        assert!(self.expects_name(), "no name is expected here");
        let token = self.peek_token()?;
        if token != Token::Name {
            return Err(
                self.unexpected_structure(UnexpectedStructureKind::FewerElementsThanExpected)
            );
        }
        self.consume_token(token);
        self.expects = Expects::MemberValue;
        Ok(())
    }

    /// Only blanks may follow the document.
    pub(super) fn end_document(&mut self) -> Read_<()> {
        assert!(
            self.expects == Expects::Nothing,
            "the document has not been read to its end"
        );
        match self.skip_blanks()? {
            None => Ok(()),
            Some(b'/') => Err(self.syntax_error(SyntaxErrorKind::CommentsNotEnabled)),
            Some(_) => Err(self.syntax_error(SyntaxErrorKind::TrailingData)),
        }
    }
}

impl<R: Read> JsonReader for PullReader<'_, R> {
    #[inline]
    fn peek(&mut self) -> Result<ValueType, ReaderError> {
        self.peek_value()
    }

    #[inline]
    fn begin_object(&mut self) -> Result<(), ReaderError> {
        self.begin(ValueType::Object)
    }

    #[inline]
    fn end_object(&mut self) -> Result<(), ReaderError> {
        assert!(self.in_object(), "not inside of an object");
        assert!(
            self.expects != Expects::MemberValue,
            "a member's value is expected"
        );
        self.end(Token::ObjectEnd)
    }

    #[inline]
    fn begin_array(&mut self) -> Result<(), ReaderError> {
        self.begin(ValueType::Array)
    }

    #[inline]
    fn end_array(&mut self) -> Result<(), ReaderError> {
        assert!(self.in_array(), "not inside of an array");
        self.end(Token::ArrayEnd)
    }

    #[inline]
    fn has_next(&mut self) -> Result<bool, ReaderError> {
        assert!(
            self.depth > 0 && self.expects != Expects::MemberValue,
            "not between the elements of an array or object"
        );
        let token = self.peek_token()?;
        Ok(!matches!(token, Token::ObjectEnd | Token::ArrayEnd))
    }

    #[inline]
    fn next_name(&mut self) -> Result<&str, ReaderError> {
        self.begin_name()?;
        let text = self.string()?;
        Ok(self.text(text))
    }

    fn next_name_owned(&mut self) -> Result<String, ReaderError> {
        self.next_name().map(str::to_owned)
    }

    #[inline]
    fn next_str(&mut self) -> Result<&str, ReaderError> {
        self.expect_value(ValueType::String)?;
        let text = self.string()?;
        self.end_value();
        Ok(self.text(text))
    }

    fn next_string(&mut self) -> Result<String, ReaderError> {
        self.next_str().map(str::to_owned)
    }

    fn next_string_reader(&mut self) -> Result<impl Read + '_, ReaderError> {
        self.expect_value(ValueType::String)?;
        Ok(StringReader::new(self))
    }

    #[inline]
    fn next_number_as_str(&mut self) -> Result<&str, ReaderError> {
        let start = self.number(Keep::Text)?;
        Ok(self.text(Text::Window(start, self.window.next)))
    }

    fn next_number_as_string(&mut self) -> Result<String, ReaderError> {
        self.next_number_as_str().map(str::to_owned)
    }

    #[inline]
    fn next_bool(&mut self) -> Result<bool, ReaderError> {
        let token = self.expect_value(ValueType::Boolean)?;
        self.end_value();
        Ok(token == Token::True)
    }

    #[inline]
    fn next_null(&mut self) -> Result<(), ReaderError> {
        self.expect_value(ValueType::Null)?;
        self.end_value();
        Ok(())
    }

    fn deserialize_next<'de, D: serde::de::Deserialize<'de>>(
        &mut self,
    ) -> Result<D, DeserializerError> {
        self.peek()?;
        let mut deserializer = JsonReaderDeserializer::new(self);
        D::deserialize(&mut deserializer)
    }

    #[inline]
    fn skip_name(&mut self) -> Result<(), ReaderError> {
        self.begin_name()?;
        self.skip_string()
    }

    #[inline]
    fn skip_value(&mut self) -> Result<(), ReaderError> {
        assert!(!self.expects_name(), "a name comes before the value");
        self.skip()
    }

    fn skip_to_top_level(&mut self) -> Result<(), ReaderError> {
        assert!(
            self.expects != Expects::StringRest,
            "a string's reader must be read to its end"
        );
        if self.expects == Expects::MemberValue {
            self.skip()?;
        }
        while self.depth > 0 {
            while self.has_next()? {
                if self.expects_name() {
                    self.skip_name()?;
                }
                self.skip()?;
            }
            let end = if self.in_object() {
                Token::ObjectEnd
            } else {
                Token::ArrayEnd
            };
            self.end(end)?;
        }
        Ok(())
    }

    fn transfer_to<W: JsonWriter>(&mut self, writer: &mut W) -> Result<(), TransferError> {
        assert!(!self.expects_name(), "a name comes before the value");
        let outside = self.depth;
        loop {
            if self.depth > outside && !self.has_next()? {
                if self.in_object() {
                    self.end_object()?;
                    writer.end_object()?;
                } else {
                    self.end_array()?;
                    writer.end_array()?;
                }
            } else {
                if self.expects_name() {
                    writer.name(self.next_name()?)?;
                }
                self.transfer_start(writer)?;
            }
            if self.depth <= outside {
                return Ok(());
            }
        }
    }

    fn consume_trailing_whitespace(mut self) -> Result<(), ReaderError> {
        self.end_document()
    }

    fn current_position(&self, _include_path: bool) -> JsonReaderPosition {
        self.location(self.window.offset())
    }
}

impl<R: Read> PullReader<'_, R> {
    /// Transfers a value that has no parts, or the start of one that has.
    fn transfer_start<W: JsonWriter>(&mut self, writer: &mut W) -> Result<(), TransferError> {
        match self.peek()? {
            ValueType::Object => {
                self.begin_object()?;
                writer.begin_object()?;
            }
            ValueType::Array => {
                self.begin_array()?;
                writer.begin_array()?;
            }
            ValueType::String => {
                self.expect_value(ValueType::String)?;
                let mut value = writer.string_value_writer()?;
                loop {
                    match self.piece()? {
                        Piece::Plain(start, end) => {
                            value.write_str(self.text(Text::Window(start, end)))?;
                        }
                        Piece::Escaped(character) => {
                            value.write_str(character.encode_utf8(&mut [0; 4]))?;
                        }
                        Piece::End => break,
                    }
                }
                value.finish_value()?;
                self.end_value();
            }
            ValueType::Number => {
                let number = self.next_number_as_str()?;
                writer
                    .number_value_from_string(number)
                    .map_err(|error| match error {
                        JsonNumberError::IoError(error) => error,
                        other => std::io::Error::other(other.to_string()),
                    })?;
            }
            ValueType::Boolean => writer.bool_value(self.next_bool()?)?,
            ValueType::Null => {
                self.next_null()?;
                writer.null_value()?;
            }
        }
        Ok(())
    }
}
