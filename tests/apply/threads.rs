//! `--threads`: any number of them gives the same bytes, whatever the changes come from.

use std::io::Write;

use data_gen::{Changes, ChangesLayout, ChangesOptions, Mixtape, MixtapeOptions, Rate};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::run::Place;
use crate::support::generated::all;

const PLAYLISTS: u64 = 2_000;

fn changes(layout: ChangesLayout) -> Vec<u8> {
    all(Changes::new(ChangesOptions {
        playlists: PLAYLISTS,
        operations: 20_000,
        reject: Rate::from_per_million(20_000),
        layout,
        ..ChangesOptions::default()
    }))
}

/// OUTPUT, the rejects, and what the summary counts.
fn run(place: &Place, changes: &str, input: &[u8], threads: &str) -> [String; 3] {
    let paths = format!("mixtape.json {changes} output.json");
    let further = [
        "--rejects",
        "rejects",
        "--summary",
        "summary",
        "--threads",
        threads,
    ];
    place.run_with_input(&paths, &further, input).assert_code(0);
    let summary: serde_json::Value = serde_json::from_str(&place.read("summary")).unwrap();
    let counted = [
        "read",
        "applied",
        "rejected",
        "playlists_after",
        "changes_bytes",
    ];
    let counted = counted
        .map(|name| format!("{name}: {}", summary[name]))
        .join("\n");
    [place.read("output.json"), place.read("rejects"), counted]
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let mixtape = all(Mixtape::new(MixtapeOptions {
        playlists: PLAYLISTS,
        ..MixtapeOptions::default()
    }));
    for layout in [
        ChangesLayout::Array,
        ChangesLayout::Ndjson,
        ChangesLayout::Grouped,
    ] {
        let changes = changes(layout);
        let place = Place::new(&mixtape, &changes);
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&changes).unwrap();
        place.0.write("changes.json.gz", packed.finish().unwrap());
        let expected = run(&place, "changes.json", b"", "1");
        assert!(expected[0] != String::from_utf8_lossy(&mixtape) && !expected[1].is_empty());
        for threads in ["1", "2", "3", "8"] {
            for (path, input) in [
                ("changes.json", &b""[..]),
                ("-", &changes),
                ("changes.json.gz", b""),
            ] {
                let found = run(&place, path, input, threads);
                assert!(found == expected, "{layout:?}, {threads} threads, {path}");
            }
        }
    }
}
