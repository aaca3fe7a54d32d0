//! Our pull reader held against struson's, the reference: the same answers in the same order, the same documents accepted and
//! refused, errors at the same byte; whole and in pieces, mutated and cut.
//!
//! Where ours differs on purpose: a character that the end of the document cuts is malformed UTF-8 to us as soon as its first
//! bytes are wrong, struson says that the document is incomplete; both say so at the same byte. Lines end at a line feed to us, at a carriage return as well to struson; our lines and columns
//! are those of the stream, not of the document in it, and stand behind an error only with its offset.

mod support;

use std::io::Read;

use proptest::prelude::*;
use struson::json_path;
use struson::reader::{
    JsonReader, JsonStreamReader, ReaderError, ReaderSettings, SyntaxErrorKind, TransferError,
    ValueType,
};
use struson::writer::{JsonStreamWriter, JsonWriter};

use data_gen::{Scores, ScoresOptions};
use mixtape::json::{HoldLimit, Window, document_reader, error_offset, line_reader};
use support::Chunked;
use support::documents::{ACCEPT, REJECT};
use support::random::{self, Style};

const LIMIT: HoldLimit = HoldLimit {
    bytes: 4 << 20,
    what: "a value",
    flag: "none",
};

/// What a reader answered, up to its first error.
type Answers = Vec<String>;

/// How a document is walked: the same numbers make the same choices with both readers.
struct Script(u64);

impl Script {
    fn choose(&mut self, choices: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % choices
    }
}

fn describe(error: &ReaderError) -> String {
    let offset = error_offset(error);
    match error {
        ReaderError::SyntaxError(error) => {
            // The kind that differs on purpose, see above.
            let kind = match error.kind {
                SyntaxErrorKind::IncompleteDocument => "syntax".to_owned(),
                kind => kind.to_string(),
            };
            format!("error {kind} at {offset}")
        }
        ReaderError::IoError { .. } => format!("error syntax at {offset}"),
        ReaderError::UnexpectedStructure { kind, .. } => format!("error {kind} at {offset}"),
        other => format!(
            "error {} at {offset}",
            other.to_string().split(" at ").next().unwrap()
        ),
    }
}

fn here(json: &impl JsonReader) -> u64 {
    json.current_position(false).data_pos.unwrap()
}

/// Walks a document to its end or its first error.
fn walk<J: JsonReader>(mut json: J, seed: u64, answers: &mut Answers) {
    let mut script = Script(seed);
    let result = walk_value(&mut json, &mut script, answers, 0);
    match result.and_then(|()| json.consume_trailing_whitespace()) {
        Ok(()) => answers.push("end".to_owned()),
        Err(error) => answers.push(describe(&error)),
    }
}

fn walk_value<J: JsonReader>(
    json: &mut J,
    script: &mut Script,
    answers: &mut Answers,
    depth: u32,
) -> Result<(), ReaderError> {
    let kind = json.peek()?;
    answers.push(format!("{kind} at {}", here(json)));
    match script.choose(12) {
        0 => {
            json.skip_value()?;
            answers.push(format!("skipped to {}", here(json)));
            return Ok(());
        }
        1 => {
            let mut text = Vec::new();
            let mut writer = JsonStreamWriter::new(&mut text);
            match json.transfer_to(&mut writer) {
                Ok(()) => {
                    writer.finish_document().unwrap();
                }
                Err(TransferError::ReaderError(error)) => return Err(error),
                Err(TransferError::WriterError(error)) => panic!("{error}"),
            }
            answers.push(format!("transferred {:?}", String::from_utf8(text)));
            return Ok(());
        }
        2 => {
            // A wrong demand is refused, and then nothing has moved.
            let error = match kind {
                ValueType::Null => json.next_bool().map(|_| ()),
                _ => json.next_null(),
            };
            let error = error.unwrap_err();
            answers.push(describe(&error));
        }
        _ => {}
    }
    match kind {
        ValueType::Array if script.choose(8) == 0 => {
            json.seek_to(&json_path![1])?;
            answers.push(format!("sought to {}", here(json)));
            json.seek_back(&json_path![1])?;
        }
        ValueType::Array => {
            json.begin_array()?;
            while json.has_next()? {
                answers.push(format!("element at {}", here(json)));
                walk_value(json, script, answers, depth + 1)?;
            }
            json.end_array()?;
        }
        ValueType::Object => {
            json.begin_object()?;
            while json.has_next()? {
                answers.push(format!("member at {}", here(json)));
                match script.choose(3) {
                    0 => json.skip_name()?,
                    1 => answers.push(json.next_name_owned()?),
                    _ => answers.push(json.next_name()?.to_owned()),
                }
                answers.push(format!("name to {}", here(json)));
                walk_value(json, script, answers, depth + 1)?;
            }
            json.end_object()?;
        }
        ValueType::String => walk_string(json, script, answers)?,
        ValueType::Number => match script.choose(3) {
            0 => answers.push(json.next_number_as_string()?),
            1 => answers.push(format!("{:?}", json.next_number::<f64>()?)),
            _ => answers.push(json.next_number_as_str()?.to_owned()),
        },
        ValueType::Boolean => answers.push(json.next_bool()?.to_string()),
        ValueType::Null => json.next_null()?,
    }
    answers.push(format!("value to {}", here(json)));
    if depth > 0 && script.choose(200) == 0 {
        json.skip_to_top_level()?;
        answers.push(format!("top level at {}", here(json)));
        // Nothing more can be asked; the rest is for `consume_trailing_whitespace`.
        return Err(ReaderError::UnexpectedStructure {
            kind: struson::reader::UnexpectedStructureKind::MoreElementsThanExpected,
            location: json.current_position(false),
        });
    }
    Ok(())
}

