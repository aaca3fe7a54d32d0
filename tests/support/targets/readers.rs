//! Our readers held against struson's: the same answers in the same order, the same documents accepted and refused, errors at
//! the same byte.
//!
//! Where ours differs on purpose: a character that the end of the document cuts is malformed UTF-8 to us as soon as its first
//! bytes are wrong, struson says that the document is incomplete; both say so at the same byte. Lines end at a line feed to us,
//! at a carriage return as well to struson; our lines and columns are those of the stream, not of the document in it, and stand
//! behind an error only with its offset.

use std::io::Read;

use struson::json_path;
use struson::reader::{
    JsonReader, JsonStreamReader, ReaderError, ReaderSettings, SyntaxErrorKind, TransferError,
    ValueType,
};
use struson::writer::{JsonStreamWriter, JsonWriter};

use mixtape::json::{HoldLimit, Window, document_reader, error_offset, line_reader};

use super::super::Chunked;

pub const LIMIT: HoldLimit = HoldLimit {
    bytes: 4 << 20,
    what: "a value",
    flag: "none",
};

/// Bytes for the fuzzer to choose: a script, a size of pieces, and the document.
pub fn bytes(bytes: &[u8]) {
    if let [script, chunk, document @ ..] = bytes {
        let chunk = 1 + usize::from(*chunk);
        compare(document, [chunk, usize::MAX], u64::from(*script));
    }
}

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

/// Struson's reader without what ours leaves to its callers.
pub fn settings() -> ReaderSettings {
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

/// Both readers answer the same to the same questions, however the bytes come.
pub fn compare(document: &[u8], chunks: impl IntoIterator<Item = usize>, seed: u64) {
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
