//! What is taken for what, and what the newest list says.

use super::database::TestDatabase;
use super::support::Folder;

fn consolidate(playlists: &str, events: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let folder = Folder::new();
    folder.write("playlists", playlists);
    folder.write("events", events);
    let arguments = ["consolidate", "playlists", "events", "--out", "-"];
    let run = folder.run(arguments.iter().chain(more));
    (run.code, run.stdout, run.stderr)
}

#[test]
fn usual_names_are_recognised_however_they_are_spelled() {
    for user in ["userId", "user_id", "user", "USERID", "User_Id"] {
        for track in ["trackId", "track_id", "track", "id", "TrackID"] {
            for (context, seconds) in [
                ("listeningContext", "secondsStreamed"),
                ("listening_context", "seconds_streamed"),
                ("context", "seconds"),
                ("Context", "duration"),
            ] {
                let playlists = format!(r#"{{"{user}": 1, "playlist_01": [{{"{track}": "t"}}]}}"#);
                let events = format!("{seconds}, {context} ,{track},{user}\n9,playlist_01,t,1\n");
                let (code, table, said) = consolidate(&playlists, &events, &[]);
                assert_eq!(code, Some(0), "{said}");
                assert!(
                    table.ends_with("1,playlist_01,Personalised playlist 1,1,t,,,,1,1,9,,\r\n"),
                    "{table}"
                );
            }
        }
    }
}

#[test]
fn any_other_name_is_an_error_that_says_what_is_there_and_what_to_do() {
    let playlists = r#"{"user": 1, "playlist_01": [{"id": "t"}]}"#;
    let events = "user,track,context,seconds\n";
    for (playlists, events, place, found, flag) in [
        (
            playlists,
            "uid,track,context,seconds\n",
            "events:1:1",
            "found uid, track, context, seconds",
            "--map user=COLUMN",
        ),
        (
            playlists,
            "user;track;where\n",
            "events:1:1",
            "found user, track, where;",
            "--map seconds=COLUMN",
        ),
        (
            playlists,
            "user|track|context|seconds\n",
            "events:1:1",
            "found user|track|context|seconds (fields are separated by commas, semicolons or tabs);",
            "--map user=COLUMN",
        ),
        (
            playlists,
            "user,song,context,seconds\n",
            "events:1:1",
            "found user, song",
            "--map track=COLUMN",
        ),
        (
            playlists,
            "user,track,where,seconds\n",
            "events:1:1",
            "found user, track, where",
            "--map context=COLUMN",
        ),
        (
            playlists,
            "user,track,context,ms\n",
            "events:1:1",
            "context, ms;",
            "--map seconds=COLUMN",
        ),
        (
            r#"{"uid": 1, "playlist_01": []}"#,
            events,
            "playlists:1:1",
            "found uid",
            "--map user=MEMBER",
        ),
        (
            r#"{"user": 1, "lists": {}}"#,
            events,
            "playlists:1:1",
            "found lists",
            "--map playlists=MEMBER",
        ),
        (
            r#"{"user": 1, "playlist_01": [{"song": 1, "x": 2}]}"#,
            events,
            "playlists:1:1",
            "found song, x",
            "--map track=MEMBER",
        ),
    ] {
        let (code, _, said) = consolidate(playlists, events, &[]);
        assert_eq!(code, Some(2), "{said}");
        for part in [place, found, flag] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    for (playlists, events, message) in [
        (playlists, "", "a header was expected"),
        ("[{}]", events, "jq -c '.[]'"),
        ("\u{feff}[", events, "jq -c '.[]'"),
        (playlists, "u\0s\0e\0r\0", "iconv -f UTF-16LE"),
    ] {
        let (code, _, said) = consolidate(playlists, events, &[]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(message), "{said}");
    }
}

#[test]
fn semicolons_and_tabs_separate_fields_where_the_header_has_no_comma() {
    let playlists = r#"{"user": "a,b", "playlist_01": ["t;1"]}"#;
    let comma = "user,track,context,seconds\n\"a,b\",t;1,playlist_01,7\nx,y,album,1\n";
    let (code, expected, said) = consolidate(playlists, comma, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("separator"), "{said}");
    for (events, separator) in [
        (
            "user;track;context;seconds\na,b;\"t;1\";playlist_01;7\nx;y;album;1\n",
            "semicolon",
        ),
        (
            "\"user\";\"track\";\"context\";\"seconds\"\r\na,b;\"t;1\";playlist_01;7\r\nx;y;album;1",
            "semicolon",
        ),
        (
            "\u{feff}user;\"a\ttrack;\"\"x\";context;seconds;track\na,b;;playlist_01;7;\"t;1\"\nx;;album;1;y\n",
            "semicolon",
        ),
        (
            "user\ttrack\tcontext\tseconds\na,b\tt;1\tplaylist_01\t7\nx\ty\talbum\t1\n",
            "tab",
        ),
        (
            "user\ttrack\tcontext\tseconds\tkept;in\na,b\tt;1\tplaylist_01\t7\t\nx\ty\talbum\t1\t\n",
            "tab",
        ),
    ] {
        let (code, table, said) = consolidate(playlists, events, &[]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(table, expected);
        assert!(
            said.contains("2 events read: 1 counted, 1 of other"),
            "{said}"
        );
        assert!(
            said.contains(&format!("context context, separator {separator}\n")),
            "{said}"
        );
    }
    // What comes after the header is no matter.
    let (code, table, said) = consolidate(playlists, &comma.replace("x,", "x;y\tz,"), &[]);
    assert_eq!((code, table), (Some(0), expected), "{said}");
}

#[test]
fn names_of_the_house_come_first() {
    let playlists = r#"{"user": "no", "hörer": "ada", "lists": [{"label": "playlist_07", "songs": [{"id": "no", "nr": "t", "title": "T"}]}]}"#;
    let events = "user,kunde,track,context,seconds,time\nno,ada,t,playlist_07,5,whenever\n";
    let maps = [
        "--map",
        "user=hörer",
        "--map",
        "user=kunde",
        "--map",
        "playlists=lists",
        "--map",
        "name=label",
        "--map",
        "tracks=songs",
        "--map",
        "track=nr",
        "--map",
        "time=",
        "--map",
        "title=",
    ];
    let (code, table, said) = consolidate(playlists, events, &maps);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        table.ends_with("ada,playlist_07,Personalised playlist 7,1,t,,,,1,1,5,,\r\n"),
        "{table}"
    );
    assert!(said.contains("user hörer, track nr"), "{said}");
    assert!(
        said.contains("user kunde, track track, seconds seconds, context context\n"),
        "{said}"
    );
    let (code, _, said) = consolidate(
        playlists,
        events,
        &[&maps[..], &["--map", "seconds=secs"]].concat(),
    );
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("--map seconds=secs: neither PLAYLISTS nor EVENTS has \"secs\""),
        "{said}"
    );
}

#[test]
fn the_newest_list_says_what_is_where_and_what_was_recommended_stays_so() {
    let first =
        r#"{"user": 1, "playlist_01": [{"id": "a", "work": "A", "title": "old"}, "b", "b", "c"]}"#;
    let second = r#"{"user": 1, "playlist_01": ["c", {"id": "a", "title": "new"}]}"#;
    let empty = r#"{"user": 1, "playlist_01": []}"#;
    let events = "user,track,context,seconds\n1,b,playlist_01,3\n";
    let query = "select track_id, position, recommended, streams, work, title from personalized_playlists order by track_id";
    let row = |text: &str| -> Vec<Option<String>> {
        text.split(' ')
            .map(|part| (part != "-").then(|| part.to_owned()))
            .collect()
    };
    let both = [row("a 2 1 0 A new"), row("b - 1 1 - -"), row("c 1 1 0 - -")];
    let none = [row("a - 1 0 A new"), row("b - 1 1 - -"), row("c - 1 0 - -")];
    for database in TestDatabase::each() {
        let folder = Folder::new();
        folder.write("events", events);
        let run = |playlists: &str| {
            folder.write("playlists", playlists);
            let run = folder.run(["consolidate", "playlists", "events", "--db", &database.url]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            database.query(query)
        };
        // One after the other, or in one file: it is the same.
        assert_eq!(
            run(first),
            [row("a 1 1 0 A old"), row("b 2 1 1 - -"), row("c 4 1 0 - -")]
        );
        assert_eq!(run(second), both);
        assert_eq!(run(first), both);
        assert_eq!(run(empty), none);
        database.execute("drop table personalized_playlists; drop table mixtape_schemas; drop table mixtape_loads");
        assert_eq!(run(&format!("{first}\n{second}")), both);
        assert_eq!(run(&format!("{first}\n{second}\n{empty}")), none);
    }
}
