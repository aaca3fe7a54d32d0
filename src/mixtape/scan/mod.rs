//! Pass one over MIXTAPE: which ids there are, and where what may change stands.

mod ahead;
mod append;
mod id;
mod plain_playlist;
mod playlist;
mod song;
mod song_list;
mod stretch;
mod user;

use std::io::Read;
use std::ops::Range;

use struson::reader::ValueType;

use crate::id::Id;
use crate::io::Memory;
use crate::json::{DocumentReader, Failure, Window, ask, expect, name};
use crate::mixtape::catalogue::{MAX_ENTRIES, Playlists, UserKeys};
use crate::mixtape::key::{Key, Texts};
use crate::mixtape::kind::Kind;
use crate::mixtape::layout::Layout;
use crate::mixtape::room::{self, List, NoRoom};
use crate::mixtape::shape::Separators;
use crate::mixtape::surveyor::Taken;
use id::stands_twice;

pub(super) use ahead::scan_document;
pub(super) use id::read_id;

/// What pass one finds.
pub(super) struct Scan {
    pub(super) texts: Texts,
    pub(super) users: UserKeys,
    pub(super) songs: List<Key>,
    pub(super) playlists: Playlists,
    pub(super) separators: Separators,
    /// Told by the first playlist; without playlists, by the users.
    pub(super) layout: Option<Layout>,
    /// How the first playlist that shows its user names that member.
    pub(super) owner: Option<&'static str>,
    /// The largest canonical decimal id below 2^64 of any playlist.
    pub(super) largest: Option<u64>,
    /// Playlists whose id is a string.
    pub(super) string_ids: u64,
    /// The `playlists` array, from its bracket to behind its other one.
    pub(super) array: Range<u64>,
    /// Whether plain playlists are recognized as a whole; tests hold that against reading each member by member.
    pub(super) short_cut: bool,
}

/// Fails at the beginning of a document that has none.
pub(super) fn check_not_empty<R: Read>(window: &mut Window<R>) -> Result<(), Failure> {
    let start = window.offset();
    if window.skip_blanks()? {
        return Ok(());
    }
    let message = "the file is empty; a mixtape is a JSON object with users, playlists and songs";
    Err(Failure::data(start, message))
}

/// What goes along with a scan.
pub(super) trait Companion<J> {
    /// The reader stands in front of an element. What is known of it, and of those behind it, may be put into the scan and passed
    /// over by the reader. Returns of how many.
    fn before(&mut self, _: &mut Scan, _json: &mut J, _: Kind) -> Result<usize, Failure> {
        Ok(0)
    }

    /// An element that was read is gathered, and may be taken out.
    fn after(&mut self, _scan: &mut Scan, _kind: Kind) -> Result<(), Failure> {
        Ok(())
    }
}

/// For a scan that nothing goes along with.
#[cfg(test)]
pub(super) struct Alone;

#[cfg(test)]
impl<J> Companion<J> for Alone {}

/// Reads the whole document.
pub(super) fn scan<J: DocumentReader>(
    json: J,
    memory: &Memory,
    companion: &mut impl Companion<J>,
) -> Result<Scan, Failure> {
    scan_with(json, Scan::new(memory), companion)
}

/// [`scan`] into this one.
pub(super) fn scan_with<J: DocumentReader>(
    mut json: J,
    mut scan: Scan,
    companion: &mut impl Companion<J>,
) -> Result<Scan, Failure> {
    let mut seen = [false; Kind::ALL.len()];
    let found = ask(&mut json, J::peek).map_err(|failure| match failure {
        Failure::Data { offset, .. } => Failure::data(
            offset,
            "expected '{': a mixtape is a JSON object with users, playlists and songs",
        ),
        other => other,
    });
    if found? == ValueType::Array {
        let message = "a mixtape must be an object, found array; changes are one: the order is MIXTAPE CHANGES OUTPUT";
        return Err(Failure::data(json.offset(), message));
    }
    expect(&mut json, ValueType::Object, "a mixtape")?;
    ask(&mut json, J::begin_object)?;
    while ask(&mut json, J::has_next)? {
        let at = json.offset();
        let kind = name(&mut json, Kind::of_name)?;
        let Some(kind) = kind else {
            ask(&mut json, J::skip_value)?;
            continue;
        };
        if std::mem::replace(&mut seen[kind as usize], true) {
            return Err(stands_twice(at, kind.name()));
        }
        scan.array(&mut json, kind, companion)?;
    }
    let end = json.offset();
    ask(&mut json, J::end_object)?;
    for kind in Kind::ALL {
        if !seen[kind as usize] {
            let hint = match seen {
                [false, false, false] => " (it has none of users, playlists and songs)",
                _ => "",
            };
            let message = format!("a mixtape needs the array {:?}{hint}", kind.name());
            return Err(Failure::data(end, message));
        }
    }
    json.finish()?;
    Ok(scan)
}

