//! What rejects mean to a run: whether the first one ends it, and how many it may have before it is taken for one that goes wrong.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// What a reject means to the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnReject {
    /// It is set aside.
    GoOn,
    /// The run ends with an error, and nothing more is written.
    Stop,
}

/// The most rejects of a run.
///
/// ```
/// use mixtape::rejects::RejectLimit;
/// let limit: RejectLimit = "2.5%".parse()?;
/// assert!(!limit.is_passed(50, 2_000));
/// assert!(limit.is_passed(51, 2_000));
/// let limit: RejectLimit = "10".parse()?;
/// assert!(limit.is_passed(11, 1_000_000));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RejectLimit {
    /// So many.
    Count(u64),
    /// So many of a hundred.
    Percent(f64),
}

/// A share says nothing before so many are read.
const FEWEST_FOR_A_SHARE: u64 = 1_000;

impl RejectLimit {
    /// Whether `rejected` of `read` are too many, at the end of a run.
    pub fn is_passed(self, rejected: u64, read: u64) -> bool {
        match self {
            RejectLimit::Count(most) => rejected > most,
            // Exact: both are counted far below 2^53.
            RejectLimit::Percent(percent) => rejected as f64 * 100.0 > percent * read as f64,
        }
    }

    /// Whether they are too many while it is not yet known what follows: a share needs a thousand to be one.
    pub fn is_passed_already(self, rejected: u64, read: u64) -> bool {
        let counts = matches!(self, RejectLimit::Count(_)) || read >= FEWEST_FOR_A_SHARE;
        counts && self.is_passed(rejected, read)
    }

    /// The error of a run in which it is passed.
    pub fn error(self, name: &str, what: &str, rejected: u64, read: u64) -> Error {
        Error::limit(format!(
            "{name}: {rejected} of {read} {what} are rejected, and --max-rejects {self} allows no more"
        ))
    }
}

impl FromStr for RejectLimit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = match text.strip_suffix('%') {
            None => text.parse().ok().map(RejectLimit::Count),
            Some(percent) => percent
                .trim_end()
                .parse()
                .ok()
                .filter(|percent| (0.0..=100.0).contains(percent))
                .map(RejectLimit::Percent),
        };
        parsed.ok_or_else(|| "expected a number such as 100, or a share such as 1%".to_owned())
    }
}

impl fmt::Display for RejectLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RejectLimit::Count(most) => write!(f, "{most}"),
            RejectLimit::Percent(percent) => write!(f, "{percent}%"),
        }
    }
}
