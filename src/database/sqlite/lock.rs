//! The lock of those who work on a database for long.
//!
//! A file beside the database, because SQLite's own lock is for one transaction. The system gives it up when the process ends,
//! however that happens; the file stays.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use super::super::engine::{Failed, Tried};
use crate::error::Error;

/// What came of trying to take it.
pub(super) enum Lock {
    /// It is held as long as this file is open.
    Taken(File),
    /// Who holds it.
    HeldBy(String),
}

/// Tries to take the lock of the database at a path.
pub(super) fn try_lock(database: &Path) -> Tried<Lock> {
    let mut path = database.to_owned().into_os_string();
    path.push(".lock");
    let failed =
        |error: io::Error| Failed::Caller(Error::io("lock", &path.display().to_string(), error));
    let mut options = File::options();
    let file = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path);
    let mut file = file.map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {
            let holder = format!("process {}", std::process::id());
            file.set_len(0)
                .and_then(|()| file.write_all(holder.as_bytes()))
                .map_err(failed)?;
            Ok(Lock::Taken(file))
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            Ok(Lock::HeldBy(if holder.is_empty() {
                "somebody".into()
            } else {
                holder
            }))
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
