//! Which source of changes it is that comes in, and how much of it is done already.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::marker::{Marker, SourceKind};
use super::trail::{Print, Printer, TrailHandle, Trailed};
use crate::changes::{ChangesFormat, Start};
use crate::error::{Error, Result};
use crate::io::Source;

/// Bytes by which sources are told apart at first.
const HEAD: usize = 4096;

/// Whether a source may be one that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is the one whose bytes it has, if there is one.
    Perhaps,
    /// It is none of them, whatever its bytes.
    Never,
}

/// A source that is ready to be read on.
pub(super) struct Identified {
    pub(super) marker: Marker,
    pub(super) source: Trailed<Box<dyn Read>>,
    /// None: it is applied to its end.
    pub(super) start: Option<Start>,
    /// What the source must be up to where it goes on, where that is still to be seen.
    pub(super) expected: Option<Print>,
}

/// Finds out what a source with an end is, and brings it to where it goes on.
///
/// A regular file is taken up at its place; anything else is read up to there, and must have been the same.
pub(super) fn finite(
    mut source: Source,
    markers: &[Marker],
    known: Known,
    format: Option<ChangesFormat>,
) -> Result<Identified> {
    let name = source.name().to_owned();
    let read = |error| Error::io("read", &name, error);
    let mut bytes = Vec::new();
    (&mut source)
        .take(HEAD as u64)
        .read_to_end(&mut bytes)
        .map_err(read)?;
    let head = format!(
        "{}:{:.16}",
        bytes.len(),
        super::trail::hex(&Sha256::digest(&bytes))
    );
    let number = markers.last().map_or(1, |last| last.number + 1);
    let new = Marker::new(number, &name, SourceKind::Finite, head.clone());
    let mut same: Vec<&Marker> = markers
        .iter()
        .filter(|marker| marker.kind == SourceKind::Finite && marker.head == head)
        .filter(|_| known == Known::Perhaps)
        .collect();
    // The last one first, and what is not finished before what is.
    same.sort_by_key(|marker| (marker.is_done, -marker.number));
    let found = if source.is_regular_file() {
        in_file(&mut source, &same)?
    } else {
        let head = io::Cursor::new(bytes);
        let stream: Box<dyn Read> = Box::new(head.chain(source));
        return match same.first() {
            Some(marker) => in_stream(stream, &name, marker),
            None => {
                refuse_other(markers, &new, known)?;
                Ok(fresh(stream, new, format))
            }
        };
    };
    match found {
        Some((marker, _)) if marker.is_done => Ok(Identified {
            marker,
            source: Trailed {
                source: Box::new(source),
                trail: TrailHandle::none(),
            },
            start: None,
            expected: None,
        }),
        Some((marker, _)) if marker.format == Some(ChangesFormat::Grouped) => {
            source.seek(0)?;
            Ok(from_the_start(Box::new(source), marker))
        }
        Some((marker, printer)) => Ok(behind(Box::new(source), marker, printer)),
        None => {
            refuse_other(markers, &new, known)?;
            source.seek(0)?;
            Ok(fresh(Box::new(source), new, format))
        }
    }
}

/// A source without an end: it goes on as whoever writes it says.
pub(super) fn endless(source: Box<dyn Read>, name: &str, markers: &[Marker]) -> Identified {
    let number = markers.last().map_or(1, |last| last.number + 1);
    let found = markers
        .iter()
        .find(|marker| marker.kind == SourceKind::Endless && marker.name == name);
    let new = || Marker::new(number, name, SourceKind::Endless, String::new());
    Identified {
        marker: found.cloned().unwrap_or_else(new),
        source: Trailed {
            source,
            trail: TrailHandle::none(),
        },
        start: Some(Start::Beginning(Some(ChangesFormat::Ndjson))),
        expected: None,
    }
}

fn fresh(source: Box<dyn Read>, marker: Marker, format: Option<ChangesFormat>) -> Identified {
    let trail = TrailHandle::new(Printer::new());
    Identified {
        marker,
        source: Trailed { source, trail },
        start: Some(Start::Beginning(format)),
        expected: None,
    }
}

/// The source stands where the marker says.
fn behind(source: Box<dyn Read>, marker: Marker, printer: Printer) -> Identified {
    Identified {
        start: start_behind(&marker),
        marker,
        source: Trailed {
            source,
            trail: TrailHandle::new(printer),
        },
        expected: None,
    }
}

