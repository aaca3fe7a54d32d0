//! Which documents threads are asked about, and what is said of one whose end they had no part in.

use super::*;

#[test]
fn threads_are_asked_nothing_of_arrays_that_are_no_longer_than_a_stride() {
    for wrapped in [false, true] {
        let text = ordinary(STYLES[1], wrapped);
        // The last ones begin farther behind than one of them is long.
        let stride = text.len() as u64 / 4 * 3;
        assert_eq!(check(text.as_bytes(), &[(2, stride), (8, stride)]), 0);
        assert!(check(text.as_bytes(), &[(2, stride / 4)]) > 0);
    }
}

#[test]
fn an_id_too_long_for_the_window_is_said_to_be_so_as_one_thread_says_it() {
    // What is skipped is not read, so that windows end elsewhere.
    let plain = r#"{"id":7,"song_ids":["1","2"]},"#.repeat(12_000);
    let long = "7".repeat(600_000);
    let text = format!(
        r#"{{"users":[],"songs":[],"playlists":[{plain}{{"id":"{long}","song_ids":[]}}]}}"#
    );
    check(text.as_bytes(), &[(2, 100_000)]);
}
