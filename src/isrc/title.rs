//! A title taken apart: what the song is called, who is a guest, which version it is, and what says nothing.

use super::fold;
use super::names::{self, Name};
use super::note::{self, Note, Side};
use super::profanity;
use super::vocabulary::{self, TRAILING_PICTURE, TRAILING_VERSIONS};

/// A title without what is not the name of the song.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// The name with its brackets: `I Will (Be There)`.
    pub full: String,
    /// The name alone: `I Will`. The same as `full` where there is no more.
    pub base: String,
    /// All of it but guests and noise, the version included: for songs whose name sounds like a version.
    pub whole: String,
    /// The base with each profane or masked word cut down to its first letter, where there is one.
    pub masked: Option<String>,
    /// Brackets in another script: the same name again, `나비 (Nabi)`.
    pub translations: Vec<String>,
    /// Words of the name.
    pub length: usize,
    /// Guests that the title names.
    pub guests: Vec<Name>,
    /// Which version it is, as sorted words; none is the recording that everybody knows.
    pub version: Vec<String>,
    /// It says from which film, series or play it comes.
    pub origin: bool,
    /// It says in which wrapping it was sold, or what else changes nothing.
    pub remark: bool,
}

/// A run of a title.
struct Chunk<'a> {
    kind: Kind,
    text: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Bracket,
    /// Behind a dash.
    Tail,
}

impl Title {
    /// Takes `text` apart, which is [`tidy`](fold::tidy).
    pub(super) fn read(text: &str, side: Side) -> Self {
        let text = if side == Side::Video {
            without_hashtags(text)
        } else {
            text
        };
        let mut reader = Reader {
            title: Title::default(),
            side,
            noise_passed: false,
        };
        for chunk in chunks(text) {
            reader.chunk(&chunk);
        }
        let Reader { mut title, .. } = reader;
        if title.base.is_empty() {
            title.base.clone_from(&title.full);
        }
        title.version.sort_unstable();
        title.version.dedup();
        title
    }

    /// The names under which the song can be found.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        let base = (self.base != self.full).then_some(&self.base);
        let whole = (self.whole != self.full && self.whole != self.base).then_some(&self.whole);
        std::iter::once(&self.full)
            .chain(base)
            .chain(whole)
            .chain(&self.masked)
            .chain(&self.translations)
            .map(String::as_str)
            .filter(|form| !form.is_empty())
    }

    /// Whether they are the same name when each may be left out that stands there in two scripts.
    pub fn translates(&self, other: &Title) -> bool {
        let has_both = !self.translations.is_empty() || !other.translations.is_empty();
        has_both
            && self
                .spellings()
                .any(|name| other.spellings().any(|theirs| name == theirs))
    }

    fn spellings(&self) -> impl Iterator<Item = &String> {
        let translated: usize = self.translations.iter().map(String::len).sum();
        let base = (self.base.len() + translated == self.full.len()).then_some(&self.base);
        std::iter::once(&self.full)
            .chain(base)
            .chain(&self.translations)
    }
}

struct Reader {
    title: Title,
    side: Side,
    /// A bracket that is noise ends the name of a video's song; what follows it is advertising.
    noise_passed: bool,
}

impl Reader {
    fn chunk(&mut self, chunk: &Chunk<'_>) {
        let mut text = chunk.text.trim();
        if let Some((before, guests)) = names::after_feat(text) {
            self.title.guests.extend(names::split(guests));
            text = before.trim_end_matches(['&', ' ', '.']);
            // `(prod. & feat. …)`: the bracket was about people.
            if chunk.kind == Kind::Bracket && fold::words(text).starts_with("prod") {
                return;
            }
        }
        let words = fold::words(text);
        if words.is_empty() {
            return;
        }
        if chunk.kind == Kind::Text && self.title.base.is_empty() {
            return self.name(&words);
        }
        if chunk.kind == Kind::Text && self.noise_passed {
            return;
        }
        match note::read_note(text, &words, self.side) {
            Note::Version(version) => {
                self.title.version.extend(version);
                self.title.whole.push_str(&fold::key_of_words(&words));
            }
            Note::Noise => {
                self.noise_passed |= chunk.kind == Kind::Bracket && self.side == Side::Video;
                self.title.remark = true;
            }
            Note::Origin => self.title.origin = true,
            Note::Guests(skipped) => {
                let names = text
                    .split_whitespace()
                    .skip(skipped)
                    .collect::<Vec<_>>()
                    .join(" ");
                self.title.guests.extend(names::split(&names));
            }
            Note::Unknown => self.unknown(chunk.kind, &words),
        }
    }

