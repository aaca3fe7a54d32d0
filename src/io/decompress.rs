//! A stream's bytes, decompressed where they are compressed.

use std::io::{self, BufReader, Chain, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use super::compression::{Compression, MAGIC_LENGTH};
use super::progress::Progress;
use super::watched::Watched;

/// Bytes that are read before it is known what they are.
const HEAD: usize = 16 * 1024;

/// Compressed bytes read at once.
const CAPACITY: usize = 128 * 1024;

/// How far back a zstd stream may refer, and how a user lifts that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowLimit {
    /// Bytes; a power of two at most as large is what counts.
    pub bytes: u64,
}

impl WindowLimit {
    /// What `zstd` itself allows without being asked.
    pub const DEFAULT: WindowLimit = WindowLimit { bytes: 128 << 20 };

    fn log(self) -> u32 {
        // The range that the library takes.
        self.bytes.max(1).ilog2().clamp(10, 31)
    }
}

/// Reads a file from where it stands, and sees by the first bytes whether they are compressed.
pub(super) struct Decompressed {
    state: State,
    limit: WindowLimit,
    /// What the name promises; an empty file then is one that was cut.
    promised: Option<Compression>,
}

enum State {
    /// Nothing is known before somebody reads: asking a pipe earlier could wait for ever.
    Unknown {
        raw: Raw,
        head: Vec<u8>,
        length: usize,
    },
    Plain(Headed),
    Gzip(Box<MultiGzDecoder<BufReader<Headed>>>),
    Zstd(zstd::Decoder<'static, BufReader<Headed>>),
    /// Between two states, and after an error that cannot be gone on from.
    Ended,
}

/// The first bytes that were looked at, and the rest.
type Headed = Chain<Cursor<Vec<u8>>, Raw>;

impl Decompressed {
    pub(super) fn new(
        file: Watched,
        limit: WindowLimit,
        promised: Option<Compression>,
        progress: Progress,
    ) -> Self {
        let raw = Raw {
            file,
            progress,
            count: 0,
            failed: false,
        };
        Decompressed {
            state: State::Unknown {
                raw,
                head: vec![0; HEAD],
                length: 0,
            },
            limit,
            promised,
        }
    }

    /// Reads the first bytes and knows what to do with them and all others.
    fn begin(&mut self) -> io::Result<()> {
        let State::Unknown { raw, head, length } = &mut self.state else {
            return Ok(());
        };
        while *length < MAGIC_LENGTH {
            match raw.read(&mut head[*length..])? {
                0 => break,
                count => *length += count,
            }
        }
        if let (0, Some(compression)) = (*length, self.promised) {
            return Err(invalid(format!(
                "it is empty, where a {} file has a header; was it cut?",
                compression.name()
            )));
        }
        let State::Unknown { raw, head, length } = std::mem::replace(&mut self.state, State::Ended)
        else {
            unreachable!("it was one right above");
        };
        let mut head = head;
        head.truncate(length);
        let compression = Compression::of_magic(&head[..length.min(MAGIC_LENGTH)]);
        let headed = Cursor::new(head).chain(raw);
        self.state = match compression {
            None => State::Plain(headed),
            Some(Compression::Gzip) => {
                let buffered = BufReader::with_capacity(CAPACITY, headed);
                State::Gzip(Box::new(MultiGzDecoder::new(buffered)))
            }
            Some(Compression::Zstd) => {
                let buffered = BufReader::with_capacity(CAPACITY, headed);
                let mut decoder = zstd::Decoder::with_buffer(buffered)?;
                decoder.window_log_max(self.limit.log())?;
                State::Zstd(decoder)
            }
        };
        Ok(())
    }

    /// A decoder's error in the words of a user. One of the file beneath stays as it is.
    #[cold]
    fn explain(&self, error: io::Error) -> io::Error {
        let (raw, compression) = match &self.state {
            State::Gzip(decoder) => (&decoder.get_ref().get_ref().get_ref().1, Compression::Gzip),
            State::Zstd(decoder) => (&decoder.get_ref().get_ref().get_ref().1, Compression::Zstd),
            _ => return error,
        };
        if raw.failed || error.kind() == io::ErrorKind::Interrupted {
            return error;
        }
        let name = compression.name();
        let count = raw.count;
        let text = error.to_string();
        invalid(if error.kind() == io::ErrorKind::UnexpectedEof {
            format!(
                "the {name} data ends too early, after {count} compressed bytes; was the file cut, or \
                 does something else follow it?"
            )
        } else if text.contains("too much memory") {
            format!(
                "the zstd data refers back further than {} bytes; --max-window sets this limit",
                1u64 << self.limit.log()
            )
        } else {
            format!("the {name} data is damaged within the first {count} compressed bytes: {text}")
        })
    }
}

impl Read for Decompressed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.begin()?;
        match &mut self.state {
            State::Plain(reader) => reader.read(buffer),
            State::Gzip(decoder) => decoder.read(buffer).map_err(|error| self.explain(error)),
            State::Zstd(decoder) => decoder.read(buffer).map_err(|error| self.explain(error)),
            State::Unknown { .. } | State::Ended => Ok(0),
        }
    }
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// The file itself: counts what is read, for the progress and for messages.
struct Raw {
    file: Watched,
    progress: Progress,
    count: u64,
    failed: bool,
}

impl Read for Raw {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer);
        match &read {
            Ok(count) => {
                self.count += *count as u64;
                self.progress.advance(*count as u64);
            }
            Err(error) => self.failed = error.kind() != io::ErrorKind::Interrupted,
        }
        read
    }
}
