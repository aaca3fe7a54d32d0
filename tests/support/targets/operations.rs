//! `apply` held against the naive model over random mixtapes, operations and ways to write them down, and over damages to
//! CHANGES.

use proptest::prelude::*;
use serde_json::{Value, json};

use mixtape::changes::ChangesFormat;

use super::super::model::{Model, effective};
use super::super::mutation::{Mutation, mutate, mutation};
use super::super::random::{self, Style, Writer};
use super::super::{Written, applied_in_process, write_changes_in_process};
use super::{Choices, is_json, value_of};

/// What is applied to what, and how both are written down.
#[derive(Clone, Debug)]
pub struct Case {
    document: Value,
    /// What stands in front of everything else, so that the window's edge cuts any part of the document: how far that edge
    /// lies behind it.
    padding: Option<usize>,
    operations: Vec<Value>,
    mixtape_style: Style,
    changes_style: Style,
    chunk: usize,
    /// Damages to CHANGES.
    mutations: Vec<Mutation>,
}

pub fn case(most_operations: usize) -> impl Strategy<Value = Case> {
    (
        prop::collection::vec(mutation(), 0..4),
        random::mixtape(),
        prop_oneof![3 => Just(None), 1 => (0usize..3_000).prop_map(Some)],
        prop::collection::vec(random::operation(), 0..most_operations),
        random::style(),
        random::style(),
        1usize..200,
    )
        .prop_map(
            |(mutations, document, padding, operations, mixtape_style, changes_style, chunk)| {
                Case {
                    document,
                    padding,
                    operations,
                    mixtape_style,
                    changes_style,
                    chunk,
                    mutations,
                }
            },
        )
}

/// Bytes for the fuzzer to choose: they choose the case.
pub fn bytes(bytes: &[u8]) {
    let mut choices = Choices(bytes);
    check(Case {
        mutations: choices.some(&mutation(), 3),
        document: choices.draw(&random::mixtape()),
        // Now and then: a quarter of a megabyte takes its time.
        padding: (choices.byte() == 0xFF).then(|| usize::from(choices.byte()) * 12),
        mixtape_style: choices.draw(&random::style()),
        changes_style: choices.draw(&random::style()),
        chunk: 1 + usize::from(choices.byte()),
        operations: choices.rest(&random::operation(), 12),
    });
}

/// Everything that the model knows holds.
pub fn check(mut case: Case) {
    if let Some(beyond) = case.padding {
        case.document["a"] = json!("x".repeat(256 * 1024 - beyond));
    }
    let written = write_document(case.mixtape_style, &case.document);
    check_whole(&case, &written);
    if !case.mutations.is_empty() {
        check_damaged(&case, &written.text);
    }
}

fn check_whole(case: &Case, written: &WrittenDocument) {
    let operations = &case.operations;
    let mut model = Model::new(case.document.clone());
    let expected = model.apply_all(operations);

    let array = random::write(case.changes_style, &json!(operations));
    let applied = applied_in_process(&written.text, array.as_bytes(), usize::MAX);
    let output: Value = serde_json::from_str(&applied.output).unwrap();
    assert_eq!(output, model.document, "{}", applied.output);
    assert_eq!(applied.reasons(), expected);
    let summary = &applied.summary;
    let total = summary.applied.values().sum::<u64>() + summary.rejected.values().sum::<u64>();
    assert_eq!(summary.read, operations.len() as u64);
    assert_eq!(summary.read, total);
    assert_eq!(
        summary.playlists_after as usize,
        model.document["playlists"].as_array().unwrap().len()
    );
    check_untouched(written, &case.document, &model.document, &applied.output);
    for reject in &applied.rejects {
        let number = reject["number"].as_u64().unwrap() as usize;
        let operation = effective(&operations[number - 1]);
        assert_eq!(&reject["operation"], operation);
        let byte = reject["byte"].as_u64().unwrap() as usize;
        let rest = serde_json::Deserializer::from_str(&array[byte..]);
        let there = rest.into_iter::<Value>().next().unwrap().unwrap();
        assert_eq!(&there, operation);
        let line = array[..byte].matches('\n').count() as u64 + 1;
        assert_eq!(reject["line"].as_u64(), Some(line));
    }

    // The same through other routes: a few bytes at a time, and a line each.
    let slow = applied_in_process(&written.text, array.as_bytes(), case.chunk);
    assert_eq!(slow.output, applied.output);
    assert_eq!(slow.rejects, applied.rejects);
    let lines: String = operations
        .iter()
        .map(|operation| random::write(Style::Spaced, operation) + "\r\n\n")
        .collect();
    let lines = write_changes_in_process(
        ChangesFormat::Ndjson,
        &written.text,
        lines.as_bytes(),
        case.chunk,
    );
    let lines = lines.expect("lines are no error");
    let output: Value = serde_json::from_str(&lines.output).unwrap();
    assert_eq!(output, model.document); // further members are copied with their own white space
    assert_eq!(super::rejected(&lines), expected);
}

