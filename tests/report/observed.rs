//! What `ingest` has observed, in the same database.

use serde_json::{Value, json};

use crate::stored::{Stored, row};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/observations.json");

fn observed() -> impl Iterator<Item = Stored> {
    Stored::each().into_iter().inspect(|stored| {
        stored.fill(&[row("ada", 1, 1, "w", 1, 60)]);
        let ingested = stored.run(&["ingest", SAMPLE, "-q", "--rejects", "rejects.ndjson"]);
        assert_eq!(ingested.code, Some(0), "{}", ingested.stderr);
    })
}

fn report(stored: &Stored, arguments: &[&str]) -> Value {
    let all = [&["report", "--format", "json"], arguments].concat();
    serde_json::from_str(&stored.stdout(&all)).unwrap()
}

#[test]
fn playlists_are_there_with_their_plays_their_top_songs_and_how_these_got_there() {
    for stored in observed() {
        let json = report(&stored, &[]);
        let observed = &json["observed"];
        assert_eq!(observed["count"], 2);
        let morning = &observed["playlists"][0];
        assert_eq!(
            (&morning["source_id"], &morning["name"]),
            (&json!("PLmorning"), &json!("Morning"))
        );
        assert_eq!(
            morning["observations"],
            json!([
                {"time": "2022-05-20T18:19:12.516896", "plays": 1260},
                {"time": "2022-05-21T06:19:12.516896", "plays": 1500},
                {"time": "2022-05-22T06:19:12.516896", "plays": 1911},
            ])
        );
        let song = |position: i64, title: &str, artist: Value, positions: Value| json!({"position": position, "title": title, "artist": artist, "positions": positions});
        assert_eq!(
            morning["songs"],
            json!([
                song(1, "Morze - Wiatr", json!("Morze"), json!([3, 3, 1])),
                song(
                    2,
                    "The Quiet Rivers - Stone & Sky (Lyrics)",
                    json!("The Quiet Rivers"),
                    json!([1, 1, 2])
                ),
                song(
                    3,
                    "Rain on a tin roof, 10 hours",
                    Value::Null,
                    json!([null, null, 3])
                ),
            ]),
            "{}",
            morning["songs"]
        );
    }
}

#[test]
fn observed_playlists_are_narrowed_to_what_is_asked_for() {
    for stored in observed() {
        let names = |arguments: &[&str]| {
            let json = report(&stored, arguments);
            let playlists = json["observed"]["playlists"].as_array().unwrap().clone();
            let count = json["observed"]["count"].as_i64().unwrap();
            let name = |playlist: Value| {
                let songs = playlist["songs"].as_array().unwrap().len();
                (playlist["name"].as_str().unwrap().to_owned(), songs)
            };
            (count, playlists.into_iter().map(name).collect::<Vec<_>>())
        };
        let (count, all) = names(&[]);
        assert_eq!((count, all.len()), (2, 2));
        assert_eq!(
            names(&["--playlist", "morning"]),
            (1, vec![("Morning".to_owned(), 3)])
        );
        assert_eq!(
            names(&["--playlist", "PLmorning"]),
            (1, vec![("Morning".to_owned(), 3)])
        );
        // A personalised playlist is none of these.
        assert_eq!(names(&["--playlist", "playlist_01"]), (0, vec![]));
        assert_eq!(
            names(&["--artist", "MORZE"]),
            (2, vec![("Morning".to_owned(), 1)])
        );
        assert_eq!(names(&["--top", "1"]), (2, vec![("Morning".to_owned(), 1)]));
        let page = stored.stdout(&["report", "--html", "-", "--top", "1"]);
        assert!(page.contains("The most played 1 of 2."), "{page}");
    }
}
