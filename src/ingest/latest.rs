//! The latest observation of each key in each interval.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::observation::Observation;
use crate::error::{Error, Result};
use crate::time::Time;

/// The latest observations.
pub(super) struct Latest<O> {
    observations: Vec<O>,
    places: HashTable<u32>,
    hasher: RandomState,
}

impl<O> Default for Latest<O> {
    fn default() -> Self {
        Latest {
            observations: Vec::new(),
            places: HashTable::new(),
            hasher: RandomState::default(),
        }
    }
}

/// What an observation that was just made amounts to.
pub(super) enum Standing {
    /// There is a later one.
    Late,
    /// It takes the place of this one.
    Replaces(usize),
    /// It is the first of its key in its interval.
    First,
}

impl<O: Observation> Latest<O> {
    /// The observations that are likely to be those of these keys: their hashes look alike.
    ///
    /// Looked for together, no key waits for the memory that another one needs, and what is found is in the cache then.
    pub(super) fn likely(&self, keys: impl Iterator<Item = O::Key>, places: &mut Vec<Option<u32>>) {
        places.clear();
        places.extend(keys.map(|key| {
            self.places
                .find(self.hasher.hash_one(key), |_| true)
                .copied()
        }));
        let times = places
            .iter()
            .flatten()
            .map(|&place| self.observations[place as usize].time());
        std::hint::black_box(times.fold(0, |all, time| all ^ time.microseconds()));
    }

    /// What an observation of this key at this time amounts to, if it is made now. Of two at one time the one made last counts.
    #[inline]
    pub(super) fn standing(&self, key: O::Key, time: Time) -> Standing {
        let hash = self.hasher.hash_one(key);
        let equal = |&place: &u32| self.observations[place as usize].key() == key;
        match self.places.find(hash, equal) {
            None => Standing::First,
            Some(&place) => {
                let place = place as usize;
                if self.observations[place].time().microseconds() <= time.microseconds() {
                    Standing::Replaces(place)
                } else {
                    Standing::Late
                }
            }
        }
    }

    /// Puts an observation where its standing says.
    ///
    /// # Errors
    /// When there are more than four billion.
    #[inline]
    pub(super) fn put(&mut self, standing: &Standing, observation: O) -> Result<()> {
        match *standing {
            Standing::Late => {}
            Standing::Replaces(place) => self.observations[place] = observation,
            Standing::First => {
                let place = u32::try_from(self.observations.len() + 1).map_err(|_| {
                    Error::limit(
                        "more than 4294967294 observations of different keys and intervals",
                    )
                })?;
                let place = place - 1;
                let hash = self.hasher.hash_one(observation.key());
                let observations = &self.observations;
                self.places.insert_unique(hash, place, |&place| {
                    self.hasher.hash_one(observations[place as usize].key())
                });
                self.observations.push(observation);
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, place: usize) -> &O {
        &self.observations[place]
    }

    pub(super) fn len(&self) -> usize {
        self.observations.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &O> {
        self.observations.iter()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut O> {
        self.observations.iter_mut()
    }

    /// All of them in the order of their keys and intervals, which is that of the logs.
    pub(super) fn into_sorted(mut self) -> Vec<O> {
        self.places = HashTable::new();
        self.observations.sort_unstable_by_key(O::key);
        self.observations
    }
}

/// Of sorted observations those to be logged: the first of each subject, and those that differ from the one before.
pub(super) fn logged<'o, O, S: PartialEq, V: PartialEq>(
    sorted: &'o [O],
    subject: impl Fn(&O) -> S + 'o,
    values: impl Fn(&O) -> V + 'o,
) -> impl Iterator<Item = &'o O> {
    let first = sorted.first().into_iter();
    first.chain(sorted.windows(2).filter_map(move |pair| {
        let [before, after] = pair else { return None };
        let differs = subject(before) != subject(after) || values(before) != values(after);
        differs.then_some(after)
    }))
}