impl Scan {
    pub(super) fn new(memory: &Memory) -> Self {
        Scan {
            texts: Texts::new(memory),
            users: UserKeys::new(memory),
            songs: List::new_in(memory.clone()),
            playlists: Playlists::new(memory),
            separators: Separators::default(),
            layout: None,
            owner: None,
            largest: None,
            string_ids: 0,
            array: 0..0,
            short_cut: true,
        }
    }

    /// All that was found, for tests to compare.
    #[cfg(test)]
    pub(super) fn outline(&self) -> String {
        let id = |key: Key| key.with_id(&self.texts, |id| format!("{:?} {id}", id.kind));
        let ids = |keys: &[Key]| keys.iter().map(|&key| id(key)).collect::<Vec<_>>();
        let playlists = (0..self.playlists.len() as u32).map(|number| {
            let id = id(self.playlists.key(number));
            let place = self.playlists.place(number);
            let separator = self.separators.get(place.separator).map(<[u8]>::to_vec);
            (id, place, separator)
        });
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            (self.users.len(), self.users.keys().map(ids)),
            ids(&self.songs),
            playlists.collect::<Vec<_>>(),
            self.layout,
            self.owner,
            (self.largest, self.string_ids),
            self.array,
            self.separators.lead(),
            self.separators.trail(),
        )
    }

    fn array<J: DocumentReader>(
        &mut self,
        json: &mut J,
        kind: Kind,
        companion: &mut impl Companion<J>,
    ) -> Result<(), Failure> {
        expect(json, ValueType::Array, kind.name())?;
        let start = json.offset();
        ask(json, J::begin_array)?;
        let mut count = 0;
        while ask(json, J::has_next)? {
            let known = companion.before(self, json, kind)?;
            if known > 0 {
                count += known;
                continue;
            }
            if count == MAX_ENTRIES {
                return Err(Failure::Limit {
                    offset: json.offset(),
                    message: format!("more than {MAX_ENTRIES} {}", kind.name()),
                });
            }
            count += 1;
            self.element(json, kind)?;
            companion.after(self, kind)?;
            json.release();
        }
        ask(json, J::end_array)?;
        if kind == Kind::Playlists {
            self.array = start..json.offset();
        }
        Ok(())
    }

    /// Reads the element in front of which the reader stands.
    #[inline]
    pub(super) fn element<J: DocumentReader>(
        &mut self,
        json: &mut J,
        kind: Kind,
    ) -> Result<(), Failure> {
        let at = json.offset();
        self.make_room(kind).map_err(|none| none.at(at))?;
        expect(json, ValueType::Object, kind.element())?;
        match kind {
            Kind::Users => self.user(json),
            Kind::Playlists => self.playlist(json),
            Kind::Songs => self.song(json),
        }
    }

    /// Makes room for one more element.
    #[inline]
    fn make_room(&mut self, kind: Kind) -> Result<(), NoRoom> {
        match kind {
            Kind::Users => self.users.make_room(),
            Kind::Playlists => self.playlists.make_room(),
            Kind::Songs => room::reserve(&mut self.songs, 1),
        }
    }

    /// Takes the element out again that was read last, where no other one of its kind is kept.
    pub(super) fn take_last(&mut self, kind: Kind) -> Option<Taken> {
        match kind {
            Kind::Users => Some(Taken::User(self.users.take_last())),
            Kind::Playlists => self
                .playlists
                .pop()
                .map(|(key, place)| Taken::Playlist(key, place)),
            Kind::Songs => self.songs.pop().map(Taken::Song),
        }
    }

    /// The key of an id that is a number or a string without escapes.
    fn plain_key<J: DocumentReader>(
        &mut self,
        json: &mut J,
        range: Range<u64>,
    ) -> Result<Key, Failure> {
        json.limit().check(&range)?;
        let start = range.start;
        let raw = std::str::from_utf8(json.raw(range)).expect("was checked when it was passed");
        let id = match raw.strip_prefix('"') {
            Some(inside) => Id::string(&inside[..inside.len() - 1]),
            None => Id::number(raw),
        };
        Key::new(id, &mut self.texts).map_err(|none| none.at(start))
    }
}

/// Enters one of the three arrays of a document that was read before.
pub(super) fn enter<J: DocumentReader>(json: &mut J, kind: Kind) -> Result<(), Failure> {
    ask(json, J::begin_object)?;
    while !name(json, |name| name == kind.name())? {
        ask(json, J::skip_value)?;
    }
    ask(json, J::begin_array)
}

#[cfg(test)]
pub(in crate::mixtape) mod tests;
