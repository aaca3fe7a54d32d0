//! What the engine of files makes of the same: the store is held against it.

use super::support::Folder;

/// OUTPUT and the reject file of `apply`.
pub struct Files {
    pub output: String,
    pub rejects: String,
}

impl Files {
    pub fn of(mixtape: impl AsRef<[u8]>, changes: impl AsRef<[u8]>) -> Self {
        let folder = Folder::new();
        folder.write("mixtape.json", mixtape);
        folder.write("changes", changes);
        let arguments = "apply mixtape.json changes out --rejects rejects";
        let run = folder.run(arguments.split(' '));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        Files {
            output: folder.read("out"),
            rejects: folder.read("rejects"),
        }
    }
}
