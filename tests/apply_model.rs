//! `apply` held against a naive model over random mixtapes, operations and ways to write them.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};

use mixtape::apply::ApplyOptions;
use mixtape::changes::ChangesFormat;
use support::model::Model;
use support::random::{self, Style, Writer};
use support::{Applied, apply_in_process};

fn apply(mixtape: &str, changes: &[u8], chunk: usize) -> Applied {
    apply_in_process(mixtape, changes, chunk, &ApplyOptions::default())
        .unwrap_or_else(|error| panic!("{error}\n{mixtape}"))
}

/// The document written so that the text of each playlist is known.
struct Written {
    text: String,
    head: String,
    playlists: Vec<String>,
    tail: String,
}

fn write_document(style: Style, document: &Value) -> Written {
    let mut writer = Writer::new(style);
    let mut head = String::new();
    let mut playlists = Vec::new();
    let mut tail_start = 0;
    writer.open('{');
    for (i, (name, value)) in document.as_object().unwrap().iter().enumerate() {
        if i > 0 {
            writer.comma();
        }
        writer.string(name);
        writer.colon();
        if name != "playlists" {
            writer.value(value);
            continue;
        }
        head = writer.text.clone() + "[";
        writer.open('[');
        for (i, playlist) in value.as_array().unwrap().iter().enumerate() {
            if i > 0 {
                writer.comma();
            }
            let start = writer.text.len();
            writer.value(playlist);
            playlists.push(writer.text[start..].to_owned());
        }
        writer.close(']');
        tail_start = writer.text.len() - 1;
    }
    writer.close('}');
    Written {
        tail: writer.text[tail_start..].to_owned(),
        text: writer.text,
        head,
        playlists,
    }
}

