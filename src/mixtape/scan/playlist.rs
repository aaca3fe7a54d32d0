//! Pass one over one playlist of MIXTAPE: its id, its place, and the place for further songs.

use std::ops::Range;

use struson::reader::ValueType;

use super::Scan;
use super::id::{not_an_id, read_id, stands_twice};
use super::plain_playlist::{self, PlainPlaylist};
use super::song_list::SongList;
use crate::id::{Id, IdKind};
use crate::json::{DocumentReader, Failure, ask, expect, name};
use crate::mixtape::key::{Key, Texts};
use crate::mixtape::layout::{Layout, OWNERS};
use crate::mixtape::room::NoRoom;
use crate::mixtape::shape::Place;

impl Scan {
    /// Reads a playlist, the first of which tells the document's layout.
    pub(in crate::mixtape) fn playlist<J: DocumentReader>(
        &mut self,
        json: &mut J,
    ) -> Result<(), Failure> {
        let layout = self.layout;
        if let Some(layout) = layout
            && self.plain_playlist(json, layout)?
        {
            return Ok(());
        }
        let start = json.offset();
        let mut plain = Fields::default();
        let (mut wrapped, mut not_wrapped) = (None, None);
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            let at = json.offset();
            let member = name(json, Member::of_name)?;
            match member {
                Some(Member::Wrapper) if layout != Some(Layout::Plain) => {
                    let fault = match expect(json, ValueType::Object, "\"playlist\"") {
                        Ok(()) if wrapped.is_none() => {
                            wrapped = Some(self.fields(json, Layout::Wrapped)?);
                            continue;
                        }
                        Ok(()) => stands_twice(at, "playlist"),
                        Err(fault) => fault,
                    };
                    // Perhaps the layout is the plain one, with a member that happens to be named so.
                    not_wrapped.get_or_insert(fault);
                    ask(json, J::skip_value)?;
                }
                Some(member) if layout != Some(Layout::Wrapped) => {
                    self.field(json, Layout::Plain, member, at, &mut plain)?;
                }
                _ => ask(json, J::skip_value)?,
            }
        }
        ask(json, J::end_object)?;
        let end = json.offset();
        let layout = *self.layout.get_or_insert(match &wrapped {
            Some(inner)
                if plain.id.is_none() || (plain.songs.is_none() && inner.songs.is_some()) =>
            {
                Layout::Wrapped
            }
            _ => Layout::Plain,
        });
        let fields = match layout {
            Layout::Plain => plain,
            Layout::Wrapped => match (not_wrapped, wrapped) {
                (None, Some(wrapped)) => wrapped,
                (Some(fault), _) => return Err(fault),
                (None, None) => return Err(Failure::data(start, "element without \"playlist\"")),
            },
        };
        if let Some(fault) = fields.fault {
            return Err(fault);
        }
        let id = fields
            .id
            .ok_or_else(|| Failure::data(start, "playlist without \"id\""))?;
        let songs = fields.songs.ok_or_else(|| {
            Failure::data(start, format!("playlist without {:?}", layout.songs()))
        })?;
        self.push_playlist(id, fields.owner, songs, start..end);
        Ok(())
    }

    fn push_playlist(
        &mut self,
        id: PlaylistId,
        owner: Option<&'static str>,
        songs: SongList,
        place: Range<u64>,
    ) {
        self.owner = self.owner.or(owner);
        self.largest = self.largest.max(id.decimal);
        self.string_ids += u64::from(id.is_string);
        self.playlists.push(
            id.key,
            Place {
                start: place.start,
                insertion: songs.insertion,
                end: place.end,
                separator: songs.separator,
            },
        );
    }

    /// The short cut; false, and nothing has happened, where the playlist is not a plain one.
    fn plain_playlist<J: DocumentReader>(
        &mut self,
        json: &mut J,
        layout: Layout,
    ) -> Result<bool, Failure> {
        if !self.short_cut {
            return Ok(false);
        }
        let longest = json.limit().bytes;
        let start = json.offset();
        let bytes = json.ahead(plain_playlist::levels(layout));
        let Some(found) = PlainPlaylist::find(bytes, layout, longest) else {
            return Ok(false);
        };
        let PlainPlaylist { id, songs, end, .. } = found;
        let text = str::from_utf8(&bytes[id.start..id.end]).expect("only ASCII is plain");
        let id = PlaylistId::of(
            Id {
                kind: IdKind::of_quoted(id.quoted),
                text,
            },
            &mut self.texts,
        );
        let id = id.map_err(|none| none.at(start))?;
        if songs.count > 0 {
            self.separators.set_lead(&bytes[songs.open..songs.first]);
        }
        let gap = &bytes[songs.before_last..songs.last_start];
        let trail = &bytes[songs.last_end..songs.close];
        let list = SongList {
            separator: self.separator(songs.count, gap, trail, !trail.is_empty()),
            insertion: start + songs.last_end as u64,
        };
        json.pass_objects(end);
        self.push_playlist(id, found.owner, list, start..start + end as u64);
        Ok(true)
    }

    /// The members of a wrapped playlist's inner object.
    fn fields<J: DocumentReader>(
        &mut self,
        json: &mut J,
        layout: Layout,
    ) -> Result<Fields, Failure> {
        let mut fields = Fields::default();
        ask(json, J::begin_object)?;
        while ask(json, J::has_next)? {
            let at = json.offset();
            match name(json, Member::of_name)? {
                Some(member) => self.field(json, layout, member, at, &mut fields)?,
                None => ask(json, J::skip_value)?,
            }
        }
        ask(json, J::end_object)?;
        Ok(fields)
    }

    /// Reads a member, or notes what is wrong with it: whether it means anything is known only with the layout.
    fn field<J: DocumentReader>(
        &mut self,
        json: &mut J,
        layout: Layout,
        member: Member,
        at: u64,
        fields: &mut Fields,
    ) -> Result<(), Failure> {
        let kind = ask(json, J::peek)?;
        let is_id = matches!(kind, ValueType::String | ValueType::Number);
        let fault = match member {
            Member::Id if fields.id.is_some() => stands_twice(at, "id"),
            Member::Owner(name) if fields.owners.contains(&Some(name)) => stands_twice(at, name),
            Member::Songs(name) if name == layout.songs() && fields.songs.is_some() => {
                stands_twice(at, name)
            }
            Member::Id if is_id => {
                let start = json.offset();
                let id = read_id(json, |id| PlaylistId::of(id, &mut self.texts))?;
                fields.id = Some(id.map_err(|none| none.at(start))?);
                return Ok(());
            }
            Member::Owner(name) if is_id => {
                fields.owners[usize::from(fields.owners[0].is_some())] = Some(name);
                fields.owner.get_or_insert(name);
                return read_id(json, |_| ());
            }
            Member::Id | Member::Owner(_) => not_an_id(json.offset()),
            Member::Songs(name) if name == layout.songs() => {
                match expect(json, ValueType::Array, name) {
                    Ok(()) => {
                        let list = self.song_list(json, &mut fields.fault)?;
                        fields.songs = Some(list);
                        return Ok(());
                    }
                    Err(fault) => fault,
                }
            }
            Member::Songs(_) | Member::Wrapper => return ask(json, J::skip_value),
        };
        fields.fault.get_or_insert(fault);
        ask(json, J::skip_value)
    }
}

/// What is read of a playlist.
#[derive(Default)]
struct Fields {
    id: Option<PlaylistId>,
    owner: Option<&'static str>,
    owners: [Option<&'static str>; 2],
    songs: Option<SongList>,
    /// The first thing that is wrong with them.
    fault: Option<Failure>,
}

struct PlaylistId {
    key: Key,
    decimal: Option<u64>,
    is_string: bool,
}

impl PlaylistId {
    fn of(id: Id<'_>, texts: &mut Texts) -> Result<Self, NoRoom> {
        Ok(PlaylistId {
            key: Key::new(id, texts)?,
            decimal: id.decimal(),
            is_string: id.kind == IdKind::String,
        })
    }
}

/// The members of a playlist that mean something to us.
#[derive(Clone, Copy)]
enum Member {
    Id,
    Owner(&'static str),
    Songs(&'static str),
    Wrapper,
}

impl Member {
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "id" => Member::Id,
            "song_ids" => Member::Songs("song_ids"),
            "songs" => Member::Songs("songs"),
            "playlist" => Member::Wrapper,
            _ => Member::Owner(OWNERS.into_iter().find(|owner| *owner == name)?),
        })
    }
}
