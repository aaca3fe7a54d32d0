//! What each operation does and when it is rejected, through every route.

use serde_json::json;

use crate::routes::{SPELLINGS, STYLES, Spelling, add, changes, document, new, outline, remove};
use crate::rows::{Row, later_see_earlier, not_understood, remove_playlist};
use crate::rows_add::{add_playlist, add_song};
use crate::run::{Place, apply};
use crate::support::random::{Style, write};

#[test]
fn every_rule_holds_through_every_layout_and_style_of_changes() {
    for (i, (name, operations, expected, rejects)) in all_rows().into_iter().enumerate() {
        let spelling = SPELLINGS[i % SPELLINGS.len()];
        let mixtape = write(Style::Spaced, &document(spelling));
        for (route, changes) in changes(&operations) {
            check(
                &format!("{name}; {route}"),
                &mixtape,
                spelling,
                &changes,
                expected,
                rejects,
            );
        }
    }
}

#[test]
fn every_rule_holds_for_every_layout_and_style_of_mixtape() {
    for (i, (name, operations, expected, rejects)) in all_rows().into_iter().enumerate() {
        let changes = write(Style::Compact, &json!(operations));
        // Every spelling meets every style in some row; all pairs in all rows would only take longer.
        for (j, (style_name, style)) in STYLES.into_iter().enumerate() {
            let spelling = SPELLINGS[(i + j) % SPELLINGS.len()];
            let mixtape = write(style, &document(spelling));
            let name = format!("{name}; {style_name}, {spelling:?}");
            check(&name, &mixtape, spelling, &changes, expected, rejects);
        }
    }
}

#[test]
fn every_rule_holds_for_the_program_with_files_and_pipes() {
    for (name, operations, expected, rejects) in all_rows() {
        let mixtape = write(Style::Indented, &document(Spelling::Owner));
        let changes = write(Style::Indented, &json!(operations));
        let place = Place::new(&mixtape, &changes);
        let code = if rejects.is_empty() { 0 } else { 3 };
        let runs = [
            ("mixtape.json changes.json -", ""),
            ("- changes.json -", &*mixtape),
            ("mixtape.json - -", &*changes),
        ];
        for (paths, input) in runs {
            let run = place.run_with_input(paths, &[], input.as_bytes());
            assert_eq!(run.code, Some(code), "{name}; {paths}: {run:?}");
            assert_eq!(
                outline(&run.stdout, Spelling::Owner),
                expected,
                "{name}; {paths}"
            );
            for (number, reason) in rejects {
                let shown = format!(": operation {number}, $[{}]: {reason}: ", number - 1);
                assert!(run.stderr.contains(&shown), "{name}; {paths}: {run:?}");
            }
        }
    }
}

#[test]
fn later_operations_see_earlier_ones_however_far_apart_they_are() {
    // Batches of operations are looked up together; 64 are one.
    for distance in [0, 1, 62, 63, 64, 65, 200] {
        let mut operations = vec![remove("2"), new("1", &["1"])];
        operations.extend(std::iter::repeat_n(add("x", "1"), distance));
        operations.extend([add("4", "2"), add("2", "2"), new("1", &["9"])]);
        let applied = apply(
            &write(Style::Compact, &document(Spelling::Owner)),
            &json!(operations).to_string(),
        );
        let expected = "1:1[1] 3:2[] 4:1[1 2] 5:1[9]";
        assert_eq!(outline(&applied.output, Spelling::Owner), expected);
        assert_eq!(applied.rejects.len(), distance + 1);
    }
}

fn all_rows() -> Vec<Row> {
    let tables = [
        add_song,
        add_playlist,
        remove_playlist,
        later_see_earlier,
        not_understood,
    ];
    tables.into_iter().flat_map(|table| table()).collect()
}

#[track_caller]
fn check(
    name: &str,
    mixtape: &str,
    spelling: Spelling,
    changes: &str,
    expected: &str,
    rejects: &[(u64, &str)],
) {
    let applied = apply(mixtape, changes);
    assert_eq!(
        outline(&applied.output, spelling),
        expected,
        "{name}\n{changes}"
    );
    let found = applied.reasons();
    let found: Vec<(u64, &str)> = found.iter().map(|(n, reason)| (*n, &**reason)).collect();
    assert_eq!(found, rejects, "{name}\n{changes}");
}
