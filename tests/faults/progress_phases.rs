//! The progress on a terminal: what is drawn is of one phase.
#![cfg(target_os = "linux")] // script of util-linux

use std::process::{Command, Stdio};

use crate::run::MIXTAPE;
use crate::support::{Folder, skipped};

#[test]
fn the_first_line_of_a_phase_has_numbers_of_its_own() {
    let mut probe = Command::new("script");
    probe.args(["-qec", "true", "/dev/null"]);
    if !probe
        .stdin(Stdio::null())
        .output()
        .is_ok_and(|output| output.status.success())
    {
        skipped("script (of util-linux) is not there");
        return;
    }
    let folder = Folder::new();
    // Slow enough for both phases to be shown: operations are counted in the second one only.
    let script = r#"
        mkfifo mixtape changes
        { sleep 1; printf %s "$TEXT"; } > mixtape &
        { printf '['; sleep 2; printf ']'; } > changes &
        stty cols 120
        "$PROGRAM" apply mixtape changes output.json
    "#;
    folder.write("run.sh", script);
    let output = Command::new("script")
        .args(["-qec", "sh run.sh", "/dev/null"])
        .env("TEXT", MIXTAPE)
        .env("TERM", "xterm")
        .env("PROGRAM", env!("CARGO_BIN_EXE_mixtape"))
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    let of_phase = |name: &str| -> Vec<&str> {
        let begins = shown.match_indices(name);
        begins
            .map(|(at, _)| shown[at..].split(['\r', '\n']).next().unwrap())
            .collect()
    };
    let (before, after) = (of_phase("copying"), of_phase("applying"));
    assert!(!before.is_empty() && !after.is_empty(), "{shown:?}");
    assert!(
        before.iter().all(|line| !line.contains("operations")),
        "{before:?}"
    );
    assert!(
        after.iter().all(|line| line.contains("operations")),
        "{after:?}"
    );
}
