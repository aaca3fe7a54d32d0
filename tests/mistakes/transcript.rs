//! A file of commands and what they print, run again.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::scene::Scene;
use crate::support::shell::{Example, take_line};

/// Where it is set, transcripts are written anew.
const BLESS: &str = "MIXTAPE_TEST_BLESS";

/// Runs a transcript and holds it against what it says: text for text, but for blanks at the ends of lines.
///
/// A line that begins with `# ` is a remark, `$ ` a command; what stands below is what it prints on both streams, and its exit
/// code where that is not 0.
pub fn check(file: &str, scene: &Scene) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/mistakes")
        .join(file);
    let text = fs::read_to_string(&path).unwrap();
    let mut written = String::new();
    let mut drifted = String::new();
    for (remarks, examples) in parts(&text) {
        written += &remarks;
        if examples.is_empty() {
            written.push('\n');
        }
        for example in examples {
            let Example {
                line,
                command,
                expected,
            } = example;
            let said = run(scene, &command);
            let expected = expected.trim_end_matches('\n');
            if expected != said.trim_end_matches('\n') {
                write!(
                    drifted,
                    "\n{file}:{line}: {command}\n--- it says\n{expected}\n--- it prints\n{said}"
                )
                .unwrap();
            }
            writeln!(written, "$ {}\n{said}", command.replace('\n', "\n> ")).unwrap();
        }
    }
    if std::env::var_os(BLESS).is_some() {
        fs::write(&path, written.trim_end().to_owned() + "\n").unwrap();
        return;
    }
    assert!(
        drifted.is_empty(),
        "{drifted}\n{BLESS}=1 writes what it prints"
    );
}

/// Remarks, and the commands below them.
fn parts(text: &str) -> Vec<(String, Vec<Example>)> {
    let mut parts: Vec<(String, Vec<Example>)> = Vec::new();
    let mut is_remark = false;
    for (number, line) in (1..).zip(text.lines()) {
        let was_remark = std::mem::replace(&mut is_remark, line.starts_with("# "));
        match parts.last_mut() {
            Some((remarks, _)) if is_remark && was_remark => *remarks += &format!("{line}\n"),
            _ if is_remark => parts.push((format!("{line}\n"), Vec::new())),
            Some((_, examples)) if line.starts_with("$ ") || !examples.is_empty() => {
                take_line(examples, number, line);
            }
            _ => assert_eq!(line, "", "line {number} is no remark and no command"),
        }
    }
    assert!(!parts.is_empty(), "a transcript begins with a remark");
    parts
}

fn run(scene: &Scene, command: &str) -> String {
    let (printed, code) = scene.run(command);
    let mut said: String = printed
        .lines()
        .flat_map(|line| [line.trim_end(), "\n"])
        .collect();
    if code != Some(0) {
        writeln!(said, "exit code {}", code.expect("no signal")).unwrap();
    }
    said
}
