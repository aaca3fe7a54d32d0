//! A copy whose document comes in drops, or ends, or whose output fails: it is whole, or the error is said.

use super::*;
use crate::id::Id;
use crate::json::HoldLimit;
use crate::mixtape::scan::tests::mixtape_of;
use crate::mixtape::{Surveyor, survey};

const BEFORE: &str = r#"{"users": [{"id": "u"}], "songs": [], "playlists": [
  {"id": 1, "song_ids": [ 5 ]},
  {"id": 2, "song_ids": []},
  {"id": 3, "song_ids": [ 5, 6 ]}
]}"#;

const AFTER: &str = r#"{"users": [{"id": "u"}], "songs": [], "playlists": [
  {"id": 1, "song_ids": [ 5, 7, 8 ]},
  {"id": 3, "song_ids": [ 5, 6 ]},
  {"id": 4, "name": "n", "owner_id": "u", "song_ids": [ 9 ]},
  {"id": 5, "owner_id": "u", "song_ids": [ 9 ]}
]}"#;

/// Where the playlists are.
struct Places(Vec<Place>);

impl Surveyor for Places {
    fn playlist(&mut self, _: Id<'_>, place: &Place) -> Result<()> {
        self.0.push(place.clone());
        Ok(())
    }
}

/// Keeps what is written; the write of this number, from 0, fails, and no other one.
struct Failing {
    bytes: Vec<u8>,
    writes: usize,
    failing: Option<usize>,
}

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        if self.failing == Some(self.writes - 1) {
            return Err(io::Error::other("full"));
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Failing {
    fn error(&self, error: io::Error) -> Error {
        Error::write("OUTPUT", error)
    }
}

/// Copies what `document` gives, with changes; the write of the number `failing` fails.
fn patched(document: impl Read, failing: Option<usize>) -> Result<Failing> {
    let limit = HoldLimit {
        bytes: 100,
        what: "an id",
        flag: "--none",
    };
    let mut places = Places(Vec::new());
    let shape = survey(&mixtape_of(BEFORE), limit, &mut places)?.shape;
    let [first, second, third] = &places.0[..] else {
        unreachable!();
    };
    let ending = Ending {
        last_kept: Some(third.end),
        created: true,
    };
    let mut output = Failing {
        bytes: Vec::new(),
        writes: 0,
        failing,
    };
    let mut patch = Patch::new("MIXTAPE", document, 0, &shape, &mut output);
    let mut style = patch.extend(first)?;
    patch.song(&mut style, |output| output.write_all(b"7"))?;
    patch.song(&mut style, |output| output.write_all(b"8"))?;
    patch.end_songs(&style)?;
    patch.remove(second.start, third.start)?;
    patch.end_playlists(&ending)?;
    for (id, further) in [("4", Some((&b"\"name\""[..], &b"\"n\""[..]))), ("5", None)] {
        let mut style = patch.new_playlist(
            |output| output.write_all(id.as_bytes()),
            further.into_iter(),
            |output| output.write_all(b"\"u\""),
        )?;
        patch.song(&mut style, |output| output.write_all(b"9"))?;
        patch.end_new_playlist()?;
    }
    patch.finish(&ending, BEFORE.len() as u64)?;
    Ok(output)
}

fn refused(document: impl Read, failing: Option<usize>) -> String {
    match patched(document, failing) {
        Ok(_) => panic!("it goes on: {failing:?}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn any_write_that_fails_ends_the_copy_and_is_said() {
    let whole = patched(BEFORE.as_bytes(), None).unwrap();
    assert_eq!(String::from_utf8(whole.bytes).unwrap(), AFTER);
    for number in 0..whole.writes {
        let said = refused(BEFORE.as_bytes(), Some(number));
        assert_eq!(said, "OUTPUT: write error: full", "{number}");
    }
}

/// Gives a byte of these at a time, with an interruption in front of each; behind them this error, or their end.
struct Interrupted<'b> {
    bytes: &'b [u8],
    is_due: bool,
    error: Option<&'static str>,
}

impl Read for Interrupted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_due = !self.is_due;
        match (self.is_due, self.bytes.is_empty(), self.error) {
            (true, ..) => Err(io::ErrorKind::Interrupted.into()),
            (false, true, Some(error)) => Err(io::Error::other(error)),
            _ => self.bytes.read(&mut buffer[..1]),
        }
    }
}

#[test]
fn a_document_is_read_to_its_end_or_what_stops_it_is_said() {
    let document = |length, error| Interrupted {
        bytes: &BEFORE.as_bytes()[..length],
        is_due: false,
        error,
    };
    let whole = patched(document(BEFORE.len(), None), None).unwrap();
    assert_eq!(String::from_utf8(whole.bytes).unwrap(), AFTER);
    for length in [0, 1, 60, BEFORE.len() - 1] {
        assert_eq!(
            refused(document(length, Some("broken")), None),
            "cannot read MIXTAPE: broken"
        );
        assert_eq!(
            refused(document(length, None), None),
            "cannot read MIXTAPE: unexpected end of file"
        );
    }
}
