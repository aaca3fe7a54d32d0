//! The whole way: lists and streams go through `consolidate`, and come out as an answer.

use crate::stored::Stored;

const PLAYLISTS: &str = r#"{"user_id": "ada", "playlist_01": [{"track_id": "t1", "work": "Nocturnes", "composer": "Lili Boulanger"}, {"track_id": "t2", "work": "Nocturnes", "composer": "Lili Boulanger"}, {"track_id": "t3", "work": "Boléro"}], "playlist_02": [{"track_id": "t1", "work": "Nocturnes", "composer": "Lili Boulanger"}]}
{"user_id": "bo", "playlist_01": [{"track_id": "t3", "work": "Boléro"}], "playlist_02": [{"track_id": "t9", "work": "Winterreise"}]}
"#;

const EVENTS: &str = "user_id,track_id,listening_context,seconds_streamed
ada,t1,playlist_01,100
ada,t1,playlist_01,50
ada,t3,album,7000
ada,t2,playlist_01,3600
bo,t3,playlist_01,11
bo,t5,playlist_02,600
bo,t9,playlist,90
";

#[test]
fn lists_and_streams_become_works_and_a_report() {
    for stored in Stored::each() {
        stored.folder.write("playlists.ndjson", PLAYLISTS);
        stored.folder.write("events.csv", EVENTS);
        // Twice: the second time there is nothing to do.
        for _ in 0..2 {
            stored.stdout(&["consolidate", "playlists.ndjson", "events.csv", "-q"]);
        }
        assert_eq!(
            stored.csv(&["works", "--user", "ada"]),
            "playlist,playlist_name,position,work,composer,tracks,streams,seconds_streamed\n\
             playlist_01,Personalised playlist 1,1,Nocturnes,Lili Boulanger,2,3,3750\n\
             playlist_01,Personalised playlist 1,3,Boléro,,1,0,0\n\
             playlist_02,Personalised playlist 2,1,Nocturnes,Lili Boulanger,1,0,0\n"
        );
        assert_eq!(
            stored.csv(&["report", "--format", "csv"]),
            "playlist,playlist_name,seconds_streamed,streams,listeners,users,recommendations,recommendations_heard\n\
             playlist_01,Personalised playlist 1,3761,4,2,2,4,3\n\
             playlist_02,Personalised playlist 2,600,1,1,2,2,0\n"
        );
    }
}

/// Both commands read where `consolidate` writes when nobody says where.
#[test]
fn without_a_database_it_is_the_one_of_consolidate() {
    let stored = Stored::sqlite();
    let folder = &stored.folder;
    folder.write("playlists.ndjson", PLAYLISTS);
    folder.write("events.csv", EVENTS);
    for arguments in [
        &["consolidate", "playlists.ndjson", "events.csv", "-q"][..],
        &["works", "--user", "bo"],
        &["report"],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
    }
}
