//! Songs appended to playlists: one linked list each, all in one arena, eight bytes a song.

use crate::io::Memory;
use crate::mixtape::room::{self, List as Room, NoRoom};

/// The songs appended to one playlist: the arena place of the last one, which knows the one before it.
pub(in crate::mixtape) type List = u32;

/// A list without songs.
pub(in crate::mixtape) const EMPTY: List = u32::MAX;

/// The most songs that all lists together can hold.
const MAX_SONGS: usize = u32::MAX as usize - 8;

/// Songs of one list that are gathered at once: enough for nearly all lists, few enough to cost no memory.
const MOST_GATHERED: usize = 64;

/// A longer list is walked to its start once, remembering one in so many songs, and then read from mark to mark.
const MARK_EVERY: usize = 4096;

/// The last songs of a list, and where it goes on.
#[derive(Default)]
pub(in crate::mixtape) struct Lasts {
    /// From the last one on backwards.
    songs: Vec<u32>,
    /// The songs before them.
    before: List,
}

impl Lasts {
    /// The gathered songs, in no order that matters.
    pub(in crate::mixtape) fn gathered(&self) -> &[u32] {
        &self.songs
    }
}

/// All lists. They are linked backwards: appending a song does not look at the one before, which lies anywhere in memory.
pub(in crate::mixtape) struct Appended {
    nodes: Room<Node>,
    /// Lists that were given back.
    free: Room<List>,
}

#[derive(Clone, Copy)]
struct Node {
    song: u32,
    before: List,
}

impl Appended {
    pub(in crate::mixtape) fn new(memory: &Memory) -> Self {
        Appended {
            nodes: Room::new_in(memory.clone()),
            free: Room::new_in(memory.clone()),
        }
    }

    /// Whether `count` more songs can be numbered.
    pub(super) fn can_number(&self, count: usize) -> bool {
        self.nodes.len() + count <= MAX_SONGS
    }

    /// Makes room for `count` more songs, and to give so many lists back.
    pub(in crate::mixtape) fn make_room(
        &mut self,
        count: usize,
        lists: usize,
    ) -> Result<(), NoRoom> {
        room::reserve(&mut self.nodes, count)?;
        room::reserve(&mut self.free, lists)
    }

    /// Appends `song` to `list`.
    #[inline]
    pub(in crate::mixtape) fn push(&mut self, list: &mut List, song: u32) {
        let node = Node {
            song,
            before: *list,
        };
        *list = match self.take_free() {
            Some(place) => {
                self.nodes[place as usize] = node;
                place
            }
            // Growing is cheap: the system moves the pages of a large block, it does not copy them.
            None => {
                self.nodes.push(node);
                (self.nodes.len() - 1) as u32
            }
        };
    }

    /// Gives the nodes of `list` back and leaves it empty.
    pub(in crate::mixtape) fn clear(&mut self, list: &mut List) {
        if *list != EMPTY {
            self.free.push(std::mem::replace(list, EMPTY));
        }
    }

    /// The last songs of many lists at once, into `lasts`.
    ///
    /// A list's nodes lie far apart and each is known only from the one behind: walking one list is waiting for memory. Many
    /// lists are walked in step, so that the processor waits for all of them together.
    pub(in crate::mixtape) fn gather(&self, lists: &[List], lasts: &mut [Lasts]) {
        let mut walking: Vec<usize> = Vec::with_capacity(lists.len());
        for (i, (last, &list)) in lasts.iter_mut().zip(lists).enumerate() {
            last.songs.clear();
            last.before = list;
            if list != EMPTY {
                walking.push(i);
            }
        }
        for _ in 0..MOST_GATHERED {
            if walking.is_empty() {
                return;
            }
            walking.retain(|&i| {
                let last = &mut lasts[i];
                let node = self.nodes[last.before as usize];
                last.songs.push(node.song);
                last.before = node.before;
                last.before != EMPTY
            });
        }
    }

