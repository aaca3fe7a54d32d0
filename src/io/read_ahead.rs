//! Reading a pipe in a thread of its own, so that waiting for it and working on it overlap.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Bytes asked for at once.
const BLOCK: usize = 64 * 1024;

/// Blocks that are read and not yet worked on. Bounds the memory: twice as many are in use.
const BLOCKS: usize = 2;

/// A reader that is ahead of its user by at most two blocks.
///
/// Where no thread can be started it reads when it is asked to, as its source would.
pub struct ReadAhead(Reading);

enum Reading {
    Ahead(Ahead),
    Direct(Box<dyn Read + Send>),
}

/// The user's side of the thread.
struct Ahead {
    full: Receiver<io::Result<Block>>,
    empty: SyncSender<Vec<u8>>,
    current: Block,
    /// The last block has come.
    ended: bool,
}

#[derive(Default)]
struct Block {
    bytes: Vec<u8>,
    /// Of the bytes, those that were read.
    length: usize,
    /// Of those, the ones that were handed out.
    taken: usize,
    /// Another one follows.
    goes_on: bool,
}

impl ReadAhead {
    /// Starts to read `source`. The thread ends with the source, or when the reader is dropped and the source gives more.
    pub fn new(source: impl Read + Send + 'static) -> Self {
        ReadAhead(Ahead::start(source).map_or_else(Reading::Direct, Reading::Ahead))
    }
}

impl Ahead {
    /// Without a thread the source comes back.
    fn start<R: Read + Send + 'static>(source: R) -> Result<Self, Box<dyn Read + Send>> {
        let (full_sender, full) = sync_channel(BLOCKS);
        let (empty, empty_receiver) = sync_channel::<Vec<u8>>(2 * BLOCKS);
        for _ in 0..2 * BLOCKS {
            let _ = empty.send(vec![0; BLOCK]); // there is room, and the receiver is right here
        }
        // Handed over once there is a thread: one that cannot be started would take it along.
        let (hand_over, handed_over) = sync_channel::<R>(1);
        let thread = thread::Builder::new().name("read-ahead".to_owned());
        let started = thread.spawn(move || {
            let Ok(mut source) = handed_over.recv() else {
                return;
            };
            for mut bytes in empty_receiver {
                let read = match source.read(&mut bytes) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                    read => read.map(Some),
                };
                let ends = !matches!(read, Ok(None | Some(1..)));
                let block = read.map(|length| Block {
                    bytes,
                    length: length.unwrap_or(0),
                    taken: 0,
                    goes_on: !ends,
                });
                if full_sender.send(block).is_err() || ends {
                    return;
                }
            }
        });
        if started.is_err() {
            return Err(Box::new(source));
        }
        hand_over
            .send(source)
            .map_err(|unsent| Box::new(unsent.0) as Box<dyn Read + Send>)?;
        Ok(Ahead {
            full,
            empty,
            current: Block::default(),
            ended: false,
        })
    }
}

impl Read for ReadAhead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Reading::Ahead(ahead) => ahead.read(buffer),
            Reading::Direct(source) => source.read(buffer),
        }
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.taken == self.current.length {
            let used = std::mem::take(&mut self.current);
            if !used.bytes.is_empty() {
                let _ = self.empty.send(used.bytes); // nobody wants it once the source has ended
            }
            match self.full.recv() {
                Ok(block) => {
                    self.ended = !matches!(&block, Ok(block) if block.goes_on);
                    self.current = block?;
                }
                Err(_) if self.ended => return Ok(0),
                Err(_) => return Err(io::Error::other("the thread that reads has failed")),
            }
        }
        let Block {
            bytes,
            length,
            taken,
            ..
        } = &mut self.current;
        let count = buffer.len().min(*length - *taken);
        buffer[..count].copy_from_slice(&bytes[*taken..*taken + count]);
        *taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a few bytes at a time, with interruptions, and fails at its end if told so.
    struct Source {
        left: usize,
        calls: usize,
        fails: bool,
    }

    impl Read for Source {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.calls += 1;
            if self.calls.is_multiple_of(3) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            if self.left == 0 && self.fails {
                return Err(io::Error::other("gone"));
            }
            let count = buffer.len().min(self.left).min(70_001);
            for (i, byte) in buffer[..count].iter_mut().enumerate() {
                *byte = ((self.left - i) % 251) as u8;
            }
            self.left -= count;
            Ok(count)
        }
    }

    #[test]
    fn gives_the_same_bytes_and_the_same_end() {
        for fails in [false, true] {
            let length = 3_000_000;
            let source = Source {
                left: length,
                calls: 0,
                fails,
            };
            let mut bytes = Vec::new();
            let end = ReadAhead::new(source).read_to_end(&mut bytes);
            assert_eq!(end.is_err(), fails);
            assert_eq!(bytes.len(), length);
            let right = |(i, byte): (usize, &u8)| *byte == ((length - i) % 251) as u8;
            assert!(bytes.iter().enumerate().all(right));
        }
    }

    #[test]
    fn a_reader_that_is_dropped_early_is_no_error() {
        let mut reader = ReadAhead::new(io::repeat(b'x'));
        assert_eq!(reader.read(&mut [0; 10]).unwrap(), 10);
    }
}
