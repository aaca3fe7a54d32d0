//! What goes wrong around the program: full disks, closed pipes, kills, hostile and moving input. Each test is one fault
//! that must be survived; what stands in `tests/apply` and `tests/top` already is not said again.
#![cfg(unix)] // devices, signals and limits of a Unix system

#[path = "../support/mod.rs"]
mod support;

#[allow(dead_code)] // the tests of `apply` use the rest
#[path = "../apply/run.rs"]
mod run;

#[allow(dead_code)] // the tests of `top` use the rest
#[path = "../top/routes.rs"]
mod routes;

mod process;

mod changed_bytes;
mod changing_input;
mod closed_pipe;
mod full_disk;
mod invalid_text;
mod killed;
mod long_numbers;
mod long_values;
mod max_memory;
mod nesting;
mod no_memory;
mod no_threads;
mod permissions;
mod private_output;
mod progress_phases;
mod redirected;
#[cfg(target_os = "linux")] // memory and time of another process
mod slow_output;
mod slow_pipe;
mod terminal;
