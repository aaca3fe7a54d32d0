//! A reused window on a byte stream: what the JSON readers read from.

mod held;
mod lines;

use std::cell::Cell;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;

use super::encoding::BYTE_ORDER_MARK;
use super::path::PathTracker;
use super::scan::SLACK;
use super::{Failure, Limits, Position};
pub use held::Held;
pub(crate) use held::{SHOWN_BEFORE, ShownUpTo};

/// Bytes asked from the source at once; larger reads measure no faster.
const CAPACITY: usize = 256 * 1024;

/// Bytes handed out last that can be looked at though nobody holds them: a comma in front of blanks, blanks in front of a
/// value.
const LOOK_BEHIND: usize = 1024;

/// Room for strings that must be put together: enough for nearly all of them.
const SCRATCH: usize = 1024;

/// A window on a stream of bytes, which knows the position of each byte in it.
///
/// Bytes are handed out once ([`available`](Self::available), [`consume`](Self::consume)) and can be looked at again
/// ([`Held::raw`]) as long as they are held. Memory: 256 KiB, or what is held where that is more, up to the limit.
pub struct Window<R> {
    source: R,
    /// Why the source could not be read. It is not asked again: that could say something else.
    failed: Option<io::Error>,
    /// The bytes, and [`SLACK`] more that do not count.
    pub(super) buffer: Vec<u8>,
    /// Position of `buffer[0]` in the stream.
    first: Position,
    /// A position in the window that was asked for: asking again and again counts each byte once.
    seen: Cell<Position>,
    /// Whether the lines of bytes that leave the window are counted.
    counts_lines: bool,
    /// Index of the next byte to hand out.
    pub(super) next: usize,
    /// Index behind the last byte that was read.
    pub(super) end: usize,
    /// Stream offset from which bytes must stay; none: only the last [`LOOK_BEHIND`] of those handed out.
    held: Option<u64>,
    pub(super) limits: Limits,
    /// An offset whose position is asked for later, and that position once the byte has left the window.
    marked: u64,
    marked_position: Option<Position>,
    /// Follows what has left the window of the element that starts at the mark.
    left: PathTracker,
    has_left: bool,
    /// Where the readers put strings together that do not lie in the buffer as they are.
    pub(super) scratch: Vec<u8>,
}

impl Window<io::Empty> {
    /// A window on bytes that are all there: those that are `unread` of `buffer`, in which [`Window::ROOM_BEHIND`] more follow
    /// that do not count. What stands in front of them is there for messages; `first` is where the buffer begins.
    pub fn on_bytes(
        mut buffer: Vec<u8>,
        unread: Range<usize>,
        limits: impl Into<Limits>,
        first: Position,
    ) -> Self {
        debug_assert!(unread.end + Self::ROOM_BEHIND <= buffer.len());
        // No JSON goes on with it.
        buffer[unread.end] = 0;
        Window::in_buffer(io::empty(), limits, buffer, unread, first)
    }

    /// Begins anew: the buffer begins at `first`, and these of its bytes are unread.
    pub(crate) fn rewind(&mut self, unread: Range<usize>, first: Position) {
        debug_assert!(unread.end == self.end);
        self.next = unread.start;
        self.first = first;
        self.seen.set(first);
        self.held = None;
        self.mark(first.byte);
    }

    /// The buffer back.
    pub fn into_buffer(self) -> Vec<u8> {
        self.buffer
    }
}

impl<R> Window<R> {
    /// Bytes behind those of a window [on bytes](Window::on_bytes), at least.
    pub const ROOM_BEHIND: usize = SLACK + 1;

    fn index(&self, offset: u64) -> usize {
        (offset.saturating_sub(self.first.byte) as usize).min(self.end)
    }
}

