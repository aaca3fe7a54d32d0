//! The whole way of a change, byte for byte, for every layout of both inputs.

mod laid_out;
mod spliced;
mod texts;

use std::fs;
use std::num::NonZeroUsize;

use super::*;
use crate::io::Drops;
use texts::*;

/// OUTPUT, and of each reject number, reason, place and operation; or what is wrong, and where.
type Applied = std::result::Result<(String, Vec<String>), String>;

fn run(mixtape: &str, changes: &str, drop: usize, options: &ApplyOptions) -> Applied {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("mixtape"), mixtape).unwrap();
    let mut rejects = Rejects::new(Some(Sink::create(&path("rejects")).unwrap()));
    let summary = apply(
        &Rereadable::open(&path("mixtape"), &Default::default()).unwrap(),
        "changes",
        Drops(changes.as_bytes(), drop),
        Sink::create(&path("output")).unwrap(),
        &mut rejects,
        options,
    );
    let summary = summary.map_err(|error| {
        let at = error.position().map(|at| (at.line, at.column));
        format!(
            "{at:?} {}: {}",
            error.path().unwrap_or_default(),
            error.message()
        )
    })?;
    let output = fs::read_to_string(path("output")).unwrap();
    let lines = fs::read_to_string(path("rejects")).unwrap();
    let rejects: Vec<String> = lines.lines().map(shown).collect();
    let applied: u64 = summary.applied.values().sum();
    assert_eq!(summary.read, applied + rejects.len() as u64);
    assert_eq!(summary.changes_bytes, changes.len() as u64);
    assert_eq!(summary.output_bytes, output.len() as u64);
    let again = Index::read(
        &Rereadable::open(&path("output"), &Default::default()).unwrap(),
        limits::of_id(MAX_ID),
    )
    .unwrap();
    assert_eq!(summary.playlists_after, again.playlist_count());
    Ok((output, rejects))
}

fn shown(line: &str) -> String {
    let reject: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| reject[name].as_str().unwrap_or_default().to_owned();
    let operation = line
        .split_once("\"operation\": ")
        .map_or("", |(_, text)| text);
    format!(
        "{} {} {}:{} {}{}",
        reject["number"],
        text("reason"),
        reject["line"],
        reject["column"],
        operation.strip_suffix('}').unwrap_or_default(),
        text("raw"),
    )
}

/// However CHANGES comes, and on any number of threads, it is the same.
fn applied(mixtape: &str, changes: &str, options: &ApplyOptions) -> Applied {
    let whole = run(mixtape, changes, usize::MAX, options);
    for (drop, threads, piece) in [(1, 1, 1), (7, 1, 1), (usize::MAX, 3, 40), (9, 2, 100)] {
        let options = ApplyOptions {
            threads: Threads {
                count: NonZeroUsize::new(threads).unwrap(),
                piece,
            },
            ..options.clone()
        };
        let other = run(mixtape, changes, drop, &options);
        assert_eq!(other, whole, "{changes} in drops of {drop} on {threads}");
    }
    whole
}

fn check(mixtape: &str, changes: &str, output: &str, rejects: &str) {
    let (found, rejected) = applied(mixtape, changes, &ApplyOptions::default()).unwrap();
    assert_eq!(found, output);
    assert_eq!(rejected.join("\n"), rejects);
}

#[test]
fn operations_do_what_the_rules_say_in_either_layout_of_mixtape() {
    check(PLAIN, OPERATIONS, PLAIN_CHANGED, REJECTS);
    // Only there a further member cannot be called as the songs are.
    let own_name = "24 duplicate_member 24:1 {\"type\": \"add_playlist\", \"owner_id\": \"1\", \"songs\": 1, \"song_ids\": [\"7\"]}\n25";
    check(
        WRAPPED,
        OPERATIONS,
        WRAPPED_CHANGED,
        &REJECTS.replacen("25", own_name, 1),
    );
}

#[test]
fn a_line_that_is_no_json_is_set_aside_and_the_next_one_read() {
    check(PLAIN, LINES, LINES_CHANGED, LINES_REJECTS);
}

