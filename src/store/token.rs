//! A point in the history of a store.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A point in the history of a store: all that was committed up to there. Whoever has one can wait until another process sees
/// it ([`Store::wait_for`](super::Store::wait_for)).
///
/// ```
/// use mixtape::store::Token;
/// let token: Token = "5f0c2a91-12".parse()?;
/// assert_eq!(token.to_string(), "5f0c2a91-12");
/// assert!("12".parse::<Token>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Which store.
    pub store: String,
    /// Commits since it was imported.
    pub commits: u64,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.store, self.commits)
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let parts = text.split_once('-').filter(|(store, _)| !store.is_empty());
        parts
            .and_then(|(store, commits)| {
                Some(Token {
                    store: store.to_owned(),
                    commits: commits.parse().ok()?,
                })
            })
            .ok_or_else(|| {
                "expected a token as a summary or `mixtape status` shows it, such as 5f0c2a91-12"
                    .to_owned()
            })
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
