//! A store: nothing of the mixtape is kept, and of the changes what a transaction needs.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::num::NonZeroU64;

use data_gen::{Changes, ChangesOptions};

use crate::measure::{MIB, measure, write_mixtape};
use crate::support::Folder;

#[test]
fn a_store_stays_below_64_mib_however_long_mixtape_and_changes_are() {
    let folder = Folder::new();
    let mut peaks = Vec::new();
    for (playlists, operations) in [(10_000, 30_000), (150_000, 300_000)] {
        let mixtape = write_mixtape(&folder, playlists, playlists, playlists);
        let database = folder.path(&format!("{playlists}.db"));
        let run = |arguments: &[&OsStr], input: &mut dyn Read| {
            let database = ["--db".as_ref(), database.as_os_str()];
            measure([arguments, &database].concat(), 0, input).peak
        };
        let changes = &mut Changes::new(ChangesOptions {
            playlists,
            users: NonZeroU64::new(playlists),
            songs: NonZeroU64::new(playlists),
            operations,
            ..ChangesOptions::default()
        });
        for (what, peak) in [
            (
                "import",
                run(&["import".as_ref(), mixtape.as_ref()], &mut io::empty()),
            ),
            ("apply", run(&["apply".as_ref(), "-".as_ref()], changes)),
            (
                "export",
                run(&["export".as_ref(), "-".as_ref()], &mut io::empty()),
            ),
        ] {
            assert!(peak < 64 * MIB, "{what} of {playlists} playlists: {peak}");
            peaks.push((what, peak));
        }
    }
    // Import and export keep nothing at all of the mixtape.
    for (small, large) in [(0, 3), (2, 5)] {
        let ((what, small), (_, large)) = (peaks[small], peaks[large]);
        assert!(large < small + 8 * MIB, "{what}: {small}, then {large}");
    }
}
