//! Real rows, which are no part of this repository.

use std::path::PathBuf;

use super::skipped;

/// The folder of real playlists; none, and a printed reason, where their rows are not there.
pub fn real_playlists() -> Option<PathBuf> {
    let named = std::env::var_os("MIXTAPE_TEST_DATA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| PathBuf::from(super::ROOT).join("../shared/data"));
    let folder = folder.join("youtube-playlists");
    let rows = folder.join("youtube_playlist.json");
    if rows.is_file() {
        return Some(folder);
    }
    skipped(&format!(
        "{} is not there; MIXTAPE_TEST_DATA names the folder of real data",
        rows.display()
    ));
    None
}
