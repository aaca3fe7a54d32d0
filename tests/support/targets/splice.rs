//! OUTPUT held against the naive model over MIXTAPEs of any bytes: what no operation names stays as it was, and what comes out is
//! a document that says what the model says.

use proptest::prelude::*;
use serde_json::Value;

use mixtape::changes::ChangesFormat;

use super::super::mutation::{Mutation, mutate, mutation};
use super::super::random::{self, Style};
use super::super::{Written, write_changes_in_process};
use super::operations::check_lines;
use super::{Choices, is_json, value_of};

/// A document, damages to it, and operations.
#[derive(Clone, Debug)]
pub struct Case {
    mixtape: Vec<u8>,
    changes: Vec<u8>,
}

pub fn case() -> impl Strategy<Value = Case> {
    (
        prop::collection::vec(mutation(), 0..4),
        random::style(),
        random::mixtape(),
        "[ \n]{0,2}",
        prop::collection::vec(random::operation(), 0..8),
    )
        .prop_map(|(mutations, style, document, blanks, operations)| {
            Case::new(&mutations, style, &document, &blanks, &operations)
        })
}

impl Case {
    fn new(
        mutations: &[Mutation],
        style: Style,
        document: &Value,
        blanks: &str,
        operations: &[Value],
    ) -> Self {
        let mut mixtape = (random::write(style, document) + blanks).into_bytes();
        mutate(&mut mixtape, mutations);
        let line = |operation| random::write(Style::Spaced, operation) + "\n";
        let changes: String = operations.iter().map(line).collect();
        Case {
            mixtape,
            changes: changes.into_bytes(),
        }
    }
}

/// Bytes for the fuzzer to choose: they choose the case, or are MIXTAPE, a zero byte and the lines of CHANGES.
pub fn bytes(bytes: &[u8]) {
    match bytes {
        [b'{', ..] => {
            let mut parts = bytes.splitn(2, |&byte| byte == 0);
            let mut part = || parts.next().unwrap_or_default().to_vec();
            check(&Case {
                mixtape: part(),
                changes: part(),
            });
        }
        _ => {
            let mut choices = Choices(bytes);
            check(&Case::new(
                &choices.some(&mutation(), 3),
                choices.draw(&random::style()),
                &choices.draw(&random::mixtape()),
                ["", "\n"][usize::from(choices.byte() % 2)],
                &choices.rest(&random::operation(), 12),
            ));
        }
    }
}

fn apply(mixtape: &[u8], changes: &[u8], chunk: usize) -> Option<Written> {
    match write_changes_in_process(ChangesFormat::Ndjson, mixtape, changes, chunk) {
        Ok(written) => Some(written),
        Err(error) => {
            assert_eq!(error.kind().exit_code(), 2, "{error}");
            None
        }
    }
}

/// Everything that the model knows holds.
pub fn check(case: &Case) {
    let mixtape = &case.mixtape[..];
    let shown = format!(
        "{:?} with {:?}",
        String::from_utf8_lossy(mixtape),
        String::from_utf8_lossy(&case.changes)
    );
    let same = apply(mixtape, b"", 1);
    let unmarked = mixtape.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(mixtape);
    let Some(same) = same else {
        assert!(apply(mixtape, &case.changes, 7).is_none(), "{shown}");
        return;
    };
    assert!(is_json(unmarked), "accepted {shown}");
    assert_eq!(same.output.as_bytes(), mixtape, "{shown}");
    let changed = apply(mixtape, &case.changes, 7).unwrap_or_else(|| panic!("refused {shown}"));
    let output = changed.output.as_bytes();
    let unmarked_output = output.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(output);
    assert!(
        is_json(unmarked_output),
        "OUTPUT is {} of {shown}",
        changed.output
    );
    // What comes after the largest id is a number that serde_json's floats stand for only nearly.
    let beyond_numbers = shown.contains(&u64::MAX.to_string());
    if let (Some(document), false) = (value_of(unmarked), beyond_numbers) {
        check_lines(document, &case.changes, &changed);
    }
}