    /// All songs of a list, in the order in which they were appended: those before the gathered ones, and these.
    pub(in crate::mixtape) fn songs<'a>(
        &'a self,
        lasts: &'a Lasts,
    ) -> impl Iterator<Item = u32> + 'a {
        self.forwards(lasts.before)
            .chain(lasts.songs.iter().rev().copied())
    }

    /// The songs of a list of any length from its first one on.
    fn forwards(&self, list: List) -> impl Iterator<Item = u32> + '_ {
        let mut marks: Vec<List> = self
            .backwards(list)
            .step_by(MARK_EVERY)
            .map(|(place, _)| place)
            .collect();
        let mut songs: Vec<u32> = Vec::new();
        std::iter::from_fn(move || {
            if songs.is_empty() {
                let part = self.backwards(marks.pop()?).take(MARK_EVERY);
                songs.extend(part.map(|(_, song)| song));
            }
            songs.pop()
        })
    }

    /// Place and song of each node of a list, from the last one on.
    fn backwards(&self, mut list: List) -> impl Iterator<Item = (List, u32)> + '_ {
        std::iter::from_fn(move || {
            if list == EMPTY {
                return None;
            }
            let node = self.nodes[list as usize];
            Some((std::mem::replace(&mut list, node.before), node.song))
        })
    }

    fn take_free(&mut self) -> Option<List> {
        let list = self.free.last_mut()?;
        let place = *list;
        *list = self.nodes[place as usize].before;
        if *list == EMPTY {
            self.free.pop();
        }
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_order_and_give_their_nodes_back() {
        let mut appended = Appended::new(&Memory::UNLIMITED);
        let mut lists = [EMPTY; 3];
        for song in 0..30 {
            appended.push(&mut lists[song as usize % 3], song);
        }
        appended.clear(&mut lists[1]);
        appended.clear(&mut lists[1]);
        for song in 100..110 {
            appended.push(&mut lists[2], song);
        }
        assert_eq!(appended.nodes.len(), 30);
        let mut lasts: Vec<Lasts> = Vec::new();
        lasts.resize_with(3, Lasts::default);
        appended.gather(&lists, &mut lasts);
        let songs = |i: usize| appended.songs(&lasts[i]).collect::<Vec<_>>();
        assert_eq!(songs(0), (0..30).step_by(3).collect::<Vec<_>>());
        assert!(songs(1).is_empty());
        let third: Vec<u32> = (2..30).step_by(3).chain(100..110).collect();
        assert_eq!(songs(2), third);
    }

    #[test]
    fn no_more_songs_are_numbered_than_four_bytes_can() {
        let mut appended = Appended::new(&Memory::UNLIMITED);
        let most = u32::MAX as usize - 8;
        assert!(appended.can_number(most));
        assert!(!appended.can_number(most + 1));
        let mut list = EMPTY;
        for song in 0..70_000 {
            appended.push(&mut list, song);
        }
        assert!(appended.can_number(most - 70_000));
        assert!(!appended.can_number(most - 70_000 + 1));
    }

    #[test]
    fn lists_of_every_length_are_gathered_whole() {
        let mut appended = Appended::new(&Memory::UNLIMITED);
        let lengths = [0, 1, 2, 63, 64, 65, 4159, 4160, 4161, 10_000];
        let mut lists = lengths.map(|_| EMPTY);
        for song in 0..10_000 {
            for (list, length) in lists.iter_mut().zip(lengths) {
                if song < length {
                    appended.push(list, song);
                }
            }
        }
        let mut lasts: Vec<Lasts> = Vec::new();
        lasts.resize_with(lists.len(), Lasts::default);
        appended.gather(&lists, &mut lasts);
        for (last, length) in lasts.iter().zip(lengths) {
            let mut gathered = last.gathered().to_vec();
            gathered.sort_unstable();
            let first = length.saturating_sub(MOST_GATHERED as u32);
            assert_eq!(gathered, (first..length).collect::<Vec<_>>());
            let songs: Vec<u32> = appended.songs(last).collect();
            assert_eq!(songs, (0..length).collect::<Vec<_>>());
        }
    }
}
