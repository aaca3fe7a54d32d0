//! Small JSON documents, good and bad, clause by clause after RFC 8259 and RFC 3629, that readers are easily wrong about.

mod choices;
mod grammar;
mod numbers;
mod text;
mod utf8;

use mixtape::json::MAX_DEPTH;

/// What one clause of a standard demands.
pub struct Clause {
    pub name: &'static str,
    /// Documents that must be accepted.
    pub accept: &'static [&'static [u8]],
    /// Documents that must be refused.
    pub reject: &'static [&'static [u8]],
}

/// What a standard leaves to its reader.
pub struct Choice {
    pub what: &'static str,
    /// The section of RFC 8259, and the reason for what is chosen.
    pub why: &'static str,
    pub accepted: bool,
    pub documents: &'static [&'static [u8]],
}

/// A document and what shall become of it.
#[derive(Debug)]
pub struct Row {
    /// The clause or choice that says so.
    pub clause: &'static str,
    pub document: Vec<u8>,
    pub accepted: bool,
    /// Arrays and objects around its innermost value, where they are too many to be put into others.
    pub depth: u32,
}

impl Row {
    /// Whether it shall be accepted inside this many arrays and objects.
    pub fn is_accepted_in(&self, around: u32) -> bool {
        self.accepted && self.depth + around <= MAX_DEPTH
    }

    /// Whether a line can hold it.
    pub fn fits_a_line(&self) -> bool {
        !self.document.contains(&b'\n')
    }

    pub fn shown(&self) -> String {
        let text = String::from_utf8_lossy(&self.document);
        format!("{}: {text:?} {:02x?}", self.clause, self.document)
    }
}

const CLAUSES: [&Clause; 8] = [
    &grammar::STRUCTURE,
    &grammar::LITERALS,
    &grammar::OBJECTS,
    &grammar::ARRAYS,
    &numbers::NUMBERS,
    &text::STRINGS,
    &text::ESCAPES,
    &utf8::UTF8,
];

/// Every document.
pub fn rows() -> Vec<Row> {
    let row = |clause, document: &&[u8], accepted| Row {
        clause,
        document: document.to_vec(),
        accepted,
        depth: 0,
    };
    let mut rows = Vec::new();
    for clause in CLAUSES {
        rows.extend(clause.accept.iter().map(|it| row(clause.name, it, true)));
        rows.extend(clause.reject.iter().map(|it| row(clause.name, it, false)));
    }
    for choice in choices::CHOICES {
        assert!(!choice.why.is_empty());
        let documents = choice.documents.iter();
        rows.extend(documents.map(|it| row(choice.what, it, choice.accepted)));
    }
    rows.extend(nested());
    rows
}

/// RFC 8259, 9: depth may have a limit. It is that of struson and of serde_json; without one a few kilobytes of brackets could
/// ask for any amount of memory.
fn nested() -> impl Iterator<Item = Row> {
    let depths = [63, 64, 65, 126, 127, 128, 129, 130, 1000];
    depths.into_iter().flat_map(|depth| {
        [("[", "]", 0), ("{\"a\":", "}", 0), ("[", "]", 1)].map(|(open, close, inner)| {
            let last = if inner == 1 { "[]" } else { "1" };
            let (before, after) = (open.repeat(depth - inner), close.repeat(depth - inner));
            Row {
                clause: "RFC 8259, 9: depth",
                document: format!("{before}{last}{after}").into_bytes(),
                accepted: depth <= MAX_DEPTH as usize,
                depth: depth as u32,
            }
        })
    })
}