/// The source stands at its first byte, from which it must be read again.
fn from_the_start(source: Box<dyn Read>, marker: Marker) -> Identified {
    Identified {
        start: start_behind(&marker),
        expected: Some(marker.print.clone()),
        marker,
        source: Trailed {
            source,
            trail: TrailHandle::new(Printer::new()),
        },
    }
}

fn start_behind(marker: &Marker) -> Option<Start> {
    Some(match marker.format {
        Some(format) if marker.operations > 0 => Start::Behind {
            format,
            operations: marker.operations,
            position: marker.place,
        },
        format => Start::Beginning(format),
    })
}

/// The source that a file is, with the fingerprint of what is done of it; the file stands behind that.
fn in_file(source: &mut Source, same: &[&Marker]) -> Result<Option<(Marker, Printer)>> {
    let length = source.length().unwrap_or(0);
    for &marker in same {
        let print = &marker.print;
        if length < print.offset {
            continue;
        }
        let mut printer = Printer::at_block_of(print);
        source.seek(print.block_start())?;
        feed(source, &mut printer, print.offset)?;
        if printer.print() != *print {
            continue;
        }
        if !marker.is_done {
            return Ok(Some((marker.clone(), printer)));
        }
        let has_grown = length > print.offset;
        if has_grown && !(can_grow(marker) && marker.name == source.name()) {
            continue;
        }
        // It would be left out as a whole: that is worth to look at all of it.
        source.seek(0)?;
        let mut printer = Printer::new();
        feed(source, &mut printer, print.offset)?;
        if printer.print() == *print {
            let marker = Marker {
                is_done: !has_grown,
                ..marker.clone()
            };
            return Ok(Some((marker, printer)));
        }
    }
    Ok(None)
}

/// The source that a stream is said to be by its first bytes; it is read up to where it goes on.
fn in_stream(mut stream: Box<dyn Read>, name: &str, marker: &Marker) -> Result<Identified> {
    if !marker.is_done && marker.format == Some(ChangesFormat::Grouped) {
        return Ok(from_the_start(stream, marker.clone()));
    }
    let mut printer = Printer::new();
    let read = |error| Error::io("read", name, error);
    feed_stream(&mut stream, &mut printer, marker.print.offset).map_err(read)?;
    if printer.print() != marker.print {
        return Err(other_stream(name, marker));
    }
    if !marker.is_done {
        return Ok(behind(stream, marker.clone(), printer));
    }
    let mut next = Vec::new();
    (&mut stream).take(1).read_to_end(&mut next).map_err(read)?;
    if next.is_empty() {
        return Ok(Identified {
            marker: marker.clone(),
            source: Trailed {
                source: stream,
                trail: TrailHandle::none(),
            },
            start: None,
            expected: None,
        });
    }
    if !can_grow(marker) {
        return Err(other_stream(name, marker));
    }
    let marker = Marker {
        is_done: false,
        ..marker.clone()
    };
    let stream = Box::new(io::Cursor::new(next).chain(stream));
    Ok(behind(stream, marker, printer))
}

/// Lines can be added to a log that was applied to its end.
fn can_grow(marker: &Marker) -> bool {
    marker.format == Some(ChangesFormat::Ndjson)
}

fn feed(source: &mut Source, printer: &mut Printer, until: u64) -> Result<()> {
    feed_stream(source, printer, until).map_err(|error| Error::io("read", source.name(), error))
}

fn feed_stream(source: &mut impl Read, printer: &mut Printer, until: u64) -> io::Result<()> {
    let mut left = until.saturating_sub(printer.print().offset);
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        let most = left.min(buffer.len() as u64) as usize;
        let count = match source.read(&mut buffer[..most]) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        printer.feed(&buffer[..count]);
        left -= count as u64;
    }
    Ok(())
}

/// A new source under the name of one that is not finished is most likely a mistake.
fn refuse_other(markers: &[Marker], new: &Marker, known: Known) -> Result<()> {
    let unfinished = markers.iter().find(|marker| {
        marker.kind == SourceKind::Finite && !marker.is_done && marker.name == new.name
    });
    match unfinished {
        Some(marker) if known == Known::Perhaps => Err(other_stream(&new.name, marker)),
        _ => Ok(()),
    }
}

#[cold]
pub(super) fn other_stream(name: &str, marker: &Marker) -> Error {
    let done = if marker.is_done { "applied" } else { "begun" };
    Error::conflict(format!(
        "{name} is not what was {done} under that name, of which {} operations ({} bytes) are in the store; \
         go on with the former one, or say --new-source where this is another",
        marker.operations, marker.print.offset
    ))
}
