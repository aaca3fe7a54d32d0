//! Names of artists: how a field is split into them, and when two of them are one.

use super::fold;

/// The name of an artist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its folded words, without a leading "the".
    words: String,
    /// The same without blanks.
    key: String,
    /// It is a list of names, or a name that looks like one.
    is_list: bool,
}

impl Name {
    /// The name in `text`, which is [`tidy`](fold::tidy); none where there is nothing in it.
    pub fn new(text: &str) -> Option<Self> {
        let words = fold::words(text);
        let words = words.strip_prefix("the ").unwrap_or(&words);
        let words = words.strip_suffix(" topic").unwrap_or(words).to_owned();
        let key = words.replace(' ', "");
        (!key.is_empty()).then_some(Name {
            words,
            key,
            is_list: false,
        })
    }

    /// What two spellings of the name have in common.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The name's shorter forms by which it may be called: what stands before "de" or "of". `Banda Azul` is short for
    /// `Banda Azul de Lugo`.
    pub fn short_forms(&self) -> impl Iterator<Item = String> {
        let ends = self.words.match_indices(' ').filter(|_| !self.is_list);
        ends.filter(|(end, _)| {
            let next = self.words[end + 1..].split(' ').next().unwrap_or("");
            next == "of" || PREPOSITIONS.contains(&next) && self.words[..*end].contains(' ')
        })
        .map(|(end, _)| self.words[..end].replace(' ', ""))
    }

    /// The first letters of a name of at least three words.
    pub fn initials(&self) -> Option<String> {
        let letters: String = self
            .words
            .split(' ')
            .filter_map(|word| word.chars().next())
            .collect();
        (letters.chars().count() >= 3).then_some(letters)
    }

    /// Whether the one is how people shorten the other, both ways.
    pub fn is_short_for(&self, other: &Name) -> bool {
        let shortens = |short: &Name, long: &Name| long.short_forms().any(|form| form == short.key);
        shortens(self, other) || shortens(other, self)
    }

    /// Whether both may be one person, though spelled, shortened or mistyped in another way: enough to not count as another
    /// guest, not enough to tell an artist by.
    pub fn resembles(&self, other: &Name) -> bool {
        let (short, long) = if self.key.len() < other.key.len() {
            (self, other)
        } else {
            (other, self)
        };
        let part = |rest: Option<&str>| {
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || rest.ends_with(' '))
        };
        self.key == other.key
            || part(long.words.strip_prefix(short.words.as_str()))
            || part(long.words.strip_suffix(short.words.as_str()))
            || (short.key.chars().count() >= MIN_MISTYPED
                && strsim::osa_distance(&short.key, &long.key) == 1)
    }
}

/// Letters from which on one wrong letter is a slip.
const MIN_MISTYPED: usize = 5;

/// What may lead to the part of a name that is left out.
const PREPOSITIONS: [&str; 7] = ["de", "del", "da", "do", "dos", "di", "from"];

/// The names in one field or text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Those who sing, in the order in which they stand.
    pub main: Vec<Name>,
    /// Those after `feat.`
    pub guests: Vec<Name>,
    /// Other names of the same people, in brackets: `BTS (방탄소년단)`.
    pub aliases: Vec<Name>,
    /// All of `main` as one name, where it is more than one: some names have an `&` in them.
    pub whole: Option<Name>,
}

impl Names {
    /// The names in `text`, which is [`tidy`](fold::tidy).
    ///
    /// ```
    /// use mixtape::isrc::names::Names;
    /// let names = Names::read("Ada x Boris & Chloe feat. Dipika");
    /// let keys = |names: &[mixtape::isrc::names::Name]| names.iter().map(|name| name.key().to_owned()).collect::<Vec<_>>();
    /// assert_eq!(keys(&names.main), ["ada", "boris", "chloe"]);
    /// assert_eq!(keys(&names.guests), ["dipika"]);
    /// ```
    pub fn read(text: &str) -> Self {
        let mut names = Names::default();
        let mut outside = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('(') {
            outside.push_str(&rest[..start]);
            let inside = &rest[start + 1..];
            let end = inside.find(')').unwrap_or(inside.len());
            match after_feat(&inside[..end]) {
                Some((_, guests)) => names.guests.extend(split(guests)),
                None => names.aliases.extend(Name::new(&inside[..end])),
            }
            outside.push(' ');
            rest = inside.get(end + 1..).unwrap_or("");
        }
        outside.push_str(rest);
        let main = match after_feat(&outside) {
            Some((main, guests)) => {
                names.guests.extend(split(guests));
                main
            }
            None => &outside,
        };
        names.main = split(main);
        if names.main.len() > 1 {
            names.whole = Name::new(main).map(|name| Name {
                is_list: true,
                ..name
            });
        }
        // An alias after a dash: `Carla Ríos - La Gata`.
        if let Some((first, second)) = main.split_once(" - ") {
            names.aliases.extend(Name::new(first));
            names.aliases.extend(Name::new(second));
        }
        names
    }

