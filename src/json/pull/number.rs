//! Numbers: checked against the grammar digit by digit, carried as text.

use std::io::Read;

use struson::reader::{SyntaxErrorKind as Kind, ValueType};

use super::token::ends_value;
use super::{PullReader, Read_};

/// What was read of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Minus,
    Zero,
    Integer,
    Point,
    Fraction,
    Exponent,
    ExponentSign,
    ExponentDigits,
}

impl State {
    /// The state behind one more byte; none where the byte is not part of the number.
    #[inline]
    fn step(self, byte: u8) -> Option<State> {
        Some(match (self, byte) {
            (State::Integer, b'0'..=b'9') => State::Integer,
            (State::Fraction | State::Point, b'0'..=b'9') => State::Fraction,
            (State::Start | State::Minus, b'1'..=b'9') => State::Integer,
            (State::Start | State::Minus, b'0') => State::Zero,
            (State::Start, b'-') => State::Minus,
            (State::Zero | State::Integer, b'.') => State::Point,
            (State::Zero | State::Integer | State::Fraction, b'e' | b'E') => State::Exponent,
            (State::Exponent, b'+' | b'-') => State::ExponentSign,
            (State::Exponent | State::ExponentSign | State::ExponentDigits, b'0'..=b'9') => {
                State::ExponentDigits
            }
            _ => return None,
        })
    }

    /// Whether a number may end here.
    fn is_complete(self) -> bool {
        matches!(
            self,
            State::Zero | State::Integer | State::Fraction | State::ExponentDigits
        )
    }
}

/// What becomes of a number's bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// They stay in the window.
    Text,
    /// They stream through.
    Nothing,
}

impl<R: Read> PullReader<'_, R> {
    /// Consumes a number. Returns the index of its first byte, which means something only where the text is kept.
    pub(super) fn number(&mut self, keep: Keep) -> Read_<usize> {
        self.expect_value(ValueType::Number)?;
        let offset = self.window.offset();
        let mut start = self.window.next;
        let mut state = State::Start;
        loop {
            let (mut at, end) = (self.window.next, self.window.end);
            while at < end {
                match state.step(self.window.buffer[at]) {
                    Some(next) => state = next,
                    None => break,
                }
                at += 1;
            }
            self.window.next = at;
            if at < end {
                break;
            }
            let kept = match keep {
                Keep::Text => start,
                Keep::Nothing => at,
            };
            match self.refill(kept)? {
                Some(shift) => start = start.saturating_sub(shift),
                None => break,
            }
        }
        let (next, end) = (self.window.next, self.window.end);
        let behind = (next < end).then(|| self.window.buffer[next]);
        // `01`, `1.2.3` and `1-` are one malformed number, not a number and something else.
        let goes_on = matches!(behind, Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
        if goes_on || !state.is_complete() {
            return Err(self.syntax_error_at(Kind::MalformedNumber, offset));
        }
        if behind.is_some_and(|byte| !ends_value(byte)) {
            return Err(self.syntax_error(Kind::TrailingDataAfterNumber));
        }
        self.end_value();
        Ok(start)
    }
}
