//! Pass one over MIXTAPE: which ids there are, and where what may change stands.

use std::io::Read;
use std::ops::Range;

use struson::reader::ValueType;

use super::key::{Key, Texts};
use super::layout::Layout;
use super::playlists::Playlists;
use super::room::{self, List, NoRoom};
use super::separator::Separators;
use super::table::MAX_ENTRIES;
use super::user_keys::UserKeys;
use crate::id::Id;
use crate::io::Memory;
use crate::json::{Demand, DocumentReader, Failure, Window, ask, expect, name};

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

/// The three arrays that a mixtape has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Array {
    Users,
    Playlists,
    Songs,
}

impl Array {
    pub(super) const ALL: [Array; 3] = [Array::Users, Array::Playlists, Array::Songs];

    /// The member's name in the document.
    pub(super) fn name(self) -> &'static str {
        match self {
            Array::Users => "users",
            Array::Playlists => "playlists",
            Array::Songs => "songs",
        }
    }

    /// What one element is called.
    pub(super) fn element(self) -> &'static str {
        match self {
            Array::Users => "user",
            Array::Playlists => "playlist",
            Array::Songs => "song",
        }
    }
}

/// Fails at the beginning of a document that has none.
pub(super) fn check_not_empty<R: Read>(window: &mut Window<R>) -> Result<(), Failure> {
    let start = window.offset();
    let more = window.skip_blanks();
    if more.map_err(|error| Failure::of_io(error, start))? {
        return Ok(());
    }
    let message = "the file is empty; a mixtape is a JSON object with users, playlists and songs";
    Err(Failure::data(start, message))
}

/// What goes along with a scan.
pub(super) trait Companion<J> {
    /// The reader stands in front of an element. What is known of it, and of those behind it, may be put into the scan and passed
    /// over by the reader. Returns of how many.
    fn before(&mut self, _: &mut Scan, _json: &mut J, _: Array) -> Result<usize, Failure> {
        Ok(0)
    }

    /// An element that was read is gathered, and may be taken out.
    fn after(&mut self, _scan: &mut Scan, _array: Array) -> Result<(), Failure> {
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
    scan_with(json, Scan::new(memory, true), companion)
}

/// [`scan`] into this one.
pub(super) fn scan_with<J: DocumentReader>(
    mut json: J,
    mut scan: Scan,
    companion: &mut impl Companion<J>,
) -> Result<Scan, Failure> {
    let mut seen = [false; Array::ALL.len()];
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
        let array = name(&mut json, |name| {
            Array::ALL.into_iter().find(|array| array.name() == name)
        })?;
        let Some(array) = array else {
            ask(&mut json, J::skip_value)?;
            continue;
        };
        if std::mem::replace(&mut seen[array as usize], true) {
            return Err(stands_twice(at, array.name()));
        }
        scan.array(&mut json, array, companion)?;
    }
    let end = json.offset();
    ask(&mut json, J::end_object)?;
    for array in Array::ALL {
        if !seen[array as usize] {
            let hint = match seen {
                [false, false, false] => " (it has none of users, playlists and songs)",
                _ => "",
            };
            let message = format!("a mixtape needs the array {:?}{hint}", array.name());
            return Err(Failure::data(end, message));
        }
    }
    json.finish()?;
    Ok(scan)
}

impl Scan {
    pub(super) fn new(memory: &Memory, short_cut: bool) -> Self {
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
            short_cut,
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
        array: Array,
        companion: &mut impl Companion<J>,
    ) -> Result<(), Failure> {
        expect(json, ValueType::Array, array.name())?;
        let start = json.offset();
        ask(json, J::begin_array)?;
        let mut count = 0;
        while ask(json, J::has_next)? {
            let known = companion.before(self, json, array)?;
            if known > 0 {
                count += known;
                continue;
            }
            if count == MAX_ENTRIES {
                return Err(Failure::Limit {
                    offset: json.offset(),
                    message: format!("more than {MAX_ENTRIES} {}", array.name()),
                });
            }
            count += 1;
            self.element(json, array)?;
            companion.after(self, array)?;
            json.release();
        }
        ask(json, J::end_array)?;
        if array == Array::Playlists {
            self.array = start..json.offset();
        }
        Ok(())
    }

    /// Reads the element in front of which the reader stands.
    #[inline]
    pub(super) fn element<J: DocumentReader>(
        &mut self,
        json: &mut J,
        array: Array,
    ) -> Result<(), Failure> {
        let at = json.offset();
        self.make_room(array).map_err(|none| none.at(at))?;
        expect(json, ValueType::Object, array.element())?;
        match array {
            Array::Users => self.user(json),
            Array::Playlists => self.playlist(json),
            Array::Songs => self.song(json),
        }
    }

