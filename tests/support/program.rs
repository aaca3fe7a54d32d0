//! The program run as a user would.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::process::{Child, Command, Output, Stdio};

use super::Folder;

/// The program under test.
pub fn mixtape() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mixtape"))
}

impl Folder {
    /// Runs the program in this folder.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        self.run_with_input(arguments, b"")
    }

    /// Runs the program in this folder with `input` on its standard input.
    pub fn run_with_input<S: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Run {
        let mut child = self.start(arguments);
        // It may end without reading all of it.
        let _ = child.stdin.take().unwrap().write_all(input);
        Run::of_child(child)
    }

    /// Starts the program in this folder, with pipes to and from it.
    pub fn start<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Child {
        mixtape()
            .args(arguments)
            .current_dir(self.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }
}

/// Writes all that a started program shall read.
pub fn give(child: &mut Child, input: &[u8]) {
    let mut stdin = child.stdin.take().expect("a pipe to it");
    stdin.write_all(input).expect("all is read");
}

/// Lets a started program write a few bytes, and closes its standard output.
pub fn read_little(child: &mut Child) {
    let mut first = [0; 10];
    let mut stdout = child.stdout.take().expect("a pipe from it");
    stdout.read_exact(&mut first).expect("that much is written");
}

/// How a run ended and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(output: Output) -> Self {
        Run {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8 on standard output"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8 on standard error"),
        }
    }

    /// Waits for a program that was started.
    pub fn of_child(child: Child) -> Self {
        Run::of(child.wait_with_output().expect("the program ends"))
    }
}

impl Run {
    /// The error on one line, as [`mixtape::Error`] displays it. Fails where the picture of its place is not drawn as it shall be.
    pub fn one_line(&self) -> String {
        let mut lines = self.stderr.lines();
        let headline = lines.next().unwrap_or_default().to_owned();
        let picture: Vec<&str> = lines.collect();
        let [bar, text, caret] = picture[..] else {
            return self.stderr.clone();
        };
        let number = text.split('|').next().unwrap();
        assert_eq!(bar.trim(), "|", "{}", self.stderr);
        number.trim().parse::<u64>().expect("the line's number");
        let (before, label) = caret.split_once('^').expect("a caret");
        assert!(before.trim_start().starts_with('|'), "{}", self.stderr);
        let byte = label.trim_start_matches('^').strip_prefix(" here ");
        format!("{headline} {}\n", byte.expect("the label of the caret"))
    }

    /// The error on one line without its element and path: `error: changes.json:1:2: message (byte 1)`.
    pub fn error(&self) -> String {
        let line = self.one_line();
        let Some((start, _)) = line.match_indices(": ").nth(1) else {
            return line;
        };
        let (place, rest) = line.split_at(start + 2);
        let path = rest
            .find('$')
            .filter(|at| rest[..*at].is_empty() || rest[..*at].ends_with(", "));
        match path {
            Some(at) => place.to_owned() + rest[at..].split_once(": ").expect("a message").1,
            None => line,
        }
    }
}

/// Says why a test that needs more than every system has is left out here; past the harness, which would keep it to itself.
pub fn skipped(reason: &str) {
    let _ = writeln!(io::stderr(), "\n*** tests skipped: {reason} ***");
}