#[test]
fn what_is_rejected_of_groups_is_written_as_an_operation_of_its_own() {
    check(PLAIN, GROUPED, GROUPED_CHANGED, GROUPED_REJECTS);
}

#[test]
fn a_new_playlist_of_a_group_has_the_id_it_brings() {
    let mixtape = r#"{"users": [{"id": 1}], "songs": [{"id": 2}], "playlists": [{"id": 3, "user_id": 1, "song_ids": [2]}]}"#;
    let changes = r#"{"additions": {"new_playlists": [{"user_id": 1, "id": "n", "songs": [2]}, {"id": 3, "user_id": 1, "songs": [2]}]}}"#;
    let output = mixtape.replace(
        "[2]}]",
        "[2]}, {\"id\": \"n\", \"user_id\": 1, \"song_ids\": [2]}]",
    );
    let reject = r#"2 duplicate_playlist 1:75 {"type": "add_playlist", "id": 3, "user_id": 1, "song_ids": [2]}"#;
    check(mixtape, changes, &output, reject);
}

#[test]
fn new_playlists_look_like_their_neighbours() {
    let changes = r#"[{"type": "add_playlist", "user_id": 1, "song_ids": [2, 2], "name": "n"}, {"type": "add_playlist", "user_id": 1, "song_ids": [2]}]"#;
    for (mixtape, output) in [
        (
            "{\"users\": [{\"id\": 1}], \"songs\": [{\"id\": 2}], \"playlists\": []}",
            "{\"users\": [{\"id\": 1}], \"songs\": [{\"id\": 2}], \"playlists\": [{\"id\": \"1\", \"name\": \"n\", \"owner_id\": 1, \"song_ids\": [2, 2]}, {\"id\": \"2\", \"owner_id\": 1, \"song_ids\": [2]}]}",
        ),
        (
            "{\"users\":[{\"id\":1}],\"songs\":[{\"id\":2}],\"playlists\":[ ]}",
            "{\"users\":[{\"id\":1}],\"songs\":[{\"id\":2}],\"playlists\":[{\"id\":\"1\",\"name\":\"n\",\"owner_id\":1,\"song_ids\":[2,2]},{\"id\":\"2\",\"owner_id\":1,\"song_ids\":[2]} ]}",
        ),
        (
            "{\n  \"users\": [\n    {\n      \"id\": 1\n    }\n  ],\n  \"songs\": [{\"id\": 2}],\n  \"playlists\": []\n}\n",
            "{\n  \"users\": [\n    {\n      \"id\": 1\n    }\n  ],\n  \"songs\": [{\"id\": 2}],\n  \"playlists\": [\n    {\n      \"id\": \"1\",\n      \"name\": \"n\",\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2,\n        2\n      ]\n    },\n    {\n      \"id\": \"2\",\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2\n      ]\n    }\n  ]\n}\n",
        ),
        (
            "{\n\t\"playlists\": [],\n\t\"users\": [\n\t\t{\"user_id\": 1, \"a\": 2}\n\t],\n\t\"songs\": [{\"id\": 2}]\n}",
            "{\n\t\"playlists\": [\n\t\t{\"playlist\": {\"id\": \"1\", \"name\": \"n\", \"user_id\": 1, \"songs\": [2, 2]}},\n\t\t{\"playlist\": {\"id\": \"2\", \"user_id\": 1, \"songs\": [2]}}\n\t],\n\t\"users\": [\n\t\t{\"user_id\": 1, \"a\": 2}\n\t],\n\t\"songs\": [{\"id\": 2}]\n}",
        ),
        (
            "{\n  \"users\": [{\"id\": 1}],\n  \"songs\": [{\"id\": 2}],\n  \"playlists\": [\n    {\n      \"id\": 18446744073709551615,\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2\n      ]\n    }\n  ]\n}",
            "{\n  \"users\": [{\"id\": 1}],\n  \"songs\": [{\"id\": 2}],\n  \"playlists\": [\n    {\n      \"id\": 18446744073709551615,\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2\n      ]\n    },\n    {\n      \"id\": 18446744073709551616,\n      \"name\": \"n\",\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2,\n        2\n      ]\n    },\n    {\n      \"id\": 18446744073709551617,\n      \"owner_id\": 1,\n      \"song_ids\": [\n        2\n      ]\n    }\n  ]\n}",
        ),
        (
            "{\"users\": [{\"user_id\": 1}], \"songs\": [{\"id\": 2}], \"playlists\": [{ \"playlist\" : { \"id\" : 1 , \"songs\" : [ ] } } ,  { \"playlist\" : { \"id\" : 2 , \"songs\" : [ 2 , 2 ] } } ]}",
            "{\"users\": [{\"user_id\": 1}], \"songs\": [{\"id\": 2}], \"playlists\": [{ \"playlist\" : { \"id\" : 1 , \"songs\" : [ ] } } ,  { \"playlist\" : { \"id\" : 2 , \"songs\" : [ 2 , 2 ] } } ,  { \"playlist\" : { \"id\" : 3 , \"name\" : \"n\" , \"user_id\" : 1 , \"songs\" : [ 2 , 2 ] } } ,  { \"playlist\" : { \"id\" : 4 , \"user_id\" : 1 , \"songs\" : [ 2 ] } } ]}",
        ),
    ] {
        check(mixtape, changes, output, "");
    }
}

