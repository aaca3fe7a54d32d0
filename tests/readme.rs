//! Runs the README's examples and compares what they print.
//!
//! An example is a `$ ` line of a console block, with the `> ` lines that continue it. All of them run in the order of the
//! README in one folder that holds a copy of `samples`. What stands below one is what it prints on both streams, byte for
//! byte; `…`, once a line, stands for any text.
#![cfg(unix)] // the examples are lines for a Unix shell

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::ROOT;
use support::shell::{Example, copy_samples, printed, search_path, shell, take_line};

/// What a reader types, and what runs here: the program of this build, on less data.
const ADAPTED: [(&str, &str); 3] = [
    ("cargo run --release -- ", "mixtape "),
    ("target/release/", ""),
    ("000000 ", "000 "),
];

/// Not on every machine, and with other options elsewhere than on Linux; `.ci/run` installs it.
const GNU_TIME: &str = "/usr/bin/time";

#[test]
fn every_example_prints_what_the_readme_says() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy_samples(folder.path());
    let path = programs();
    let has_time = cfg!(target_os = "linux") && Path::new(GNU_TIME).exists();
    let mut drifted = String::new();
    for example in examples(&readme) {
        let (line, command, expected) = (example.line, &example.command, &example.expected);
        if command.contains(GNU_TIME) && !has_time {
            continue;
        }
        let printed = run(command, folder.path(), &path);
        if !matches(expected, &printed) {
            drifted += &format!(
                "\nREADME.md:{line}: {command}\n--- it says\n{expected}--- it prints\n{printed}"
            );
        }
    }
    assert!(drifted.is_empty(), "{drifted}");
}

fn examples(readme: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut language = None;
    for (number, line) in (1..).zip(readme.lines()) {
        if let Some(fence) = line.strip_prefix("```") {
            language = if language.is_none() {
                Some(fence)
            } else {
                None
            };
        } else if language == Some("sh") {
            // Nothing hides here: these are Cargo's own commands, without output to compare. `.ci/run` runs them.
            assert!(line.starts_with("cargo "), "README.md:{number}: {line}");
        } else if language == Some("console") {
            take_line(&mut examples, number, line);
        }
    }
    assert!(
        language.is_none() && !examples.is_empty(),
        "the README's blocks are not closed, or none is an example"
    );
    examples
}

fn run(command: &str, folder: &Path, path: &str) -> String {
    let adapt = |command: String, (typed, run): &(&str, &str)| command.replace(typed, run);
    let command = ADAPTED.iter().fold(command.to_owned(), adapt);
    printed(shell(&command, folder, path).output().unwrap())
}

fn matches(expected: &str, printed: &str) -> bool {
    let line_matches = |(expected, printed): (&str, &str)| match expected.split_once('…') {
        None => expected == printed,
        Some((start, end)) => printed
            .strip_prefix(start)
            .is_some_and(|rest| rest.ends_with(end)),
    };
    expected.lines().count() == printed.lines().count()
        && expected.lines().zip(printed.lines()).all(line_matches)
}

/// A search path with the two programs. A test of one package is not given the programs of another, so
/// Cargo is asked to build `data-gen`.
fn programs() -> String {
    let mixtape = Path::new(env!("CARGO_BIN_EXE_mixtape")).parent().unwrap();
    let target = mixtape.parent().unwrap();
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--package=data-gen", "--target-dir"]);
    let status = build.arg(target).current_dir(ROOT).status().unwrap();
    assert!(status.success(), "data-gen cannot be built");
    let data_gen = target.join("debug");
    search_path(&[mixtape, &data_gen])
}

/// Every test that the table of faults names is there, by the module and the beginning of its name.
#[test]
fn the_table_of_faults_names_tests_that_exist() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, section) = readme.split_once("| fault | proved by |").unwrap();
    let (table, _) = section.split_once("\n\n").unwrap();
    let mut sources = Vec::new();
    collect("tests".as_ref(), &mut sources);
    collect("src".as_ref(), &mut sources);
    let rows: Vec<&str> = table.lines().filter(|line| line.contains('`')).collect();
    assert!(rows.len() >= 29, "{} rows", rows.len());
    for row in rows {
        let (_, proofs) = row.rsplit_once(" | ").unwrap();
        let named: Vec<&str> = proofs.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "{row}");
        for name in named {
            let (module, test) = name.split_once("::").unwrap_or((name, ""));
            let module = module.rsplit('/').next().unwrap();
            let test = format!("fn {}", test.trim_end_matches('…'));
            let is_there = |(path, text): &(PathBuf, String)| {
                let in_module = path
                    .iter()
                    .any(|part| Path::new(part).file_stem() == Some(module.as_ref()));
                (in_module && text.contains(&test))
                    || (module == "duplicate_member" && text.contains(module))
            };
            assert!(sources.iter().any(is_there), "no test {name}");
        }
    }
}

fn collect(folder: &Path, sources: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            sources.push((path, text));
        }
    }
}
