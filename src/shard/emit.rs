//! A mixtape in a file taken apart into lines.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::plan::Bounds;
use crate::error::{Error, Result};
use crate::io::{ReaderAt, Rereadable, Sink};
use crate::json::write_on_one_line;
use crate::mixtape::{Kind, Nobody, Walk, elements, survey};

/// Bytes of a part; the element that passes them is its last one.
const PART: u64 = 64 << 20;

/// Bytes copied at once.
const BLOCK: usize = 256 * 1024;

/// How many elements were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Emitted {
    /// Users.
    pub users: u64,
    /// Songs.
    pub songs: u64,
    /// Playlists.
    pub playlists: u64,
}

/// Writes each user, song and playlist of `mixtape` on a line of its own into files of the folders `users`, `songs` and
/// `playlists` in `folder`, which is made, and all that is around them into its `rest.json`, which comes last. Line breaks
/// inside of an element become blanks; nothing else is changed.
///
/// ```
/// use mixtape::{io::Rereadable, rejects::OnReject, shard::{Bounds, emit_parts}};
/// let folder = tempfile::tempdir()?;
/// let path = |name: &str| folder.path().join(name);
/// std::fs::write(path("m.json"), r#"{"users": [], "songs": [{"id": 7}, {"id": 8}], "playlists": []}"#)?;
/// let mixtape = Rereadable::open(&path("m.json"), &Default::default())?;
/// let (max_operation, max_id, max_depth) = (1 << 20, 1 << 20, 128);
/// let bounds = Bounds { max_operation, max_id, max_depth, on_reject: OnReject::GoOn, max_rejects: None };
/// assert_eq!(emit_parts(&mixtape, &path("parts"), &bounds)?.songs, 2);
/// assert_eq!(std::fs::read_to_string(path("parts/songs/part-00000.ndjson"))?, "{\"id\": 7}\n{\"id\": 8}\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the folder holds something already, the mixtape is none, or something cannot be read or written.
pub fn emit_parts(mixtape: &Rereadable, folder: &Path, bounds: &Bounds) -> Result<Emitted> {
    let made = fs::create_dir_all(folder).and_then(|()| fs::read_dir(folder)?.next().transpose());
    match made {
        Err(error) => return Err(Error::io("make", &folder.display().to_string(), error)),
        Ok(Some(_)) => {
            let name = folder.display();
            return Err(Error::conflict(format!(
                "{name} is not empty; name a new folder"
            )));
        }
        Ok(None) => {}
    }
    survey(mixtape, bounds.of_ids(), &mut Nobody)?;
    let mut emitting = Emitting {
        name: mixtape.name(),
        folder,
        reader: BufReader::with_capacity(BLOCK, mixtape.reader(0)),
        at: 0,
        rest: Sink::create(&folder.join("rest.json"))?,
        part: None,
        emitted: Emitted::default(),
    };
    elements(mixtape, bounds.of_ids(), |walk| emitting.take(walk))?;
    emitting.copy(mixtape.length(), To::Rest)?;
    mixtape.check_unchanged()?;
    let Emitting { rest, emitted, .. } = emitting;
    rest.finish()?;
    Ok(emitted)
}

struct Emitting<'e> {
    name: &'e str,
    folder: &'e Path,
    reader: BufReader<ReaderAt<'e>>,
    at: u64,
    rest: Sink,
    part: Option<Part>,
    emitted: Emitted,
}

/// The files of one kind.
struct Part {
    kind: Kind,
    folder: PathBuf,
    number: u32,
    file: Option<Sink>,
}

/// Where bytes of the document go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Rest,
    Part,
    Nowhere,
}

impl Emitting<'_> {
    fn take(&mut self, walk: Walk) -> Result<()> {
        match walk {
            Walk::Begin(kind, at) => {
                self.copy(at, To::Rest)?;
                let folder = self.folder.join(kind.name());
                fs::create_dir(&folder)
                    .map_err(|error| Error::io("make", &folder.display().to_string(), error))?;
                self.part = Some(Part {
                    kind,
                    folder,
                    number: 0,
                    file: None,
                });
                Ok(())
            }
            Walk::Element(range) => self.element(range),
            Walk::End(at) => {
                self.copy(at, To::Nowhere)?;
                let file = self.part.take().and_then(|part| part.file);
                file.map_or(Ok(()), Sink::finish)
            }
        }
    }

    fn element(&mut self, Range { start, end }: Range<u64>) -> Result<()> {
        self.copy(start, To::Nowhere)?;
        let Some(part) = &mut self.part else {
            return Ok(());
        };
        let count = match part.kind {
            Kind::Users => &mut self.emitted.users,
            Kind::Songs => &mut self.emitted.songs,
            Kind::Playlists => &mut self.emitted.playlists,
        };
        *count += 1;
        if part.file.is_none() {
            let name = format!("part-{:05}.ndjson", part.number);
            part.file = Some(Sink::create(&part.folder.join(name))?);
            part.number += 1;
        }
        self.copy(end, To::Part)?;
        let Some(part) = &mut self.part else {
            return Ok(());
        };
        if let Some(mut file) = part.file.take() {
            let written = file.write_all(b"\n");
            written.map_err(|error| file.error(error))?;
            if file.written() >= PART {
                return file.finish();
            }
            part.file = Some(file);
        }
        Ok(())
    }

    /// Takes the document's bytes up to an offset.
    fn copy(&mut self, until: u64, to: To) -> Result<()> {
        let part = self.part.as_mut().and_then(|part| part.file.as_mut());
        let output = match to {
            To::Rest => Some(&mut self.rest),
            To::Part => part,
            To::Nowhere => None,
        };
        let mut output = output;
        while self.at < until {
            let block = match self.reader.fill_buf() {
                Ok([]) => Err(std::io::ErrorKind::UnexpectedEof.into()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                read => read,
            };
            let block = block.map_err(|error| Error::io("read", self.name, error))?;
            let wanted = usize::try_from(until - self.at).unwrap_or(usize::MAX);
            let count = block.len().min(wanted);
            if let Some(output) = &mut output {
                let written = match to {
                    To::Part => write_on_one_line(*output, &block[..count]),
                    _ => output.write_all(&block[..count]),
                };
                written.map_err(|error| output.error(error))?;
            }
            self.reader.consume(count);
            self.at += count as u64;
        }
        Ok(())
    }
}
