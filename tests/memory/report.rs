//! `report`: the database adds up.

use std::io;
use std::num::NonZeroU64;

use data_gen::{Events, ListeningOptions, Rate, Recommendations};

use crate::measure::{MIB, measure, pour};
use crate::support::Folder;

#[test]
fn more_users_cost_a_report_no_memory() {
    let folder = Folder::new();
    let path = |name: &str| folder.path(name).into_os_string();
    let run = |users| {
        let options = ListeningOptions {
            users: NonZeroU64::new(users).unwrap(),
            tracks: NonZeroU64::new(2_000).unwrap(),
            events: 10 * users,
            invalid: Rate::default(),
            seed: 1,
        };
        let playlists = std::fs::File::create(folder.path("playlists")).unwrap();
        pour(Recommendations::new(options), playlists);
        let database = path(&format!("{users}.db"));
        let arguments = [
            "consolidate".into(),
            path("playlists"),
            "-".into(),
            "--db".into(),
            database.clone(),
            "-q".into(),
        ];
        measure(arguments, 0, Events::new(options));
        let arguments = [
            "report".into(),
            "--db".into(),
            database,
            "--html".into(),
            "-".into(),
        ];
        measure(arguments, 0, io::empty())
    };
    // The smaller one already fills the caches that the database sorts with.
    let (small, large) = (run(8_000).peak, run(24_000).peak);
    assert!(large < small + 2 * MIB, "{small} and {large} bytes");
    assert!(large < 20 * MIB, "{large} bytes");
}
