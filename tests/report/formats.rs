//! The formats of a report, and texts that mean something to one of them.

use crate::stored::{Row, Stored, row};

fn rows() -> Vec<Row> {
    let heard = |row: Row, first: &str, last: &str| Row {
        first: Some(first.to_owned()),
        last: Some(last.to_owned()),
        ..row
    };
    vec![
        Row {
            composer: Some("=cmd()|'x'".to_owned()),
            ..heard(
                row("ada", 1, 1, "A|B <i>", 3, 40_000),
                "2026-01-02T10:00:00",
                "2026-01-05T10:00:00",
            )
        },
        row("ada", 1, 2, "Nocturnes", 0, 0),
        heard(
            row("bo", 2, 1, "Nocturnes", 1, 1_800),
            "2026-01-01T09:00:00",
            "2026-01-01T09:00:00",
        ),
        row("cy", 10, 1, "Nocturnes", 0, 0),
    ]
}

#[test]
fn text_is_bars_of_80_columns_without_colours() {
    for stored in Stored::each() {
        stored.fill(&rows());
        let expected = "\
Seconds streamed of personalised playlists

Personalised playlist 1   ████████████████████████████████████  40,000 s  11.1 h
Personalised playlist 2   █▌                                     1,800 s  0.50 h
Personalised playlist 10                                             0 s  0.00 h

41,800 seconds (11.6 h) in 4 streams by 2 listeners
2 of 4 recommendations to 3 users heard: 50.0 %
";
        assert_eq!(stored.stdout(&["report"]), expected);
        assert!(expected.lines().all(|line| line.chars().count() <= 80));
    }
}

#[test]
fn csv_has_a_row_for_each_playlist() {
    for stored in Stored::each() {
        stored.fill(&rows());
        assert_eq!(
            stored.csv(&["report", "--format", "csv"]),
            "playlist,playlist_name,seconds_streamed,streams,listeners,users,recommendations,recommendations_heard\n\
             playlist_01,Personalised playlist 1,40000,3,1,1,2,1\n\
             playlist_02,Personalised playlist 2,1800,1,1,1,1,1\n\
             playlist_10,Personalised playlist 10,0,0,0,1,1,0\n"
        );
    }
}

#[test]
fn json_has_every_figure_of_the_report() {
    for stored in Stored::each() {
        stored.fill(&rows());
        let json = stored.stdout(&["report", "--format", "json", "--top", "1"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            json["totals"],
            serde_json::json!({
                "seconds_streamed": 41_800, "streams": 4, "listeners": 2, "users": 3, "recommendations": 4,
                "recommendations_heard": 2, "seconds_of_unknown_works": 0,
                "first_heard": "2026-01-01T09:00:00", "last_heard": "2026-01-05T10:00:00"
            })
        );
        assert_eq!(json["playlists"].as_array().unwrap().len(), 3);
        assert_eq!(
            json["works"],
            serde_json::json!([{
                "work": "A|B <i>", "composer": "=cmd()|'x'", "seconds_streamed": 40_000, "streams": 3, "listeners": 1
            }])
        );
        assert_eq!(json.get("observed"), None);
    }
}

#[test]
fn markdown_is_tables_in_which_no_text_is_markup() {
    for stored in Stored::each() {
        stored.fill(&rows());
        assert_eq!(
            stored.stdout(&["report", "--format", "markdown"]),
            "# Seconds streamed of personalised playlists

41,800 seconds (11.6 h) in 4 streams by 2 listeners. 2 of 4 recommendations to 3 users heard: 50.0 %.

| playlist | seconds | hours | streams | listeners | recommended | of them heard |
|---|--:|--:|--:|--:|--:|--:|
| Personalised playlist 1 | 40,000 | 11.1 h | 3 | 1 | 2 | 50.0 % |
| Personalised playlist 2 | 1,800 | 0.50 h | 1 | 1 | 1 | 100.0 % |
| Personalised playlist 10 | 0 | 0.00 h | 0 | 0 | 1 | 0.0 % |

## Top works

| work | composer | seconds | hours | streams | listeners |
|---|---|--:|--:|--:|--:|
| A\\|B &lt;i&gt; | =cmd\\(\\)\\|'x' | 40,000 | 11.1 h | 3 | 1 |
| Nocturnes |  | 1,800 | 0.50 h | 1 | 1 |
"
        );
    }
}

#[test]
fn a_table_without_rows_is_a_report_of_nothing() {
    for stored in Stored::each() {
        stored.fill(&[]);
        let text = stored.stdout(&["report"]);
        assert_eq!(
            text,
            "Seconds streamed of personalised playlists\n\nThere are none.\n"
        );
        let csv = stored.csv(&["report", "--format", "csv"]);
        assert_eq!(csv.lines().count(), 1);
        stored.stdout(&["report", "--format", "markdown"]);
        stored.stdout(&["report", "--format", "json"]);
        stored.stdout(&["report", "--html", "page.html", "-q"]);
        assert!(stored.folder.read("page.html").contains("There are none."));
    }
}

#[test]
fn the_page_goes_to_its_file_and_figures_only_where_they_are_asked_for() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    let run = stored.run(&["report", "--html", "page.html"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "the page is page.html\n");
    let page = stored.folder.read("page.html");
    let run = stored.run(&["report", "--html", "-"]);
    assert_eq!((run.stdout, run.stderr.as_str()), (page.clone(), ""));
    let run = stored.run(&["report", "--html", "page.html", "--format", "csv", "-q"]);
    assert_eq!((run.stdout.lines().count(), run.stderr.as_str()), (4, ""));
    // The same figures, the same bytes.
    assert_eq!(stored.folder.read("page.html"), page);
    assert_eq!(stored.folder.names(), ["music.db", "page.html"]);
}

/// More than a buffer holds: nobody reads the rest, and that is no error.
#[test]
fn a_reader_who_has_seen_enough_may_go() {
    let stored = Stored::sqlite();
    let work = "w".repeat(1_000);
    let rows: Vec<Row> = (1..2_000)
        .map(|position| row("ada", 1, position, &format!("{work}{position}"), 1, 60))
        .collect();
    stored.fill(&rows);
    for arguments in [
        "works --user ada --format csv",
        "works --user ada --format table",
        "works --user ada --format json",
        "report --format json --top 2000",
    ] {
        let program = crate::support::mixtape().get_program().to_owned();
        let script = format!(
            "set -o pipefail; '{}' {arguments} --db '{}' | head -n 1",
            program.display(),
            stored.url
        );
        let output = std::process::Command::new("bash")
            .args(["-c", &script])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), said.as_ref()),
            (Some(0), ""),
            "{arguments}"
        );
    }
}
