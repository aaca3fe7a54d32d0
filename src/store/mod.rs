//! A mixtape in a database: imported once, changed by sources of operations that are applied exactly once each, exported again.
//!
//! Nothing here keeps more in memory than a batch of operations. The document lies in the store as it was, in pieces, and
//! beside it what stands where in it, by id; operations add what is different now, a run of edits for each commit, in the
//! order of playlists. Runs are merged as they become many. An export puts both together with the bytes that [`apply`](crate::apply) would have written, by the same code ([`Patch`](crate::mixtape::Patch)).
//!
//! A batch of operations is applied by the same rules too, to a [`Part`](crate::mixtape::Part): an index of no more than what
//! exists of what they name. What comes out is committed together with a marker: which source it was, how far it is dealt
//! with, how long the reject file is then. So a run that was broken off goes on where the last commit ended.
//!
//! ```
//! use mixtape::database::DatabaseUrl;
//! use mixtape::io::{Rereadable, Sink, Source};
//! use mixtape::rejects::Rejects;
//! use mixtape::store::{Changes, Store};
//!
//! let folder = tempfile::tempdir()?;
//! let path = |name: &str| folder.path().join(name);
//! std::fs::write(path("mixtape.json"), r#"{"users": [], "songs": [{"id": 7}], "playlists": [{"id": 1, "song_ids": []}]}"#)?;
//! std::fs::write(path("changes"), r#"{"type": "add_song_to_playlist", "playlist_id": 1, "song_id": 7}"#)?;
//!
//! let mut store = Store::open(&DatabaseUrl::Sqlite(path("music.db")))?;
//! let mixtape = Rereadable::open(&path("mixtape.json"), &Default::default())?;
//! store.import(&mixtape, &Default::default())?;
//! for read in [1, 0] {
//!     // The second time there is nothing to do.
//!     let changes = Changes::Finite(Source::open(&path("changes"), &Default::default())?);
//!     let done = store.apply(changes, &mut Rejects::new(None), None, &Default::default())?;
//!     assert_eq!(done.read, read);
//! }
//! store.export(Sink::create(&path("new.json"))?, &Default::default())?;
//! let new = std::fs::read_to_string(path("new.json"))?;
//! assert_eq!(new, r#"{"users": [], "songs": [{"id": 7}], "playlists": [{"id": 1, "song_ids": [7]}]}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod applier;
mod apply;
mod cache;
mod edits;
mod effects;
mod export;
mod follow;
mod get;
mod identify;
mod import;
mod importer;
mod key;
mod marker;
mod merged;
mod options;
mod pieces;
mod places;
mod resolve;
mod rows;
mod runs;
mod state;
mod status;
mod tables;
mod trail;
mod upgrade;

use std::time::Duration;

pub use apply::Changes;
pub use export::ExportSummary;
pub use follow::{Flow, Gauge};
pub use identify::Known;
pub use import::{Existing, ImportOptions, ImportSummary};
pub use options::{BATCH, StoreApplyOptions, StoreApplySummary};
pub use state::Token;
pub use status::{SourceStatus, Status};
pub use tables::SCHEMA;

use crate::database::{Database, DatabaseUrl};
use crate::error::{Error, Result};

/// How long to wait for somebody else who works on the store: as long as a server may need to notice that one is gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database with a mixtape in it, or one to be imported.
pub struct Store {
    database: Database,
}

impl Store {
    /// Connects to the database, and brings the store in it up to date where an earlier version of this program has made it.
    ///
    /// # Errors
    /// When that is not possible, or what is there is of a later version of this program.
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        let mut database = Database::open(url)?;
        if upgrade::is_due(&mut database)? {
            // By a connection of its own: what it holds is given up at its end.
            upgrade::upgrade(&mut Database::open(url)?)?;
        }
        Ok(Store { database })
    }
}

#[cfg(test)]
mod tests;

#[cold]
fn damaged() -> Error {
    Error::conflict("the store is damaged: its tables do not go together; import it anew")
}
