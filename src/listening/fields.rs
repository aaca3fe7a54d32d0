//! What is taken for what: the names that members and columns have, from house to house.

use std::fmt;
use std::str::FromStr;

/// Something that is looked for in PLAYLISTS or EVENTS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Whose playlist it is, who listened.
    User,
    /// What is recommended, what was heard.
    Track,
    /// How long it was heard.
    Seconds,
    /// From where it was heard: an album, a playlist.
    Context,
    /// When it was heard.
    Time,
    /// The work that a track is a recording of.
    Work,
    /// Who wrote it.
    Composer,
    /// What the track is called.
    Title,
    /// What holds the playlists of a line, where they are not members of it.
    Playlists,
    /// What a playlist in an array is called.
    Name,
    /// What holds the tracks of a playlist that is an object.
    Tracks,
}

/// How many there are.
const FIELDS: usize = 11;

/// Fields with the words of `--map` and the names that they have where nobody says otherwise, most telling first.
const KNOWN: [(Field, &str, &[&str]); FIELDS] = [
    (Field::User, "user", &["userId", "user_id", "user"]),
    (
        Field::Track,
        "track",
        &["trackId", "track_id", "track", "id"],
    ),
    (
        Field::Seconds,
        "seconds",
        &["secondsStreamed", "seconds_streamed", "seconds", "duration"],
    ),
    (
        Field::Context,
        "context",
        &["listeningContext", "listening_context", "context"],
    ),
    (
        Field::Time,
        "time",
        &[
            "timestamp",
            "time",
            "streamed_at",
            "eventTime",
            "event_time",
            "date",
        ],
    ),
    (
        Field::Work,
        "work",
        &["work", "workTitle", "work_title", "workId"],
    ),
    (Field::Composer, "composer", &["composer"]),
    (Field::Title, "title", &["title"]),
    (Field::Playlists, "playlists", &["playlists"]),
    (Field::Name, "name", &["name"]),
    (Field::Tracks, "tracks", &["tracks"]),
];

/// More names for a field than these cannot be told apart by their rank.
const MOST_NAMES: usize = 64;

impl Field {
    /// The word of `--map`.
    pub fn word(self) -> &'static str {
        KNOWN[self as usize].1
    }

    fn can_be_left_out(self) -> bool {
        matches!(
            self,
            Field::Time | Field::Work | Field::Composer | Field::Title
        )
    }
}

/// A field by one of its names; the lower the rank, the more telling the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) field: Field,
    pub(super) rank: usize,
}

/// The names of all fields.
///
/// ```
/// use mixtape::listening::FieldNames;
/// let mut names = FieldNames::default();
/// names.map("user=Hörer".parse()?)?;
/// assert!("nobody=x".parse::<mixtape::listening::FieldMap>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug)]
pub struct FieldNames {
    /// For each field, the names that `--map` gave it, and behind them the usual ones.
    names: [Vec<String>; FIELDS],
    /// How many of them `--map` gave.
    mapped: [usize; FIELDS],
}

impl Default for FieldNames {
    fn default() -> Self {
        FieldNames {
            names: KNOWN.map(|(_, _, names)| names.iter().map(|&name| name.to_owned()).collect()),
            mapped: [0; FIELDS],
        }
    }
}

/// What one `--map` says: that a field has a name, or, if that is empty, that nothing is to be taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMap {
    field: Field,
    name: String,
}

impl FromStr for FieldMap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, name) = text
            .split_once('=')
            .ok_or("expected FIELD=COLUMN, such as user=uid")?;
        let field = KNOWN.iter().find(|(_, known, _)| *known == word);
        let Some(&(field, ..)) = field else {
            let words: Vec<&str> = KNOWN.iter().map(|(_, word, _)| *word).collect();
            return Err(format!("{word:?} is none of {}", words.join(", ")));
        };
        if name.is_empty() && !field.can_be_left_out() {
            return Err(format!("{word} cannot be left out: name its column"));
        }
        let name = name.to_owned();
        Ok(FieldMap { field, name })
    }
}

impl FieldNames {
    /// Puts a name in front of those that the field has; an empty one takes them all away.
    ///
    /// # Errors
    /// When a field is given more names than can be told apart.
    pub fn map(&mut self, map: FieldMap) -> Result<(), String> {
        let names = &mut self.names[map.field as usize];
        let mapped = &mut self.mapped[map.field as usize];
        if map.name.is_empty() {
            names.clear();
            *mapped = 0;
        } else if names.len() == MOST_NAMES {
            return Err(format!(
                "more than {MOST_NAMES} names for {}",
                map.field.word()
            ));
        } else {
            names.insert(*mapped, map.name);
            *mapped += 1;
        }
        Ok(())
    }

    /// Which of some fields has this name. Capitals and small letters are alike.
    pub(super) fn find(&self, fields: &[Field], name: &str) -> Option<Found> {
        let is_it = |known: &String| known.eq_ignore_ascii_case(name);
        fields.iter().find_map(|&field| {
            let rank = self.names[field as usize].iter().position(is_it)?;
            Some(Found { field, rank })
        })
    }

    /// The names of a field, for a message.
    pub(super) fn of(&self, field: Field) -> String {
        self.names[field as usize].join(", ")
    }

    /// The names of `--map` that none of these inputs has.
    pub(super) fn without_use(&self, taken: &[&Taken]) -> Option<(Field, &str)> {
        KNOWN.iter().find_map(|&(field, ..)| {
            let of_map = 0..self.mapped[field as usize];
            let mut unused =
                of_map.filter(|&rank| !taken.iter().any(|taken| taken.has(Found { field, rank })));
            let rank = unused.next()?;
            Some((field, self.names[field as usize][rank].as_str()))
        })
    }
}

/// Which names an input has had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    seen: [u64; FIELDS],
    taken: [u64; FIELDS],
}

impl Taken {
    /// A name is there.
    pub(super) fn see(&mut self, found: Found) {
        self.seen[found.field as usize] |= 1 << found.rank;
    }

    /// What has this name was taken: no more telling one was beside it.
    #[inline]
    pub(super) fn take(&mut self, found: Found) {
        self.taken[found.field as usize] |= 1 << found.rank;
    }

    fn has(&self, found: Found) -> bool {
        self.seen[found.field as usize] >> found.rank & 1 == 1
    }

    /// Each field for which something was taken, with its names.
    pub(super) fn named(&self, names: &FieldNames) -> Vec<(&'static str, String)> {
        let mut named = Vec::new();
        for (field, word, _) in KNOWN {
            let had = names.names[field as usize].iter().enumerate();
            let had = had.filter(|&(rank, _)| self.taken[field as usize] >> rank & 1 == 1);
            let had: Vec<&str> = had.map(|(_, name)| name.as_str()).collect();
            if !had.is_empty() {
                named.push((word, had.join("|")));
            }
        }
        named
    }
}

/// Names that were found where none was known, for a message: the first few of them.
#[derive(Default)]
pub(super) struct Unknown(Vec<String>);

const SHOWN: usize = 20;

impl Unknown {
    pub(super) fn add(&mut self, name: &str) {
        if self.0.len() <= SHOWN && !self.0.iter().any(|other| other == name) {
            self.0.push(name.chars().take(60).collect());
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        f.write_str(&self.0[..self.0.len().min(SHOWN)].join(", "))?;
        f.write_str(if self.0.len() > SHOWN { ", …" } else { "" })
    }
}
