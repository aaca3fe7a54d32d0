//! The comparisons, models and generators of the tests, for the fuzzer.
#![allow(dead_code, unused_imports)] // the tests use more of them

#[path = "../../tests/support/chunked.rs"]
mod chunked;
#[path = "../../tests/support/folder.rs"]
mod folder;
#[path = "../../tests/support/in_process.rs"]
mod in_process;
#[path = "../../tests/support/model.rs"]
mod model;
#[path = "../../tests/support/mutation.rs"]
mod mutation;
#[path = "../../tests/support/random.rs"]
mod random;
#[path = "../../tests/support/targets/mod.rs"]
pub mod targets;

use chunked::Chunked;
use folder::Folder;
use in_process::{
    Applied, Written, applied_in_process, apply_in_process, write_changes_in_process,
};

/// What the leak checker is told to pass over: a thread that has given its result may be still about to end, and the list of
/// what it has to drop is then nowhere where the checker looks.
#[unsafe(no_mangle)]
extern "C" fn __lsan_default_suppressions() -> *const std::ffi::c_char {
    c"leak:__cxa_thread_atexit_impl\n".as_ptr()
}
