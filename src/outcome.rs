//! How a run ended that did not fail; how one fails is said by the library's `ErrorKind`.

use std::path::Path;
use std::process::ExitCode;

use mixtape::rejects::Rejects;

/// How a run ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is done.
    Done,
    /// Done, but something was rejected that nothing collects.
    Rejected,
}

impl Outcome {
    /// That of a run which is done and collects its rejects in a file, or not.
    pub fn of_rejects(rejects: &Rejects, file: Option<&Path>) -> Self {
        if rejects.total() > 0 && file.is_none() {
            Outcome::Rejected
        } else {
            Outcome::Done
        }
    }

    /// The exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Rejected => 3,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome.exit_code())
    }
}
