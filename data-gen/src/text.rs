//! English-looking text, put together from the word tables.
//!
//! Everything is written as the inside of a JSON string: what needs an escape has it already.

use crate::random::Random;
use crate::words;

/// Appends five sentences.
pub(crate) fn paragraph(random: &mut Random, out: &mut Vec<u8>) {
    sentence(random, out);
    for _ in 1..5 {
        out.push(b' ');
        sentence(random, out);
    }
}

/// Appends one sentence; every fourth has a further phrase at its end.
pub(crate) fn sentence(random: &mut Random, out: &mut Vec<u8>) {
    append(
        [random.pick(&words::SUBJECTS), random.pick(&words::VERBS)],
        out,
    );
    out.push(b' ');
    out.extend_from_slice(random.pick(&words::OBJECTS).as_bytes());
    if random.below(4) == 0 {
        out.push(b' ');
        out.extend_from_slice(random.pick(&words::ENDINGS).as_bytes());
    }
    out.push(b'.');
}

/// Two entries of the word tables, to be written with a space between them.
pub(crate) type Phrase = [&'static str; 2];

/// Appends a phrase.
pub(crate) fn append([first, second]: Phrase, out: &mut Vec<u8>) {
    out.extend_from_slice(first.as_bytes());
    out.push(b' ');
    out.extend_from_slice(second.as_bytes());
}

/// The name of a user.
pub(crate) fn person(random: &mut Random) -> Phrase {
    [
        random.pick(&words::FIRST_NAMES),
        random.pick(&words::LAST_NAMES),
    ]
}

/// The name of an artist.
pub(crate) fn artist(random: &mut Random) -> Phrase {
    [random.pick(&words::MOODS), random.pick(&words::BANDS)]
}

/// The title of a song or the name of a playlist.
pub(crate) fn title(random: &mut Random) -> Phrase {
    [random.pick(&words::MOODS), random.pick(&words::THINGS)]
}