fn walk_string<J: JsonReader>(
    json: &mut J,
    script: &mut Script,
    answers: &mut Answers,
) -> Result<(), ReaderError> {
    match script.choose(4) {
        0 => answers.push(json.next_string()?),
        1 => {
            let start = here(json);
            let mut text = Vec::new();
            let size = 1 + script.choose(9) as usize;
            let mut reader = json.next_string_reader()?;
            let mut buffer = vec![0; size];
            loop {
                match reader.read(&mut buffer) {
                    Ok(0) => break,
                    Ok(count) => text.extend_from_slice(&buffer[..count]),
                    Err(_) => {
                        assert!(reader.read(&mut buffer).is_err(), "an error stays");
                        answers.push(format!("broken string at {start}"));
                        return Err(ReaderError::IoError {
                            error: std::io::Error::other("broken"),
                            location: struson::reader::JsonReaderPosition {
                                path: None,
                                line_pos: None,
                                data_pos: Some(start),
                            },
                        });
                    }
                }
            }
            drop(reader);
            answers.push(String::from_utf8(text).expect("UTF-8"));
        }
        2 => {
            let text: Result<String, _> = json.deserialize_next();
            match text {
                Ok(text) => answers.push(text),
                Err(struson::serde::DeserializerError::ReaderError(error)) => return Err(error),
                Err(other) => answers.push(other.to_string()),
            }
        }
        _ => answers.push(json.next_str()?.to_owned()),
    }
    Ok(())
}

fn settings() -> ReaderSettings {
    ReaderSettings {
        track_path: false,
        restrict_number_values: false,
        ..ReaderSettings::default()
    }
}

fn by_struson(document: &[u8], seed: u64) -> Answers {
    let mut answers = Vec::new();
    walk(
        JsonStreamReader::new_custom(document, settings()),
        seed,
        &mut answers,
    );
    answers
}

fn by_ours(document: &[u8], chunk: usize, seed: u64) -> Answers {
    let mut answers = Vec::new();
    let mut window = Window::new(Chunked::new(document, chunk), LIMIT).unwrap();
    walk(document_reader(&mut window), seed, &mut answers);
    answers
}

/// The document as a line between others.
fn by_ours_as_line(document: &[u8], chunk: usize, seed: u64) -> Answers {
    let mut answers = Vec::new();
    let text = [b"#\n", document, b"\n]"].concat();
    let mut window = Window::new(Chunked::new(&text, chunk), LIMIT).unwrap();
    window.skip_line().unwrap();
    walk(line_reader(&mut window), seed, &mut answers);
    answers
}

fn starts_with_mark(document: &[u8]) -> bool {
    // The window passes over a byte order mark, struson refuses it.
    document.starts_with(b"\xEF\xBB\xBF")
}

fn compare(document: &[u8], chunks: impl IntoIterator<Item = usize>, seed: u64) {
    if starts_with_mark(document) {
        return;
    }
    let expected = by_struson(document, seed);
    for chunk in chunks {
        let shown = String::from_utf8_lossy(document);
        assert_eq!(
            by_ours(document, chunk, seed),
            expected,
            "{shown} by {chunk}, seed {seed}"
        );
        if !document.contains(&b'\n') {
            let line = by_ours_as_line(document, chunk, seed);
            assert_eq!(line, expected, "{shown} as a line by {chunk}, seed {seed}");
        }
    }
}

#[test]
fn every_small_document_is_read_alike_in_pieces_of_every_size() {
    for document in ACCEPT.iter().chain(REJECT) {
        for seed in 0..8 {
            compare(document, [1, 2, 3, 7, 64, usize::MAX], seed);
        }
        compare(document, 1..=70, 99);
    }
}

