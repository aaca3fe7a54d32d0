//! What a bracket, or what follows a dash or a bar, says about the song in front of it.

use super::vocabulary::{self, ORIGIN, PREPOSITIONS, WITH};

/// What a bracket, or what follows a dash, says about the song in front of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// Another recording: the words that tell which, sorted.
    Version(Vec<String>),
    /// The picture, the wrapping, a year: nothing about the recording.
    Noise,
    /// The film, series or play that it comes from.
    Origin,
    /// The names of guests follow after so many words.
    Guests(usize),
    /// Part of the title, as far as anybody can tell.
    Unknown,
}

/// On which side the note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The title of a video, by those who uploaded it.
    Video,
    /// A title of a recording: a track's, or the one by which a platform knows a video's music.
    Track,
}

/// Reads a note: `words` are those of `text`, which still has its quotes.
pub(super) fn read_note(text: &str, words: &str, side: Side) -> Note {
    if words == "original mix" || says_nothing(words) {
        return Note::Noise;
    }
    let senses = || words.split(' ').map(vocabulary::sense);
    let recording = senses().any(|sense| sense.recording.is_some());
    let picture = is_about_the_picture(words);
    if side == Side::Video && picture && !recording {
        return Note::Noise;
    }
    if let Some(length) = leads_to_guests(words) {
        return Note::Guests(length);
    }
    if recording || senses().any(|sense| sense.cut.is_some()) {
        let version = version_words(words, picture);
        return if version.is_empty() {
            Note::Noise
        } else {
            Note::Version(version)
        };
    }
    let first = words.split(' ').next().unwrap_or("");
    let is_credit = matches!(first, "prod" | "dir" | "produced" | "directed");
    if is_credit {
        return Note::Noise;
    }
    let named = matches!(first, "from" | "de" | "da" | "aus" | "dal") && text.contains('"');
    if named || ORIGIN.iter().any(|origin| contains_words(words, origin)) {
        return Note::Origin;
    }
    Note::Unknown
}

/// Whether all words are about the picture, the wrapping or nothing.
pub(super) fn says_nothing(words: &str) -> bool {
    words
        .split(' ')
        .all(|word| vocabulary::sense(word).empty || is_year(word))
}

/// Whether one of the words is about the picture.
pub(super) fn is_about_the_picture(words: &str) -> bool {
    words.split(' ').any(|word| vocabulary::sense(word).picture)
}

/// How many words at the start lead to names.
fn leads_to_guests(words: &str) -> Option<usize> {
    WITH.iter()
        .filter(|with| {
            words
                .strip_prefix(**with)
                .is_some_and(|rest| rest.starts_with(' '))
        })
        .map(|with| with.split(' ').count())
        .max()
}

fn contains_words(words: &str, part: &str) -> bool {
    words.match_indices(part).any(|(start, _)| {
        let bytes = words.as_bytes();
        let end = start + part.len();
        (start == 0 || bytes[start - 1] == b' ') && (end == bytes.len() || bytes[end] == b' ')
    })
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two versions are one: the same words. A remaster may leave out its year.
pub(super) fn is_same_version(first: &[String], second: &[String]) -> bool {
    if first == second {
        return true;
    }
    let words = |version: &[String]| -> Vec<String> {
        version
            .iter()
            .filter(|word| !is_year(word))
            .cloned()
            .collect()
    };
    let has_year = |version: &[String]| version.iter().any(|word| is_year(word));
    let is_remaster = first.iter().any(|word| word == "remaster");
    is_remaster && !(has_year(first) && has_year(second)) && words(first) == words(second)
}

/// The words that tell one version from another, in their one spelling. Beside a word about the picture a year is that of the
/// video.
fn version_words(words: &str, picture: bool) -> Vec<String> {
    let says_nothing = |word: &str| vocabulary::sense(word).empty || (picture && is_year(word));
    let mut version: Vec<String> = words
        .split(' ')
        .filter(|word| !says_nothing(word) && !PREPOSITIONS.contains(word))
        .map(|word| {
            let sense = vocabulary::sense(word);
            sense.recording.or(sense.cut).unwrap_or(word).to_owned()
        })
        .collect();
    version.sort_unstable();
    version.dedup();
    version
}
