//! The temporary file beside an output, which no way out leaves behind.

use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::fault::{self, Operation};
use super::path::folder_of;
use super::write_behind::WriteBehind;

/// Longest name that is part of the temporary one, in bytes.
const LONGEST_PREFIX: usize = 200;

/// Those that exist now. A signal ends the process without dropping anything, so whoever handles it must know them.
static TEMPORARIES: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes the temporary files of all outputs that are under construction: for a program that a signal is about to end.
/// The targets stay as they are.
pub fn remove_temporaries() {
    let mut temporaries = temporaries();
    for path in temporaries.drain(..) {
        let _ = fs::remove_file(path);
    }
    // Never unlocked: until the process has ended nobody makes another one, or misses the one that it was about to rename.
    std::mem::forget(temporaries);
}

/// A file beside its target that takes the target's place, or goes away.
pub(super) struct Temporary {
    file: NamedTempFile,
    writing: WriteBehind,
    registered: Registered,
}

/// Its entry in the list.
struct Registered(PathBuf);

impl Temporary {
    /// Makes one in the target's folder, because a rename cannot leave its disk. Nobody may do more with it than with the file
    /// of these permissions, which it is to replace.
    pub(super) fn beside(target: &Path, permissions: Option<&Permissions>) -> io::Result<Self> {
        let mut prefix = OsString::from(".");
        let name = target.file_name().unwrap_or_default();
        // A name may have 255 bytes: what is added must fit beside it.
        prefix.push(if name.len() <= LONGEST_PREFIX {
            name
        } else {
            "output".as_ref()
        });
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(".partial");
        // A new file gets the mode that the user's umask gives to any new file.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = permissions.map_or(0o666, |existing| existing.mode() & 0o666);
            builder.permissions(Permissions::from_mode(mode));
        }
        #[cfg(not(unix))]
        let _ = permissions; // they say only whether it may be written
        let folder = folder_of(target);
        // Asked first: a missing folder's error shall not name a file that the user has never heard of.
        fs::metadata(folder).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                let message = format!("the folder {} does not exist", folder.display());
                io::Error::new(ErrorKind::NotFound, message)
            }
            _ => error,
        })?;
        fault::check(Operation::Create)?;
        // Held meanwhile: a signal comes before it exists, or finds it.
        let mut temporaries = temporaries();
        let file = builder.tempfile_in(folder).map_err(|error| {
            // Not the library's own words: they name a file that the user has never heard of.
            let (kind, folder) = (error.kind(), folder.display());
            let message = "it is made under a temporary name first, and";
            let message = format!("{message} {folder} takes no new file: {kind}");
            io::Error::new(kind, message)
        })?;
        let path = file.path().to_owned();
        temporaries.push(path.clone());
        let registered = Registered(path);
        Ok(Temporary {
            file,
            writing: WriteBehind::new(),
            registered,
        })
    }

    /// Writes the block, now or soon, and leaves an empty one in its place.
    pub(super) fn write(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
        // Not through the library, which would put the temporary name into the error.
        self.writing.write(block, self.file.as_file())
    }

    /// Puts what was written on the disk and under the target's name. A failed sync is never tried again: the system may have
    /// dropped what it could not write, and a second one would lie.
    pub(super) fn replace(self, target: &Path, permissions: Option<Permissions>) -> io::Result<()> {
        let Temporary {
            file,
            writing,
            registered,
        } = self;
        let write_back = writing.finish()?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        fault::check(Operation::Sync)?;
        write_back.finish()?;
        file.as_file().sync_all()?;
        fault::check(Operation::Rename)?;
        {
            // A signal comes before the rename, and there is none, or after it, and finds nothing to remove.
            let _turn = temporaries();
            file.persist(target).map_err(|error| error.error)?;
        }
        drop(registered);
        // The new name itself must survive a crash too. Folders cannot be opened for this everywhere (Windows).
        #[cfg(unix)]
        {
            fault::check(Operation::Sync)?;
            File::open(folder_of(target))?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        temporaries().retain(|path| *path != self.0);
    }
}

fn temporaries() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARIES.lock().unwrap_or_else(PoisonError::into_inner)
}
