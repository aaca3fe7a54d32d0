//! MIXTAPE read from its beginning, whatever for; what is wrong in it is shown with its surroundings.

use crate::error::{Element, Error, Result};
use crate::io::{ReaderAt, Rereadable};
use crate::json::{Failure, Limits, Place, Position, Window};

/// Opens a window on the document for `read`, and puts its place to what that fails with. The window counts no lines: that is
/// done when an error needs it.
pub(super) fn read_document<T>(
    mixtape: &Rereadable,
    limits: Limits,
    read: impl FnOnce(&mut Window<ReaderAt<'_>>) -> std::result::Result<T, Failure>,
) -> Result<T> {
    let name = mixtape.name();
    let window =
        Window::new(mixtape.reader(0), limits).map_err(|failure| Error::at_start(name, failure))?;
    let found = read(&mut window.without_lines());
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged()?;
    found.map_err(|failure| {
        let place = match failure.offset() {
            Some(offset) => match place_of(mixtape, offset) {
                Ok(place) => place,
                Err(error) => return error,
            },
            None => Place::of_position(Position::START),
        };
        Error::of_failure(name, failure, |_| place).in_element(Element::document())
    })
}

/// What stands at an offset: the document is read again, because on the way nobody kept it.
#[cold]
pub(super) fn place_of(mixtape: &Rereadable, offset: u64) -> Result<Place> {
    Place::find(mixtape.reader_aside(0), offset)
        .map_err(|error| Error::io("read", mixtape.name(), error))
}

/// An error with the path of its place and the line around it.
#[cold]
pub(super) fn located(mixtape: &Rereadable, error: Error) -> Error {
    error
        .in_element(Element::document())
        .found_by(|byte| Place::find(mixtape.reader_aside(0), byte))
}
