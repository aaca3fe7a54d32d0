//! Pass one over one song of MIXTAPE: its id.

use super::Scan;
use super::id::{read_key, read_once};
use crate::json::{Demand, DocumentReader, Failure, ask, name};
use crate::mixtape::key::Key;

impl Scan {
    pub(super) fn song<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        let start = json.offset();
        if let Some([id]) = json.scalar_members_of_object(["id"], Demand::OnePlainId) {
            let key = id.map(|range| self.plain_key(json, range)).transpose()?;
            return self.push_song(key, start);
        }
        let mut id = None;
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            let at = json.offset();
            if name(json, |name| name == "id")? {
                read_once(&mut id, at, "id", || read_key(json, &mut self.texts))?;
            } else {
                ask(json, J::skip_value)?;
            }
        }
        ask(json, J::end_object)?;
        self.push_song(id, start)
    }

    fn push_song(&mut self, key: Option<Key>, start: u64) -> Result<(), Failure> {
        let key = key.ok_or_else(|| Failure::data(start, "song without \"id\""))?;
        self.songs.push(key);
        Ok(())
    }
}
