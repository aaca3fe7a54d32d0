//! How far a run is, drawn on standard error while it goes on.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bytesize::ByteSize;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use mixtape::io::{Progress, Progressed};

use crate::cli::{CommonArguments, When};

/// A run that ends within this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two looks, on a terminal and elsewhere.
const REDRAW: Duration = Duration::from_millis(100);
const REPORT: Duration = Duration::from_secs(1);

/// Shows the progress of a run until it is dropped.
pub struct Display {
    /// Dropped first: that ends the thread.
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Display {
    /// Starts to show, if that is wanted here.
    pub fn start(arguments: &CommonArguments, progress: &Progress) -> Display {
        let terminal = std::io::stderr().is_terminal();
        let wanted = match arguments.progress {
            When::Auto => terminal && !arguments.quiet,
            When::Always => true,
            When::Never => false,
        };
        if !wanted {
            return Display {
                end: None,
                thread: None,
            };
        }
        let (end, ended) = channel::<()>();
        let progress = progress.clone();
        let thread = thread::spawn(move || {
            let wait = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if terminal {
                draw(&progress, wait);
            } else {
                report(&progress, wait);
            }
        });
        Display {
            end: Some(end),
            thread: Some(thread),
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join(); // what only shows something cannot fail the run
        }
    }
}

/// On a terminal: one line that changes and goes away.
fn draw(progress: &Progress, wait: impl Fn(Duration) -> bool) {
    if !wait(PATIENCE) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let known = ProgressStyle::with_template(
        "{prefix} {wide_bar} {percent:>3} %  {bytes} of {total_bytes}, {binary_bytes_per_sec}{msg}, {eta} left",
    );
    let unknown = ProgressStyle::with_template(
        "{prefix} {spinner} {bytes}, {binary_bytes_per_sec}{msg}, {elapsed}",
    );
    let (Ok(known), Ok(unknown)) = (known, unknown) else {
        return;
    };
    let mut phase = "";
    loop {
        let seen = progress.look();
        if seen.phase.name != phase {
            phase = seen.phase.name;
            bar.reset();
            bar.set_prefix(phase);
            match seen.total {
                Some(total) => {
                    bar.set_style(known.clone());
                    bar.set_length(total);
                }
                None => {
                    bar.set_style(unknown.clone());
                    bar.unset_length();
                }
            }
        }
        bar.set_message(items(&seen));
        bar.set_position(seen.bytes);
        if !wait(REDRAW) {
            bar.finish_and_clear();
            return;
        }
    }
}

/// Elsewhere, where it is asked for: a line a second.
fn report(progress: &Progress, wait: impl Fn(Duration) -> bool) {
    let mut phase = ("", Instant::now());
    let mut patience = PATIENCE;
    while wait(patience) {
        patience = REPORT;
        let seen = progress.look();
        if seen.phase.name != phase.0 {
            phase = (seen.phase.name, Instant::now());
        }
        let line = describe(&seen, phase.1.elapsed());
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

fn describe(seen: &Progressed, elapsed: Duration) -> String {
    let bytes = ByteSize(seen.bytes);
    let mut line = format!("{}: {bytes}", seen.phase.name);
    let seconds = elapsed.as_secs_f64();
    if let Some(total) = seen.total.filter(|total| *total > 0) {
        let percent = seen.bytes.min(total) as f64 * 100.0 / total as f64;
        line += &format!(" of {}, {percent:.0} %", ByteSize(total));
        if seen.bytes > 0 && seconds > 0.0 {
            let left = seconds * total.saturating_sub(seen.bytes) as f64 / seen.bytes as f64;
            line += &format!(", {left:.0} s left");
        }
    }
    line + &items(seen)
}

/// `, 3000 operations`, or nothing.
fn items(seen: &Progressed) -> String {
    if seen.phase.items.is_empty() {
        return String::new();
    }
    format!(", {} {}", seen.items, seen.phase.items)
}
