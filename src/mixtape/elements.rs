//! Where the elements of the three arrays stand in a document, one after the other.

use std::ops::Range;

use super::document::read_document;
use super::kind::Kind;
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, Limits, ask, name};

/// A place in a document that is walked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// An array begins: behind its bracket.
    Begin(Kind, u64),
    /// An element of it.
    Element(Range<u64>),
    /// The array ends: at its other bracket.
    End(u64),
}

/// Walks through the elements of the three arrays of a document that was [surveyed](super::survey) before.
///
/// # Errors
/// When it cannot be read; what `take` says.
pub fn elements(
    mixtape: &Rereadable,
    limits: impl Into<Limits>,
    mut take: impl FnMut(Walk) -> Result<()>,
) -> Result<()> {
    let mut failed: Option<Error> = None;
    let read = read_document(mixtape, limits.into(), |window| {
        let mut json = json::document_reader(window);
        walk(&mut json, &mut |walk| {
            take(walk).map_err(|error| {
                failed = Some(error);
                Failure::of_io(std::io::Error::other("the walk was ended"), 0)
            })
        })
    });
    failed.map_or(read, Err)
}

fn walk<J: DocumentReader>(
    json: &mut J,
    take: &mut impl FnMut(Walk) -> std::result::Result<(), Failure>,
) -> std::result::Result<(), Failure> {
    ask(json, J::begin_object)?;
    while ask(json, J::has_next)? {
        let kind = name(json, Kind::of_name)?;
        let Some(kind) = kind else {
            ask(json, J::skip_value)?;
            continue;
        };
        ask(json, J::begin_array)?;
        take(Walk::Begin(kind, json.offset()))?;
        while ask(json, J::has_next)? {
            let start = json.offset();
            ask(json, J::skip_value)?;
            take(Walk::Element(start..json.offset()))?;
        }
        take(Walk::End(json.offset()))?;
        ask(json, J::end_array)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mixtape::generated::{LIMIT, Lay, mixtape, opened, said};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_element_is_met_where_it_stands(generated in mixtape(Lay::Anyhow), most in 0..20usize) {
            let (text, expected) = generated.document();
            let (_file, opened) = opened(&text);
            let mut walked = Vec::new();
            let all = elements(&opened, LIMIT, |walk| {
                walked.push(walk);
                Ok(())
            });
            all.unwrap();
            prop_assert_eq!(&walked, &expected);
            // As far as whoever takes them wants to go, and no further.
            walked.clear();
            let ended = elements(&opened, LIMIT, |walk| {
                walked.push(walk);
                if walked.len() > most { Err(Error::conflict("that is enough")) } else { Ok(()) }
            });
            let is_all = expected.len() <= most;
            prop_assert_eq!(ended.map_err(|error| error.to_string()), if is_all { Ok(()) } else { Err("that is enough".to_owned()) });
            prop_assert_eq!(&walked[..], &expected[..expected.len().min(most + 1)]);
        }
    }

    #[test]
    fn a_document_that_is_broken_is_walked_up_to_there() {
        let text = "{\"songs\": [{\"id\": 1},\n {\"id\": 2} {\"id\": 3}]}";
        let (_file, opened) = opened(text);
        let mut walked = Vec::new();
        let error = elements(&opened, LIMIT, |walk| {
            walked.push(walk);
            Ok(())
        });
        assert_eq!(
            said(&error.unwrap_err(), &opened),
            "mixtape:2:12: $.songs: expected ',' or the end of the array or object (byte 33)"
        );
        let begin = Walk::Begin(Kind::Songs, 11);
        assert_eq!(
            walked,
            [begin, Walk::Element(11..20), Walk::Element(23..32)]
        );
    }
}
