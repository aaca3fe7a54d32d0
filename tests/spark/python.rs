//! A Python without pyspark: with it no virtual machine can have started when a job ends.

use std::process::{Command, Stdio};

use crate::support::{Folder, Run, skipped};

/// `-S` leaves out what is installed beside Python, `-E` what the environment adds.
const BARE: &str = "-ES";

/// Said loudly where there is none.
pub fn is_there() -> bool {
    let mut python = Command::new("python3");
    let run = python.args([BARE, "-c", ""]).status();
    let found = run.is_ok_and(|status| status.success());
    if !found {
        skipped(
            "no python3: the mistakes of who starts a Spark job, and the examples of spark/README.md",
        );
    }
    found
}

/// Runs a program of `spark/` in a folder.
pub fn run(folder: &Folder, program: &str, arguments: &[&str]) -> Run {
    let mut python = Command::new("python3");
    // What would say that another filesystem is the usual one.
    for name in [
        "HADOOP_CONF_DIR",
        "YARN_CONF_DIR",
        "SPARK_CONF_DIR",
        "SPARK_HOME",
        "PYSPARK_GATEWAY_PORT",
    ] {
        python.env_remove(name);
    }
    let program = format!("{}/spark/{program}", env!("CARGO_MANIFEST_DIR"));
    python
        .args([BARE, &program])
        .args(arguments)
        .args(["--mixtape", env!("CARGO_BIN_EXE_mixtape")])
        .current_dir(folder.path(""))
        .stdin(Stdio::null());
    Run::of(python.output().expect("python3"))
}
