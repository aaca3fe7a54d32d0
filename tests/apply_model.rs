//! `apply` held against a naive model over random mixtapes, operations and ways to write them.

mod support;

use proptest::prelude::*;
use serde_json::{Value, json};

use support::random;
use support::targets::{operations, splice};
use support::{Applied, applied_in_process};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn agrees_with_the_naive_model(case in operations::case(90)) {
        operations::check(case);
    }

    #[test]
    fn damaged_documents_are_refused_or_changed_as_the_model_says(case in splice::case()) {
        splice::check(&case);
    }

    #[test]
    fn without_changes_the_output_is_the_input(
        document in random::mixtape(),
        style in random::style(),
        blanks in "[ \n]{0,3}",
    ) {
        let text = random::write(style, &document) + &blanks;
        for changes in ["", " \n", "[]", "[ ]\n", "{\"deletions\": {}}"] {
            prop_assert_eq!(&applied_in_process(&text, changes.as_bytes(), 3).output, &text);
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
            "{{{}, \"note\": {{\"by\": 1}}, {}}}",
            group("deletions", &json!({"playlists": deletions})),
            format_args!(
                "\"additions\": {{{}, {}}}",
                group("existing_playlists_to_update", &json!(updates)),
                group("new_playlists", &json!(grouped_new)),
            ),
        );
        let mixtape = random::write(style, &document);
        let one = applied_in_process(&mixtape, grouped.as_bytes(), chunk);
        let other = applied_in_process(&mixtape, json!(operations).to_string().as_bytes(), usize::MAX);
        let parsed = |applied: &Applied| serde_json::from_str::<Value>(&applied.output).unwrap();
        prop_assert_eq!(parsed(&one), parsed(&other));
        prop_assert_eq!(one.reasons(), other.reasons());
        for (one, other) in one.rejects.iter().zip(&other.rejects) {
            prop_assert_eq!(&one["operation"], &other["operation"]);
        }
    }
}
