//! What the server says when it refuses.

use std::error::Error as StdError;
use std::fmt;

use super::super::engine::Failed;

/// An error of the client with all that it knows: by itself it says no more than "db error".
#[derive(Debug)]
pub(super) struct Said(pub(super) postgres::Error);

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(database) = self.0.as_db_error() else {
            write!(f, "{}", self.0)?;
            let mut cause = StdError::source(&self.0);
            while let Some(error) = cause {
                write!(f, ": {error}")?;
                if error.to_string() == "password missing" {
                    f.write_str("; it may stand in the URL, in PGPASSWORD or in ~/.pgpass")?;
                }
                cause = error.source();
            }
            return Ok(());
        };
        write!(
            f,
            "{} (SQLSTATE {})",
            database.message(),
            database.code().code()
        )?;
        for further in [database.detail(), database.hint()].into_iter().flatten() {
            write!(f, "; {further}")?;
        }
        Ok(())
    }
}

impl StdError for Said {}

impl From<postgres::Error> for Failed {
    fn from(error: postgres::Error) -> Self {
        Failed::Engine(Box::new(Said(error)))
    }
}
