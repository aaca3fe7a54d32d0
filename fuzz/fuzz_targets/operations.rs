//! Operations of every layout against the naive model.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mixtape_fuzz::targets::operations::bytes(bytes));
