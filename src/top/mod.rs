//! The N highest of any number of scored lines, `<score>: <record>`, in memory that follows N alone.
//!
//! ```
//! use mixtape::top::{Keep, TopOptions, top};
//! let lines = b"3: {\"id\": \"c\"}\n10: {\"id\": \"j\"}\n7: {\"id\": \"g\"}\n";
//! let options = TopOptions { count: 2, keep: Keep::Ids, ..TopOptions::default() };
//! let winners = top("lines", &lines[..], &options)?;
//! let mut output = Vec::new();
//! winners.write_ndjson(&mut output)?;
//! assert_eq!(output, b"{\"score\": 10, \"id\": \"j\"}\n{\"score\": 7, \"id\": \"g\"}\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blanks;
mod heap;
mod line;
mod options;
mod ranges;
mod scan;
mod score;
mod score_reader;
mod scored_line;
#[cfg(test)]
mod tests;
mod winners;

pub use options::{Keep, TopOptions};
pub use ranges::top_file;
pub use scan::{READING, top};
pub use winners::Winners;
