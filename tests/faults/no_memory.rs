//! `top` in a process that is not allowed the memory for what it shall keep: an error that says so, never an abort.
#![cfg(target_os = "linux")] // prlimit

use std::process::{Command, Stdio};

use crate::support::{Folder, Run, skipped};

fn limited(bytes: u64, program: &str) -> Command {
    let mut command = Command::new("prlimit");
    command.arg(format!("--as={bytes}")).arg(program);
    command
}

#[test]
fn top_says_so_where_the_highest_do_not_fit_into_memory() {
    if !limited(32 << 20, "true")
        .status()
        .is_ok_and(|status| status.success())
    {
        skipped("prlimit (of util-linux) is not there, or may not set a limit");
        return;
    }
    let folder = Folder::new();
    let lines = (0..600_000).map(|n| format!("{n}: {{\"id\": {n}}}\n"));
    let path = folder.write("scores", lines.collect::<String>());
    // Different ones, so that now the list of them finds no room and now one of them.
    for bytes in [36_000_000, 39_000_000, 39_500_000, 45_000_000, 52_000_000] {
        for format in ["ndjson", "lines"] {
            let run = limited(bytes, env!("CARGO_BIN_EXE_mixtape"))
                .args(["top".as_ref(), path.as_os_str(), "600000".as_ref()])
                .args(["--format", format, "--threads", "1"])
                .stdin(Stdio::null())
                .output();
            let run = Run::of(run.unwrap());
            assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{bytes}: {run:?}");
            let expected = "the 600000 highest do not fit into memory; ask for fewer, or allow the program more memory";
            assert!(run.stderr.contains(expected), "{bytes}: {run:?}");
        }
    }
}
