//! What was done to a part, as it tells.

use crate::error::{Error, Result};
use crate::id::Id;
use crate::mixtape::Effects;

/// One line for each effect; an error instead of the one of this number.
#[derive(Default)]
pub(in crate::mixtape) struct Told {
    pub(in crate::mixtape) effects: Vec<String>,
    pub(in crate::mixtape) most: Option<usize>,
}

impl Told {
    fn tell(&mut self, effect: String) -> Result<()> {
        if self.most == Some(self.effects.len()) {
            return Err(Error::conflict("that is enough"));
        }
        self.effects.push(effect);
        Ok(())
    }
}

impl Effects for Told {
    fn appended(&mut self, playlist: u32, songs: &mut dyn Iterator<Item = u32>) -> Result<()> {
        self.tell(format!("{playlist} + {:?}", songs.collect::<Vec<_>>()))
    }

    fn removed(&mut self, playlist: u32) -> Result<()> {
        self.tell(format!("{playlist} is removed"))
    }

    fn created(
        &mut self,
        id: Id<'_>,
        owner: u32,
        further: &[u8],
        songs: &mut dyn Iterator<Item = u32>,
    ) -> Result<()> {
        let further = String::from_utf8(further.to_vec()).unwrap();
        let songs: Vec<u32> = songs.collect();
        self.tell(format!("{id} of {owner}: {songs:?} {further:?}"))
    }
}