/// Damaged lines are set aside, a damaged array ends the run; what is still an operation takes effect.
fn check_damaged(case: &Case, mixtape: &str) {
    let one_line = |operation: &Value| random::write(Style::Spaced, operation);
    let lines: Vec<String> = case.operations.iter().map(one_line).collect();
    let mut lines = lines.join("\n").into_bytes();
    mutate(&mut lines, &case.mutations);
    let applied = write_changes_in_process(ChangesFormat::Ndjson, mixtape, &lines, case.chunk);
    let applied = applied.expect("damaged lines are no error");
    check_lines(case.document.clone(), &lines, &applied);

    let mut array = random::write(case.changes_style, &json!(case.operations)).into_bytes();
    mutate(&mut array, &case.mutations);
    let shown = String::from_utf8_lossy(&array).into_owned();
    let applied = write_changes_in_process(ChangesFormat::Array, mixtape, &array, case.chunk);
    let is_blank = array.trim_ascii().is_empty();
    let is_array = is_json(&array) && array.trim_ascii().first() == Some(&b'[');
    let Ok(applied) = applied else {
        assert!(!is_array && !is_blank, "refused {shown}");
        return;
    };
    assert!(is_array || is_blank, "accepted {shown}");
    if let Some(value) = value_of(&array) {
        let mut model = Model::new(case.document.clone());
        let expected = model.apply_all(value.as_array().unwrap());
        check_applied(&model, &expected, &applied, &shown);
    }
}

/// Lines of any bytes, where the model can say what they mean.
pub fn check_lines(document: Value, lines: &[u8], applied: &Written) {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let unmarked = lines.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(lines);
    let filled = |line: &&[u8]| !line.iter().all(is_blank);
    let mut model = Model::new(document);
    let mut expected = Vec::new();
    for (line, number) in unmarked
        .split(|&byte| byte == b'\n')
        .filter(filled)
        .zip(1..)
    {
        let verdict = if is_json(line) {
            let Some(operation) = value_of(line) else {
                return;
            };
            model.apply(&operation)
        } else {
            Err("malformed_json")
        };
        expected.extend(verdict.err().map(|reason| (number, reason.to_owned())));
    }
    check_applied(&model, &expected, applied, &String::from_utf8_lossy(lines));
}

fn check_applied(model: &Model, expected: &[(u64, String)], applied: &Written, changes: &str) {
    assert_eq!(super::rejected(applied), expected, "{changes}");
    let output: Value = serde_json::from_str(&applied.output).expect("OUTPUT is JSON");
    assert_eq!(output, model.document, "{changes}");
}

/// The document written so that the text of each playlist is known.
struct WrittenDocument {
    text: String,
    head: String,
    playlists: Vec<String>,
    tail: String,
}

fn write_document(style: Style, document: &Value) -> WrittenDocument {
    let mut writer = Writer::new(style);
    let mut head = String::new();
    let mut playlists = Vec::new();
    let mut tail_start = 0;
    writer.open('{');
    for (i, (name, value)) in document.as_object().unwrap().iter().enumerate() {
        if i > 0 {
            writer.comma();
        }
        writer.string(name);
        writer.colon();
        if name != "playlists" {
            writer.value(value);
            continue;
        }
        head = writer.text.clone() + "[";
        writer.open('[');
        for (i, playlist) in value.as_array().unwrap().iter().enumerate() {
            if i > 0 {
                writer.comma();
            }
            let start = writer.text.len();
            writer.value(playlist);
            playlists.push(writer.text[start..].to_owned());
        }
        writer.close(']');
        tail_start = writer.text.len() - 1;
    }
    writer.close('}');
    WrittenDocument {
        tail: writer.text[tail_start..].to_owned(),
        text: writer.text,
        head,
        playlists,
    }
}

/// All that no operation touched stands in the output as it stood in the document, in order.
fn check_untouched(written: &WrittenDocument, before: &Value, after: &Value, output: &str) {
    assert!(output.starts_with(&written.head), "head:\n{output}");
    assert!(output.ends_with(&written.tail), "tail:\n{output}");
    let after = after["playlists"].as_array().unwrap();
    let mut rest = output;
    for (value, text) in before["playlists"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&written.playlists)
    {
        if after.contains(value) {
            let found = rest.find(text.as_str());
            let found = found.unwrap_or_else(|| panic!("{text}\nis not in\n{rest}"));
            rest = &rest[found + text.len()..];
        }
    }
}
