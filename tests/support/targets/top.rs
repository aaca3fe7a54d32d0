//! `top` held against a naive model: every line parsed by struson, all of them sorted, the rest cut off.

use std::cmp::Ordering;
use std::num::{NonZeroU64, NonZeroUsize};

use struson::reader::{JsonReader, JsonStreamReader, ReaderError, ValueType};

use mixtape::io::Rereadable;
use mixtape::top::{Keep, TopOptions, Winners, top, top_file};

use super::super::{Chunked, Folder};
use super::compact;
use super::readers::settings;

/// Bytes for the fuzzer to choose: how many, a size of pieces, and the lines.
pub fn bytes(bytes: &[u8]) {
    // Scores of more than 4,096 digits pass a limit, which the model does not know.
    if let [count, chunk, input @ ..] = bytes
        && input.len() <= 4_096
    {
        check(input, u64::from(count % 16), 1 + usize::from(*chunk));
        if count / 16 == 0 {
            check_ranges(input, u64::from(*count), 1 + u64::from(*chunk));
        }
    }
}

/// A score as it is written, and the kind and the text of an id.
type Scored = (String, (ValueType, String));

/// All lines that are not blank, or none if one is invalid.
fn parse(input: &[u8]) -> Option<Vec<Scored>> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
    let input = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    input
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.iter().all(is_blank))
        .map(|line| {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let score = std::str::from_utf8(&line[..colon]).ok()?;
            let score = score.trim_matches([' ', '\t', '\r']);
            let digits = score.strip_prefix('-').unwrap_or(score);
            let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !number || (digits.len() > 1 && digits.starts_with('0')) {
                return None;
            }
            Some((score.to_owned(), id_of(&line[colon + 1..])?))
        })
        .collect()
}

/// The last id of a record that is an object; none where the record is invalid or has none, or where one has parts.
fn id_of(record: &[u8]) -> Option<(ValueType, String)> {
    let mut json = JsonStreamReader::new_custom(record, settings());
    let mut read = || -> Result<Option<(ValueType, String)>, ReaderError> {
        let (mut found, mut wrong) = (None, false);
        json.begin_object()?;
        while json.has_next()? {
            if json.next_name()? != "id" {
                json.skip_value()?;
                continue;
            }
            let kind = json.peek()?;
            let text = match kind {
                ValueType::String => json.next_string()?,
                ValueType::Number => json.next_number_as_string()?,
                ValueType::Boolean => json.next_bool()?.to_string(),
                _ => String::new(),
            };
            wrong |= matches!(kind, ValueType::Object | ValueType::Array);
            if matches!(kind, ValueType::Object | ValueType::Array | ValueType::Null) {
                json.skip_value()?;
            }
            found = Some((kind, text));
        }
        json.end_object()?;
        Ok(found.filter(|_| !wrong))
    };
    let id = read().ok()?;
    json.consume_trailing_whitespace().ok()?;
    id
}

/// By schoolbook: sign, then length, then digits.
fn compare(a: &str, b: &str) -> Ordering {
    let is_negative = |score: &str| score.starts_with('-') && score != "-0";
    let magnitude = |score: &str| {
        let digits = score.trim_start_matches('-').to_owned();
        (digits.len(), digits)
    };
    match (is_negative(a), is_negative(b)) {
        (false, false) => magnitude(a).cmp(&magnitude(b)),
        (true, true) => magnitude(b).cmp(&magnitude(a)),
        (a, b) => b.cmp(&a),
    }
}

/// Whatever the input, the program says what the model says.
pub fn check(input: &[u8], n: u64, chunk: usize) {
    let shown = String::from_utf8_lossy(input);
    let found = in_process(input, n, chunk);
    let Some(mut expected) = parse(input) else {
        assert!(found.is_err(), "accepted: {shown}");
        return;
    };
    expected.sort_by(|(a, _), (b, _)| compare(b, a)); // stable: the earlier line stays in front
    expected.truncate(n as usize);
    let found = found.unwrap_or_else(|message| panic!("{message}\n{shown}"));
    assert_eq!(found.ndjson.lines().count(), expected.len(), "{shown}");
    for (line, (score, id)) in found.ndjson.lines().zip(&expected) {
        let start = format!("{{\"score\": {score}, \"id\": ");
        assert!(line.starts_with(&start), "{line} in {shown}");
        assert_eq!(id_of(line.as_bytes()).as_ref(), Some(id), "{shown}");
    }
    let lines: Vec<&str> = found.ndjson.lines().collect();
    let array = format!("[{}]", lines.join(","));
    assert_eq!(
        compact(found.json.as_bytes()),
        compact(array.as_bytes()),
        "{shown}"
    );
    assert_eq!(parse(found.lines.as_bytes()), Some(expected), "{shown}");
}

/// The same from a file that threads share among them in small ranges.
fn check_ranges(input: &[u8], n: u64, range: u64) {
    let folder = Folder::new();
    let file =
        Rereadable::open(&folder.write(NAME, input), &Default::default()).expect("the test's file");
    let options = TopOptions {
        count: n,
        range: NonZeroU64::new(range).expect("is not zero"),
        ..TopOptions::default()
    };
    let whole = in_process(input, n, usize::MAX).map(|printed| printed.ndjson);
    let shared = top_file(&file, &options, NonZeroUsize::new(3).expect("is not zero"));
    let shared = match shared {
        Ok(winners) => Ok(text(|output| winners.write_ndjson(output))),
        Err(error) => Err(error.to_string().replacen(file.name(), NAME, 1)),
    };
    assert_eq!(shared, whole, "{}", String::from_utf8_lossy(input));
}

/// What one input gives in each format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    pub json: String,
    pub ndjson: String,
    pub lines: String,
}

/// Either what is printed, or the message of an error about data.
pub type Outcome = Result<Printed, String>;

/// How the input is called by messages.
pub const NAME: &str = "scores";

/// In process, `chunk` bytes at a time.
pub fn in_process(input: &[u8], n: u64, chunk: usize) -> Outcome {
    let find = |keep| {
        let options = TopOptions {
            count: n,
            keep,
            ..TopOptions::default()
        };
        top(NAME, Chunked::new(input, chunk), &options).map_err(|error| {
            assert_eq!(error.kind().exit_code(), 2, "{error}");
            error.to_string()
        })
    };
    let (ids, lines) = match (find(Keep::Ids), find(Keep::Lines)) {
        (Ok(ids), Ok(lines)) => (ids, lines),
        (ids, lines) => {
            let messages = [ids, lines].map(|found| found.map(|winners| winners.len()));
            assert_eq!(messages[0], messages[1], "ids and lines");
            return Err(messages.into_iter().find_map(Result::err).unwrap());
        }
    };
    Ok(Printed {
        json: text(|output| ids.write_json(output)),
        ndjson: text(|output| ids.write_ndjson(output)),
        lines: text(|output| Winners::write_lines(&lines, output)),
    })
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut output = Vec::new();
    write(&mut output).expect("memory can be written to");
    String::from_utf8(output).expect("what is printed is UTF-8")
}
