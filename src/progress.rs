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

/// Between two looks, and between two lines where it is no terminal.
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
            When::Auto => terminal && arguments.is_told(),
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
        let thread = thread::Builder::new().name("progress".to_owned());
        let thread = thread.spawn(move || {
            let wait = |time| ended.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
            if terminal {
                draw(&progress, wait);
            } else {
                report(&progress, wait);
            }
        });
        Display {
            end: Some(end),
            // Without a thread nothing is shown.
            thread: thread.ok(),
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
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let started = Instant::now();
    let mut clock = PhaseClock::default();
    while wait(REDRAW) {
        let seen = progress.look();
        let elapsed = clock.elapsed(&seen);
        if started.elapsed() < PATIENCE {
            continue;
        }
        // The text is part of the style, because whatever else is set is drawn at once, beside what is not set yet.
        let picture = if seen.total.is_some() {
            "wide_bar"
        } else {
            "spinner"
        };
        let (name, text) = (seen.phase.name, describe(&seen, elapsed));
        let Ok(style) = ProgressStyle::with_template(&format!("{name} {{{picture}}} {text}"))
        else {
            return;
        };
        bar.set_style(style);
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.update(|state| {
            state.set_len(seen.total.unwrap_or(u64::MAX));
            state.set_pos(seen.bytes);
        });
    }
    bar.finish_and_clear();
}

/// Elsewhere, where it is asked for: a line a second.
fn report(progress: &Progress, wait: impl Fn(Duration) -> bool) {
    let mut clock = PhaseClock::default();
    let mut next = Instant::now() + PATIENCE;
    while wait(REDRAW) {
        let seen = progress.look();
        let elapsed = clock.elapsed(&seen);
        if Instant::now() >= next {
            next += REPORT;
            let name = seen.phase.name;
            let _ = writeln!(std::io::stderr(), "{name}: {}", describe(&seen, elapsed));
        }
    }
}

/// How long the phase has lasted that the run is in, as far as one has looked.
#[derive(Default)]
struct PhaseClock(Option<(&'static str, Instant)>);

impl PhaseClock {
    fn elapsed(&mut self, seen: &Progressed) -> Duration {
        match self.0 {
            Some((name, since)) if name == seen.phase.name => since.elapsed(),
            _ => {
                self.0 = Some((seen.phase.name, Instant::now()));
                Duration::ZERO
            }
        }
    }
}

/// `1.2 GiB of 2.6 GiB, 46 %, 310.0 MiB/s, 5 s left, 4200000 operations`
fn describe(seen: &Progressed, elapsed: Duration) -> String {
    let mut parts = Vec::new();
    let total = seen.total.filter(|total| *total > 0);
    let done = total.map_or(seen.bytes, |total| seen.bytes.min(total));
    parts.push(match total {
        Some(total) => format!(
            "{} of {}, {} %",
            ByteSize(done),
            ByteSize(total),
            u128::from(done) * 100 / u128::from(total)
        ),
        None => ByteSize(done).to_string(),
    });
    let rate = done as f64 / elapsed.as_secs_f64();
    if rate.is_finite() && rate > 0.0 {
        parts.push(format!("{}/s", ByteSize(rate as u64)));
        if let Some(total) = total {
            parts.push(format!("{:.0} s left", (total - done) as f64 / rate));
        }
    }
    if !seen.phase.items.is_empty() {
        parts.push(format!("{} {}", seen.items, seen.phase.items));
    }
    parts.join(", ")
}
