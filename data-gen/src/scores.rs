//! Lines of a score and a JSON record.

mod dense;
mod invalid;

use crate::random::Random;
use crate::rate::Rate;
use crate::stream::{Source, Stream, reads_as_its_stream};
use crate::text;

/// What [`Scores`] generates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoresOptions {
    /// How many lines.
    pub records: u64,
    /// The share of lines that are invalid, each in one of several ways.
    pub invalid: Rate,
    /// Short records of many kinds of JSON values, instead of an id and a paragraph of text.
    pub dense: bool,
    /// Where the random numbers start.
    pub seed: u64,
}

impl Default for ScoresOptions {
    fn default() -> Self {
        Self {
            records: 1000,
            invalid: Rate::NEVER,
            dense: false,
            seed: 1,
        }
    }
}

/// Lines `<score>: <record>`, the score an integer below 2^53 and the record a JSON object with
/// an `id`.
#[derive(Debug)]
pub struct Scores(Stream<Lines>);

impl Scores {
    /// A generator at its first byte.
    pub fn new(options: ScoresOptions) -> Self {
        let random = Random::new(options.seed);
        Self(Stream::new(Lines {
            options,
            random,
            left: options.records,
        }))
    }
}

reads_as_its_stream!(Scores);

#[derive(Debug)]
struct Lines {
    options: ScoresOptions,
    random: Random,
    left: u64,
}

impl Source for Lines {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        if self.random.hits(self.options.invalid) {
            self.append_invalid(out);
        } else {
            self.append_score(out);
            out.extend_from_slice(b": ");
            self.append_record(out);
        }
        out.push(b'\n');
        true
    }
}

impl Lines {
    fn append_score(&mut self, out: &mut Vec<u8>) {
        // Any number below 2^53 is also exact as a JSON number of any other program.
        let score = self.random.bits() >> 11;
        out.extend_from_slice(itoa::Buffer::new().format(score).as_bytes());
    }

    fn append_record(&mut self, out: &mut Vec<u8>) {
        if self.options.dense {
            return dense::append_record(&mut self.random, out);
        }
        out.extend_from_slice(b"{\"id\": \"");
        append_uuid(&mut self.random, out);
        out.extend_from_slice(b"\", \"data\": \"");
        text::paragraph(&mut self.random, out);
        out.extend_from_slice(b"\"}");
    }
}

/// Appends random bits in the shape of a version 4 UUID.
fn append_uuid(random: &mut Random, out: &mut Vec<u8>) {
    let high = random.bits() & !0xf000 | 0x4000; // the version
    let low = random.bits() & !(0b11 << 62) | 0b10 << 62; // the variant
    let digits = (u128::from(high) << 64 | u128::from(low))
        .to_be_bytes()
        .map(hex);
    for (group, bytes) in [(0, 0..4), (1, 4..6), (2, 6..8), (3, 8..10), (4, 10..16)] {
        if group > 0 {
            out.push(b'-');
        }
        out.extend_from_slice(digits[bytes].as_flattened());
    }
}

/// The two lowercase hexadecimal digits of a byte.
fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    [
        DIGITS[usize::from(byte >> 4)],
        DIGITS[usize::from(byte & 0xf)],
    ]
}
