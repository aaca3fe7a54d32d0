//! One input through every route: whole and in pieces in process, the program with a file and with a pipe.

use crate::support::Folder;
pub use crate::support::targets::top::{NAME, Outcome, Printed, in_process};

/// Every route; all of them must give the same.
pub fn everywhere(name: &str, input: &[u8], n: u64) -> Outcome {
    let whole = in_process(input, n, usize::MAX);
    for chunk in [1, 7] {
        let pieces = in_process(input, n, chunk);
        assert_eq!(pieces, whole, "{name}: {chunk} bytes at a time");
    }
    let folder = Folder::new();
    folder.write(NAME, input);
    for (file, shown, stdin) in [(NAME, NAME, &b""[..]), ("-", "<stdin>", input)] {
        for format in ["json", "ndjson", "lines"] {
            let arguments = ["top", file, &n.to_string(), "--format", format];
            let run = folder.run_with_input(arguments, stdin);
            let (code, stdout, stderr) = match &whole {
                Ok(printed) => (0, printed.format(format), String::new()),
                Err(message) => {
                    let message = message.replacen(NAME, shown, 1);
                    (2, "", format!("error: {message}\n"))
                }
            };
            assert_eq!(run.code, Some(code), "{name}: {file} {format}: {run:?}");
            assert_eq!(run.stdout, stdout, "{name}: {file} {format}");
            assert_eq!(run.one_line(), stderr, "{name}: {file} {format}");
        }
    }
    whole
}

impl Printed {
    fn format(&self, name: &str) -> &str {
        match name {
            "json" => &self.json,
            "ndjson" => &self.ndjson,
            _ => &self.lines,
        }
    }

    /// What is printed for these scores and ids; the lines stay empty.
    pub fn of(winners: &[(&str, &str)]) -> Self {
        let objects = |before: &str, between: &str, after: &str, separator: &str| {
            let object = |(score, id): &(&str, &str)| {
                format!("{before}\"score\": {score}{between}\"id\": {id}{after}")
            };
            let objects: Vec<String> = winners.iter().map(object).collect();
            objects.join(separator)
        };
        let json = match winners {
            [] => "[]\n".to_owned(),
            _ => {
                let objects = objects("  {\n    ", ",\n    ", "\n  }", ",\n");
                format!("[\n{objects}\n]\n")
            }
        };
        Printed {
            json,
            ndjson: objects("{", ", ", "}\n", ""),
            lines: String::new(),
        }
    }
}

/// Every route finds these scores and ids, and finds them again in the lines that it prints.
pub fn assert_found(name: &str, input: impl AsRef<[u8]>, n: u64, winners: &[(&str, &str)]) {
    let found = everywhere(name, input.as_ref(), n);
    let found = found.unwrap_or_else(|message| panic!("{name}: {message}"));
    let expected = Printed {
        lines: found.lines.clone(),
        ..Printed::of(winners)
    };
    assert_eq!(found, expected, "{name}");
    let again = in_process(found.lines.as_bytes(), n, usize::MAX);
    assert_eq!(again.as_ref(), Ok(&found), "{name}: its lines again");
}

/// A line is refused by every route, though it would lose and lines around it are good.
pub fn assert_refused(name: &str, line: impl AsRef<[u8]>, column: u64, message: &str) {
    let input = [
        b"9007199254740993: {\"id\": \"first\"}\n",
        line.as_ref(),
        b"\n7: {\"id\": \"last\"}\n",
    ]
    .concat();
    let refused = everywhere(name, &input, 1);
    let place = format!("{NAME}:2:{column}: ");
    let said = refused.expect_err(name);
    assert!(said.starts_with(&place), "{name}: not at {place}\n{said}");
    assert!(said.contains(message), "{name}: not {message:?}\n{said}");
}
