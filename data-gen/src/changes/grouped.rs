//! The operations sorted by what they do, in one object.

use super::ChangesOptions;
use super::operation::{Songs, append_id, append_ids};
use super::operations::Operations;
use crate::json::{Json, Style};
use crate::stream::Source;

#[derive(Debug)]
pub(super) struct Grouped {
    operations: Operations,
    json: Json,
    place: Place,
    /// How many operations of each group are still to come.
    deletions: u64,
    updates: u64,
    creations: u64,
}

/// Where in the document the next piece belongs.
#[derive(Debug)]
enum Place {
    Beginning,
    Deletions,
    Updates,
    Creations,
    End,
}

impl Grouped {
    pub(super) fn new(operations: Operations, options: &ChangesOptions) -> Self {
        let tenth = options.operations / 10;
        Self {
            operations,
            // The lists are three levels deep; each of their elements has a line.
            json: Json::new(Style::lines(3)),
            place: Place::Beginning,
            deletions: tenth,
            updates: options.operations - 2 * tenth,
            creations: tenth,
        }
    }
}

impl Source for Grouped {
    fn append_piece(&mut self, out: &mut Vec<u8>) -> bool {
        match self.place {
            Place::Beginning => {
                self.json.open(out, b'{');
                self.json.key(out, "deletions");
                self.json.open(out, b'{');
                self.begin_list("playlists", Place::Deletions, out);
            }
            Place::Deletions if self.deletions > 0 => self.append_deletion(out),
            Place::Deletions => {
                self.json.close(out, b']');
                self.json.close(out, b'}');
                self.json.key(out, "additions");
                self.json.open(out, b'{');
                self.begin_list("existing_playlists_to_update", Place::Updates, out);
            }
            Place::Updates if self.updates > 0 => self.append_update(out),
            Place::Updates => {
                self.json.close(out, b']');
                self.begin_list("new_playlists", Place::Creations, out);
            }
            Place::Creations if self.creations > 0 => self.append_creation(out),
            Place::Creations => {
                for bracket in *b"]}}" {
                    self.json.close(out, bracket);
                }
                out.push(b'\n');
                self.place = Place::End;
            }
            Place::End => return false,
        }
        true
    }
}

impl Grouped {
    fn begin_list(&mut self, key: &str, place: Place, out: &mut Vec<u8>) {
        self.json.key(out, key);
        self.json.open(out, b'[');
        self.place = place;
    }

    fn append_deletion(&mut self, out: &mut Vec<u8>) {
        self.deletions -= 1;
        if self.operations.rejects_next() {
            let unknown = self.operations.unknown_playlist();
            self.json.id(out, unknown);
        } else if let Some(playlist) = self.operations.next_removal() {
            self.json.id(out, playlist);
        } else {
            // No playlist is left to remove: a song is added instead.
            self.updates += 1;
        }
    }

    fn append_update(&mut self, out: &mut Vec<u8>) {
        if self.operations.rejects_next() {
            self.updates -= 1;
            self.append_rejected_update(out);
        } else if let playlist @ Some(_) = self.operations.lasting_playlist() {
            let songs = self.operations.songs(self.updates);
            self.updates -= songs.ids().len() as u64;
            self.append_update_of(playlist, Some(&songs), out);
        } else {
            // No playlist can be added to: one is created instead.
            self.updates -= 1;
            self.creations += 1;
        }
    }

    /// Appends an update with one of four flaws; of one song, so that it is one operation.
    fn append_rejected_update(&mut self, out: &mut Vec<u8>) {
        let unknown = self.operations.unknown_playlist();
        let mut playlist = self.operations.lasting_playlist().or(Some(unknown));
        let mut songs = Some(self.operations.songs(1));
        match self.operations.choose(4) {
            0 => playlist = Some(unknown),
            1 => playlist = None,
            2 => songs = None,
            _ => {
                let unknown = self.operations.unknown_song();
                songs.get_or_insert_default().replace_last(unknown);
            }
        }
        self.append_update_of(playlist, songs.as_ref(), out);
    }

    fn append_update_of(&mut self, id: Option<u64>, songs: Option<&Songs>, out: &mut Vec<u8>) {
        self.json.open(out, b'{');
        append_id("id", id, &mut self.json, out);
        append_ids("songs", songs, &mut self.json, out);
        self.json.close(out, b'}');
    }

    fn append_creation(&mut self, out: &mut Vec<u8>) {
        self.creations -= 1;
        let new = if self.operations.rejects_next() {
            self.operations.rejected_new_playlist()
        } else {
            self.operations.new_playlist()
        };
        self.json.open(out, b'{');
        new.append_members("songs", &mut self.json, out);
        self.json.close(out, b'}');
    }
}
