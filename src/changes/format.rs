//! Which layout CHANGES has.

use std::io::Read;
use std::str::FromStr;

use struson::reader::JsonReader;

use crate::json::{Failure, Window};

/// The layouts of CHANGES.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangesFormat {
    /// A JSON array of operations.
    Array,
    /// An operation a line.
    Ndjson,
    /// `{"deletions": …, "additions": …}`
    Grouped,
}

impl ChangesFormat {
    const ALL: [ChangesFormat; 3] = [
        ChangesFormat::Array,
        ChangesFormat::Ndjson,
        ChangesFormat::Grouped,
    ];

    /// The name on the command line, and in a store.
    pub fn name(self) -> &'static str {
        match self {
            ChangesFormat::Array => "array",
            ChangesFormat::Ndjson => "ndjson",
            ChangesFormat::Grouped => "grouped",
        }
    }
}

impl FromStr for ChangesFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| "expected array, ndjson or grouped".to_owned())
    }
}

/// Members that only a grouped document starts with.
pub(super) const GROUPS: [&str; 2] = ["deletions", "additions"];

/// A brace, blanks and a name that take more bytes than this are no group's, however it is escaped.
const LONGEST_START: usize = 1024;

/// Tells the layout from the first byte and the first member, without consuming anything. The window stands on the first
/// byte that is no blank.
pub(super) fn detect<R: Read>(window: &mut Window<R>) -> Result<ChangesFormat, Failure> {
    let offset = window.offset();
    let head = window
        .look_ahead(LONGEST_START)
        .map_err(|error| Failure::of_io(error, offset))?;
    match head[0] {
        b'[' => Ok(ChangesFormat::Array),
        b'{' => match first_name(head).as_deref() {
            Some(name) if GROUPS.contains(&name) => Ok(ChangesFormat::Grouped),
            Some("users" | "playlists" | "songs") => Err(Failure::data(
                offset,
                "this looks like a mixtape, not like changes; the order is MIXTAPE CHANGES OUTPUT",
            )),
            _ => Ok(ChangesFormat::Ndjson),
        },
        _ => Err(Failure::data(
            offset,
            "expected '[' (an array of operations) or '{' (an operation a line, or groups of them)",
        )),
    }
}

fn first_name(head: &[u8]) -> Option<String> {
    let head = &head[..head.len().min(LONGEST_START)];
    let mut json = struson::reader::JsonStreamReader::new(head);
    json.begin_object().ok()?;
    json.has_next().ok()?.then(|| json.next_name_owned().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_layout_is_known_by_its_name() {
        for (name, format) in [
            ("array", ChangesFormat::Array),
            ("ndjson", ChangesFormat::Ndjson),
            ("grouped", ChangesFormat::Grouped),
        ] {
            assert_eq!(format.name(), name);
            assert_eq!(name.parse(), Ok(format));
        }
        let error = "jsonl".parse::<ChangesFormat>().unwrap_err();
        assert_eq!(error, "expected array, ndjson or grouped");
    }
}