    /// The first text outside brackets.
    fn name(&mut self, words: &str) {
        let mut list: Vec<&str> = words.split(' ').collect();
        if let Some(credit @ 1..) = list.iter().position(|word| *word == "prod") {
            list.truncate(credit);
        }
        if self.side == Side::Video {
            trim_picture(&mut list);
        }
        let last = list[list.len() - 1];
        let all = fold::key_of_words(&list.join(" "));
        self.title.whole.push_str(&all);
        if list.len() > 1 && TRAILING_VERSIONS.contains(&last) {
            self.title.version.push(last.to_owned());
            list.pop();
        }
        let name = fold::key_of_words(&list.join(" "));
        self.title.masked = profanity::masked(&list);
        self.title.length = list.len();
        self.title.base.push_str(&name);
        self.title.full.push_str(&name);
    }

    fn unknown(&mut self, kind: Kind, words: &str) {
        let key = fold::key_of_words(words);
        self.title.whole.push_str(&key);
        match kind {
            Kind::Tail if self.side == Side::Track => {
                // Whatever a catalogue puts behind a dash tells one recording from another.
                self.title
                    .version
                    .extend(words.split(' ').map(str::to_owned));
            }
            Kind::Text => {
                self.title.full.push_str(&key);
                self.title.base.push_str(&key);
            }
            Kind::Bracket | Kind::Tail => {
                self.title.full.push_str(&key);
                if is_latin(&key) != is_latin(&self.title.base) && !self.title.base.is_empty() {
                    self.title.translations.push(key);
                }
            }
        }
    }
}

/// Whether a key has Latin letters.
pub(super) fn is_latin(key: &str) -> bool {
    key.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Takes `official music video` from the end, if that leaves a name.
fn trim_picture(list: &mut Vec<&str>) {
    let mut end = list.len();
    let mut certain = false;
    while end > 0 {
        let is_certain = TRAILING_PICTURE.contains(&list[end - 1]);
        if !is_certain && !vocabulary::is_filler(list[end - 1]) {
            break;
        }
        certain |= is_certain;
        end -= 1;
    }
    if certain && end > 0 {
        list.truncate(end);
    }
}

/// Takes hashtags from the end, if that leaves a title.
fn without_hashtags(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some(start) = rest.rfind(" #") {
        let tag = &rest[start + 2..];
        if tag.is_empty()
            || tag.contains(char::is_whitespace)
            || tag.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        rest = rest[..start].trim_end();
    }
    rest
}

/// The runs outside brackets, the brackets, and what stands behind dashes.
fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    let mut kind = Kind::Text;
    let mut start = 0;
    let mut depth = 0_usize;
    let mut push = |kind, from: usize, to: usize| {
        if !text[from..to].trim().is_empty() {
            chunks.push(Chunk {
                kind,
                text: &text[from..to],
            });
        }
    };
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => {
                if depth == 0 {
                    push(kind, start, i);
                    start = i + 1;
                }
                depth += 1;
            }
            b')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    push(Kind::Bracket, start, i);
                    start = i + 1;
                    kind = Kind::Text;
                }
            }
            b'-' if depth == 0
                && text[..i].ends_with(' ')
                && text[i + 1..].starts_with(' ')
                && start < i =>
            {
                push(kind, start, i);
                start = i + 1;
                kind = Kind::Tail;
            }
            _ => {}
        }
    }
    let last = if depth > 0 { Kind::Bracket } else { kind };
    push(last, start.min(text.len()), text.len());
    chunks
}
