//! The program as a terminal starts it, and signals sent to it.

use std::process::{Child, Command, Stdio};

use super::mixtape;

/// The program as a terminal starts it. Who runs the tests may ignore signals (nohup, a shell's `&`), and children would too.
pub fn attentive() -> Command {
    if !cfg!(target_os = "linux") {
        return mixtape();
    }
    let mut command = Command::new("env");
    command.arg("--default-signal=HUP,INT,TERM");
    command.arg(mixtape().get_program());
    command
}

/// Whether there was still somebody to take the signal.
pub fn send(signal: &str, child: &Child) -> bool {
    let kill = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .stderr(Stdio::null())
        .status();
    kill.expect("kill starts").success()
}
