//! `--max-rejects`, `--dry-run`, `--progress`, `completions` and `man`.

use crate::run::{BAD, GOOD, MIXTAPE, Place};
use crate::support::Folder;

/// So many good operations and so many bad ones behind them.
fn operations(good: usize, bad: usize) -> String {
    [GOOD]
        .repeat(good)
        .into_iter()
        .chain([BAD].repeat(bad))
        .map(|line| format!("{line}\n"))
        .collect()
}

#[test]
fn more_rejects_than_allowed_are_exit_2_and_leave_the_output_alone() {
    for (good, bad, limit, passes) in [
        (3, 0, "0", true),
        (3, 1, "0", false),
        (3, 2, "2", true),
        (3, 3, "2", false),
        (99, 1, "1%", true),
        (98, 2, "1%", false),
        (199, 1, "0.5%", true),
        (0, 1, "100%", true),
        (5_000, 49, "1%", true),
        (5_000, 60, "1%", false),
    ] {
        let place = Place::new(MIXTAPE, operations(good, bad));
        place.0.write("output.json", "old");
        let arguments = ["--max-rejects", limit, "--rejects", "rejects.ndjson"];
        let run = place
            .apply(&arguments)
            .assert_code(if passes { 0 } else { 2 });
        let name = format!("{good} good, {bad} bad, {limit}");
        assert_eq!(place.read("output.json") == "old", !passes, "{name}");
        let rejects = place.read("rejects.ndjson").lines().count();
        if passes {
            assert_eq!(rejects, bad, "{name}");
        } else {
            assert!(
                run.stderr.contains(&format!("--max-rejects {limit}")),
                "{name}: {run:?}"
            );
            // Those that there were by then: they say why.
            assert!((1..=bad).contains(&rejects), "{name}: {rejects}");
        }
    }
}

#[test]
fn a_run_that_goes_wrong_is_stopped_long_before_its_end() {
    for limit in ["10", "1%"] {
        let place = Place::new(MIXTAPE, operations(0, 100_000));
        let run = place
            .apply(&["--max-rejects", limit, "--rejects", "r"])
            .assert_code(2);
        assert!(place.read("r").lines().count() <= 1_100, "{limit}: {run:?}");
    }
    let place = Place::new(MIXTAPE, operations(0, 3));
    let run = place.apply(&["--max-rejects", "1"]).assert_code(2);
    assert_eq!(
        run.stderr.matches("rejected: changes.json:").count(),
        2,
        "{run:?}"
    );
    let place = Place::new(MIXTAPE, "");
    for limit in ["", "-1", "x", "101%", "1.5", "%"] {
        place
            .apply(&[&format!("--max-rejects={limit}")])
            .assert_code(64);
    }
    place
        .apply(&["--max-rejects", "1", "--strict"])
        .assert_code(64);
}

#[test]
fn a_dry_run_does_everything_but_write() {
    let place = Place::new(MIXTAPE, operations(2, 1));
    place.0.write("output.json", "old");
    let wet = place.run("mixtape.json changes.json wet.json", &["--summary", "wet"]);
    for output in ["", "output.json"] {
        let arguments = format!("mixtape.json changes.json {output}");
        let further = ["--dry-run", "--rejects", "rejects", "--summary", "dry"];
        let run = place.run(&arguments, &further).assert_code(0);
        assert!(
            run.stderr.contains("nothing written, it would be "),
            "{run:?}"
        );
        assert_eq!(place.read("output.json"), "old");
        assert_eq!(place.read("rejects").lines().count(), 1);
        let numbers = |name: &str| {
            let text: serde_json::Value = serde_json::from_str(&place.read(name)).unwrap();
            ["read", "applied", "rejected", "output_bytes"].map(|member| text[member].clone())
        };
        assert_eq!(numbers("dry"), numbers("wet"));
    }
    assert_eq!(wet.code, Some(3));
    // What would fail fails.
    place.0.write("changes.json", "[oops");
    place
        .run("mixtape.json changes.json", &["--dry-run"])
        .assert_code(2);
    place.run("mixtape.json changes.json", &[]).assert_code(64);
    place.assert_holds("changes.json dry mixtape.json output.json rejects wet wet.json");
}

#[test]
fn progress_is_shown_where_it_is_asked_for_and_nowhere_else() {
    // Slow enough for the half second: the changes come through a pipe that somebody holds open.
    let run = |when: &str| {
        let place = Place::new(MIXTAPE, "");
        let mut child = crate::support::mixtape()
            .args([
                "apply",
                "mixtape.json",
                "-",
                "output.json",
                "--progress",
                when,
            ])
            .current_dir(place.0.path(""))
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut input, operations(64, 0).as_bytes()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1_500));
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).unwrap()
    };
    let said = run("always");
    assert!(said.contains("applying: "), "{said}");
    assert!(said.contains("operations"), "{said}");
    assert!(!run("auto").contains("applying"), "no terminal");
    assert!(!run("never").contains("applying"));
}

#[test]
fn completions_and_manual_pages_are_made() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run(["completions", shell]);
        assert_eq!(run.code, Some(0), "{shell}");
        assert!(run.stdout.contains("max-rejects"), "{shell}");
    }
    assert_eq!(folder.run(["completions", "tcsh"]).code, Some(64));
    let run = folder.run(["man", "pages/man1"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for page in ["mixtape.1", "mixtape-apply.1", "mixtape-top.1"] {
        assert!(
            folder
                .read(&format!("pages/man1/{page}"))
                .contains(".TH mixtape"),
            "{page}"
        );
    }
    folder.write("file", "");
    let run = folder.run(["man", "file"]);
    assert_eq!(run.code, Some(1), "{run:?}");
}
