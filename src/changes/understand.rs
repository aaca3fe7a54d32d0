//! What an element of CHANGES means, once all of it is read.

use super::element::{Element, Field, Kind};
use super::spelling::{OPERATION, Spelling};
use crate::id::Id;
use crate::operation::{Further, Ids, NewPlaylist, Operation, OperationKind, StoredId};
use crate::rejects::Rejection;

impl Element {
    /// The operation that the element is by its `type`. `raw` is its bytes.
    pub(super) fn operation<'e>(&'e self, raw: &'e [u8]) -> Result<Operation<'e>, Rejection<'e>> {
        if !self.is_object {
            return Err(Rejection::WrongType {
                what: "an operation",
                expected: "an object",
            });
        }
        if self.kind == Field::Value(Kind::Known(OperationKind::AddPlaylist)) {
            return self.new_playlist(raw, &OPERATION);
        }
        self.check_duplicates()?;
        match self.kind {
            Field::Value(Kind::Known(OperationKind::RemovePlaylist)) => {
                Ok(Operation::RemovePlaylist {
                    playlist: self.required(&self.playlist, OPERATION.playlist)?,
                })
            }
            Field::Value(Kind::Known(_)) => Ok(Operation::AddSong {
                playlist: self.required(&self.playlist, OPERATION.playlist)?,
                song: self.required(&self.song, "song_id")?,
            }),
            Field::Value(Kind::Unknown(name)) => {
                Err(Rejection::UnknownOperation(&self.text[name.range()]))
            }
            Field::Absent => Err(Rejection::MissingMember("type")),
            Field::Wrong => Err(Rejection::WrongType {
                what: "type",
                expected: "a string",
            }),
        }
    }

    /// The element as a playlist to be created.
    pub(super) fn new_playlist<'e>(
        &'e self,
        raw: &'e [u8],
        spelling: &Spelling,
    ) -> Result<Operation<'e>, Rejection<'e>> {
        if !self.is_object {
            return Err(Rejection::WrongType {
                what: "a new playlist",
                expected: "an object",
            });
        }
        self.check_duplicates()?;
        let owner = self.required(&self.owner, "user_id")?;
        match self.songs {
            Field::Absent => return Err(Rejection::MissingMember(spelling.songs)),
            Field::Wrong => {
                return Err(Rejection::WrongType {
                    what: spelling.songs,
                    expected: "an array",
                });
            }
            Field::Value(()) => {}
        }
        if !self.wrong_songs.is_empty() {
            return Err(WRONG_SONG);
        }
        let id = match &self.id {
            Field::Absent => None,
            Field::Wrong => return Err(wrong_id("id")),
            Field::Value(id) => Some(id.id(&self.text)),
        };
        Ok(Operation::AddPlaylist(NewPlaylist {
            id,
            owner,
            songs: Ids {
                text: &self.text,
                stored: &self.song_list,
            },
            further: Further {
                raw,
                text: &self.text,
                members: &self.members,
            },
        }))
    }

    /// The songs that the element lists, each with its place, valid or not.
    pub(super) fn listed_songs(
        &self,
    ) -> Result<impl Iterator<Item = (StoredId, Result<Id<'_>, Rejection<'_>>)>, Rejection<'_>>
    {
        match self.songs {
            Field::Absent => Err(Rejection::MissingMember("songs")),
            Field::Wrong => Err(Rejection::WrongType {
                what: "songs",
                expected: "an array",
            }),
            Field::Value(()) => Ok(self.song_list.iter().enumerate().map(|(i, &song)| {
                if self.wrong_songs.binary_search(&i).is_ok() {
                    (song, Err(WRONG_SONG))
                } else {
                    (song, Ok(song.id(&self.text)))
                }
            })),
        }
    }

    /// A member that must be there and be an id.
    pub(super) fn required(
        &self,
        field: &Field<StoredId>,
        name: &'static str,
    ) -> Result<Id<'_>, Rejection<'_>> {
        match field {
            Field::Absent => Err(Rejection::MissingMember(name)),
            Field::Wrong => Err(wrong_id(name)),
            Field::Value(id) => Ok(id.id(&self.text)),
        }
    }

    pub(super) fn check_object(&self, what: &'static str) -> Result<(), Rejection<'_>> {
        if self.is_object {
            return self.check_duplicates();
        }
        Err(Rejection::WrongType {
            what,
            expected: "an object",
        })
    }

    fn check_duplicates(&self) -> Result<(), Rejection<'_>> {
        match &self.duplicate {
            None => Ok(()),
            Some(name) => Err(Rejection::DuplicateMember(&self.text[name.range()])),
        }
    }
}

const WRONG_SONG: Rejection<'static> = Rejection::WrongType {
    what: "a song's id",
    expected: "a string or a number",
};

fn wrong_id(what: &'static str) -> Rejection<'static> {
    Rejection::WrongType {
        what,
        expected: "a string or a number",
    }
}
