//! Which works were recommended to a user.

use crate::stored::{Row, Stored, row};

/// Two users. Of Ada's: a work of two tracks, one of an older list, one whose work is not known, one that was only heard.
fn rows() -> Vec<Row> {
    vec![
        Row {
            composer: Some("Clara Schumann".to_owned()),
            ..row("ada", 2, 1, "Soirées musicales", 2, 400)
        },
        row("ada", 1, 3, "Nocturnes", 0, 0),
        row("ada", 1, 1, "Nocturnes", 1, 7),
        Row {
            position: None,
            track: "old".to_owned(),
            ..row("ada", 1, 0, "Requiem", 1, 30)
        },
        Row {
            work: None,
            title: Some("Prelude".to_owned()),
            ..row("ada", 1, 2, "", 0, 0)
        },
        Row {
            work: None,
            track: "t77".to_owned(),
            ..row("ada", 1, 4, "", 0, 0)
        },
        Row {
            recommended: false,
            position: None,
            track: "other".to_owned(),
            ..row("ada", 1, 0, "Boléro", 9, 900)
        },
        row("bo", 1, 1, "Winterreise", 0, 0),
    ]
}

#[test]
fn a_pipe_gets_csv_in_the_order_of_the_lists() {
    for stored in Stored::each() {
        stored.fill(&rows());
        assert_eq!(
            stored.csv(&["works", "--user", "ada"]),
            "playlist,playlist_name,position,work,composer,tracks,streams,seconds_streamed\n\
             playlist_01,Personalised playlist 1,1,Nocturnes,,2,1,7\n\
             playlist_01,Personalised playlist 1,2,Prelude,,1,0,0\n\
             playlist_01,Personalised playlist 1,4,t77,,1,0,0\n\
             playlist_01,Personalised playlist 1,,Requiem,,1,1,30\n\
             playlist_02,Personalised playlist 2,1,Soirées musicales,Clara Schumann,1,2,400\n"
        );
    }
}

#[test]
fn json_has_the_rows_of_the_csv() {
    for stored in Stored::each() {
        stored.fill(&rows());
        let json = stored.stdout(&["works", "--user", "bo", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            json,
            serde_json::json!([{
                "playlist": "playlist_01", "playlist_name": "Personalised playlist 1", "position": 1, "work": "Winterreise",
                "composer": null, "tracks": 1, "streams": 0, "seconds_streamed": 0
            }])
        );
    }
}

#[test]
fn a_table_has_a_part_for_each_playlist() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    assert_eq!(
        stored.stdout(&["works", "--user", "ada", "--format", "table"]),
        "Personalised playlist 1
  #   Work        Composer   Tracks   Streams   Seconds
─────────────────────────────────────────────────────────
  1   Nocturnes                   2         1         7
  2   Prelude                     1         0         0
  4   t77                         1         0         0
      Requiem                     1         1        30

Personalised playlist 2
  #   Work                Composer         Tracks   Streams   Seconds
───────────────────────────────────────────────────────────────────────
  1   Soirées musicales   Clara Schumann        1         2       400
"
    );
}

#[test]
fn a_user_who_has_only_heard_something_is_known() {
    let stored = Stored::sqlite();
    stored.fill(&[Row {
        recommended: false,
        position: None,
        ..row("ada", 1, 1, "Boléro", 1, 60)
    }]);
    let csv = stored.csv(&["works", "--user", "ada"]);
    assert_eq!(csv.lines().count(), 1, "{csv}");
    let table = stored.stdout(&["works", "--user", "ada", "--format", "table"]);
    assert_eq!(table, "Nothing was recommended to this user.\n");
    let json = stored.stdout(&["works", "--user", "ada", "--format", "json"]);
    assert_eq!(json, "[]\n");
}

#[test]
fn an_unknown_user_is_exit_3_and_the_nearest_ids() {
    for stored in Stored::each() {
        // More than are read at once.
        let rows: Vec<Row> = (0..5_000)
            .map(|number| row(&format!("user_{number:05}"), 1, 1, "w", 0, 0))
            .collect();
        stored.fill(&rows);
        let run = stored.run(&["works", "--user", "User_4999"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""));
        assert!(
            run.stderr.ends_with(
                "has no user \"User_4999\"; the nearest are \"user_04999\", \"user_00999\" and \"user_01999\"\n"
            ),
            "{}",
            run.stderr
        );
        let run = stored.run(&[
            "works",
            "--user",
            "user_00001\u{1b}[2J",
            "--error-format",
            "json",
        ]);
        assert_eq!(run.code, Some(3));
        let record: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
        assert_eq!(
            (&record["error"], &record["exit_code"]),
            (&"missing".into(), &3.into())
        );
    }
}