/// All that no operation touched stands in the output as it stood in the document, in order.
fn check_untouched(written: &Written, before: &Value, after: &Value, output: &str) {
    assert!(output.starts_with(&written.head), "head:\n{output}");
    assert!(output.ends_with(&written.tail), "tail:\n{output}");
    let after = after["playlists"].as_array().unwrap();
    let mut rest = output;
    for (value, text) in before["playlists"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&written.playlists)
    {
        if after.contains(value) {
            let found = rest.find(text.as_str());
            let found = found.unwrap_or_else(|| panic!("{text}\nis not in\n{rest}"));
            rest = &rest[found + text.len()..];
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn agrees_with_the_naive_model(
        document in random::mixtape(),
        // What stands in front of everything else, so that the window's edge cuts any part of the document.
        padding in prop_oneof![Just(None), (0usize..3_000).prop_map(Some)],
        operations in prop::collection::vec(random::operation(), 0..90),
        mixtape_style in random::style(),
        changes_style in random::style(),
        chunk in 1usize..200,
    ) {
        let mut document = document;
        if let Some(beyond) = padding {
            document["a"] = json!("x".repeat(256 * 1024 - beyond));
        }
        let written = write_document(mixtape_style, &document);
        let mut model = Model::new(document.clone());
        let expected: Vec<(u64, String)> = operations
            .iter()
            .zip(1..)
            .filter_map(|(operation, number)| {
                model.apply(operation).err().map(|reason| (number, reason.to_owned()))
            })
            .collect();

        let array = random::write(changes_style, &json!(operations));
        let applied = apply(&written.text, array.as_bytes(), usize::MAX);
        let output: Value = serde_json::from_str(&applied.output).unwrap();
        prop_assert_eq!(&output, &model.document, "{}", applied.output);
        prop_assert_eq!(applied.reasons(), expected.clone());
        let summary = &applied.summary;
        let total = summary.applied.values().sum::<u64>() + summary.rejected.values().sum::<u64>();
        prop_assert_eq!(summary.read, operations.len() as u64);
        prop_assert_eq!(summary.read, total);
        prop_assert_eq!(
            summary.playlists_after as usize,
            model.document["playlists"].as_array().unwrap().len()
        );
        check_untouched(&written, &document, &model.document, &applied.output);
        for reject in &applied.rejects {
            let number = reject["number"].as_u64().unwrap() as usize;
            prop_assert_eq!(&reject["operation"], &operations[number - 1]);
            let byte = reject["byte"].as_u64().unwrap() as usize;
            let rest = serde_json::Deserializer::from_str(&array[byte..]);
            let there = rest.into_iter::<Value>().next().unwrap().unwrap();
            prop_assert_eq!(&there, &operations[number - 1]);
            let line = array[..byte].matches('\n').count() as u64 + 1;
            prop_assert_eq!(reject["line"].as_u64(), Some(line));
        }

        // The same through other routes: a few bytes at a time, and a line each.
        let slow = apply(&written.text, array.as_bytes(), chunk);
        prop_assert_eq!(&slow.output, &applied.output);
        prop_assert_eq!(&slow.rejects, &applied.rejects);
        let lines: String = operations
            .iter()
            .map(|operation| random::write(Style::Spaced, operation) + "\r\n\n")
            .collect();
        let options = ApplyOptions {
            changes_format: Some(ChangesFormat::Ndjson),
            ..ApplyOptions::default()
        };
        let lines = apply_in_process(&written.text, lines.as_bytes(), chunk, &options).unwrap();
        let output: Value = serde_json::from_str(&lines.output).unwrap();
        prop_assert_eq!(&output, &model.document); // further members are copied with their own white space
        prop_assert_eq!(lines.reasons(), expected);
    }

    #[test]
    fn without_changes_the_output_is_the_input(
        document in random::mixtape(),
        style in random::style(),
        blanks in "[ \n]{0,3}",
    ) {
        let text = random::write(style, &document) + &blanks;
        for changes in ["", " \n", "[]", "[ ]\n", "{\"deletions\": {}}"] {
            prop_assert_eq!(&apply(&text, changes.as_bytes(), 3).output, &text);
        }
    }

    #[test]
    fn grouped_changes_equal_the_operations_they_stand_for(
        document in random::mixtape(),
        deletions in prop::collection::vec(random::id(), 0..4),
        updates in prop::collection::vec(
            (random::id(), prop::collection::vec(random::id(), 0..4)), 0..5),
        new in prop::collection::vec(
            (random::id(), prop::collection::vec(random::id(), 0..4), any::<bool>()), 0..5),
        style in random::style(),
        chunk in 1usize..200,
    ) {
        let mut operations: Vec<Value> = deletions
            .iter()
            .map(|id| json!({"type": "remove_playlist", "playlist_id": id}))
            .collect();
        for (id, songs) in &updates {
            operations.extend(songs.iter().map(|song| {
                json!({"type": "add_song_to_playlist", "playlist_id": id, "song_id": song})
            }));
        }
        let mut grouped_new = Vec::new();
        for (user, songs, named) in &new {
            let mut playlist = json!({"user_id": user, "songs": songs});
            let mut operation = json!({"type": "add_playlist", "user_id": user, "song_ids": songs});
            if *named {
                playlist["name"] = json!("Running");
                operation["name"] = json!("Running");
            }
            grouped_new.push(playlist);
            operations.push(operation);
        }
        let updates: Vec<Value> =
            updates.iter().map(|(id, songs)| json!({"songs": songs, "id": id})).collect();
        // In this order in the file: operations take effect in the order in which they stand there.
        let group = |name: &str, value: &Value| {
            format!("\"{name}\": {}", random::write(style, value))
        };
        let grouped = format!(
            "{{{}, \"note\": [1], {}}}",
            group("deletions", &json!({"playlists": deletions})),
            format_args!(
                "\"additions\": {{{}, {}}}",
                group("existing_playlists_to_update", &json!(updates)),
                group("new_playlists", &json!(grouped_new)),
            ),
        );
        let mixtape = random::write(style, &document);
        let one = apply(&mixtape, grouped.as_bytes(), chunk);
        let other = apply(&mixtape, json!(operations).to_string().as_bytes(), usize::MAX);
        let parsed = |applied: &Applied| serde_json::from_str::<Value>(&applied.output).unwrap();
        prop_assert_eq!(parsed(&one), parsed(&other));
        prop_assert_eq!(one.reasons(), other.reasons());
        for (one, other) in one.rejects.iter().zip(&other.rejects) {
            prop_assert_eq!(&one["operation"], &other["operation"]);
        }
    }
}