    /// Nobody is named.
    pub fn is_empty(&self) -> bool {
        self.main.is_empty() && self.guests.is_empty()
    }

    /// Everybody who is named, but nobody twice.
    pub fn everybody(&self) -> impl Iterator<Item = &Name> {
        self.main.iter().chain(&self.guests)
    }

    /// Every name by which the main artists may be called.
    pub fn callable(&self) -> impl Iterator<Item = &Name> {
        self.main.iter().chain(&self.aliases).chain(&self.whole)
    }

    /// Whether somebody is named in both, as a guest or not.
    pub fn share_somebody(&self, other: &Names) -> bool {
        let mut ours = self.callable().chain(&self.guests);
        ours.any(|name| {
            other
                .callable()
                .chain(&other.guests)
                .any(|theirs| name.key == theirs.key)
        })
    }

    /// Whether somebody sings on both.
    pub fn meets(&self, other: &Names) -> bool {
        self.callable()
            .any(|name| other.callable().any(|theirs| name.key == theirs.key))
    }
}

/// What stands in front of `feat.`, and what behind it.
///
/// ```
/// use mixtape::isrc::names::after_feat;
/// assert_eq!(after_feat("Ada Ft. Boris"), Some(("Ada", "Boris")));
/// assert_eq!(after_feat("Fto feature"), None);
/// ```
pub fn after_feat(text: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    loop {
        let word = text[start..].trim_start();
        if word.is_empty() {
            return None;
        }
        start = text.len() - word.len();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        let bare = word[..end].trim_matches(['(', '.', ',', ';', ':']);
        let is_marker = ["feat", "ft", "featuring"]
            .iter()
            .any(|marker| bare.eq_ignore_ascii_case(marker));
        // Portuguese for "with the participation of"; `part. 2` is none.
        let is_part = word[..end].eq_ignore_ascii_case("part.");
        let names = word[end..].trim_start();
        if (is_marker || is_part)
            && !names.is_empty()
            && (is_marker || !names.starts_with(|c: char| c.is_ascii_digit()))
        {
            let before = text[..start].trim_end_matches([' ', ',', ';', '(', '-']);
            return Some((before, names));
        }
        // `ft.Boris`, without a blank.
        for marker in ["feat.", "ft."] {
            if word.len() > marker.len()
                && word.is_char_boundary(marker.len())
                && word[..marker.len()].eq_ignore_ascii_case(marker)
                && end > marker.len()
            {
                return Some((text[..start].trim_end(), &word[marker.len()..]));
            }
        }
        start += end;
    }
}

/// Words that stand between two names.
fn is_connector(word: &str) -> bool {
    const CONNECTORS: [&str; 20] = [
        "&", "+", "/", "|", "×", "x", "and", "e", "y", "et", "und", "with", "w/", "con", "vs",
        "vs.", "presents", "og", "і", "part",
    ];
    CONNECTORS
        .iter()
        .any(|connector| word.eq_ignore_ascii_case(connector))
}

/// The names of a list.
pub fn split(text: &str) -> Vec<Name> {
    let mut names = Vec::new();
    for part in text.split([',', ';', '،', '、']) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let mut start = 0;
        for (i, word) in words.iter().enumerate() {
            let between = i > start && i + 1 < words.len() && !is_connector(words[i + 1]);
            // The list may go on with a connector: `Ada, Boris, and Chloe`.
            let leads = i == start
                && i == 0
                && words.len() > 1
                && matches!(*word, "&" | "and" | "And" | "+")
                && !names.is_empty();
            if is_connector(word) && (between || leads) {
                names.extend(Name::new(&words[start..i].join(" ")));
                start = i + 1;
            }
        }
        names.extend(Name::new(&words[start..].join(" ")));
    }
    names
}
