//! A share of all records, exact to one in a million and free of floating point.

use std::fmt;
use std::str::FromStr;

/// A share of records, as a whole number of parts per million.
///
/// ```
/// let rate: data_gen::Rate = "0.01".parse().unwrap();
/// assert_eq!(rate.per_million(), 10_000);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u32);

impl Rate {
    /// No record at all.
    pub const NEVER: Self = Self(0);
    /// Every record.
    pub const ALWAYS: Self = Self(1_000_000);

    /// A rate of so many records in a million; more than a million counts as every record.
    pub const fn from_per_million(parts: u32) -> Self {
        if parts < Self::ALWAYS.0 {
            Self(parts)
        } else {
            Self::ALWAYS
        }
    }

    /// How many records in a million.
    pub const fn per_million(self) -> u32 {
        self.0
    }
}

/// The text is not a fraction from 0 to 1 with at most six decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseRateError;

impl fmt::Display for ParseRateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a fraction from 0 to 1 with at most six decimals, such as 0.01")
    }
}

impl std::error::Error for ParseRateError {}

impl FromStr for Rate {
    type Err = ParseRateError;

    fn from_str(text: &str) -> Result<Self, ParseRateError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || decimals.len() > 6 {
            return Err(ParseRateError);
        }
        // "01" becomes "010000": the decimals read as millionths.
        let millionths: u32 = format!("{decimals:0<6}")
            .parse()
            .map_err(|_| ParseRateError)?;
        match whole.parse::<u32>() {
            Ok(0) => Ok(Self(millionths)),
            Ok(1) if millionths == 0 => Ok(Self::ALWAYS),
            _ => Err(ParseRateError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_become_parts_per_million() {
        for (text, parts) in [
            ("0", 0),
            ("0.0", 0),
            ("0.01", 10_000),
            ("0.000001", 1),
            ("1", 1_000_000),
            ("1.0", 1_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Rate(parts)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            ".",
            "1.5",
            "1.000001",
            "2",
            "-0.1",
            "+0.1",
            "1e-3",
            "5%",
            "0.0000001",
            "0.",
            "NaN",
        ] {
            assert_eq!(text.parse::<Rate>(), Err(ParseRateError), "{text}");
        }
    }
}
