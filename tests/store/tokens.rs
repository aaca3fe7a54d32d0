//! Who has a token of a commit reads what was written up to it.

use std::thread;
use std::time::Duration;

use super::database::Place;

const MIXTAPE: &str = r#"{"users": [{"id": "u"}], "songs": [{"id": 7}],
 "playlists": [{"id": "1", "owner_id": "u", "song_ids": []}, {"id": 1, "owner_id": "u", "song_ids": [7]}]}"#;
const ADD: &str = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": 7}"#;

fn imported() -> Vec<Place> {
    let places = Place::each();
    for place in &places {
        place.folder.write("mixtape.json", MIXTAPE);
        place.folder.write("changes", ADD);
        place.done(&["import", "mixtape.json"]);
    }
    places
}

fn token(place: &Place) -> String {
    place.status()["token"].as_str().unwrap().to_owned()
}

fn next(token: &str) -> String {
    let (store, commits) = token.split_once('-').unwrap();
    format!("{store}-{}", commits.parse::<u64>().unwrap() + 1)
}

#[test]
fn a_reader_waits_until_the_store_is_as_far_as_its_token() {
    for place in imported() {
        let next = next(&token(&place));
        let get = ["get", "playlist", "1", "--at-least", &next, "--timeout"];
        let run = place.run(&[&get[..], &["0.1"]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
        assert!(
            run.stderr
                .contains("only, after 0.1 s; --timeout says how long to wait"),
            "{}",
            run.stderr
        );
        thread::scope(|scope| {
            let reader = scope.spawn(|| place.done(&[&get[..], &["60"]].concat()).stdout);
            thread::sleep(Duration::from_millis(300));
            place.done(&["apply", "changes", "--summary", "summary.json"]);
            let read = reader.join().unwrap();
            assert_eq!(
                read,
                "{\"id\": \"1\", \"owner_id\": \"u\", \"song_ids\": [7]}\n"
            );
        });
        let summary: serde_json::Value =
            serde_json::from_str(&place.folder.read("summary.json")).unwrap();
        assert_eq!(summary["token"], next.as_str());
        assert_eq!(token(&place), next);
        place.done(&["export", "out.json", "--at-least", &next]);
    }
}

#[test]
fn a_token_of_another_store_is_refused() {
    for place in imported() {
        let before = token(&place);
        place.done(&["import", "mixtape.json", "--replace"]);
        let run = place.run(&["export", "out.json", "--at-least", &before]);
        assert_eq!(run.code, Some(2));
        assert!(
            run.stderr.contains("is a token of another store"),
            "{}",
            run.stderr
        );
        let run = place.run(&["export", "out.json", "--at-least", "12"]);
        assert_eq!(run.code, Some(64));
    }
}

#[test]
fn a_playlist_is_got_as_it_stands_in_an_export() {
    for place in imported() {
        let got = |id: &str| place.run(&["get", "playlist", id]);
        assert_eq!(
            got("1").stdout,
            "{\"id\": \"1\", \"owner_id\": \"u\", \"song_ids\": []}\n"
        );
        place.folder.write(
            "changes",
            "{\"type\": \"remove_playlist\", \"playlist_id\": \"1\"}\n\
             {\"type\": \"add_playlist\", \"id\": \"é \\u0000\", \"user_id\": \"u\", \"song_ids\": [7, 7], \"name\": \"N\"}\n\
             {\"type\": \"add_playlist\", \"id\": \"-1\", \"user_id\": \"u\", \"song_ids\": [7]}\n",
        );
        place.done(&["apply", "changes"]);
        // There is no string any more, but a number.
        assert_eq!(
            got("1").stdout,
            "{\"id\": 1, \"owner_id\": \"u\", \"song_ids\": [7]}\n"
        );
        assert_eq!(
            got("-1").stdout,
            "{\"id\": \"-1\", \"owner_id\": \"u\", \"song_ids\": [7]}\n"
        );
        assert_eq!(got("2").code, Some(3));
        let exported = place.exported();
        assert!(exported.contains(got("-1").stdout.trim_end()), "{exported}");
        assert!(exported.contains("{\"id\": \"é \\u0000\", \"name\": \"N\", \"owner_id\": \"u\", \"song_ids\": [7, 7]}"), "{exported}");
    }
}
