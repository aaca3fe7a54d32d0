//! How a run lies in its file, which has no name: lists in order, each with its entries. Written, and read again.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

use super::batch::Texts;
use super::lists::{Heard, List, ListsConsumer};
use super::playlist;
use crate::error::{Error, Result};
use crate::io::fault::{self, Operation};

const BUFFER: usize = 64 * 1024;

/// What messages call the files.
const NAME: &str = "the temporary file for --max-memory (TMPDIR)";

/// Writes all lists that `fill` gives into a new file.
pub(super) fn write(fill: impl FnOnce(&mut ListsConsumer<'_>) -> Result<()>) -> Result<File> {
    let failed = |error| Error::write(NAME, error);
    fault::check(Operation::Create).map_err(failed)?;
    let mut writer = BufWriter::with_capacity(BUFFER, tempfile::tempfile().map_err(failed)?);
    let mut record = Vec::new();
    fill(&mut |list| {
        record.clear();
        encode(list, &mut record);
        fault::check(Operation::Write)
            .and_then(|()| writer.write_all(&record))
            .map_err(failed)
    })?;
    writer
        .into_inner()
        .map_err(|error| failed(error.into_error()))
}

/// Puts a list into bytes, behind those that are there.
fn encode(list: &List<'_>, record: &mut Vec<u8>) {
    text(record, Some(list.user));
    text(record, Some(list.digits.as_bytes()));
    record.extend_from_slice(&list.line.to_le_bytes());
    record.extend_from_slice(&(list.entries.len() as u32).to_le_bytes());
    for entry in list.entries {
        text(record, Some(entry.track));
        record.extend_from_slice(&entry.line.to_le_bytes());
        record.extend_from_slice(&entry.place.to_le_bytes());
        entry.texts.iter().for_each(|&part| text(record, part));
        let Heard {
            streams,
            seconds,
            first,
            last,
        } = entry.heard;
        record.extend_from_slice(&streams.to_le_bytes());
        if streams > 0 {
            for number in [seconds, first, last] {
                record.extend_from_slice(&number.to_le_bytes());
            }
        }
    }
}

/// A text behind its length; no text is a length that none has.
fn text(record: &mut Vec<u8>, text: Option<&[u8]>) {
    let length = text.map_or(u32::MAX, |text| text.len() as u32);
    record.extend_from_slice(&length.to_le_bytes());
    record.extend_from_slice(text.unwrap_or_default());
}

/// A run that is read, behind the beginning of a list.
pub(super) struct RunReader<'f> {
    file: BufReader<&'f mut File>,
    pub(super) user: Vec<u8>,
    pub(super) digits: Vec<u8>,
    /// The latest row of PLAYLISTS that has the list.
    pub(super) line: u32,
    entries: u32,
    /// Whether there is no further list.
    pub(super) has_ended: bool,
}

/// An entry whose texts lie in a block of memory that all of a list share.
pub(super) struct Stored {
    pub(super) track: Place,
    pub(super) line: u32,
    pub(super) place: u32,
    pub(super) texts: Texts<Option<Place>>,
    pub(super) heard: Heard,
}

/// Start and length of a text.
pub(super) type Place = (usize, usize);

impl<'f> RunReader<'f> {
    /// Goes to the first list.
    pub(super) fn open(file: &'f mut File) -> Result<Self> {
        file.seek(SeekFrom::Start(0)).map_err(read_error)?;
        let mut run = RunReader {
            file: BufReader::with_capacity(BUFFER, file),
            user: Vec::new(),
            digits: Vec::new(),
            line: 0,
            entries: 0,
            has_ended: false,
        };
        run.advance().map_err(read_error)?;
        Ok(run)
    }

    /// Reads the entries of the list, and goes to the next one.
    pub(super) fn read_list(
        &mut self,
        block: &mut Vec<u8>,
        entries: &mut Vec<Stored>,
    ) -> Result<()> {
        self.entries(block, entries)
            .and_then(|()| self.advance())
            .map_err(read_error)
    }

    fn advance(&mut self) -> io::Result<()> {
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                self.has_ended = true;
                return Ok(());
            }
            read => read?,
        }
        self.user.clear();
        let length = u32::from_le_bytes(length) as usize;
        append(&mut self.file, length, &mut self.user)?;
        self.digits.clear();
        let length = self.number()? as usize;
        append(&mut self.file, length, &mut self.digits)?;
        self.line = self.number()?;
        self.entries = self.number()?;
        Ok(())
    }

    fn entries(&mut self, block: &mut Vec<u8>, entries: &mut Vec<Stored>) -> io::Result<()> {
        for _ in 0..self.entries {
            let track = self.text(block)?.unwrap_or_default();
            let (line, place) = (self.number()?, self.number()?);
            let mut texts = [None; 3];
            for text in &mut texts {
                *text = self.text(block)?;
            }
            let mut heard = Heard::NEVER;
            heard.streams = u64::from_le_bytes(self.bytes()?);
            if heard.streams > 0 {
                heard.seconds = i64::from_le_bytes(self.bytes()?);
                heard.first = i64::from_le_bytes(self.bytes()?);
                heard.last = i64::from_le_bytes(self.bytes()?);
            }
            entries.push(Stored {
                track,
                line,
                place,
                texts,
                heard,
            });
        }
        Ok(())
    }

    fn text(&mut self, block: &mut Vec<u8>) -> io::Result<Option<Place>> {
        let length = self.number()?;
        if length == u32::MAX {
            return Ok(None);
        }
        let place = (block.len(), length as usize);
        append(&mut self.file, length as usize, block)?;
        Ok(Some(place))
    }

    fn number(&mut self) -> io::Result<u32> {
        Ok(u32::from_le_bytes(self.bytes()?))
    }

    fn bytes<const COUNT: usize>(&mut self) -> io::Result<[u8; COUNT]> {
        let mut bytes = [0; COUNT];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// By user and playlist.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.user
            .cmp(&other.user)
            .then_with(|| playlist::compare(digits(&self.digits), digits(&other.digits)))
    }
}

fn append(file: &mut impl Read, length: usize, text: &mut Vec<u8>) -> io::Result<()> {
    let read = file.take(length as u64).read_to_end(text)?;
    if read < length {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

/// The digits of a playlist.
pub(super) fn digits(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("digits are ASCII")
}

#[cold]
fn read_error(error: io::Error) -> Error {
    Error::io("read", NAME, error)
}
