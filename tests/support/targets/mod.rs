//! What is fuzzed, one function of bytes each, which panics where something does not hold. `cargo test` gives them the bytes that
//! the fuzzer has kept (`tests/corpus.rs`); most of what they check is what the property tests check, over the same cases.

pub mod operations;
pub mod readers;
pub mod splice;
pub mod top;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use struson::reader::{JsonReader, JsonStreamReader};
use struson::writer::{JsonStreamWriter, JsonWriter};

use super::Written;

/// A function of bytes that panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its program and of the folder of its corpus.
pub const ALL: [(&str, Target); 4] = [
    ("readers", readers::bytes),
    ("operations", operations::bytes),
    ("top", top::bytes),
    ("splice", splice::bytes),
];

/// Choices among documents, operations and damages that the generators of the tests can make. The fuzzer's bytes make them, two
/// bytes each: where one byte of a text is changed, little but a syntax error is found; where one of these is, another operation.
struct Choices<'b>(&'b [u8]);

impl Choices<'_> {
    /// The next byte; zero behind the last one.
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// One of the 65,536 things of this kind.
    fn draw<S: Strategy>(&mut self, strategy: &S) -> S::Value {
        let mut seed = [0; 32];
        seed[..2].copy_from_slice(&[self.byte(), self.byte()]);
        let config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        let chance = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
        let mut runner = TestRunner::new_with_rng(config, chance);
        let tree = strategy.new_tree(&mut runner);
        tree.expect("the generators refuse nothing").current()
    }

    /// At most so many of them.
    fn some<S: Strategy>(&mut self, strategy: &S, most: u8) -> Vec<S::Value> {
        let count = self.byte() % (most + 1);
        (0..count).map(|_| self.draw(strategy)).collect()
    }

    /// One for each of the bytes that are left, up to so many.
    fn rest<S: Strategy>(&mut self, strategy: &S, most: usize) -> Vec<S::Value> {
        let mut values = Vec::new();
        while !self.0.is_empty() && values.len() < most {
            values.push(self.draw(strategy));
        }
        values
    }
}

/// A text without its blanks, with as few escapes as there can be, where it is JSON by the reference reader.
fn compact(text: &[u8]) -> Option<Vec<u8>> {
    let mut compact = Vec::new();
    let mut writer = JsonStreamWriter::new(&mut compact);
    let mut reader = JsonStreamReader::new_custom(text, readers::settings());
    reader.transfer_to(&mut writer).ok()?;
    reader.consume_trailing_whitespace().ok()?;
    writer.finish_document().expect("memory can be written to");
    Some(compact)
}

fn is_json(text: &[u8]) -> bool {
    compact(text).is_some()
}

/// The value of a text where it says all that the text says: no member stands twice, and every number is spelled as serde_json
/// spells it. Members may have changed their places.
fn value_of(text: &[u8]) -> Option<Value> {
    let value: Value = serde_json::from_slice(text).ok()?;
    let sorted = |mut bytes: Vec<u8>| {
        bytes.sort_unstable();
        bytes
    };
    (sorted(compact(text)?) == sorted(value.to_string().into_bytes())).then_some(value)
}

/// Number and reason of each reject.
fn rejected(applied: &Written) -> Vec<(u64, String)> {
    let lines = applied.reject_lines.lines();
    lines
        .map(|line| {
            let (_, number) = line.split_once("\"number\": ").expect("a number");
            let (number, _) = number.split_once(',').expect("more members");
            let (_, reason) = line.split_once("\"reason\": \"").expect("a reason");
            let (reason, _) = reason.split_once('"').expect("its end");
            (number.parse().expect("digits"), reason.to_owned())
        })
        .collect()
}