#[test]
fn small_documents_are_accepted_or_refused_as_the_standard_says() {
    let accepted = |document: &[u8]| {
        let mut window = Window::new(document, LIMIT).unwrap();
        let mut json = document_reader(&mut window);
        json.skip_value().is_ok() && json.consume_trailing_whitespace().is_ok()
    };
    for document in ACCEPT {
        assert!(
            accepted(document),
            "{:?}",
            String::from_utf8_lossy(document)
        );
    }
    for document in REJECT {
        assert!(
            !accepted(document),
            "{:?}",
            String::from_utf8_lossy(document)
        );
    }
}

#[test]
fn lines_and_columns_are_those_of_struson() {
    let document = "[\n \"é\",\n\n {\"a\": [1, 2 ]}, \"𝄞\" ]";
    let mut window = Window::new(document.as_bytes(), LIMIT).unwrap();
    let mut ours = document_reader(&mut window);
    let mut theirs = JsonStreamReader::new_custom(document.as_bytes(), settings());
    fn step<J: JsonReader>(json: &mut J, number: usize) -> struson::reader::JsonReaderPosition {
        match number {
            0 => json.begin_array().unwrap(),
            4 => json.begin_object().unwrap(),
            6 => assert_eq!(json.next_name().unwrap(), "a"),
            9 => json.end_object().unwrap(),
            12 => json.end_array().unwrap(),
            2 | 7 | 11 => json.skip_value().unwrap(),
            _ => drop(json.has_next().unwrap()),
        }
        json.current_position(false)
    }
    for number in 0..=12 {
        assert_eq!(
            step(&mut ours, number),
            step(&mut theirs, number),
            "{number}"
        );
    }
}

#[test]
fn nesting_up_to_the_limit_and_no_further() {
    for open in ["[", "{\"a\":"] {
        for depth in [1, 2, 63, 64, 65, 127, 128, 129, 1000] {
            let close = if open == "[" { "]" } else { "}" };
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            for seed in [3, 4, 5] {
                compare(text.as_bytes(), [1, 5, usize::MAX], seed);
            }
        }
    }
}

#[test]
fn every_truncation_is_read_alike() {
    let mut records = String::new();
    let options = ScoresOptions {
        records: 12,
        dense: true,
        ..ScoresOptions::default()
    };
    Scores::new(options).read_to_string(&mut records).unwrap();
    for line in records.lines() {
        let record = line.split_once(':').unwrap().1.as_bytes();
        for end in 0..=record.len() {
            compare(&record[..end], [1, 13, usize::MAX], end as u64);
        }
    }
}

#[test]
fn long_strings_and_numbers_are_read_alike_across_the_window() {
    let long = "0123456789é".repeat(60_000);
    let digits = "7".repeat(600_000);
    for document in [
        format!("[\"{long}\", \"{long}\\n\"]"),
        format!("{{\"{long}\": [{digits}, -{digits}.{digits}e{digits}]}}"),
        format!("[{}1]", " \n".repeat(400_000)),
        format!("[\"{long}\u{1}\"]"),
        format!("[\"{}\"", "\\u00e9".repeat(100_000)),
    ] {
        for seed in 0..6 {
            compare(document.as_bytes(), [4_096, 100_003, usize::MAX], seed);
        }
    }
}

fn documents() -> impl Strategy<Value = Vec<u8>> {
    let style = any::<u64>().prop_map(Style::Exotic);
    (random::mixtape(), style).prop_map(|(value, style)| random::write(style, &value).into_bytes())
}

#[derive(Clone, Debug)]
enum Mutation {
    Replace(u8),
    Insert(u8),
    Remove,
    Cut,
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let byte = || {
        prop_oneof![
            2 => prop::sample::select(&b"{}[]:,\"\\/tfn-+.eE019 \n\x00\x1f\x80\xc3\xff"[..]),
            1 => any::<u8>(),
        ]
    };
    prop_oneof![
        byte().prop_map(Mutation::Replace),
        byte().prop_map(Mutation::Insert),
        Just(Mutation::Remove),
        Just(Mutation::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn random_documents_and_their_mutations_are_read_alike(
        mut document in documents(),
        mutations in prop::collection::vec((any::<prop::sample::Index>(), mutation()), 0..4),
        chunk in 1usize..=70,
        seed: u64,
    ) {
        for (place, mutation) in mutations {
            if document.is_empty() {
                break;
            }
            let place = place.index(document.len());
            match mutation {
                Mutation::Replace(byte) => document[place] = byte,
                Mutation::Insert(byte) => document.insert(place, byte),
                Mutation::Remove => {
                    document.remove(place);
                }
                Mutation::Cut => document.truncate(place),
            }
        }
        compare(&document, [chunk, usize::MAX], seed);
    }
}
