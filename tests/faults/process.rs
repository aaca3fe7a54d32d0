//! The program under limits, and fed through a pipe.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use crate::support::Run;

/// The program under limits of the shell, which every system has: `ulimit -s 256`. Several are joined by `&&`.
pub fn limited(limits: &str) -> Command {
    let mut command = Command::new("sh");
    let script = format!("ulimit -c 0 && {limits} && exec \"$0\" \"$@\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_mixtape")]);
    command
}

/// The program with at most this much memory of its own; beyond it, it aborts. Unlike the peak that a process reports, this
/// does not count pages of files, and holds on any machine.
pub fn in_memory_of(mib: u64) -> Command {
    limited(&format!("ulimit -d {}", mib << 10))
}

/// How a run ended that read from a pipe, and how much it took of what it was offered.
#[derive(Debug)]
pub struct Fed {
    pub run: Run,
    pub taken: u64,
}

/// Runs a command to its end with `input` on its standard input.
pub fn feed(command: &mut Command, input: impl Read) -> Fed {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let taken = pour(input, child.stdin.take().unwrap());
    let run = Run::of(child.wait_with_output().expect("the program ends"));
    Fed { run, taken }
}

/// Copies until either side ends; returns how many bytes the output took.
pub fn pour(mut input: impl Read, mut output: impl Write) -> u64 {
    let mut piece = vec![0; 64 << 10];
    let mut taken = 0;
    loop {
        let count = input.read(&mut piece).expect("the test's own input");
        if count == 0 {
            return taken;
        }
        match output.write_all(&piece[..count]) {
            Ok(()) => taken += count as u64,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return taken,
            Err(error) => panic!("{error}"),
        }
    }
}

/// A text over and over.
pub struct Repeated {
    text: &'static [u8],
    at: usize,
}

impl Repeated {
    pub fn new(text: &'static str) -> Self {
        Repeated {
            text: text.as_bytes(),
            at: 0,
        }
    }
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.text[self.at];
            self.at = (self.at + 1) % self.text.len();
        }
        Ok(buffer.len())
    }
}

/// Random numbers from a seed (splitmix64).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % bound
    }
}