#[test]
fn blanks_are_no_operations() {
    for changes in ["", " \n"] {
        check(PLAIN, changes, PLAIN, "");
    }
}

#[test]
fn what_ends_the_run_is_said_with_its_place() {
    let options = ApplyOptions {
        max_operation: 100,
        max_depth: 5,
        ..ApplyOptions::default()
    };
    let long = format!("\"{:a<100}\"", "");
    for (changes, expected) in [
        (
            "7",
            "Some((1, 1)) $: expected '[' (an array of operations) or '{' (an operation a line, or groups of them)",
        ),
        (
            "{\"users\": []}",
            "Some((1, 1)) $: this looks like a mixtape, not like changes; the order is MIXTAPE CHANGES OUTPUT",
        ),
        (
            "[",
            "Some((1, 2)) $: the text ends before the JSON value does",
        ),
        (
            "[1",
            "Some((1, 3)) $: the text ends before the JSON value does",
        ),
        (
            "[1 2]",
            "Some((1, 4)) $: expected ',' or the end of the array or object",
        ),
        (
            "[1]]",
            "Some((1, 4)) $: unexpected text after the JSON value",
        ),
        (
            "{\"deletions\": 7}",
            "Some((1, 15)) $.deletions: deletions must be an object, found number",
        ),
        (
            "{\"deletions\": {\"playlists\": 7}}",
            "Some((1, 29)) $.deletions.playlists: playlists must be an array, found number",
        ),
        (
            "{\"deletions\": {}, \"deletions\": {}}",
            "Some((1, 19)) $: member \"deletions\" stands twice",
        ),
        (
            "{\"deletions\": {\"playlists\": [1, tru]}}",
            "Some((1, 33)) $.deletions.playlists: expected true, false or null",
        ),
        (
            "[{\"x\": [[[[1]]]]}]",
            "Some((1, 11)) $[0].x[0][0][0]: nested more than 5 levels deep; --max-depth sets this limit",
        ),
        (
            "[{\"type\": \"remove_playlist\", \"playlist_id\": 3}, {\"x\": LONG}]",
            "Some((1, 49)) $[1]: one operation is longer than 100 bytes; --max-operation sets this limit",
        ),
        (
            "{\"x\": 1}\n{\"x\": LONG}",
            "Some((2, 1)) $: one operation is longer than 100 bytes; --max-operation sets this limit",
        ),
        (
            "{\"deletions\": {\"playlists\": [LONG]}}",
            "Some((1, 30)) $.deletions.playlists[0]: one operation is longer than 100 bytes; --max-operation sets this limit",
        ),
    ] {
        let changes = changes.replace("LONG", &long);
        assert_eq!(applied(PLAIN, &changes, &options).unwrap_err(), expected);
    }
}
