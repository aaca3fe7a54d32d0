//! `--artist` and `--playlist`: found whatever their case, or the nearest names.

use serde_json::Value;

use crate::stored::{Row, Stored, row};

fn rows() -> Vec<Row> {
    let by = |composer: &str, row: Row| Row {
        composer: Some(composer.to_owned()),
        ..row
    };
    vec![
        by("Clara Schumann", row("ada", 1, 1, "Soirées", 1, 100)),
        by("CLARA SCHUMANN", row("ada", 2, 1, "Soirées", 1, 20)),
        by("Robert Schumann", row("ada", 2, 2, "Carnaval", 1, 3)),
        by("Ängström", row("bo", 1, 1, "Licht", 1, 5_000)),
    ]
}

fn seconds(stored: &Stored, arguments: &[&str]) -> Vec<i64> {
    let all: Vec<&str> = ["report", "--format", "json"]
        .into_iter()
        .chain(arguments.iter().copied())
        .collect();
    let json: Value = serde_json::from_str(&stored.stdout(&all)).unwrap();
    let playlists = json["playlists"].as_array().unwrap();
    let seconds: Vec<i64> = playlists
        .iter()
        .map(|figures| figures["seconds_streamed"].as_i64().unwrap())
        .collect();
    assert_eq!(
        json["totals"]["seconds_streamed"].as_i64(),
        Some(seconds.iter().sum())
    );
    seconds
}

#[test]
fn a_report_is_narrowed_to_an_artist_a_playlist_or_both() {
    for stored in Stored::each() {
        stored.fill(&rows());
        // As it stands there, it is that one alone.
        assert_eq!(seconds(&stored, &["--artist", "Clara Schumann"]), [100]);
        assert_eq!(seconds(&stored, &["--artist", "clara schumann"]), [100, 20]);
        assert_eq!(seconds(&stored, &["--artist", "ÄNGSTRÖM"]), [5_000]);
        assert_eq!(seconds(&stored, &["--playlist", "playlist_02"]), [23]);
        assert_eq!(
            seconds(&stored, &["--playlist", "personalised PLAYLIST 1"]),
            [5_100]
        );
        assert_eq!(
            seconds(
                &stored,
                &["--playlist", "Playlist_02", "--artist", "clara schumann"]
            ),
            [20]
        );
        assert_eq!(
            seconds(
                &stored,
                &["--playlist", "playlist_02", "--artist", "Ängström"]
            ),
            [] as [i64; 0]
        );
    }
}

#[test]
fn headings_say_what_it_is_narrowed_to() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    let arguments = [
        "report",
        "--playlist",
        "playlist_02",
        "--artist",
        "clara schumann",
    ];
    let heading = "Seconds streamed of the playlist “playlist_02”, works by “clara schumann” alone";
    let text = stored.stdout(&arguments);
    assert_eq!(text.lines().next(), Some(heading));
    let page = stored.stdout(&[&arguments[..], &["--html", "-"]].concat());
    assert!(page.contains(&format!("<h1>{heading}</h1>")), "{page}");
}

#[test]
fn a_name_that_nothing_has_is_exit_3_and_the_nearest_names() {
    for stored in Stored::each() {
        stored.fill(&rows());
        for (arguments, expected) in [
            (
                ["report", "--artist", "Klara Schuman"],
                "has no composer or artist \"Klara Schuman\"; the nearest are \"CLARA SCHUMANN\", \"Clara Schumann\" and \"Robert Schumann\"\n",
            ),
            (
                ["report", "--playlist", "playlist_3"],
                "has no playlist \"playlist_3\"; the nearest are \"playlist_01\", \"playlist_02\" and \"Personalised playlist 1\"\n",
            ),
        ] {
            let run = stored.run(&arguments);
            assert_eq!((run.code, run.stdout.as_str()), (Some(3), ""));
            assert!(run.stderr.ends_with(expected), "{}", run.stderr);
        }
    }
}
