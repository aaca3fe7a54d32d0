//! MIXTAPE read from its beginning, whatever for; what is wrong in it is shown with its surroundings.

use crate::error::{Element, Error, Result};
use crate::io::{ReaderAt, Rereadable};
use crate::json::{Failure, Limits, Place, Window};

/// Opens a window on the document for `read`, and puts its place to what that fails with.
pub(super) fn read_document<T>(
    mixtape: &Rereadable,
    limits: Limits,
    read: impl FnOnce(&mut Window<ReaderAt<'_>>) -> std::result::Result<T, Failure>,
) -> Result<T> {
    let name = mixtape.name();
    let mut window =
        Window::new(mixtape.reader(0), limits).map_err(|failure| Error::at_start(name, failure))?;
    let found = read(&mut window);
    // Asked first: what seems wrong in a file that was changed meanwhile may follow from that.
    mixtape.check_unchanged()?;
    found.map_err(|failure| {
        let place = |offset| window.place(offset, None);
        located(mixtape, Error::of_failure(name, failure, place))
    })
}

/// An error with the path of its place and the line around it: read again, because on the way nobody kept them.
#[cold]
pub(super) fn located(mixtape: &Rereadable, error: Error) -> Error {
    error
        .in_element(Element::document())
        .found_by(|position| Place::find(mixtape.reader(0), position))
}
