//! The real rows, where they are at hand.

use std::path::PathBuf;

use serde_json::Value;

use super::model::{self, Interval};
use super::support::{Folder, real_playlists};
use super::tables::{counts, read_files};

/// The file of real rows, where it is at hand.
pub fn real_rows() -> Option<PathBuf> {
    Some(real_playlists()?.join("youtube_playlist.json"))
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
