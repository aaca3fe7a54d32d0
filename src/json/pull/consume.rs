//! Past the token that comes next, into arrays and objects and out of them.

use std::io::Read;

use struson::reader::{ReaderError, UnexpectedStructureKind, ValueType};

use super::token::Token;
use super::{Expects, PullReader, Read_};

impl<R: Read> PullReader<'_, R> {
    #[cold]
    pub(super) fn unexpected_structure(&self, kind: UnexpectedStructureKind) -> ReaderError {
        ReaderError::UnexpectedStructure {
            kind,
            location: self.location(self.window.offset()),
        }
    }

    /// Consumes the token that was looked at.
    #[inline]
    pub(super) fn consume_token(&mut self, token: Token) {
        self.peeked = None;
        self.window.next += token.length();
    }

    /// Consumes the next token, which must be a value of this type.
    #[inline]
    pub(super) fn expect_value(&mut self, expected: ValueType) -> Read_<Token> {
        let token = self.peek_token()?;
        if token.value_type() != Some(expected) || self.expects_name() {
            return Err(self.unexpected_type(expected));
        }
        self.consume_token(token);
        Ok(token)
    }

    #[cold]
    fn unexpected_type(&mut self, expected: ValueType) -> ReaderError {
        match self.peek_value() {
            Ok(actual) => ReaderError::UnexpectedValueType {
                expected,
                actual,
                location: self.location(self.window.offset()),
            },
            Err(error) => error,
        }
    }

    #[inline]
    pub(super) fn begin(&mut self, expected: ValueType) -> Read_<()> {
        let most = self.window.limits.depth;
        if self.depth >= most && self.peek_value()? == expected {
            return Err(ReaderError::MaxNestingDepthExceeded {
                max_nesting_depth: most,
                location: self.location(self.window.offset()),
            });
        }
        self.expect_value(expected)?;
        let is_object = expected == ValueType::Object;
        if self.depth.is_multiple_of(u128::BITS) && self.depth > 0 {
            self.outer.push(std::mem::take(&mut self.objects));
        }
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(is_object);
        self.expects = if is_object {
            Expects::FirstName
        } else {
            Expects::FirstElement
        };
        Ok(())
    }

    /// Consumes the end of an array or object.
    #[inline]
    pub(super) fn end(&mut self, end: Token) -> Read_<()> {
        if self.peek_token()? != end {
            return Err(
                self.unexpected_structure(UnexpectedStructureKind::MoreElementsThanExpected)
            );
        }
        self.consume_token(end);
        self.depth -= 1;
        self.objects >>= 1;
        if self.depth.is_multiple_of(u128::BITS) && self.depth > 0 {
            self.objects = self.outer.pop().expect("was pushed on the way in");
        }
        self.end_value();
        Ok(())
    }

    /// A value was consumed.
    #[inline]
    pub(super) fn end_value(&mut self) {
        self.expects = if self.in_object() {
            Expects::NextName
        } else if self.depth > 0 {
            Expects::NextElement
        } else {
            Expects::Nothing
        };
    }
}
