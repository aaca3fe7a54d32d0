//! A source without an end: lines are handed on as they come, whole ones only, and waiting for more can be told to end.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use crate::io::Source;

/// Bytes read at once, and how many such pieces may wait.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 16;

/// Between two looks whether waiting shall end.
const LOOK: Duration = Duration::from_millis(50);

/// The lines of an endless source.
pub struct Flow {
    name: String,
    pieces: Receiver<io::Result<Vec<u8>>>,
    gauge: Gauge,
    end: Arc<AtomicBool>,
    /// What came last, of which a part is handed on.
    bytes: Vec<u8>,
    /// How much of it is handed on, and how much of it ends with a line.
    taken: usize,
    whole: usize,
    /// A line longer than this is handed on in parts: whoever reads it refuses it.
    longest_line: usize,
    is_over: bool,
}

/// Tells whether more lines of a flow have come already.
#[derive(Clone)]
pub struct Gauge(Arc<AtomicUsize>);

impl Gauge {
    /// Whether there is nothing to be read without waiting.
    pub fn is_dry(&self) -> bool {
        self.0.load(Ordering::Acquire) == 0
    }
}

impl Flow {
    /// Reads `source`, until it ends or `end` is set; then what is no whole line is left out.
    pub fn new(source: Source, end: Arc<AtomicBool>, longest_line: usize) -> Self
    where
        Source: Send,
    {
        let (sender, pieces) = sync_channel(WAITING);
        let gauge = Gauge(Arc::default());
        let (name, coming) = (source.name().to_owned(), gauge.clone());
        thread::spawn(move || pump(source, &sender, &coming));
        Flow {
            name,
            pieces,
            gauge,
            end,
            bytes: Vec::new(),
            taken: 0,
            whole: 0,
            longest_line,
            is_over: false,
        }
    }

    /// What messages call the source.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its gauge.
    pub fn gauge(&self) -> Gauge {
        self.gauge.clone()
    }

    /// Waits for the next piece. False where none comes any more.
    fn wait(&mut self) -> io::Result<bool> {
        loop {
            if self.end.load(Ordering::Acquire) {
                self.whole = self.taken; // the rest is a part of a line
                return Ok(false);
            }
            match self.pieces.recv_timeout(LOOK) {
                Ok(piece) => {
                    self.bytes.drain(..self.taken);
                    self.taken = 0;
                    let ends = ends_line(&piece);
                    self.gauge.0.fetch_sub(usize::from(ends), Ordering::AcqRel);
                    self.bytes.extend_from_slice(&piece?);
                    self.whole = memchr::memrchr(b'\n', &self.bytes).map_or(0, |end| end + 1);
                    if self.bytes.len() > self.longest_line.saturating_add(PIECE) {
                        self.whole = self.bytes.len();
                    }
                    return Ok(true);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    // Whoever has written it may have ended in the middle of a line, and is going to write it again.
                    let rest = &self.bytes[self.taken..];
                    if serde_json::from_slice::<serde::de::IgnoredAny>(rest).is_ok() {
                        self.whole = self.bytes.len();
                    }
                    return Ok(false);
                }
            }
        }
    }
}

/// Reads on and on; whoever takes the pieces may be gone.
fn pump(mut source: Source, sender: &SyncSender<io::Result<Vec<u8>>>, coming: &Gauge) {
    let mut piece = vec![0; PIECE];
    loop {
        let read = match source.read(&mut piece) {
            Ok(0) => return,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(count) => Ok(piece[..count].to_vec()),
            Err(error) => Err(error),
        };
        let is_last = read.is_err();
        coming
            .0
            .fetch_add(usize::from(ends_line(&read)), Ordering::AcqRel);
        if sender.send(read).is_err() || is_last {
            return;
        }
    }
}

/// Whether a piece brings something to be handed on: with a part of a line, waiting goes on.
fn ends_line(piece: &io::Result<Vec<u8>>) -> bool {
    let bytes = piece.as_ref().map_or(&[][..], Vec::as_slice);
    memchr::memchr(b'\n', bytes).is_some()
}

impl Read for Flow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.whole && !self.is_over {
            self.is_over = !self.wait()?;
        }
        let count = (self.whole - self.taken).min(buffer.len());
        buffer[..count].copy_from_slice(&self.bytes[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}
