//! Several sources at once.

use std::io::Read;
use std::num::NonZeroU64;

use data_gen::{Rate, Youtube, YoutubeLayout, YoutubeOptions};

use super::support::Folder;
use super::tables::read_files;

fn lines(rows: u64, invalid: &str) -> Vec<String> {
    let mut text = String::new();
    let options = YoutubeOptions {
        rows,
        playlists: NonZeroU64::new(3),
        layout: YoutubeLayout::Ndjson,
        invalid: invalid.parse::<Rate>().unwrap(),
        ..YoutubeOptions::default()
    };
    Youtube::new(options).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn partitions_give_the_files_of_their_concatenation() {
    let folder = Folder::new();
    // Of very different sizes, so that later ones are read long before it is their turn; some hold nothing but rejects.
    let all = lines(6000, "0.3");
    let mut names = Vec::new();
    let mut rest = &all[..];
    for (i, size) in [3000, 1, 0, 40, 1500, 7, 2, 900, 550]
        .into_iter()
        .enumerate()
    {
        let (part, more) = rest.split_at(size);
        rest = more;
        names.push(format!("part{i}"));
        let as_array = format!("[{}]", part.join(",\n"));
        folder.write(
            &names[i],
            if i % 2 == 0 {
                part.join("\n")
            } else {
                as_array
            },
        );
    }
    assert!(rest.is_empty());
    folder.write("whole", all.join("\n"));
    let run = |arguments: &[&str], names: &[String]| {
        let names = names.iter().map(String::as_str);
        let run = folder.run(
            ["ingest"]
                .into_iter()
                .chain(names)
                .chain(arguments.iter().copied()),
        );
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stderr
            .lines()
            .next()
            .unwrap()
            .split(", in")
            .next()
            .unwrap()
            .to_owned()
    };
    let whole = run(
        &["--out", "whole-tables", "--rejects", "whole-rejects"],
        &["whole".into()],
    );
    let expected = read_files(&folder.path("whole-tables"));
    let reasons = |name: &str| -> Vec<serde_json::Value> {
        let line = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        folder.read(name).lines().map(line).collect()
    };
    for threads in ["1", "2", "3", "16"] {
        let parts = run(
            &[
                "--out",
                "tables",
                "--rejects",
                "rejects",
                "--threads",
                threads,
            ],
            &names,
        );
        assert_eq!(parts, whole);
        assert!(
            read_files(&folder.path("tables")) == expected,
            "{threads} threads"
        );
        let (parts, whole) = (reasons("rejects"), reasons("whole-rejects"));
        assert_eq!(parts.len(), whole.len());
        for (part, whole) in parts.iter().zip(&whole) {
            assert_eq!(
                (&part["reason"], &part["row"]),
                (&whole["reason"], &whole["row"])
            );
            assert!(part["source"].as_str().unwrap().starts_with("part"));
        }
    }
}

#[test]
fn of_several_bad_sources_the_first_is_named() {
    let folder = Folder::new();
    folder.write("long", lines(5000, "0").join("\n"));
    folder.write("bad1", "[1,,]");
    folder.write("bad2", "[");
    for threads in ["1", "2", "5"] {
        let sources = [
            "ingest",
            "long",
            "bad1",
            "bad2",
            "long",
            "--out",
            "tables",
            "--threads",
            threads,
        ];
        let run = folder.run(sources);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("error: bad1:1:4: "), "{}", run.stderr);
    }
}
