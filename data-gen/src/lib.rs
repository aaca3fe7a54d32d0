//! Seeded, streaming generators of test data.
//!
//! Each generator is a [`std::io::Read`] (and a [`std::io::BufRead`]) that makes its bytes as
//! they are read, in constant memory, so that a test can pipe gigabytes without a disk. The same
//! options give the same bytes on every machine: nothing depends on floating point, on the order
//! of a hash map or on the width of `usize`.
//!
//! ```
//! use data_gen::{Scores, ScoresOptions};
//! use std::io::BufRead;
//!
//! let scores = Scores::new(ScoresOptions { records: 3, ..Default::default() });
//! assert_eq!(scores.lines().count(), 3);
//! ```

mod catalogue;
mod changes;
mod json;
mod listening;
mod mixtape;
mod random;
mod rate;
mod scores;
mod sizes;
mod stream;
mod text;
mod words;
mod youtube;

pub use catalogue::{Artists, CatalogueOptions, MediaItems, Tracks};
pub use changes::{Changes, ChangesLayout, ChangesOptions};
pub use listening::{Events, ListeningOptions, Recommendations};
pub use mixtape::{Mixtape, MixtapeLayout, MixtapeOptions};
pub use rate::{ParseRateError, Rate};
pub use scores::{Scores, ScoresOptions};
pub use sizes::default_size;
pub use youtube::{Youtube, YoutubeLayout, YoutubeOptions};
