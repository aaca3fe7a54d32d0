//! The score at the start of a line, read from the window.

use std::io::Read;

use super::blanks::{io_at, skip_blanks};
use super::score::{Score, leading_digits};
use crate::json::{Failure, Window};

/// Reads score after score into a buffer that serves all of them.
pub(super) struct ScoreReader {
    max_digits: usize,
    /// The score as it is written, and its value as far as comparing needs it.
    text: Vec<u8>,
    value: i64,
}

impl ScoreReader {
    pub(super) fn new(max_digits: usize) -> Self {
        ScoreReader {
            max_digits,
            text: Vec::new(),
            value: 0,
        }
    }

    /// What was read last.
    #[inline]
    pub(super) fn score(&self) -> Score<'_> {
        Score::of_parts(self.value, &self.text)
    }

    /// Reads up to and with the colon where nothing is unusual about that; else nothing has happened.
    #[inline]
    pub(super) fn read_quickly<R: Read>(&mut self, window: &mut Window<R>) -> bool {
        let Some((value, end)) = self.leading(window) else {
            return false;
        };
        let text = window.read_already();
        let blank = usize::from(text[end] == b' ');
        if text[end + blank] != b':' {
            return false;
        }
        self.text.clear();
        self.text.extend_from_slice(&text[..end]);
        self.value = value;
        window.consume(end + blank + 1);
        true
    }

    /// Reads up to and with the colon.
    pub(super) fn read<R: Read>(&mut self, window: &mut Window<R>) -> Result<(), Failure> {
        let start = window.offset();
        window.mark(start);
        self.text.clear();
        loop {
            // No digit stands behind the line's end, so the line's end need not be looked for.
            let available = io_at(window, Window::available)?;
            let length = available
                .iter()
                .position(|byte| !(byte.is_ascii_digit() || *byte == b'-'))
                .unwrap_or(available.len());
            let more = length > 0 && length == available.len();
            self.text.extend_from_slice(&available[..length]);
            window.consume(length);
            // One more for a sign.
            if self.text.len().saturating_sub(1) > self.max_digits {
                return Err(Failure::Limit {
                    offset: start,
                    message: format!(
                        "score of more than {} digits; --max-score-digits sets this limit",
                        self.max_digits
                    ),
                });
            }
            if !more {
                break;
            }
        }
        let digits = self.text.iter().filter(|&&byte| byte != b'-').count();
        if digits > self.max_digits {
            return Err(Failure::Limit {
                offset: start,
                message: format!(
                    "score of {digits} digits, more than {}; --max-score-digits sets this limit",
                    self.max_digits
                ),
            });
        }
        let Some(score) = Score::parse(&self.text) else {
            return Err(Failure::data(
                start,
                "expected `<score>: <record>`, the score an integer",
            ));
        };
        self.value = score.value();
        let end = window.offset();
        window.mark(end);
        skip_blanks(window)?;
        let colon = io_at(window, Window::available)?.first().copied();
        let colon = colon.filter(|&byte| byte != b'\n');
        if let (Some(b'.' | b'e' | b'E'), true) = (colon, window.offset() == end) {
            let message = "the score must be an integer, found a fraction or an exponent";
            return Err(Failure::data(end, message));
        }
        if colon != Some(b':') {
            let at = if colon.is_none() {
                end
            } else {
                window.offset()
            };
            return Err(Failure::data(at, "expected ':' after the score"));
        }
        window.consume(1);
        Ok(())
    }

    /// The value and the length of the score that comes next where nothing is unusual about that.
    #[inline]
    pub(super) fn leading<R: Read>(&self, window: &Window<R>) -> Option<(i64, usize)> {
        let text = window.read_already();
        let negative = text.first() == Some(&b'-');
        let digits = text[usize::from(negative)..].first_chunk::<24>()?;
        let (length, value) = leading_digits(digits)?;
        let leading_zero = length > 1 && digits[0] == b'0';
        if length == 0 || leading_zero || length > self.max_digits {
            return None;
        }
        let value = if negative { -value } else { value };
        Some((value, usize::from(negative) + length))
    }
}
