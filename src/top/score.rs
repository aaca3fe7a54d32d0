//! Scores: integers of any length, compared exactly.

use std::cmp::Ordering;

use crate::digits;

/// Digits that always fit an `i64`.
const SHORT: usize = 18;

/// A score as it is written, an integer by JSON's grammar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score<'a> {
    /// The value where it is short; beyond every short value, on its side of zero, where it is long.
    value: i64,
    text: &'a [u8],
}

impl<'a> Score<'a> {
    /// The score that `text` is; none where it is no integer by JSON's grammar.
    pub(super) fn parse(text: &'a [u8]) -> Option<Self> {
        let (negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.is_empty() || (digits[0] == b'0' && digits.len() > 1) {
            return None;
        }
        let magnitude = if digits.len() <= SHORT {
            short(digits)?
        } else if digits.iter().all(u8::is_ascii_digit) {
            i64::MAX
        } else {
            return None;
        };
        let value = if negative { -magnitude } else { magnitude };
        Some(Score { value, text })
    }

    /// The score again, from its parts.
    pub(super) fn of_parts(value: i64, text: &'a [u8]) -> Self {
        Score { value, text }
    }

    /// What most comparisons are settled by.
    pub(super) fn value(self) -> i64 {
        self.value
    }

    /// As it is written.
    pub(super) fn text(self) -> &'a [u8] {
        self.text
    }
}

/// The length and the value of the digits at the start of `text`, where they are no more than [`SHORT`].
#[inline]
pub(super) fn leading_digits(text: &[u8; 24]) -> Option<(usize, i64)> {
    const POWERS: [i64; 9] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
    ];
    let (mut length, mut value) = (0, 0);
    for eight in text.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*eight) ^ digits::ZEROS;
        let count = (digits::others(word).trailing_zeros() / 8) as usize;
        // What follows the digits is shifted out; zeros come in front of them.
        let counted = if count == 0 {
            0
        } else {
            word << (64 - 8 * count)
        };
        // Wraps only where it is thrown away.
        value = i64::wrapping_mul(value, POWERS[count]).wrapping_add(digits::value(counted) as i64);
        length += count;
        if length > SHORT {
            return None;
        }
        if count < 8 {
            break;
        }
    }
    Some((length, value))
}

/// The value of at most [`SHORT`] digits, eight at a time; none where one of them is no digit.
fn short(text: &[u8]) -> Option<i64> {
    let (eights, rest) = text.as_chunks::<8>();
    let mut value = 0;
    for eight in eights {
        let word = u64::from_le_bytes(*eight) ^ digits::ZEROS;
        if digits::others(word) != 0 {
            return None;
        }
        value = value * 100_000_000 + digits::value(word) as i64;
    }
    for digit in rest {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(value)
}

impl Ord for Score<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value).then_with(|| {
            // Equal as short values, or both long and on one side of zero: more digits are further from zero.
            let long = |text: &[u8]| text.len() > SHORT && self.value.abs() == i64::MAX;
            if !long(self.text) {
                return Ordering::Equal;
            }
            let by_magnitude = (self.text.len(), self.text).cmp(&(other.text.len(), other.text));
            if self.value < 0 {
                by_magnitude.reverse()
            } else {
                by_magnitude
            }
        })
    }
}

impl PartialOrd for Score<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Score<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Score<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compare(a: &str, b: &str) -> Ordering {
        let parse = |text: &str| Score::parse(text.as_bytes()).unwrap().value();
        let of = |text| Score::of_parts(parse(text), text.as_bytes());
        let order = of(a).cmp(&of(b));
        assert_eq!(of(a) == of(b), order.is_eq(), "{a} and {b}");
        order
    }

    #[test]
    fn compares_exactly_where_a_float_would_not() {
        for (a, b, expected) in [
            ("9007199254740993", "9007199254740992", Ordering::Greater),
            ("-0", "0", Ordering::Equal),
            ("999999999999999999", "1000000000000000000", Ordering::Less),
            ("9223372036854775807", "9223372036854775808", Ordering::Less),
            (
                "-9223372036854775808",
                "-9223372036854775807",
                Ordering::Less,
            ),
            (
                "-1000000000000000000",
                "-999999999999999999",
                Ordering::Less,
            ),
            ("-5", "3", Ordering::Less),
            (
                "123456789012345678901",
                "123456789012345678900",
                Ordering::Greater,
            ),
        ] {
            assert_eq!(compare(a, b), expected, "{a} and {b}");
            assert_eq!(compare(b, a), expected.reverse(), "{b} and {a}");
        }
    }

    #[test]
    fn accepts_what_json_calls_an_integer_and_nothing_else() {
        for good in [
            "0",
            "-0",
            "7",
            "-7",
            "100",
            "123456789012345678901234567890",
        ] {
            assert!(Score::parse(good.as_bytes()).is_some(), "{good}");
        }
        for bad in [
            "", "-", "+1", "01", "-01", "00", "1.0", "1e3", " 1", "1 ", "0x1", "١", "1_0",
        ] {
            assert!(Score::parse(bad.as_bytes()).is_none(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn leading_digits_are_counted_and_valued(value in 0u64..1 << 59, cut in 0usize..19, behind: u8) {
            let digits = &value.to_string()[..cut.min(value.to_string().len())];
            // Digits behind something else are not leading.
            let mut text = [b'7'; 24];
            text[..digits.len()].copy_from_slice(digits.as_bytes());
            text[digits.len()] = behind;
            if behind.is_ascii_digit() {
                prop_assert_eq!(leading_digits(&text), None);
            } else {
                let expected = (digits.len(), digits.parse().unwrap_or(0));
                let fits = digits.len() <= SHORT;
                prop_assert_eq!(leading_digits(&text), fits.then_some(expected));
            }
        }

        #[test]
        fn agrees_with_128_bit_integers(a: i128, b: i128, shift_a in 0u32..128, shift_b in 0u32..128) {
            let (a, b) = (a >> shift_a, b >> shift_b);
            prop_assert_eq!(compare(&a.to_string(), &b.to_string()), a.cmp(&b));
        }
    }
}
