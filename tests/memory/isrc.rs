//! `isrc`: the smaller side is held, the larger one streams past it.

use std::io::Read;

use data_gen::{Artists, CatalogueOptions, MediaItems, Tracks};

use crate::measure::{MIB, measure, pour};
use crate::support::Folder;

#[test]
fn isrc_holds_the_smaller_side_and_streams_the_other() {
    let folder = Folder::new();
    let options = |tracks| CatalogueOptions {
        tracks,
        media_items: 2_000,
        seed: 1,
    };
    let write = |name: &str, rows: &mut dyn Read| {
        pour(rows, std::fs::File::create(folder.path(name)).unwrap());
    };
    let media_items = &mut MediaItems::new(options(20_000));
    write("media_item_metadata_log.csv", media_items);
    write("artists.csv", &mut Artists::new(options(20_000)));
    let tables = folder.path("");
    let tables = tables.to_str().unwrap();
    let run = |tracks| {
        let arguments = ["isrc", "-", "--in", tables, "--out", tables, "--quiet"];
        measure(arguments, 0, Tracks::new(options(tracks)))
    };
    let (small, large) = (run(10_000), run(80_000));
    assert!(large.input > 7 * small.input);
    assert!(
        large.peak < small.peak + MIB,
        "{} and {} bytes",
        small.peak,
        large.peak
    );
    assert!(large.peak < 16 * MIB, "{} bytes", large.peak);
}
