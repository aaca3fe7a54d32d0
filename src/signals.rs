//! A signal that ends the run leaves no temporary file behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, OnceLock};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use mixtape::io::remove_temporaries;

/// Set by the first signal, where a run wants to end by itself.
static ENDING: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// From now on the first signal does not end the program: it sets what this returns, and the run ends by itself. A second one
/// ends it.
pub fn end_by_oneself() -> Arc<AtomicBool> {
    ENDING.get_or_init(Arc::default).clone()
}

/// Watches for the signals that end a program, from now on. The exit code is 128 and the signal's number, as shells have it.
pub fn watch() {
    // A file that becomes longer than it may be is an error of the write, to be cleaned up behind, not the end.
    let _ = flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
    // The thread first: once a signal is watched for, nothing but the thread ends the run.
    let (hand_over, handed_over) = sync_channel::<Signals>(1);
    let watching = thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let Ok(mut signals) = handed_over.recv() else {
                return;
            };
            for signal in signals.forever() {
                if let Some(ending) = ENDING.get()
                    && !ending.swap(true, Ordering::AcqRel)
                {
                    continue;
                }
                remove_temporaries();
                std::process::exit(128 + signal);
            }
        });
    // Without the watch a signal ends the run as it does by default: only the temporary file stays.
    if watching.is_err() {
        return;
    }
    // Whoever starts a run so that it survives a signal (nohup, a shell's `&`) means it.
    let watched = [SIGHUP, SIGINT, SIGTERM].into_iter();
    if let Ok(signals) = Signals::new(watched.filter(|signal| !is_ignored(*signal))) {
        let _ = hand_over.send(signals); // the thread waits for it
    }
}

/// Whether the signal was ignored when the program started, as far as the system tells.
fn is_ignored(signal: i32) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return false;
    };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
