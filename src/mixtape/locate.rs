//! Where an element of MIXTAPE stands, found again for an error message.

use super::catalogue::Duplicate;
use super::document::{place_of, read_document};
use super::key::{Key, Texts};
use super::kind::Kind;
use super::layout::Layout;
use super::scan::enter;
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, Limits, Position, ask};

/// The error for an id that stands twice in an array, with both places.
#[cold]
pub(super) fn duplicate_error(
    mixtape: &Rereadable,
    limits: Limits,
    texts: &Texts,
    kind: Kind,
    duplicate: Duplicate,
    key: Key,
) -> Error {
    let find = |number| find_element(mixtape, limits, kind, number);
    let places = find(duplicate.first).and_then(|first| Ok((first, find(duplicate.second)?)));
    match places {
        Err(error) => error,
        Ok((first, second)) => key.with_id(texts, |id| {
            let message = format!(
                "{} id {id} stands twice; first at {}:{} (byte {}), here again",
                kind.element(),
                first.line,
                first.column,
                first.byte
            );
            Error::data(mixtape.name(), second, message)
        }),
    }
}

/// The error for the user of this number, which has no id of the layout.
#[cold]
pub(super) fn user_without_id(
    mixtape: &Rereadable,
    limits: Limits,
    layout: Layout,
    number: u32,
) -> Error {
    match find_element(mixtape, limits, Kind::Users, number) {
        Ok(place) => layout.user_without_id(mixtape.name(), place),
        Err(error) => error,
    }
}

/// Where an element of one of the three arrays starts. Reads the document again, for errors only: positions of users and
/// songs are not kept.
#[cold]
fn find_element(mixtape: &Rereadable, limits: Limits, kind: Kind, number: u32) -> Result<Position> {
    let offset = read_document(mixtape, limits, |window| {
        walk_to(&mut json::document_reader(window), kind, number)
    })?;
    place_of(mixtape, offset).map(|place| place.position)
}

fn walk_to<J: DocumentReader>(
    json: &mut J,
    kind: Kind,
    number: u32,
) -> std::result::Result<u64, Failure> {
    enter(json, kind)?;
    for _ in 0..number {
        ask(json, J::skip_value)?;
    }
    ask(json, J::peek)?;
    Ok(json.offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixtape::elements::Walk;
    use crate::mixtape::generated::{LIMIT, Lay, mixtape, opened};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn an_element_is_found_again_by_its_number(generated in mixtape(Lay::Anyhow)) {
            let (text, walk) = generated.document();
            let (_file, opened) = opened(&text);
            let (mut kind, mut number) = (Kind::Users, 0);
            for step in walk {
                match step {
                    Walk::Begin(begun, _) => (kind, number) = (begun, 0),
                    Walk::Element(range) => {
                        let mut expected = Position::START;
                        expected.advance(&text.as_bytes()[..range.start as usize]);
                        let found = find_element(&opened, LIMIT.into(), kind, number).unwrap();
                        prop_assert_eq!(found, expected);
                        number += 1;
                    }
                    Walk::End(_) => {}
                }
            }
        }
    }
}
