//! The program as a user runs it who is not root, who may do everything.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Anybody but root.
const NOBODY: u32 = 65_534;

/// A folder with the program in it, whose own place may be closed to that user, and with one that belongs to the user.
pub struct Unprivileged {
    folder: tempfile::TempDir,
    is_root: bool,
}

impl Unprivileged {
    pub fn new() -> Self {
        // Not in /dev/shm, from which no program may be started on some systems.
        let folder = tempfile::tempdir().unwrap();
        let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
        let place = Unprivileged { folder, is_root };
        // Not by this process: a child of another test would inherit the open file, and what is written to cannot be run.
        let mut copy = Command::new("cp");
        copy.args([
            env!("CARGO_BIN_EXE_mixtape").as_ref(),
            place.programs().join("mixtape").as_os_str(),
        ]);
        assert!(copy.status().unwrap().success());
        fs::create_dir(place.path("")).unwrap();
        set_mode(place.programs(), 0o755);
        place
    }

    /// Where the program is.
    pub fn programs(&self) -> &Path {
        self.folder.path()
    }

    /// A place in the folder of the user's own.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("work").join(name)
    }

    /// Makes all that is there the user's own.
    pub fn give_all(&self) {
        if self.is_root {
            give(&self.path(""));
        }
    }

    pub fn set_mode(&self, name: &str, mode: u32) {
        set_mode(&self.path(name), mode);
    }

    /// Lets `command` run as the user.
    pub fn run_as(&self, command: &mut Command) {
        if self.is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
    }
}

/// So that the folder can be removed again.
impl Drop for Unprivileged {
    fn drop(&mut self) {
        open(&self.path(""));
    }
}

fn open(folder: &Path) {
    set_mode(folder, 0o755);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            open(&path);
        }
    }
}

fn give(path: &Path) {
    chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path());
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}
