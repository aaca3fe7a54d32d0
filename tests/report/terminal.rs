//! What a terminal is sent: as wide as it is, coloured only where that is wanted, steered by nobody.

use std::process::{Command, Stdio};

use crate::stored::{Row, Stored, row};
use crate::support::{mixtape, skipped};

/// Runs the program on a terminal of so many columns. None where there is nothing to make one with.
fn on_terminal(stored: &Stored, columns: u32, no_color: &str, arguments: &str) -> Option<String> {
    let program = mixtape().get_program().to_owned();
    let command = format!(
        "stty cols {columns} rows 24 -opost; '{}' {arguments} --db '{}'",
        program.display(),
        stored.url
    );
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &command, "/dev/null"])
        .env("NO_COLOR", no_color)
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        Ok(output) if cfg!(target_os = "linux") => panic!("{output:?}"),
        _ => {
            skipped("no `script` of util-linux, which makes terminals");
            None
        }
    }
}

fn rows() -> Vec<Row> {
    vec![
        Row {
            composer: Some("Clara\u{9b}31m Schumann".to_owned()),
            ..row(
                "ada",
                1,
                1,
                "Soirées \u{1b}[2J\u{202e}musicales, opus 6, for a piano",
                3,
                40_000,
            )
        },
        row("ada", 2, 1, "日本語の曲名がここにあります", 1, 1_800),
    ]
}

fn width(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

#[test]
fn bars_are_as_wide_as_the_terminal() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    for columns in [40, 59, 60, 80, 132] {
        let Some(text) = on_terminal(&stored, columns, "1", "report") else {
            return;
        };
        let widest = text.lines().map(width).max().unwrap();
        let bars = text
            .lines()
            .filter(|line| line.contains('█'))
            .map(width)
            .max();
        assert_eq!(bars, Some(columns as usize), "{text}");
        assert!(widest <= columns.max(53) as usize, "{text}");
    }
    // There is hardly room, but nothing is lost.
    let text = on_terminal(&stored, 5, "1", "report").unwrap();
    assert!(text.contains("40,000 s  11.1 h"), "{text}");
}

#[test]
fn colours_are_sent_to_terminals_alone_and_not_against_the_users_will() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    let Some(coloured) = on_terminal(&stored, 80, "", "report") else {
        return;
    };
    assert!(coloured.contains("\u{1b}[36m█"), "{coloured}");
    let plain = on_terminal(&stored, 80, "1", "report").unwrap();
    assert_eq!(
        coloured.replace("\u{1b}[36m", "").replace("\u{1b}[0m", ""),
        plain
    );
    assert_eq!(stored.stdout(&["report"]), plain);
}

#[test]
fn works_are_a_table_there_and_no_title_steers_it() {
    let stored = Stored::sqlite();
    stored.fill(&rows());
    for columns in [50, 80] {
        let Some(table) = on_terminal(&stored, columns, "1", "works --user ada") else {
            return;
        };
        assert!(table.starts_with("Personalised playlist 1\n"), "{table}");
        assert!(
            table.lines().all(|line| width(line) <= columns as usize),
            "{table}"
        );
        let hostile = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!table.contains(hostile), "{table:?}");
    }
    let csv = stored.stdout(&["works", "--user", "ada", "--format", "csv"]);
    assert!(
        csv.contains("\u{1b}[2J\u{202e}"),
        "CSV holds what is stored: {csv}"
    );
}

#[test]
fn a_name_is_cleaned_wherever_it_is_shown() {
    let stored = Stored::sqlite();
    stored.fill(&[Row {
        name: "\u{1b}]0;title\u{7}\r\n\u{202e}x".to_owned(),
        ..row("ada", 1, 1, "w", 1, 60)
    }]);
    let hostile = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    for format in ["text", "markdown"] {
        let text = stored.stdout(&["report", "--format", format]);
        assert!(!text.contains(hostile), "{text:?}");
    }
    let run = stored.run(&["report", "--artist", "\u{1b}[31m"]);
    assert!(!run.stderr.contains(hostile), "{run:?}");
}