    /// Makes room for one more element.
    #[inline]
    pub(super) fn make_room(&mut self, array: Array) -> Result<(), NoRoom> {
        match array {
            Array::Users => self.users.make_room(),
            Array::Playlists => self.playlists.make_room(),
            Array::Songs => room::reserve(&mut self.songs, 1),
        }
    }

    pub(super) fn user<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        let start = json.offset();
        let names = [Layout::Plain.user_id(), Layout::Wrapped.user_id()];
        if let Some(ids) = json.scalar_members_of_object(names, Demand::OnePlainId) {
            let [plain, wrapped] = ids.map(|id| id.map(|range| self.plain_key(json, range)));
            return self.push_user(plain.transpose()?, wrapped.transpose()?, None, start);
        }
        let (mut plain, mut wrapped) = (None, None);
        let mut wrong = None;
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            let at = json.offset();
            let (slot, member) = match name(json, layout_of_user_id)? {
                Some(Layout::Plain) => (&mut plain, "id"),
                Some(Layout::Wrapped) => (&mut wrapped, "user_id"),
                None => {
                    ask(json, J::skip_value)?;
                    continue;
                }
            };
            // One of the two is an unknown member, of any type; which one, the layout tells later.
            read_once(slot, at, member, || match ask(json, J::peek)? {
                ValueType::String | ValueType::Number => read_key(json, &mut self.texts).map(Some),
                _ => {
                    wrong.get_or_insert(json.offset());
                    ask(json, J::skip_value).map(|()| None)
                }
            })?;
        }
        ask(json, J::end_object)?;
        self.push_user(plain.flatten(), wrapped.flatten(), wrong, start)
    }

    /// Adds the user that starts at `start`. `wrong` is where a member of the wrong type stands.
    fn push_user(
        &mut self,
        plain: Option<Key>,
        wrapped: Option<Key>,
        wrong: Option<u64>,
        start: u64,
    ) -> Result<(), Failure> {
        if plain.is_none() && wrapped.is_none() {
            return Err(match wrong {
                Some(at) => not_an_id(at),
                None => Failure::data(start, "user without \"id\" (or \"user_id\")"),
            });
        }
        self.users.push(plain, wrapped);
        Ok(())
    }

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

fn layout_of_user_id(name: &str) -> Option<Layout> {
    [Layout::Plain, Layout::Wrapped]
        .into_iter()
        .find(|layout| layout.user_id() == name)
}

/// Enters one of the three arrays of a document that was read before.
pub(super) fn enter<J: DocumentReader>(json: &mut J, array: Array) -> Result<(), Failure> {
    ask(json, J::begin_object)?;
    while !name(json, |name| name == array.name())? {
        ask(json, J::skip_value)?;
    }
    ask(json, J::begin_array)
}

/// Reads an id for `read`.
pub(super) fn read_id<J: DocumentReader, T>(
    json: &mut J,
    read: impl FnOnce(Id<'_>) -> T,
) -> Result<T, Failure> {
    let kind = ask(json, J::peek)?;
    let start = json.offset();
    let result = match kind {
        ValueType::String => json.next_str().map(Id::string).map(read),
        ValueType::Number => json.next_number_as_str().map(Id::number).map(read),
        _ => return Err(not_an_id(start)),
    };
    let result = result.map_err(|error| json.failure(error))?;
    // As it is written.
    json.limit().check(&(start..json.offset()))?;
    Ok(result)
}

fn read_key<J: DocumentReader>(json: &mut J, texts: &mut Texts) -> Result<Key, Failure> {
    let start = json.offset();
    read_id(json, |id| Key::new(id, texts))?.map_err(|none| none.at(start))
}

pub(super) fn read_once<T>(
    slot: &mut Option<T>,
    at: u64,
    member: &str,
    read: impl FnOnce() -> Result<T, Failure>,
) -> Result<(), Failure> {
    if slot.is_some() {
        return Err(stands_twice(at, member));
    }
    *slot = Some(read()?);
    Ok(())
}

#[cold]
pub(super) fn stands_twice(at: u64, member: &str) -> Failure {
    Failure::data(at, format!("member {member:?} stands twice"))
}

#[cold]
pub(super) fn not_an_id(at: u64) -> Failure {
    Failure::data(at, "an id must be a string or a number")
}
