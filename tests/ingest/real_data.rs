//! The real rows, where they are at hand.

use std::path::PathBuf;

use serde_json::Value;

use super::model::{self, Interval};
use super::support::{Folder, say_skipped};
use super::tables::{counts, read_files};

/// The folder of real data; none, and a printed reason, where it is not there.
pub fn real_rows() -> Option<PathBuf> {
    let folder = std::env::var_os("MIXTAPE_TEST_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = folder.join("youtube-playlists/youtube_playlist.json");
    if path.is_file() {
        return Some(path);
    }
    say_skipped(&format!(
        "{} is not there; MIXTAPE_TEST_DATA names the folder of real data",
        path.display()
    ));
    None
}

/// Rows of the eight tables at day granularity.
pub const ROWS: [usize; 8] = [7, 10, 504, 164, 16, 39, 1688, 504];

#[test]
fn the_logs_of_the_real_rows_are_those_of_the_model() {
    let Some(path) = real_rows() else { return };
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    for interval in [Interval::Day, Interval::Hour, Interval::Week] {
        let folder = Folder::new();
        let path = path.to_str().unwrap();
        let run = folder.run([
            "ingest",
            path,
            "--out",
            "tables",
            "--granularity",
            interval.name(),
        ]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let tables = read_files(&folder.path("tables"));
        if let Interval::Day = interval {
            assert_eq!(counts(&tables), ROWS);
        }
        assert!(tables == model::tables(&rows, interval), "{interval:?}");
    }
}