impl<R: Read> Window<R> {
    /// A window on `source`, which starts at its first byte. A byte order mark there is passed over, and counted.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub fn new(source: R, limits: impl Into<Limits>) -> Result<Self, Failure> {
        let mut window = Window::starting_at(source, limits, Position::START);
        let head = window
            .look_ahead(3)
            .map_err(|error| Failure::of_io(error, 0))?;
        if head.starts_with(BYTE_ORDER_MARK) {
            window.next = 3;
            // Editors show no column for the mark: what follows it is in the first.
            window.first.column = 0;
            window.seen.set(window.first);
        }
        Ok(window)
    }

    /// A window on a `source` whose first byte is at `first` of what it is a part of.
    pub fn starting_at(source: R, limits: impl Into<Limits>, first: Position) -> Self {
        Window::in_buffer(source, limits, vec![0; CAPACITY + SLACK], 0..0, first)
    }

    /// As [`starting_at`](Self::starting_at), with what stands in `front` of the source, for messages to show: `first` is where
    /// that begins.
    pub fn behind(front: &[u8], source: R, limits: impl Into<Limits>, first: Position) -> Self {
        let mut buffer = vec![0; CAPACITY.max(front.len()) + SLACK];
        buffer[..front.len()].copy_from_slice(front);
        Window::in_buffer(source, limits, buffer, front.len()..front.len(), first)
    }

    /// A window on the `unread` bytes of a buffer and on the source behind them.
    fn in_buffer(
        source: R,
        limits: impl Into<Limits>,
        buffer: Vec<u8>,
        unread: Range<usize>,
        first: Position,
    ) -> Self {
        Window {
            source,
            failed: None,
            buffer,
            first,
            seen: Cell::new(first),
            counts_lines: true,
            next: unread.start,
            end: unread.end,
            held: None,
            limits: limits.into(),
            marked: u64::MAX,
            marked_position: None,
            left: PathTracker::with_room(),
            has_left: false,
            scratch: Vec::with_capacity(SCRATCH),
        }
    }

    /// Goes on reading elsewhere: bytes that were handed out last and where they begin, and what follows them.
    pub fn into_rest(self) -> (Vec<u8>, Position, impl Read) {
        let front = self.buffer[..self.next].to_vec();
        let read = self.buffer[self.next..self.end].to_vec();
        (front, self.first, io::Cursor::new(read).chain(self.source))
    }

    /// The window, but lines are not counted: of positions only the offset is right. For those who can look again.
    pub fn without_lines(mut self) -> Self {
        self.counts_lines = false;
        self
    }

    /// The bytes that are read and not yet handed out; reads more where there are none. Empty at the end of the stream.
    ///
    /// # Errors
    /// What the source returns, but `Interrupted`, and the same from then on; [`HoldLimit`](super::HoldLimit) inside an
    /// [`io::Error`] when more is held than allowed.
    pub fn available(&mut self) -> io::Result<&[u8]> {
        if self.next == self.end {
            self.fill()?;
        }
        Ok(&self.buffer[self.next..self.end])
    }

    /// The bytes that are read already and not yet handed out.
    #[inline]
    pub fn read_already(&self) -> &[u8] {
        &self.buffer[self.next..self.end]
    }

    /// The next bytes without handing them out: at least `count` of them, unless the stream ends before.
    ///
    /// # Errors
    /// As [`available`](Self::available).
    pub fn look_ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.end - self.next < count && self.fill()? {}
        Ok(&self.buffer[self.next..self.end])
    }

    /// Marks the first `count` available bytes as handed out.
    pub fn consume(&mut self, count: usize) {
        debug_assert!(count <= self.end - self.next);
        self.next += count;
    }

    /// The bounds.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Offset of the next byte to hand out.
    pub fn offset(&self) -> u64 {
        self.first.byte + self.next as u64
    }

    /// Keeps all bytes from `offset` on until the next `hold` or [`release`](Self::release). `offset` is one that is held
    /// already, or at most 1 KiB in front of [`offset`](Self::offset).
    pub fn hold(&mut self, offset: u64) {
        debug_assert!(offset >= self.first.byte);
        self.held = Some(offset);
    }

    /// Marks an offset of the window, where an element starts: its position, and paths from there on, can be asked for until
    /// the next `mark`, though its bytes may go.
    #[inline]
    pub fn mark(&mut self, offset: u64) {
        debug_assert!(offset >= self.first.byte);
        self.marked = offset;
        self.marked_position = None;
        if self.has_left {
            self.left.clear();
            self.has_left = false;
        }
    }

    /// Keeps nothing: what is handed out may be overwritten.
    pub fn release(&mut self) {
        self.held = None;
    }

    /// Reads once behind `end`. False at the end of the stream.
    fn fill(&mut self) -> io::Result<bool> {
        Ok(self.fill_from(self.next)?.is_some())
    }

    /// Reads once behind `end`, after making room if there is none; what is held or stands from index `keep` on stays.
    /// Returns by how much indices have become lower; none at the end of the stream.
    pub(super) fn fill_from(&mut self, keep: usize) -> io::Result<Option<usize>> {
        let held = match self.held {
            // What stands in front of it is shown by messages, wherever the window began.
            Some(offset) => self.index(offset).saturating_sub(SHOWN_BEFORE),
            None => self.next.saturating_sub(LOOK_BEHIND),
        };
        let mut shift = 0;
        if self.end == self.capacity() {
            shift = held.min(keep);
            self.make_room(shift)?;
        }
        if let Some(error) = &self.failed {
            return Err(repeated(error));
        }
        let capacity = self.capacity();
        loop {
            match self.source.read(&mut self.buffer[self.end..capacity]) {
                Ok(count) => {
                    self.end += count;
                    // No JSON goes on with it, so readers need not ask for the end at each byte.
                    self.buffer[self.end] = 0;
                    return Ok((count > 0).then_some(shift));
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failed = Some(repeated(&error));
                    return Err(error);
                }
            }
        }
    }

    /// Bytes that the window can hold as it is.
    fn capacity(&self) -> usize {
        self.buffer.len() - SLACK
    }

    fn make_room(&mut self, keep: usize) -> io::Result<()> {
        let first = self.first.byte + keep as u64;
        if self.marked < first {
            let from = self.index(self.marked);
            self.left.feed(&self.buffer[from..keep]);
            self.has_left = true;
        }
        if self.counts_lines {
            if (self.first.byte..first).contains(&self.marked) {
                self.marked_position = Some(self.position(self.marked));
            }
            self.first = self.position(first);
        } else {
            self.first.byte = first;
        }
        self.seen.set(self.first);
        self.buffer.copy_within(keep..self.end, 0);
        self.next -= keep;
        self.end -= keep;
        // Half a window free is room enough; below that, moving would cost more than reading.
        if self.end > self.capacity() / 2 {
            // Other things may be held beside the one that the limit is about. Whoever holds it checks its length exactly.
            let most = self.limits.hold.bytes.saturating_add(CAPACITY);
            if self.end > most {
                return Err(io::Error::other(self.limits.hold));
            }
            let length = (self.capacity() * 2).min(most.saturating_add(CAPACITY)) + SLACK;
            // Exactly: a limit of 64 MiB shall not take 128.
            self.buffer.reserve_exact(length - self.buffer.len());
            self.buffer.resize(length, 0);
        }
        Ok(())
    }
}

/// The same error once more, in the same words.
#[cold]
fn repeated(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), error.to_string())
}

impl<R: Read + Seek> Window<R> {
    /// Moves to an offset of the stream; what lies between is not looked at. Only for a window
    /// [`without_lines`](Self::without_lines) that holds nothing.
    ///
    /// # Errors
    /// What the source returns.
    pub fn skip_to(&mut self, offset: u64) -> io::Result<()> {
        debug_assert!(!self.counts_lines && self.held.is_none());
        if (self.first.byte..=self.first.byte + self.end as u64).contains(&offset) {
            self.next = self.index(offset);
            return Ok(());
        }
        self.source.seek(SeekFrom::Start(offset))?;
        self.first.byte = offset;
        self.seen.set(self.first);
        (self.next, self.end) = (0, 0);
        self.buffer[0] = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
