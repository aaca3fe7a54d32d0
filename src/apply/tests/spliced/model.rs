//! A mixtape by its parts: how each is written, and what changes make of them.

use std::fmt::Write;

/// How an array of songs is written: behind its bracket, in front of its last song, and before the other bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blanks {
    pub(super) lead: &'static str,
    pub(super) separator: &'static str,
    pub(super) trail: &'static str,
}

/// How all objects of a document are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Object {
    pub(super) open: &'static str,
    pub(super) colon: &'static str,
    pub(super) separator: &'static str,
    pub(super) close: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct Playlist {
    pub(super) songs: Vec<u32>,
    pub(super) blanks: Blanks,
    /// What stands between it and the next one.
    pub(super) gap: &'static str,
}

#[derive(Clone, Debug)]
pub(super) struct Mixtape {
    pub(super) is_wrapped: bool,
    pub(super) object: Object,
    pub(super) playlists: Vec<Playlist>,
    /// White space behind the bracket of the playlists, and before the other one.
    pub(super) ends: [&'static str; 2],
}

#[derive(Clone, Debug)]
pub(super) enum Change {
    Append(usize, u32),
    Remove(usize),
    Create(Vec<u32>),
}

/// What the changes have made of a mixtape: songs put into each playlist, or none where it is removed; and the new playlists.
pub(super) struct Changed {
    appended: Vec<Option<Vec<u32>>>,
    created: Vec<Vec<u32>>,
}

/// A comma that nobody shows: with a line for each where there are lines, with a blank where colons have one.
fn comma(lead: &str, colon: &str) -> String {
    match (lead.contains('\n'), colon.ends_with(' ')) {
        (true, _) => format!(",{lead}"),
        (false, true) => ", ".to_owned(),
        (false, false) => ",".to_owned(),
    }
}

fn joined(songs: &[u32], separator: &str) -> String {
    let songs: Vec<String> = songs.iter().map(u32::to_string).collect();
    songs.join(separator)
}

impl Playlist {
    /// What its array shows that it would put between two songs.
    fn shown(&self) -> Option<String> {
        match self.songs.len() {
            0 => None,
            1 if self.blanks.lead.contains('\n') => Some(format!(",{}", self.blanks.lead)),
            1 => None,
            _ => Some(self.blanks.separator.to_owned()),
        }
    }

    /// Its array, with further songs.
    fn array(&self, appended: &[u32], neighbours: &[String; 3]) -> String {
        let [lead, separator, trail] = neighbours;
        let own = self.blanks;
        let Some((last, others)) = self.songs.split_last() else {
            return match (own.lead, appended) {
                (blank, []) => format!("[{blank}]"),
                ("", songs) => format!("[{lead}{}{trail}]", joined(songs, separator)),
                (blank, songs) => format!("[{lead}{}{blank}]", joined(songs, separator)),
            };
        };
        let separator = self.shown().unwrap_or_else(|| separator.clone());
        let mut array = format!("[{}{}", own.lead, joined(others, ","));
        if !others.is_empty() {
            array += own.separator;
        }
        write!(array, "{last}").unwrap();
        for song in appended {
            write!(array, "{separator}{song}").unwrap();
        }
        array + own.trail + "]"
    }
}

impl Mixtape {
    /// How an array of songs is written that shows nothing itself: lead, separator and trail.
    fn neighbours(&self) -> [String; 3] {
        let Object {
            open, close, colon, ..
        } = self.object;
        let with_songs = self
            .playlists
            .iter()
            .rev()
            .find(|one| !one.songs.is_empty());
        let (lead, trail) = match with_songs {
            Some(one) => (one.blanks.lead.to_owned(), one.blanks.trail),
            None if open.contains('\n') => {
                (format!("{open}{}", open.strip_prefix(close).unwrap()), open)
            }
            None => (String::new(), ""),
        };
        let shown = self.playlists.iter().rev().find_map(Playlist::shown);
        let separator = shown.unwrap_or_else(|| comma(&lead, colon));
        [lead, separator, trail.to_owned()]
    }

    fn element(&self, number: usize, songs: &str) -> String {
        let Object {
            open,
            colon,
            separator,
            close,
        } = self.object;
        let name = if self.is_wrapped { "songs" } else { "song_ids" };
        let playlist = format!(
            "{{{open}\"id\"{colon}{number}{separator}\"user_id\"{colon}\"u\"{separator}\"{name}\"{colon}{songs}{close}}}"
        );
        match self.is_wrapped {
            true => format!("{{{open}\"playlist\"{colon}{playlist}{close}}}"),
            false => playlist,
        }
    }

    pub(super) fn written(&self, changed: &Changed) -> String {
        let neighbours = self.neighbours();
        let [lead, separator, trail] = &neighbours;
        let mut elements = String::new();
        let mut gap = "";
        for (number, (playlist, appended)) in
            self.playlists.iter().zip(&changed.appended).enumerate()
        {
            if let Some(appended) = appended {
                let songs = playlist.array(appended, &neighbours);
                elements += gap;
                elements += &self.element(number, &songs);
                gap = playlist.gap;
            }
        }
        let between = match &self.playlists[..] {
            [.., last_but_one, _] => last_but_one.gap.to_owned(),
            _ => comma(self.ends[0], self.object.colon),
        };
        for (number, songs) in changed.created.iter().enumerate() {
            if !elements.is_empty() {
                elements += &between;
            }
            let songs = format!("[{lead}{}{trail}]", joined(songs, separator));
            elements += &self.element(self.playlists.len() + number, &songs);
        }
        let [first, last] = if elements.is_empty() {
            ["", ""]
        } else {
            self.ends
        };
        let user = if self.is_wrapped { "user_id" } else { "id" };
        format!(
            "{{\"x\" : 1,\n \"users\": [{{\"{user}\": \"u\"}}], \"playlists\" :[{first}{elements}{last}] ,\"songs\": [{{\"id\":1}},{{\"id\":2}},{{\"id\":33}}]}}\n"
        )
    }

    /// What comes of changes that can be applied, and these as CHANGES.
    pub(super) fn after(&self, changes: &[Change]) -> (Changed, String) {
        let mut changed = self.unchanged();
        let mut lines = String::new();
        for change in changes {
            match change {
                Change::Append(index, song) => {
                    let number = index % self.playlists.len();
                    let Some(songs) = &mut changed.appended[number] else {
                        continue;
                    };
                    songs.push(*song);
                    writeln!(lines, "{{\"type\": \"add_song_to_playlist\", \"playlist_id\": {number}, \"song_id\": {song}}}").unwrap();
                }
                Change::Remove(index) => {
                    let number = index % self.playlists.len();
                    if changed.appended[number].take().is_some() {
                        writeln!(
                            lines,
                            "{{\"type\": \"remove_playlist\", \"playlist_id\": {number}}}"
                        )
                        .unwrap();
                    }
                }
                Change::Create(songs) => {
                    changed.created.push(songs.clone());
                    writeln!(lines, "{{\"type\": \"add_playlist\", \"user_id\": \"u\", \"song_ids\": {songs:?}}}").unwrap();
                }
            }
        }
        (changed, lines)
    }

    pub(super) fn unchanged(&self) -> Changed {
        Changed {
            appended: vec![Some(Vec::new()); self.playlists.len()],
            created: Vec::new(),
        }
    }
}
