//! Tables that did not fit into memory: each in order in a file without a name, and merged while they are read again.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

use super::batch::Texts;
use super::lists::{Entry, Heard, List, Lists, ListsConsumer};
use super::playlist;
use crate::error::{Error, Result};
use crate::io::fault::{self, Operation};

/// Runs that are merged at once, each through a buffer of its own.
const MOST: usize = 32;

const BUFFER: usize = 64 * 1024;

/// What messages call the files.
const NAME: &str = "the temporary file for --max-memory (TMPDIR)";

/// Runs in the order in which they came: what a later one says is newer.
#[derive(Default)]
pub(super) struct Runs {
    files: Vec<File>,
    /// How many tables there were.
    pub(super) count: u64,
    /// Bytes written.
    pub(super) bytes: u64,
}

impl Runs {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Writes a table behind those that there are.
    pub(super) fn add(&mut self, lists: &mut dyn Lists) -> Result<()> {
        if self.files.len() == MOST {
            let files = &mut self.files;
            let (file, bytes) = write_run(|write| Merge::of(files)?.for_each(write))?;
            self.files = vec![file];
            self.bytes += bytes;
        }
        let (file, bytes) = write_run(|write| lists.for_each(write))?;
        self.files.push(file);
        self.count += 1;
        self.bytes += bytes;
        Ok(())
    }
}

/// Writes all lists that `fill` gives into a new file.
fn write_run(fill: impl FnOnce(&mut ListsConsumer<'_>) -> Result<()>) -> Result<(File, u64)> {
    let failed = |error| Error::write(NAME, error);
    fault::check(Operation::Create).map_err(failed)?;
    let mut writer = BufWriter::with_capacity(BUFFER, tempfile::tempfile().map_err(failed)?);
    let mut record = Vec::new();
    let mut bytes = 0;
    fill(&mut |list| {
        record.clear();
        encode(list, &mut record);
        bytes += record.len() as u64;
        fault::check(Operation::Write)
            .and_then(|()| writer.write_all(&record))
            .map_err(failed)
    })?;
    let file = writer
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    Ok((file, bytes))
}

impl Lists for Runs {
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        Merge::of(&mut self.files)?.for_each(each)
    }
}

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

/// A run that is read, at the beginning of a list. Its `entries` are [`ENDED`] where there is no further one.
struct RunReader<'f> {
    file: BufReader<&'f mut File>,
    user: Vec<u8>,
    digits: Vec<u8>,
    line: u32,
    entries: u32,
}

const ENDED: u32 = u32::MAX;

/// An entry whose texts lie in a block of memory that all of a list share.
struct Stored {
    track: Place,
    line: u32,
    place: u32,
    texts: Texts<Option<Place>>,
    heard: Heard,
}

/// Start and length of a text.
type Place = (usize, usize);

impl<'f> RunReader<'f> {
    /// Goes to the first list; none where there is none.
    fn open(file: &'f mut File) -> io::Result<Option<Self>> {
        file.seek(SeekFrom::Start(0))?;
        let mut run = RunReader {
            file: BufReader::with_capacity(BUFFER, file),
            user: Vec::new(),
            digits: Vec::new(),
            line: 0,
            entries: 0,
        };
        Ok(run.advance()?.then_some(run))
    }

    /// Reads on to the next list; false where there is none.
    fn advance(&mut self) -> io::Result<bool> {
        let mut length = [0; 4];
        match self.file.read_exact(&mut length) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
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
        Ok(true)
    }

    /// Reads the entries of the list.
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

    fn compare(&self, other: &Self) -> Ordering {
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

/// Runs that are read side by side.
struct Merge<'f> {
    /// Those that have not ended, in the order in which they came.
    runs: Vec<RunReader<'f>>,
}

impl<'f> Merge<'f> {
    fn of(files: &'f mut [File]) -> Result<Self> {
        let mut runs = Vec::new();
        for file in files {
            runs.extend(RunReader::open(file).map_err(read_error)?);
        }
        Ok(Merge { runs })
    }

    fn for_each(mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        let mut block = Vec::new();
        let mut stored = Vec::new();
        while let Some(lowest) = self.lowest() {
            block.clear();
            stored.clear();
            let line = self
                .read_lowest(&lowest, &mut block, &mut stored)
                .map_err(read_error)?;
            let text = |(start, length): Place| &block[start..start + length];
            let mut entries: Vec<Entry<'_>> = Vec::with_capacity(stored.len());
            // Stable: entries of one track stay in the order of their runs.
            stored.sort_by(|one, other| text(one.track).cmp(text(other.track)));
            for entry in &stored {
                let entry = Entry {
                    track: text(entry.track),
                    line: entry.line,
                    place: entry.place,
                    texts: entry.texts.map(|place| place.map(text)),
                    heard: entry.heard,
                };
                match entries.last_mut() {
                    Some(last) if last.track == entry.track => combine(last, &entry)?,
                    _ => entries.push(entry),
                }
            }
            let (user, number) = &lowest;
            each(&List::new(user, digits(number), line, &mut entries))?;
        }
        Ok(())
    }

    /// The user and the playlist that come next.
    fn lowest(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let lowest = self.runs.iter().min_by(|one, other| one.compare(other))?;
        Some((lowest.user.clone(), lowest.digits.clone()))
    }

    /// Reads the entries of a list from all runs that have it; the latest row of PLAYLISTS that says what is in it.
    fn read_lowest(
        &mut self,
        (user, digits): &(Vec<u8>, Vec<u8>),
        block: &mut Vec<u8>,
        stored: &mut Vec<Stored>,
    ) -> io::Result<u32> {
        let mut line = 0;
        let mut ended = false;
        for run in &mut self.runs {
            if run.user == *user && run.digits == *digits {
                line = line.max(run.line);
                run.entries(block, stored)?;
                if !run.advance()? {
                    run.entries = ENDED;
                    ended = true;
                }
            }
        }
        if ended {
            self.runs.retain(|run| run.entries != ENDED);
        }
        Ok(line)
    }
}

fn digits(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("digits are ASCII")
}

/// What a later run says of a track is put to what an earlier one says.
fn combine<'e>(earlier: &mut Entry<'e>, later: &Entry<'e>) -> Result<()> {
    if later.line > 0 {
        (earlier.line, earlier.place) = (later.line, later.place);
        for (text, newer) in earlier.texts.iter_mut().zip(later.texts) {
            *text = newer.or(*text);
        }
    }
    earlier.heard.add(&later.heard)
}

#[cold]
fn read_error(error: io::Error) -> Error {
    Error::io("read", NAME, error)
}
