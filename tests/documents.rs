//! What the documents say beside the README's examples: docs/options.md is every subcommand's help, and links and paths lead somewhere.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::ROOT;

const DOCUMENTS: [&str; 5] = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/options.md",
    "spark/README.md",
    "benches/peers/README.md",
];

/// The program's help in the name of these words.
fn help(words: &[String], flag: &str) -> String {
    let program = env!("CARGO_BIN_EXE_mixtape");
    let run = Command::new(program).args(words).arg(flag).output();
    let run = run.unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{words:?}");
    String::from_utf8(run.stdout).unwrap()
}

/// The subcommands that a help lists, itself not among them.
fn subcommands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// All of them, each as the words that name it.
fn all_subcommands() -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for name in subcommands(&help(&[], "-h")) {
        let further = subcommands(&help(std::slice::from_ref(&name), "-h"));
        if further.is_empty() {
            all.push(vec![name]);
        } else {
            // Their helps say all that its own does.
            all.extend(
                further
                    .into_iter()
                    .map(|further| vec![name.clone(), further]),
            );
        }
    }
    all
}

#[test]
fn every_help_stands_in_the_options_fits_a_screen_and_ends_with_an_example() {
    let mut shown = "# Options\n\n".to_owned();
    shown += "What each subcommand takes, as its own `-h` says it. ";
    shown += "How they work together is in the [README](../README.md).\n";
    let commands = all_subcommands();
    assert!(commands.len() >= 13, "{commands:?}");
    for words in [vec![]].iter().chain(&commands) {
        let text = help(words, "-h");
        assert_eq!(text, help(words, "--help"));
        assert!(text.lines().count() <= 36, "{words:?}: {text}");
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{words:?}: {line}");
        }
        let name = format!("mixtape {}", words.join(" "));
        let name = name.trim_end();
        let example = format!("Example: {name} ");
        let last = text.lines().last().unwrap();
        assert!(
            last.contains(&example) || words.is_empty() && text.contains(&example),
            "{text}"
        );
        shown += &format!("\n## `{name}`\n\n```console\n$ {name} -h\n{text}```\n");
    }
    assert!(
        read("docs/options.md") == shown,
        "docs/options.md should be\n{shown}"
    );
}

/// The options in a help or a table.
fn flags(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_lowercase() || c == '-';
    let words = text.split(|c: char| !is_part(c));
    let flags =
        words.filter(|word| word.starts_with('-') && !word.trim_start_matches('-').is_empty());
    let flags = flags.filter(|word| !["-h", "--help"].contains(word));
    flags.map(str::to_owned).collect()
}

/// The help of a Spark job, which needs no Spark; none, said loudly, where there is no Python.
fn help_of_job(name: &str) -> Option<String> {
    let program = Path::new(ROOT).join("spark").join(name);
    let mut python = Command::new("python3");
    let Ok(run) = python.arg("-ES").arg(program).arg("--help").output() else {
        support::skipped("no python3: whether spark/README.md has every option of the jobs");
        return None;
    };
    assert!(run.status.success(), "{name}: {run:?}");
    let help = String::from_utf8(run.stdout).unwrap();
    // What stands in front of an option's explanation.
    let (_, options) = help
        .split_once("options:\n")
        .or(help.split_once("optional arguments:\n"))?;
    let lines = options.lines().filter_map(|line| line.strip_prefix("  -"));
    let words = lines.map(|line| format!("-{}\n", line.split("  ").next().unwrap()));
    Some(words.collect())
}

#[test]
fn the_tables_of_the_spark_jobs_have_every_option_and_no_other() {
    let readme = read("spark/README.md");
    let table = |name: &str| {
        let (_, rows) = readme.split_once(&format!("| {name} | |\n")).unwrap();
        let rows = rows.lines().take_while(|line| line.starts_with('|'));
        let names = rows.filter_map(|row| row.split(" | ").next());
        flags(&names.collect::<Vec<_>>().join("\n"))
    };
    for job in ["apply.py", "top.py"] {
        let Some(help) = help_of_job(job) else {
            return;
        };
        let shown: BTreeSet<String> = &table(&format!("`{job}`")) | &table("both");
        assert_eq!(shown, flags(&help), "{job}");
    }
}

fn read(document: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(document)).unwrap()
}

/// Lines of prose: all but those of blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        in_block ^= is_fence;
        !in_block && !is_fence
    })
}

/// The names by which GitHub links to the headings of a document.
fn anchors(text: &str) -> Vec<String> {
    let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
    prose(text)
        .filter(|line| line.starts_with('#'))
        .map(|line| line.trim_start_matches('#').trim_start().to_lowercase())
        .map(|heading| heading.chars().filter(kept).collect::<String>())
        .map(|name| name.replace(' ', "-"))
        .collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_are_there() {
    let mut links = 0;
    for document in DOCUMENTS {
        let text = read(document);
        for line in prose(&text) {
            let targets = line.split("](").skip(1);
            for target in targets.map(|rest| rest.split_once(')').unwrap().0) {
                if target.starts_with("https://") {
                    continue;
                }
                links += 1;
                let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
                let path = match file {
                    "" => Path::new(ROOT).join(document),
                    file => Path::new(ROOT).join(document).with_file_name(file),
                };
                assert!(path.exists(), "{document}: {target}");
                let is_there = |text: String| anchors(&text).iter().any(|name| name == anchor);
                assert!(
                    anchor.is_empty() || is_there(fs::read_to_string(&path).unwrap()),
                    "{document}: {target}"
                );
            }
        }
    }
    assert!(links > 30, "{links}");
}

#[test]
fn every_path_of_the_repository_that_is_named_is_there() {
    // Not fuzz/, where what is found comes to stand.
    const FOLDERS: [&str; 7] = [
        "src/",
        "tests/",
        "benches/",
        "spark/",
        "data-gen/",
        "docs/",
        "samples/",
    ];
    let mut paths = 0;
    for document in DOCUMENTS {
        for line in prose(&read(document)) {
            let quoted = line.split('`').skip(1).step_by(2);
            let words = quoted.filter_map(|text| text.split_whitespace().last());
            for path in words.filter(|path| FOLDERS.iter().any(|folder| path.starts_with(folder))) {
                paths += 1;
                assert!(Path::new(ROOT).join(path).exists(), "{document}: {path}");
            }
        }
    }
    assert!(paths > 40, "{paths}");
}
