//! Commands as a user types them into a shell, and what they print: the examples of the README, the transcripts of mistakes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::ROOT;

/// A `$ ` line, with the `> ` lines that continue it, and what stands below: what it prints on both streams.
#[derive(Default)]
pub struct Example {
    /// Where it stands in its file, from 1.
    pub line: usize,
    pub command: String,
    pub expected: String,
}

/// Takes the next line of a file of examples.
///
/// # Panics
/// Where output comes before the first command.
pub fn take_line(examples: &mut Vec<Example>, number: usize, line: &str) {
    if let Some(command) = line.strip_prefix("$ ") {
        examples.push(Example {
            line: number,
            command: command.to_owned(),
            expected: String::new(),
        });
        return;
    }
    let example = examples.last_mut().expect("it begins with `$ `");
    match line.strip_prefix("> ") {
        Some(more) if example.expected.is_empty() => example.command += &format!("\n{more}"),
        _ => example.expected += &format!("{line}\n"),
    }
}

/// Puts a copy of the samples into `folder`.
pub fn copy_samples(folder: &Path) {
    fs::create_dir(folder.join("samples")).unwrap();
    for sample in fs::read_dir(Path::new(ROOT).join("samples")).unwrap() {
        let sample = Path::new("samples").join(sample.unwrap().file_name());
        fs::copy(Path::new(ROOT).join(&sample), folder.join(&sample)).unwrap();
    }
}

/// The usual search path behind these folders of programs.
pub fn search_path(programs: &[&Path]) -> String {
    let mut path = String::new();
    for folder in programs {
        path += &format!("{}:", folder.display());
    }
    path + &std::env::var("PATH").unwrap()
}

/// A shell that will run `command` in `folder`, with both streams on its standard output.
pub fn shell(command: &str, folder: &Path, search_path: &str) -> Command {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(folder)
        .env("PATH", search_path)
        .stdin(Stdio::null());
    shell
}

/// What it has printed.
pub fn printed(output: Output) -> String {
    String::from_utf8(output.stdout).expect("UTF-8")
}
