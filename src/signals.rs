//! A signal that ends the run leaves no temporary file behind.

use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use mixtape::io::remove_temporaries;

/// Watches for the signals that end a program, from now on. The exit code is 128 and the signal's number, as shells have it.
pub fn watch() {
    // Without the watch a signal ends the run as it does by default: only the temporary file stays.
    let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
        return;
    };
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            remove_temporaries();
            std::process::exit(128 + signal);
        }
    });
}
