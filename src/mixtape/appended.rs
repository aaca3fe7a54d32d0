//! Songs appended to playlists: one linked list each, all in one arena, eight bytes a song.

/// The songs appended to one playlist: the arena place of the last one, whose successor is the first.
pub(super) type List = u32;

/// A list without songs.
pub(super) const EMPTY: List = u32::MAX;

/// The most songs that all lists together can hold.
pub(super) const MAX_SONGS: usize = u32::MAX as usize - 8;

/// Songs of one list that are gathered at once: enough for nearly all lists, few enough to cost no memory.
const MOST_GATHERED: usize = 64;

/// The first songs of a list, and where it goes on.
#[derive(Default)]
pub(super) struct Firsts {
    songs: Vec<u32>,
    list: List,
    /// The node behind them; [`EMPTY`] where there is none.
    next: u32,
}

/// All lists. Lists are circular, so that one number per list is enough to append and to walk from the front.
pub(super) struct Appended {
    nodes: Vec<Node>,
    /// Chain of nodes given back.
    free: u32,
}

#[derive(Clone, Copy)]
struct Node {
    song: u32,
    next: u32,
}

impl Appended {
    pub(super) fn new() -> Self {
        Appended {
            nodes: Vec::new(),
            free: EMPTY,
        }
    }

    /// Whether `count` more songs fit.
    pub(super) fn has_room(&self, count: usize) -> bool {
        self.nodes.len() + count <= MAX_SONGS
    }

    /// Appends `song` to `list`.
    pub(super) fn push(&mut self, list: &mut List, song: u32) {
        let place = self.place();
        let first = if *list == EMPTY {
            place
        } else {
            std::mem::replace(&mut self.nodes[*list as usize].next, place)
        };
        self.nodes[place as usize] = Node { song, next: first };
        *list = place;
    }

    /// Reads the end of a list that is not empty, so that it is in the cache when a song is appended.
    pub(super) fn touch(&self, list: List) -> u32 {
        self.nodes[list as usize].song
    }

    /// Gives the nodes of `list` back and leaves it empty.
    pub(super) fn clear(&mut self, list: &mut List) {
        if *list != EMPTY {
            // The ring is cut open behind its last node and put in front of the free chain.
            let first = std::mem::replace(&mut self.nodes[*list as usize].next, self.free);
            self.free = first;
            *list = EMPTY;
        }
    }

    /// The first songs of many lists at once, into `firsts`.
    ///
    /// A list's nodes lie far apart and each is known only from the one before: walking one list is waiting for memory. Many
    /// lists are walked in step, so that the processor waits for all of them together.
    pub(super) fn gather(&self, lists: &[List], firsts: &mut [Firsts]) {
        let mut walking: Vec<usize> = Vec::with_capacity(lists.len());
        for (i, (first, &list)) in firsts.iter_mut().zip(lists).enumerate() {
            first.songs.clear();
            first.list = list;
            first.next = EMPTY;
            if list != EMPTY {
                walking.push(i);
            }
        }
        for &i in &walking {
            firsts[i].next = self.nodes[lists[i] as usize].next;
        }
        for _ in 0..MOST_GATHERED {
            walking.retain(|&i| {
                let first = &mut firsts[i];
                let node = self.nodes[first.next as usize];
                first.songs.push(node.song);
                let ended = first.next == first.list;
                first.next = if ended { EMPTY } else { node.next };
                !ended
            });
        }
    }

    /// All songs of a list, in the order in which they were appended: those gathered, and those behind them.
    pub(super) fn songs<'a>(&'a self, firsts: &'a Firsts) -> impl Iterator<Item = u32> + 'a {
        let mut at = firsts.next;
        let rest = std::iter::from_fn(move || {
            if at == EMPTY {
                return None;
            }
            let Node { song, next } = self.nodes[at as usize];
            at = if at == firsts.list { EMPTY } else { next };
            Some(song)
        });
        firsts.songs.iter().copied().chain(rest)
    }

    fn place(&mut self) -> u32 {
        if self.free != EMPTY {
            let place = self.free;
            self.free = self.nodes[place as usize].next;
            return place;
        }
        // Growing is cheap: the system moves the pages of a large block, it does not copy them.
        self.nodes.push(Node {
            song: 0,
            next: EMPTY,
        });
        (self.nodes.len() - 1) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_order_and_give_their_nodes_back() {
        let mut appended = Appended::new();
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
        let mut firsts: Vec<Firsts> = Vec::new();
        firsts.resize_with(3, Firsts::default);
        appended.gather(&lists, &mut firsts);
        let songs = |i: usize| appended.songs(&firsts[i]).collect::<Vec<_>>();
        assert_eq!(songs(0), (0..30).step_by(3).collect::<Vec<_>>());
        assert!(songs(1).is_empty());
        let third: Vec<u32> = (2..30).step_by(3).chain(100..110).collect();
        assert_eq!(songs(2), third);
    }

    #[test]
    fn lists_of_every_length_are_gathered_whole() {
        let mut appended = Appended::new();
        let lengths = [0, 1, 2, 63, 64, 65, 66, 1000];
        let mut lists = lengths.map(|_| EMPTY);
        for song in 0..1000 {
            for (list, length) in lists.iter_mut().zip(lengths) {
                if song < length {
                    appended.push(list, song);
                }
            }
        }
        let mut firsts: Vec<Firsts> = Vec::new();
        firsts.resize_with(lists.len(), Firsts::default);
        appended.gather(&lists, &mut firsts);
        for (first, length) in firsts.iter().zip(lengths) {
            let songs: Vec<u32> = appended.songs(first).collect();
            assert_eq!(songs, (0..length).collect::<Vec<_>>());
        }
    }
}
