//! PLAYLISTS: a user a line, with that user's playlists.

use std::io::Read;

use super::batch::{Batch, Mark, Span};
use super::fields::{Field, Taken};
use super::input::{Input, Output};
use super::key;
use super::line::{Fault, LineReader};
use super::playlist;
use crate::database::TextLimits;
use crate::error::{Broken, Error, Result, Stop};
use crate::json::{self, DocumentReader, ElementPath, Failure, Held, Position, Window};
use crate::rejects::{Evidence, Reject, Rejection};

/// What messages call a line of PLAYLISTS.
const ROW: &str = "row";

/// Reads all lines of `source` into `output`; which names were taken for what.
pub(super) fn read(source: impl Read, input: &Input<'_>, output: &mut Output<'_>) -> Result<Taken> {
    let name = input.name;
    let mut window =
        Window::new(source, input.limit).map_err(|failure| Error::at_start(name, failure))?;
    let mut lines = LineReader::new(input.names);
    let read = read_window(&mut window, input, &mut lines, output);
    read.map_err(|stop| stop.into_error(name, &window))?;
    output.input.bytes = window.offset();
    Ok(lines.taken)
}

fn read_window<R: Read>(
    window: &mut Window<R>,
    input: &Input<'_>,
    lines: &mut LineReader<'_>,
    output: &mut Output<'_>,
) -> std::result::Result<(), Stop> {
    let mut order = Vec::new();
    loop {
        window.release();
        if !window.skip_blanks()? {
            return Ok(());
        }
        let start = window.offset();
        if output.input.read == 0 {
            refuse_foreign(window)?;
        }
        let number = output.count_row();
        let line = u32::try_from(number)
            .map_err(|_| Error::limit("more than 4294967295 lines of PLAYLISTS"))?;
        window.hold(start);
        let mark = output.batch.mark();
        let read = read_line(window, line, lines, &mut output.batch);
        let end = window
            .skip_line()
            .map_err(|error| Failure::of_io(error, start))?;
        let range = start..end;
        let read = read.and_then(|read| input.limit.check(&range).map(|()| read));
        let batch = &mut output.batch;
        let fault = match read {
            Ok(Ok(user)) => {
                for list in batch.lists_behind(mark) {
                    list.user = user;
                }
                find_fault(batch, mark, &mut order, input.text_limits).map(Fault::Rejected)
            }
            Ok(Err(fault)) => Some(fault),
            Err(Failure::Data { offset, message }) => {
                let hint = window.hint(offset..u64::MAX);
                let rejection = Rejection::MalformedJson(hint.as_deref().unwrap_or(&message));
                batch.return_to(mark);
                output.reject(&Reject {
                    rejection,
                    element: ROW,
                    number,
                    path: Some(ElementPath::DOCUMENT),
                    position: window.position(offset),
                    evidence: Evidence::Raw(window.raw(range).trim_ascii_end()),
                })?;
                continue;
            }
            Err(failure) => {
                let broken = Broken::new(start, ROW, number, ElementPath::DOCUMENT);
                return Err(Stop::Input(failure, Some(broken)));
            }
        };
        match fault {
            None => output.hand_over_if_full()?,
            Some(Fault::Strange(field)) => {
                return Err(strange(input, lines, field, window.position(start)).into());
            }
            Some(Fault::Rejected(rejection)) => {
                batch.return_to(mark);
                output.reject(&Reject {
                    rejection,
                    element: ROW,
                    number,
                    path: Some(ElementPath::DOCUMENT),
                    position: window.position(start),
                    evidence: Evidence::Row(window.raw(range).trim_ascii_end()),
                })?;
            }
        }
    }
}

/// What is no NDJSON from its first byte on is not read line by line.
fn refuse_foreign<R: Read>(window: &Window<R>) -> std::result::Result<(), Failure> {
    let head = window.read_already();
    if let Some(message) = json::foreign_encoding(head) {
        return Err(Failure::data(window.offset(), message));
    }
    if head.first() == Some(&b'[') {
        let message =
            "expected '{': PLAYLISTS has a user a line; of an array, jq -c '.[]' makes lines";
        return Err(Failure::data(window.offset(), message));
    }
    Ok(())
}

fn read_line<R: Read>(
    window: &mut Window<R>,
    line: u32,
    lines: &mut LineReader<'_>,
    batch: &mut Batch,
) -> std::result::Result<std::result::Result<Span, Fault>, Failure> {
    let mut json = json::line_reader(window);
    let read = lines.read(&mut json, line, batch)?;
    json.finish()?;
    Ok(read)
}

/// What is wrong with a line as a whole.
fn find_fault(
    batch: &mut Batch,
    mark: Mark,
    order: &mut Vec<Span>,
    limits: TextLimits,
) -> Option<Rejection<'static>> {
    let lists = batch.lists_behind(mark);
    order.clear();
    order.extend(lists.iter().map(|list| list.playlist));
    let user = lists.first()?.user;
    let batch = &*batch;
    order.sort_unstable_by(|&one, &other| playlist::compare(batch.get(one), batch.get(other)));
    if order
        .windows(2)
        .any(|pair| batch.get(pair[0]) == batch.get(pair[1]))
    {
        return Some(Rejection::DuplicateMember("playlist_…"));
    }
    if limits == TextLimits::NONE {
        return None;
    }
    if !limits.holds_nul && batch.text_behind(mark).contains('\0') {
        return Some(Rejection::NulInText("a text"));
    }
    let keys = batch.lists_from(mark).iter().flat_map(|list| {
        let tracks = &batch.listed[list.tracks.clone()];
        tracks
            .iter()
            .map(move |listed| [user, list.playlist, listed.track])
    });
    let mut keys = keys.map(|key| key.map(|part| batch.get(part)));
    keys.find_map(|key| key::fault(key, limits))
}

#[cold]
fn strange(input: &Input<'_>, lines: &LineReader<'_>, field: Field, position: Position) -> Error {
    let names = match field {
        Field::Playlists => format!("playlist_01 and so on, or {}", input.names.of(field)),
        _ => input.names.of(field),
    };
    let word = field.word();
    let there = &lines.unknown;
    let message = format!(
        "nothing is taken for the {word}: expected a member {names}; found {there}; \
         name it with --map {word}=MEMBER"
    );
    Error::data(input.name, position, message)
}
