//! The limits, and the flags that set them.

use crate::support::{Folder, Run};

fn run(input: &str, arguments: &[&str]) -> Run {
    let all = ["top", "-", "1"].iter().chain(arguments);
    Folder::new().run_with_input(all, input.as_bytes())
}

/// What just passes a limit, what does not, and where the message says that it stands.
struct Row {
    name: &'static str,
    flag: &'static str,
    limit: usize,
    good: String,
    bad: String,
    place: &'static str,
}

fn with_score(digits: usize) -> String {
    format!("{}: {{\"id\": 1}}\n", "7".repeat(digits))
}

fn with_id(length: usize) -> String {
    format!("1: {{\"a\": 1, \"id\": \"{}\"}}\n", "x".repeat(length - 2))
}

fn of_length(length: usize) -> String {
    format!("1: {{\"id\": 1, \"a\": \"{}\"}}\n", "x".repeat(length - 21))
}

fn row(name: &'static str, make: fn(usize) -> String, limit: usize, bad: usize) -> Row {
    let (flag, place) = match name {
        "score" => ("--max-score-digits", "1:1: "),
        "id" => ("--max-id", "1:19: "),
        _ => ("--max-line", "1:1: "),
    };
    // Far beyond the limit the place is where reading was given up.
    let far = bad > limit + 100_000;
    Row {
        name,
        flag,
        limit,
        good: make(limit),
        bad: make(bad),
        place: if far { "1:" } else { place },
    }
}

#[test]
fn each_limit_passes_what_reaches_it_and_names_its_flag_beyond() {
    let negative = |digits| format!("-{}", with_score(digits));
    let sign = Row {
        good: negative(2),
        bad: negative(3),
        ..row("score", with_score, 2, 3)
    };
    for row in [
        sign,
        row("score", with_score, 2, 3),
        row("score", with_score, 4097, 4098),
        row("id", with_id, 10, 11),
        row("id", with_id, 300_000, 300_001),
        row("id", with_id, 300_000, 3_000_000),
        row("line", of_length, 30, 31),
        row("line", of_length, 200_000, 200_001),
        row("line", of_length, 300_000, 300_001),
        row("line", of_length, 300_000, 3_000_000),
    ] {
        let Row { name, flag, .. } = row;
        for format in ["json", "lines"] {
            if (name, format) == ("line", "json") {
                continue; // lines are not kept then, and may have any length
            }
            let name = format!("{name} of {} bytes, {format}", row.limit);
            let arguments = [flag, &row.limit.to_string(), "--format", format];
            let passed = run(&row.good, &arguments);
            assert_eq!(passed.code, Some(0), "{name}: {}", passed.stderr);
            let Run {
                code,
                stdout,
                stderr,
            } = run(&row.bad, &arguments);
            assert_eq!((code, stdout.as_str()), (Some(2), ""), "{name}: {stderr}");
            let place = format!("error: <stdin>:{}", row.place);
            assert!(
                stderr.starts_with(&place),
                "{name}: not at {place}\n{stderr}"
            );
            assert!(stderr.contains(flag), "{name}: {stderr}");
        }
    }
}

#[test]
fn a_limit_as_large_as_numbers_go_is_no_limit() {
    for arguments in [
        ["--max-score-digits", "18446744073709551615"],
        ["--max-id", "18446744073709551615"],
        ["--max-line", "18446744073709551615"],
    ] {
        for format in ["json", "lines"] {
            let mut all = arguments.to_vec();
            all.extend(["--format", format]);
            let run = run("1: {\"id\": 1}\n", &all);
            assert_eq!(run.code, Some(0), "{all:?}: {}", run.stderr);
        }
    }
}

#[test]
fn a_line_may_have_any_length_where_only_ids_are_kept() {
    let line = format!("1: {{\"id\": 1, \"a\": \"{}\"}}\n", "x".repeat(1 << 20));
    let run = run(&line, &["--max-line", "10", "--max-id", "1"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new();
    let run = folder.run_with_input(["top", "-", "1", "-"], b"1: {\"id\": 1}\n");
    assert_eq!(run.code, Some(64), "{run:?}");
    assert!(
        run.stderr.contains("only one FILE can be standard input"),
        "{run:?}"
    );
}
