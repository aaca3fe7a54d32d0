//! Short ways to run `apply`, in process and as the program.

use std::path::PathBuf;

use mixtape::apply::ApplyOptions;
use mixtape::changes::ChangesFormat;
use mixtape::json::{Position, Snippet};
use serde_json::Value;

use crate::support::{Applied, Folder, Run, apply_in_process};

/// Three users, nine songs and the playlists 1, 2, 3.
pub const MIXTAPE: &str = r#"{"users": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
 "playlists": [{"id": "1", "owner_id": "1", "song_ids": ["1"]},
  {"id": "2", "owner_id": "2", "song_ids": ["2", "3"]},
  {"id": "3", "owner_id": "2", "song_ids": []}],
 "songs": [{"id": "1"}, {"id": "2"}, {"id": "3"}, {"id": "4"}, {"id": "5"}, {"id": "6"}, {"id": "7"}, {"id": "8"}, {"id": "9"}]}
"#;

/// An operation that [`MIXTAPE`] takes.
pub const GOOD: &str = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "8"}"#;
/// One that it does not.
pub const BAD: &str = r#"{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "99"}"#;

/// Applies what must succeed, in the largest and in the smallest reads, which must not differ.
pub fn apply(mixtape: &str, changes: &str) -> Applied {
    apply_with(mixtape, changes, &ApplyOptions::default())
}

pub fn apply_as(mixtape: &str, changes: &str, format: ChangesFormat) -> Applied {
    let options = ApplyOptions {
        changes_format: Some(format),
        ..ApplyOptions::default()
    };
    apply_with(mixtape, changes, &options)
}

pub fn apply_with(mixtape: &str, changes: &str, options: &ApplyOptions) -> Applied {
    let run = |chunk| {
        apply_in_process(mixtape, changes.as_bytes(), chunk, options)
            .unwrap_or_else(|error| panic!("{error}\n{mixtape}\n{changes}"))
    };
    let (whole, slow) = (run(usize::MAX), run(1));
    assert_eq!(whole.output, slow.output, "one byte at a time: {changes}");
    assert_eq!(whole.rejects, slow.rejects, "one byte at a time: {changes}");
    whole
}

/// The exit code and message of a failure, in the largest and in the smallest reads, which must not differ.
#[derive(Debug, PartialEq)]
pub struct Failed {
    pub code: u8,
    /// Place and message, without element and path.
    pub message: String,
    pub element: Option<(&'static str, u64)>,
    pub path: Option<String>,
    pub snippet: Option<Snippet>,
}

impl Failed {
    /// Whether the place is the end of the text, or of the number, literal or escape that is cut off there.
    pub fn is_at_end_of(&self, text: &str) -> bool {
        let (_, byte) = self.message.rsplit_once("(byte ").expect("a place");
        let byte: usize = byte.trim_end_matches(')').parse().expect("a number");
        let literal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '\\');
        byte <= text.len() && text[byte..].chars().all(literal)
    }
}

pub fn failure(mixtape: &str, changes: &[u8]) -> Failed {
    failure_with(mixtape, changes, &ApplyOptions::default())
}

pub fn failure_with(mixtape: &str, changes: &[u8], options: &ApplyOptions) -> Failed {
    let run = |chunk| {
        let error = apply_in_process(mixtape, changes, chunk, options).err();
        let error = error.unwrap_or_else(|| {
            let changes = String::from_utf8_lossy(changes);
            panic!("no error\n{mixtape}\n{changes}")
        });
        let message = match (error.input(), error.position()) {
            (Some(input), Some(Position { line, column, byte })) => {
                // Without the folder, which has a new name each time.
                let start = input.find("mixtape.json").unwrap_or(0);
                let (input, message) = (&input[start..], error.message());
                format!("{input}:{line}:{column}: {message} (byte {byte})")
            }
            _ => error.to_string(),
        };
        Failed {
            code: error.kind().exit_code(),
            message,
            element: error.element(),
            path: error.path(),
            snippet: error.snippet().cloned(),
        }
    };
    let (whole, mut slow) = (run(usize::MAX), run(1));
    // What follows the place may not have been read yet.
    slow.snippet.clone_from(&whole.snippet);
    assert_eq!(whole, slow);
    whole
}

/// Line and column of a byte, counted a second way.
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// A text without the `☛` that marks a place in it, and that place: `line:column` and byte.
pub fn unmark(marked: &str) -> (String, String, usize) {
    let byte = marked.find('☛').expect("a mark");
    let text = marked.replace('☛', "");
    let (line, column) = line_and_column(&text, byte);
    (text, format!("{line}:{column}"), byte)
}

/// The output's playlists as they are.
pub fn playlists(output: &str) -> Vec<Value> {
    let output: Value = serde_json::from_str(output).expect("the output is JSON");
    output["playlists"].as_array().expect("an array").clone()
}

/// The reasons of the rejects, in order.
pub fn reasons(applied: &Applied) -> Vec<&str> {
    applied
        .rejects
        .iter()
        .map(|reject| reject["reason"].as_str().expect("a name"))
        .collect()
}

/// A folder with `mixtape.json` and `changes.json`, and what runs of the program make in it.
pub struct Place(pub Folder);

impl Place {
    pub fn new(mixtape: impl AsRef<[u8]>, changes: impl AsRef<[u8]>) -> Self {
        let folder = Folder::new();
        folder.write("mixtape.json", mixtape);
        folder.write("changes.json", changes);
        Place(folder)
    }

    /// `apply mixtape.json changes.json output.json` and further arguments.
    pub fn apply(&self, further: &[&str]) -> Run {
        self.run("mixtape.json changes.json output.json", further)
    }

    /// `apply` with blank-separated paths and further arguments.
    pub fn run(&self, paths: &str, further: &[&str]) -> Run {
        self.run_with_input(paths, further, b"")
    }

    pub fn run_with_input(&self, paths: &str, further: &[&str], input: &[u8]) -> Run {
        let paths = paths.split(' ').filter(|path| !path.is_empty());
        let arguments = ["apply"].into_iter().chain(paths);
        self.0
            .run_with_input(arguments.chain(further.iter().copied()), input)
    }

    pub fn read(&self, name: &str) -> String {
        self.0.read(name)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path(name)
    }

    /// Checks that the folder holds these files, separated by blanks, and no temporary ones.
    #[track_caller]
    pub fn assert_holds(&self, names: &str) {
        assert_eq!(self.0.names().join(" "), names);
    }
}

impl Run {
    #[track_caller]
    pub fn assert_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}
