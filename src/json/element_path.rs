//! Where in its input an element stands.

use std::fmt;

use super::path::write_name;

/// The JSON path of an element of an input: `$` where it is a document of its own, `$[1]` in an array,
/// `$.additions.new_playlists[3]` in one that stands deeper.
///
/// ```
/// use mixtape::json::ElementPath;
/// assert_eq!(ElementPath::DOCUMENT.to_string(), "$");
/// assert_eq!(ElementPath::item(1).to_string(), "$[1]");
/// assert_eq!(ElementPath { names: [Some("a"), Some("b c")], ..ElementPath::DOCUMENT }.to_string(), "$.a[\"b c\"]");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ElementPath<'a> {
    /// The members that lead to it.
    pub names: [Option<&'a str>; 2],
    /// Its place in the array that they lead to, from 0.
    pub index: Option<u64>,
    /// Where it is a part of what stands there: the member, and its place in it.
    pub part: Option<(&'a str, u64)>,
}

impl ElementPath<'_> {
    /// A document of its own, such as a line of NDJSON.
    pub const DOCUMENT: ElementPath<'static> = ElementPath {
        names: [None; 2],
        index: None,
        part: None,
    };

    /// An element of the array that the whole input is, by its place from 0.
    pub const fn item(index: u64) -> ElementPath<'static> {
        ElementPath {
            names: [None; 2],
            index: Some(index),
            part: None,
        }
    }
}

impl fmt::Display for ElementPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for name in self.names.into_iter().flatten() {
            write_name(f, name.as_bytes())?;
        }
        if let Some(index) = self.index {
            write!(f, "[{index}]")?;
        }
        if let Some((name, index)) = self.part {
            write_name(f, name.as_bytes())?;
            write!(f, "[{index}]")?;
        }
        Ok(())
    }
}
