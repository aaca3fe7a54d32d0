//! Limits: depth, one operation, one id; each passed with exit code 2 and the flag that lifts it.

use crate::run::{GOOD, MIXTAPE, Place};

#[test]
fn deep_nesting_ends_the_run_in_every_layout() {
    for depth in [200, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let rows = [
                (MIXTAPE.to_owned(), format!("[{{\"x\": {deep}}}]")),
                (MIXTAPE.to_owned(), format!("{{\"x\": {deep}}}\n{GOOD}\n")),
                (
                    MIXTAPE.to_owned(),
                    format!("{{\"additions\": {{}}, \"x\": {deep}}}"),
                ),
                (
                    MIXTAPE.replacen('{', &format!("{{\"x\": {deep},"), 1),
                    GOOD.to_owned(),
                ),
            ];
            for (mixtape, changes) in rows {
                let run = Place::new(mixtape, changes).apply(&[]).assert_code(2);
                assert!(
                    run.error().contains(
                        "nested more than 128 levels deep; --max-depth sets this limit (byte "
                    ),
                    "{run:?}"
                );
            }
        }
    }
}

#[test]
fn an_operation_may_be_as_long_as_the_limit_and_no_longer() {
    let rows = [("[", "]"), ("", "\n")];
    for (before, after) in rows {
        let place = Place::new(MIXTAPE, format!("{before}{GOOD}{after}"));
        let limit = GOOD.len().to_string();
        place.apply(&["--max-operation", &limit]).assert_code(0);
        let limit = (GOOD.len() - 1).to_string();
        let run = place.apply(&["--max-operation", &limit]).assert_code(2);
        let start = format!(
            "error: changes.json:1:{}: one operation is longer than {limit} bytes; --max-operation sets",
            before.len() + 1
        );
        assert!(run.error().starts_with(&start), "{run:?}");
    }
}

#[test]
fn an_operation_that_never_ends_is_an_error_that_names_the_flag() {
    let long = "x".repeat(2 << 20);
    let rows = [
        format!("[{{\"type\": \"{long}"),
        format!("{GOOD}\n{{\"type\": \"{long}"),
        format!("{GOOD}\noops {long}\n{GOOD}"),
        format!("{{\"deletions\": {{\"playlists\": [\"{long}"),
        format!("{{\"additions\": {{\"new_playlists\": [{{\"x\": \"{long}"),
    ];
    for changes in rows {
        let place = Place::new(MIXTAPE, &changes);
        let run = place.apply(&["--max-operation", "1MiB"]).assert_code(2);
        assert!(
            run.error().contains("--max-operation"),
            "{}",
            &changes[..40]
        );
        place.assert_holds("changes.json mixtape.json");
    }
}

#[test]
fn long_text_that_is_no_operation_passes_in_any_length() {
    let long = "x".repeat(2 << 20);
    let changes = format!(
        "{{\"additions\": {{\"existing_playlists_to_update\": [{{\"id\": \"1\", \"songs\": [\"8\"]}}]}}, \"note\": \"{long}\"}}"
    );
    let mixtape = MIXTAPE.replacen('{', &format!("{{\"note\": \"{long}\","), 1);
    let place = Place::new(&mixtape, changes);
    place
        .apply(&["--max-operation", "1MiB", "--max-id", "1MiB"])
        .assert_code(0);
    assert_eq!(
        place.read("output.json"),
        mixtape.replace("[\"1\"]", "[\"1\", \"8\"]")
    );
}

#[test]
fn an_id_of_the_mixtape_may_be_as_long_as_the_limit_and_no_longer() {
    // With its quotes, in which it stands in the document.
    for (length, code) in [(1022, 0), (1023, 2), (600_000, 2), (3 << 20, 2)] {
        let long = format!("\"{}\"", "7".repeat(length));
        for (own, reference) in [
            (r#""users": [{"id": "1"}"#, r#""1"}"#),
            (r#""songs": [{"id": "1"}"#, r#""1"}"#),
            (r#""playlists": [{"id": "1""#, r#""1""#),
            (r#""owner_id": "1""#, r#""1""#),
        ] {
            let start = own.len() - reference.len();
            let replaced = own[..start].to_owned() + &reference.replace("\"1\"", &long);
            let mixtape = MIXTAPE.replacen(own, &replaced, 1);
            let place = Place::new(&mixtape, "");
            let run = place.apply(&["--max-id", "1KiB"]).assert_code(code);
            if code == 2 {
                let message = "an id is longer than 1024 bytes; --max-id sets this limit (byte ";
                assert!(
                    run.error().starts_with("error: mixtape.json:"),
                    "{own}: {}",
                    run.error()
                );
                assert!(run.error().contains(message), "{own}: {}", run.error());
            }
        }
    }
}

#[test]
fn an_id_that_never_ends_meets_the_limit_before_it_fills_the_memory() {
    for before in [
        "{\"users\": [{\"id\": \"",
        "{\"playlists\": [{\"id\": ",
        "{\"playlists\": [{\"song_ids\": [\"",
    ] {
        let place = Place::new("", "");
        let mixtape = before.to_owned() + &"7".repeat(8 << 20);
        let further = ["--max-id", "1MiB"];
        let run = place.run_with_input("- changes.json output.json", &further, mixtape.as_bytes());
        assert!(run.assert_code(2).error().contains("--max-id"), "{before}");
    }
}

#[test]
fn documents_may_nest_as_deeply_as_the_limit_and_no_deeper() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    for value in [nested as fn(usize) -> String, objects] {
        for depth in [5, 6, 63, 127, 128, 129, 130, 255, 256, 257, 300, 1_000] {
            let limit = depth.to_string();
            // Two levels are those of the array and the operation, or of the mixtape's own member.
            for (levels, code) in [(depth, 0), (depth + 1, 2)] {
                let operation = GOOD.replacen('{', &format!("{{\"x\": {}, ", value(levels - 2)), 1);
                let mixtape =
                    MIXTAPE.replacen('{', &format!("{{\"x\": {}, ", value(levels - 1)), 1);
                for (mixtape, changes) in [
                    (MIXTAPE, &format!("[{operation}]")),
                    (&mixtape, &GOOD.to_owned()),
                ] {
                    let place = Place::new(mixtape, changes);
                    let run = place.apply(&["--max-depth", &limit]).assert_code(code);
                    if code == 0 {
                        assert!(place.read("output.json").contains("\"8\"]"), "{depth}");
                    } else {
                        let message = format!("more than {depth} levels deep; --max-depth sets");
                        assert!(run.stderr.contains(&message), "{depth}: {run:?}");
                    }
                }
                let place = Place::new(MIXTAPE, "");
                place.0.write(
                    "scores",
                    format!("1: {{\"x\": {}, \"id\": 1}}\n", value(levels - 1)),
                );
                let run = place.0.run(["top", "scores", "1", "--max-depth", &limit]);
                assert_eq!(run.code, Some(code), "{depth}: {run:?}");
            }
        }
    }
}
