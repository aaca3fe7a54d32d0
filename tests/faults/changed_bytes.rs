//! MIXTAPE with one byte changed, or cut off: a clean error, or what an independent reader finds in it too.

use mixtape::apply::ApplyOptions;
use serde_json::Value;

use crate::run::{GOOD, MIXTAPE, Place};
use crate::support::apply_in_process;

const WRAPPED: &str = r#"{"users": [{"user_id": "1", "n": "é\u00e9"}],
 "playlists": [{"playlist": {"id": 1, "user_id": "1", "songs": ["8", 2]}, "x": -1.5e3}], "songs": [{"id": "8"}, {"id": 2}]}
"#;

/// Bytes that mean something in JSON, and some that mean nothing anywhere.
const BYTES: &[u8] = b"\0\n \"\\,:[]{}01-.etz\x7f";

#[test]
fn every_changed_byte_of_the_mixtape_is_accepted_or_a_clean_error() {
    let (mut accepted, mut refused) = (0, 0);
    let changes = format!("{GOOD}\n{}\n", GOOD.replace("\"1\"", "1"));
    for mixtape in [MIXTAPE, WRAPPED] {
        for at in 0..mixtape.len() {
            for &byte in BYTES {
                let mut changed = mixtape.as_bytes().to_vec();
                changed[at] = byte;
                // What is no text is below: in process, documents are texts.
                let Ok(changed) = String::from_utf8(changed) else {
                    continue;
                };
                let options = ApplyOptions::default();
                let outcome = apply_in_process(&changed, changes.as_bytes(), usize::MAX, &options);
                let json = serde_json::from_str::<Value>(&changed);
                match outcome {
                    Err(error) => {
                        assert_eq!(error.kind().exit_code(), 2, "{changed}\n{error}");
                        let place = error.position().expect("a place").byte as usize;
                        assert!(place <= changed.len(), "{changed}\n{error}");
                        refused += 1;
                    }
                    Ok(applied) => {
                        let before = json.expect("what is accepted is JSON");
                        let after: Value = serde_json::from_str(&applied.output).expect("JSON");
                        let done = &applied.summary;
                        let counted = done.applied.values().chain(done.rejected.values());
                        assert_eq!(counted.sum::<u64>(), done.read, "{changed}");
                        assert_eq!(done.read, 2, "{changed}");
                        for untouched in ["users", "songs"] {
                            assert_eq!(before[untouched], after[untouched], "{changed}");
                        }
                        accepted += 1;
                    }
                }
            }
        }
    }
    assert!(
        accepted > 500 && refused > 500,
        "{accepted} accepted, {refused} refused"
    );
}

#[test]
fn a_mixtape_cut_inside_a_character_is_an_error_at_its_end() {
    let cut = WRAPPED.find('é').unwrap() + 1;
    let place = Place::new(&WRAPPED.as_bytes()[..cut], "");
    for (mixtape, input) in [
        ("mixtape.json", &b""[..]),
        ("-", &WRAPPED.as_bytes()[..cut]),
    ] {
        let run = place.run_with_input(&format!("{mixtape} changes.json output.json"), &[], input);
        let run = run.assert_code(2);
        let byte: usize = run
            .stderr
            .rsplit_once("(byte ")
            .and_then(|(_, end)| end.trim_end().strip_suffix(')')?.parse().ok())
            .expect(&run.stderr);
        assert!((cut - 1..=cut).contains(&byte), "{run:?}");
    }
}
