//! How long the slow loops are: a few rounds for everybody, many where somebody has the time.
//!
//! `MIXTAPE_TEST_LONG=1`, which `.ci/run` sets, asks for all of them; `MIXTAPE_KILL_ROUNDS`, `MIXTAPE_LONG_BYTES` and
//! `PROPTEST_CASES` for a number of one's own.

use proptest::test_runner::Config;

const LONG: &str = "MIXTAPE_TEST_LONG";

/// Whether slow loops run to their end.
pub fn is_long() -> bool {
    std::env::var_os(LONG).is_some_and(|value| !value.is_empty() && value != "0")
}

/// One or the other.
pub fn few_or<T>(few: T, many: T) -> T {
    if is_long() { many } else { few }
}

/// How many runs are killed.
pub fn kill_rounds(few: u64, many: u64) -> u64 {
    named("MIXTAPE_KILL_ROUNDS").unwrap_or(few_or(few, many))
}

/// How long a string is that shall have no end.
pub fn endless_bytes() -> u64 {
    named("MIXTAPE_LONG_BYTES").unwrap_or(few_or(64 << 20, 128 << 20))
}

/// How many random cases; what fails is shown, and not written beside the test.
pub fn cases(few: u32, many: u32) -> Config {
    Config {
        cases: named("PROPTEST_CASES").unwrap_or(few_or(few, many)),
        failure_persistence: None,
        ..Config::default()
    }
}

fn named<N: std::str::FromStr>(variable: &str) -> Option<N> {
    let set = std::env::var(variable).ok()?;
    let number = set.parse();
    Some(number.unwrap_or_else(|_| panic!("{variable} is a number, not {set}")))
}
