//! How `ingest` is called.

use super::support::Folder;

const ROW: &str = r#"[{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20T12:19:10"}]"#;

fn place() -> Folder {
    let folder = Folder::new();
    folder.write("rows.json", ROW);
    folder
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    for (arguments, message) in [
        ("rows.json", "--out"),
        ("", "SOURCE"),
        ("- - --out tables", "standard input"),
        (
            "rows.json --out tables --rejects rows.json",
            "it would be overwritten",
        ),
        (
            "rows.json --out tables --rejects ./rows.json",
            "it would be overwritten",
        ),
        (
            "rows.json --out tables --summary rows.json",
            "it would be overwritten",
        ),
        (
            "rows.json --out tables --summary x --rejects x",
            "are the same",
        ),
        ("rows.json --db rows.json", "it would be overwritten"),
        (
            "rows.json --db sqlite:./rows.json",
            "it would be overwritten",
        ),
        (
            "rows.json PLAYLIST_YOUTUBE tables rows.json",
            "it would be overwritten",
        ),
        ("rows.json --db x.db --rejects x.db", "are the same"),
        ("rows.json --db x.db --summary ./x.db", "are the same"),
        (
            "rows.json --out tables --db tables/users.csv",
            "are the same",
        ),
        (
            "rows.json --out tables --rejects tables/users.csv",
            "are the same",
        ),
        (
            "rows.json --out tables --summary ./tables/./artists.csv",
            "are the same",
        ),
        ("rows.json --out tables --granularity month", "granularity"),
        ("rows.json --out tables --source spotify", "source"),
        ("rows.json --out tables --threads 0", "threads"),
    ] {
        let folder = place();
        let run = folder.run(["ingest"].into_iter().chain(arguments.split_whitespace()));
        assert_eq!(run.code, Some(64), "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{arguments}: {}", run.stderr);
        assert_eq!(folder.names(), ["rows.json"], "{arguments}");
        assert_eq!(folder.read("rows.json"), ROW);
    }
}

#[test]
fn a_source_in_the_folder_of_the_tables_is_refused_where_a_table_would_take_its_place() {
    let folder = place();
    std::fs::create_dir(folder.path("tables")).unwrap();
    for name in ["users.csv", "rows.json"] {
        folder.write(&format!("tables/{name}"), ROW);
    }
    let run = folder.run(["ingest", "tables/users.csv", "--out", "tables"]);
    assert_eq!(run.code, Some(64), "{run:?}");
    let message = "a file of --out is a SOURCE (tables/users.csv); it would be overwritten";
    assert!(run.stderr.contains(message), "{run:?}");
    assert_eq!(folder.read("tables/users.csv"), ROW);
    let run = folder.run(["ingest", "tables/rows.json", "--out", "tables"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn what_cannot_be_opened_is_named() {
    let folder = place();
    for (arguments, name) in [
        ("rows.json missing.json --out tables", "missing.json"),
        ("rows.json --out rows.json", "rows.json"),
        ("rows.json --out tables --rejects no/folder", "no/folder"),
    ] {
        let run = folder.run(["ingest"].into_iter().chain(arguments.split_whitespace()));
        assert_eq!(run.code, Some(1), "{arguments}: {}", run.stderr);
        assert!(run.stderr.contains(name), "{arguments}: {}", run.stderr);
    }
}

#[test]
fn the_summary_says_what_was_done() {
    let folder = place();
    let run = folder.run([
        "ingest",
        "rows.json",
        "--out",
        "tables",
        "--summary",
        "-",
        "--quiet",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(summary["read"], 1);
    assert_eq!(summary["used"], 1);
    assert_eq!(summary["bytes"], ROW.len());
    assert_eq!(summary["files"]["playlist_positions_log"], 1);
    assert_eq!(summary["files"]["users"], 0);
}
