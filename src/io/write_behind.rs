//! Writing a long file in a thread of its own, so that making its bytes and handing them to the system overlap.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::fault::{self, Operation};
use super::write_back::{self, WriteBack};

/// Bytes that are written right away. Files that are shorter are not worth a thread.
const SHORT: u64 = 4 << 20;

/// Blocks that wait to be written. Bounds the memory.
const BLOCKS: usize = 4;

// The thread begins with a write-back of its own: up to there the first one has not asked the disk for anything.
const _: () = assert!(SHORT < write_back::EVERY);

/// The bytes of a file on their way to the system, and from there to the disk.
pub(super) struct WriteBehind(State);

enum State {
    /// The file is short so far.
    Direct {
        write_back: WriteBack,
        written: u64,
    },
    Behind(Writer),
    /// A write has failed, and said so.
    Failed,
}

/// The thread that writes.
struct Writer {
    full: SyncSender<Vec<u8>>,
    /// Never locked: so that a sink may be looked at from several threads, as others may.
    empty: Mutex<Receiver<Vec<u8>>>,
    thread: JoinHandle<io::Result<WriteBack>>,
}

impl WriteBehind {
    pub(super) fn new() -> Self {
        WriteBehind(State::Direct {
            write_back: WriteBack::default(),
            written: 0,
        })
    }

    /// Writes the block, now or soon, and leaves an empty one in its place. That a write has failed is told by a later call, or
    /// by [`finish`](Self::finish).
    ///
    /// # Errors
    /// What the system said. Nothing more can be written then.
    pub(super) fn write(&mut self, block: &mut Vec<u8>, mut file: &File) -> io::Result<()> {
        if let State::Direct {
            write_back,
            written,
        } = &mut self.0
        {
            *written += block.len() as u64;
            let goes_on = *written >= SHORT;
            fault::check(Operation::Write)?;
            file.write_all(block)?;
            write_back.wrote(block.len(), file);
            block.clear();
            // Without a thread all is written right away, as ever.
            if goes_on && let Ok(writer) = Writer::start(file, block.capacity()) {
                self.0 = State::Behind(writer);
            }
            return Ok(());
        }
        let State::Behind(writer) = &mut self.0 else {
            return Err(io::Error::other("an earlier write has failed"));
        };
        if let Ok(empty) = writer.empty.get_mut()
            && let Ok(next) = empty.recv()
            && writer.full.send(std::mem::replace(block, next)).is_ok()
        {
            return Ok(());
        }
        // It has ended before its time.
        match std::mem::replace(&mut self.0, State::Failed) {
            State::Behind(writer) => Err(writer.finish().err().unwrap_or_else(has_failed)),
            State::Direct { .. } | State::Failed => Err(has_failed()),
        }
    }

    /// Waits until all is written. What was on its way to the disk is then waited for by the result.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn finish(self) -> io::Result<WriteBack> {
        match self.0 {
            State::Direct { write_back, .. } => Ok(write_back),
            State::Behind(writer) => writer.finish(),
            State::Failed => Err(has_failed()),
        }
    }
}

impl Writer {
    /// Starts with empty blocks of so many bytes, so that none need grow.
    fn start(file: &File, capacity: usize) -> io::Result<Self> {
        let mut file = file.try_clone()?;
        let (full, blocks) = sync_channel::<Vec<u8>>(BLOCKS);
        let (written, empty) = sync_channel(BLOCKS);
        for _ in 0..BLOCKS {
            let mut block = Vec::new();
            block.try_reserve_exact(capacity)?;
            let _ = written.send(block); // there is room, and the receiver is right here
        }
        let mut write_back = WriteBack::default();
        let thread = thread::Builder::new()
            .name("write-behind".to_owned())
            .spawn(move || {
                for mut block in blocks {
                    fault::check(Operation::Write)?;
                    file.write_all(&block)?;
                    write_back.wrote(block.len(), &file);
                    block.clear();
                    let _ = written.send(block); // nobody wants it any more where this fails
                }
                Ok(write_back)
            })?;
        Ok(Writer {
            full,
            empty: Mutex::new(empty),
            thread,
        })
    }

    fn finish(self) -> io::Result<WriteBack> {
        drop(self.full);
        self.thread.join().unwrap_or_else(|_| Err(has_failed()))
    }
}

fn has_failed() -> io::Error {
    io::Error::other("the thread that writes has failed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Seek};

    #[test]
    fn short_and_long_files_hold_all_bytes_in_their_order() {
        for blocks in [0, 1, 40, 300] {
            let mut file = tempfile::tempfile().unwrap();
            let mut writing = WriteBehind::new();
            let mut expected = Vec::new();
            let mut block = Vec::new();
            for number in 0..blocks {
                let length = number * 977 % 200_000;
                block.extend((0..length).map(|i| (i * number) as u8));
                expected.extend_from_slice(&block);
                writing.write(&mut block, &file).unwrap();
                assert!(block.is_empty());
            }
            let is_behind = matches!(writing.0, State::Behind(_));
            assert_eq!(is_behind, expected.len() as u64 >= SHORT, "{blocks}");
            writing.finish().unwrap().finish().unwrap();
            let mut read = Vec::new();
            file.rewind().unwrap();
            file.read_to_end(&mut read).unwrap();
            assert!(read == expected, "{blocks}");
        }
    }

    #[test]
    fn a_write_that_fails_behind_is_told_once_and_in_the_systems_words() {
        // A pipe whose reader goes away once the thread writes.
        let (mut reader, writer) = io::pipe().unwrap();
        let file = File::from(std::os::fd::OwnedFd::from(writer));
        let reading = thread::spawn(move || {
            let mut left = vec![0; SHORT as usize + (1 << 20)];
            reader.read_exact(&mut left).unwrap();
        });
        let mut writing = WriteBehind::new();
        let mut failed = None;
        for _ in 0..200 {
            if let Err(error) = writing.write(&mut vec![7; 256 * 1024], &file) {
                failed = Some(error);
                break;
            }
        }
        assert_eq!(failed.unwrap().kind(), io::ErrorKind::BrokenPipe);
        assert!(writing.write(&mut vec![7; 1], &file).is_err());
        assert!(writing.finish().is_err());
        reading.join().unwrap();
    }
}
