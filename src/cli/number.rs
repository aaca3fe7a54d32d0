//! Whole numbers on the command line.

use std::num::{IntErrorKind, NonZeroU32, ParseIntError};
use std::str::FromStr;

/// A whole number; of a type that knows no zero, from 1 on.
pub fn number<T: FromStr<Err = ParseIntError>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: ParseIntError| {
        match error.kind() {
            IntErrorKind::Zero => "expected a number from 1 on",
            IntErrorKind::PosOverflow => "that is too large a number",
            _ => "expected a whole number",
        }
        .to_owned()
    })
}

/// How deeply something may nest: it is one level deep at least.
pub fn depth(text: &str) -> Result<u32, String> {
    number::<NonZeroU32>(text).map(NonZeroU32::get)
}
