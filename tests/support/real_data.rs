//! Real rows, which are no part of this repository.

use std::path::PathBuf;

use super::skipped;

/// The folder of real playlists; none, and a printed reason, where it is not there.
pub fn real_playlists() -> Option<PathBuf> {
    let named = std::env::var_os("MIXTAPE_TEST_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from(super::ROOT).join("../shared/data"));
    let folder = folder.join("youtube-playlists");
    if folder.is_dir() {
        return Some(folder);
    }
    skipped(&format!(
        "{} is not there; MIXTAPE_TEST_DATA names the folder of real data",
        folder.display()
    ));
    None
}
