//! The program run with an input of any length, and the most memory that it had resident.

use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};

use data_gen::{Mixtape, MixtapeOptions};
use wait4::Wait4;

use crate::support::{Folder, mixtape};

pub const MIB: u64 = 1 << 20;

/// A child's peak includes that of the process that starts it, up to then. So this one stays below all that it looks for: it
/// streams, and measures one run at a time.
const OWN_PEAK: u64 = 5 * MIB;
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a run read, and the most memory that it had resident.
pub struct Measured {
    pub input: u64,
    pub peak: u64,
}

/// Runs the program with `input` on its standard input.
pub fn measure<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    code: i32,
    input: impl Read,
) -> Measured {
    let (reader, writer) = io::pipe().expect("a pipe");
    measure_with(arguments, code, reader.into(), || pour(input, writer))
}

/// Runs the program with a standard input that `write` writes to; it returns how many bytes it has written.
pub fn measure_with<S: AsRef<OsStr>>(
    arguments: impl IntoIterator<Item = S>,
    code: i32,
    stdin: Stdio,
    write: impl FnOnce() -> u64,
) -> Measured {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let own_peak = own_peak();
    assert!(
        own_peak < OWN_PEAK,
        "this process is too large to measure another one: {own_peak} bytes (a test that fails makes it so)"
    );
    let child = mixtape()
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let input = write();
    let ended = child.wait4().expect("the program ends");
    assert_eq!(ended.status.code(), Some(code));
    let peak = ended.rusage.maxrss;
    Measured { input, peak }
}

/// Copies in pieces of the size of a pipe; returns how many bytes.
pub fn pour(input: impl Read, output: impl Write) -> u64 {
    try_pour(input, output).expect("all is read")
}

/// As [`pour`], with the error of a reader that ends early.
pub fn try_pour(mut input: impl Read, mut output: impl Write) -> io::Result<u64> {
    let mut piece = vec![0; 64 << 10];
    let mut total = 0;
    loop {
        let count = input.read(&mut piece).expect("a generator never fails");
        if count == 0 {
            return Ok(total);
        }
        output.write_all(&piece[..count])?;
        total += count as u64;
    }
}

/// A reader that is a function.
pub fn from_fn(read: impl FnMut(&mut [u8]) -> io::Result<usize>) -> impl Read {
    struct FromFn<F>(F);
    impl<F: FnMut(&mut [u8]) -> io::Result<usize>> Read for FromFn<F> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            (self.0)(buffer)
        }
    }
    FromFn(read)
}

fn own_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse::<u64>().unwrap() << 10
}

/// Bytes of memory per item of input, from a small and a large run.
pub fn slope(name: &str, small: (u64, Measured), large: (u64, Measured)) -> f64 {
    let ((few, small), (many, large)) = (small, large);
    assert!(
        small.peak > OWN_PEAK,
        "{name}: what was measured is this test"
    );
    (large.peak - small.peak) as f64 / (many - few) as f64
}

/// A mixtape of these sizes in a file: a piped one would be spooled and mapped, and its pages counted.
pub fn write_mixtape(folder: &Folder, playlists: u64, users: u64, songs: u64) -> PathBuf {
    let path = folder.path(&format!("{playlists}-{users}-{songs}.json"));
    let document = Mixtape::new(MixtapeOptions {
        playlists,
        users: NonZeroU64::new(users),
        songs: NonZeroU64::new(songs),
        songs_per_playlist: 0,
        compact: true,
        ..MixtapeOptions::default()
    });
    pour(document, std::fs::File::create(&path).unwrap());
    path
}
