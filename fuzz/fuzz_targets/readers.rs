//! Our readers against struson's.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mixtape_fuzz::targets::readers::bytes(bytes));
