//! Inputs and arguments that make no sense are named, and the old result stays.

use super::command_line::{ARTISTS, TRACKS, folder, run};

#[test]
fn wrong_input_is_named_with_its_place_and_leaves_the_old_result() {
    type Case = (&'static str, &'static str, i32, &'static str);
    let cases: [Case; 9] = [
        (
            "tracks.csv",
            "track,isrc\na,b\n",
            2,
            "tracks.csv:1:1: there is no column \"artist\"; the header has track, isrc",
        ),
        (
            "tracks.csv",
            "track,isrc,artist\na,b,c\nd,e\n",
            2,
            "tracks.csv:3:1: a row of 2 columns under a header of 3",
        ),
        (
            "tracks.csv",
            "",
            2,
            "tracks.csv:1:1: there is no column \"track\"",
        ),
        (
            "artists.csv",
            "id,name\nx,Ada\n",
            2,
            "artists.csv:2:1: id is \"x\", not a number as ingest writes it",
        ),
        (
            "artists.csv",
            "id,name\n2,Ada\n",
            2,
            "artist_id 1 is not in artists.csv",
        ),
        (
            "media_item_metadata_log.csv",
            "media_item_id\n1\n",
            2,
            "there is no column \"ingest_timestamp\"",
        ),
        (
            "media_item_metadata_log.csv",
            "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id\n1,now,a,b,\n",
            2,
            "media_item_metadata_log.csv:2:1: ingest_timestamp is \"now\", not a time",
        ),
        (
            "media_item_metadata_log.csv",
            "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id\nv,2022-01-01,a,b,\n",
            2,
            "media_item_id is \"v\", not a number",
        ),
        ("artists.csv", "DIRECTORY", 1, "artists.csv"),
    ];
    for (name, contents, code, message) in cases {
        let folder = folder();
        std::fs::create_dir(folder.path("out")).unwrap();
        folder.write("out/media_item_isrcs.csv", "old");
        if contents == "DIRECTORY" {
            std::fs::remove_file(folder.path(name)).unwrap();
        } else {
            folder.write(name, contents);
        }
        let result = run(&folder, &[]);
        assert_eq!(result.code, Some(code), "{name}: {}", result.stderr);
        assert!(result.stderr.contains(message), "{name}: {}", result.stderr);
        assert_eq!(folder.read("out/media_item_isrcs.csv"), "old", "{name}");
    }
    let folder = folder();
    folder.write("tracks.csv", b"track,isrc,artist\n\xff,b,c\n");
    let result = run(&folder, &[]);
    assert_eq!(result.code, Some(2));
    assert!(
        result
            .stderr
            .contains("tracks.csv:2:1: not UTF-8 in column 1"),
        "{}",
        result.stderr
    );
}

#[test]
fn arguments_that_make_no_sense_are_refused_before_anything_is_written() {
    for arguments in [
        &["isrc", "tracks.csv"][..],
        &["isrc", "tracks.csv", "--in", "."],
        &["isrc", "tracks.csv", "--out", "out"],
        &[
            "isrc",
            "tracks.csv",
            "--db",
            "a.db",
            "--in",
            ".",
            "--out",
            "out",
        ],
        &[
            "isrc",
            "tracks.csv",
            "--in",
            ".",
            "--out",
            "out",
            "--unmatched",
            "tracks.csv",
        ],
        &[
            "isrc",
            "tracks.csv",
            "--in",
            ".",
            "--out",
            "out",
            "--unmatched",
            "./artists.csv",
        ],
        &[
            "isrc",
            "tracks.csv",
            "--in",
            ".",
            "--out",
            "out",
            "--unmatched",
            "out/media_item_isrcs.csv",
        ],
        &[
            "isrc",
            "out/media_item_isrcs.csv",
            "--in",
            ".",
            "--out",
            "out",
        ],
    ] {
        let folder = folder();
        std::fs::create_dir(folder.path("out")).unwrap();
        folder.write("out/media_item_isrcs.csv", TRACKS);
        let result = folder.run(arguments);
        assert_eq!(result.code, Some(64), "{arguments:?}: {}", result.stderr);
        assert_eq!(folder.read("tracks.csv"), TRACKS, "{arguments:?}");
        assert_eq!(folder.read("artists.csv"), ARTISTS, "{arguments:?}");
        assert_eq!(
            folder.read("out/media_item_isrcs.csv"),
            TRACKS,
            "{arguments:?}"
        );
    }
}
