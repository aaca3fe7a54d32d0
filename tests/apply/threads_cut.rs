//! Compressed CHANGES that are cut: any number of threads says the same of them.

use data_gen::ChangesLayout;

use crate::run::Place;
use crate::support::generated::mixtape_of;
use crate::support::long;
use crate::threads::{changes, given, gzip, zstd};

#[test]
fn cut_compressed_changes_are_told_of_in_the_same_words_by_any_number_of_threads() {
    let place = Place::new(mixtape_of(2_000), "");
    for layout in [ChangesLayout::Ndjson, ChangesLayout::Array] {
        let changes = changes(layout);
        for (name, packed) in [("gzip", gzip(&changes)), ("zstd", zstd(&changes))] {
            let length = packed.len();
            let places = [
                length / 2,
                length - 1,
                length / 9,
                length - 9,
                length * 4 / 5,
            ];
            for cut in &places[..long::few_or(2, places.len())] {
                place.0.write("changes.json", &packed[..*cut]);
                let arguments = "mixtape.json changes.json output.json --rejects rejects";
                let one = given(&place, arguments, b"", "1");
                let said = format!("the {name} data ends too early, after {cut} compressed bytes");
                assert!(one.stderr.contains(&said), "{}", one.stderr);
                assert_eq!(one.code, Some(2));
                for threads in ["2", "3", "8"] {
                    let many = given(&place, arguments, b"", threads);
                    let what = format!("{layout:?}, {name}, cut at {cut}, {threads} threads");
                    assert_eq!(many.stderr, one.stderr, "{what}");
                    assert_eq!(many, one, "{what}");
                }
            }
        }
    }
}
