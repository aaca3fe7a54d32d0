//! The words that catalogues and video titles add to the name of a song, in the languages in which they are common.
//!
//! All of them are as [`words`](super::fold::words) folds them.

/// Makes it another recording wherever it stands, on a track or on a video. The second column is its one spelling.
const RECORDING: &[(&str, &str)] = &[
    ("live", "live"),
    ("vivo", "live"),
    ("directo", "live"),
    ("remix", "remix"),
    ("remixed", "remix"),
    ("rmx", "remix"),
    ("remezcla", "remix"),
    ("refix", "refix"),
    ("rework", "rework"),
    ("reworked", "rework"),
    ("remake", "remake"),
    ("bootleg", "bootleg"),
    ("mashup", "mashup"),
    ("mash", "mashup"),
    ("flip", "flip"),
    ("vip", "vip"),
    ("dub", "dub"),
    ("mix", "mix"),
    ("megamix", "mix"),
    ("medley", "medley"),
    ("mixed", "mixed"),
    ("acoustic", "acoustic"),
    ("acustico", "acoustic"),
    ("acustica", "acoustic"),
    ("acoustique", "acoustic"),
    ("akustik", "acoustic"),
    ("unplugged", "unplugged"),
    ("stripped", "stripped"),
    ("piano", "piano"),
    ("orchestral", "orchestral"),
    ("symphonic", "orchestral"),
    ("acapella", "acapella"),
    ("acappella", "acapella"),
    ("cappella", "acapella"),
    ("capella", "acapella"),
    ("karaoke", "karaoke"),
    ("instrumental", "instrumental"),
    ("dubstrumental", "instrumental"),
    ("cover", "cover"),
    ("tribute", "cover"),
    ("covers", "cover"),
    ("demo", "demo"),
    ("rehearsal", "rehearsal"),
    ("session", "session"),
    ("sessions", "session"),
    ("arr", "arrangement"),
    ("arranged", "arrangement"),
    ("arrangement", "arrangement"),
    ("sped", "sped"),
    ("slowed", "slowed"),
    ("reverb", "reverb"),
    ("nightcore", "nightcore"),
    ("commentary", "commentary"),
    ("rerecorded", "rerecorded"),
    ("originally", "cover"),
];

/// Makes it another recording on a track; beside a word about the picture it says something about the video instead.
const CUT: &[(&str, &str)] = &[
    ("edit", "edit"),
    ("extended", "extended"),
    ("version", "version"),
    ("versao", "version"),
    ("versione", "version"),
    ("ver", "version"),
    ("remaster", "remaster"),
    ("remastered", "remaster"),
    ("remasterizado", "remaster"),
    ("remasterizada", "remaster"),
    ("radio", "radio"),
    ("mono", "mono"),
    ("stereo", "stereo"),
    ("reprise", "reprise"),
    ("interlude", "interlude"),
    ("skit", "skit"),
    ("bonus", "bonus"),
    ("short", "short"),
    ("alternate", "alternate"),
    ("duet", "duet"),
];

/// Says in which wrapping a recording was sold; the recording is the same.
const WRAPPING: &[&str] = &[
    "album",
    "original",
    "originals",
    "main",
    "lp",
    "explicit",
    "clean",
    "edited",
    "uncensored",
    "censored",
    "dirty",
    "standard",
    "official",
    "oficial",
    "version",
    "ver",
    "versao",
    "versione",
    "bonus",
    "track",
    "non",
    "only",
    "deluxe",
    "edition",
    "the",
    "audio",
    "song",
];

/// Says that a bracket of a video is about the picture, or about how the video came to be.
const PICTURE: &[&str] = &[
    "video",
    "videos",
    "videoclip",
    "videoclipe",
    "clip",
    "clipe",
    "mv",
    "visualizer",
    "visualiser",
    "visual",
    "lyric",
    "lyrics",
    "lyrical",
    "letra",
    "letras",
    "testo",
    "paroles",
    "legendado",
    "film",
    "teaser",
    "trailer",
    "premiere",
    "hd",
    "hq",
    "uhd",
    "4k",
    "8k",
    "720p",
    "1080p",
    "2160p",
    "performance",
    "choreography",
    "animated",
    "audio",
    "vevo",
    "klip",
    "klibi",
    "musicvideo",
    "videoclipes",
    "videoklip",
    "360",
    "subtitulado",
    "sub",
    "клип",
    "видео",
    "видеоклип",
    "премьера",
    "текст",
    "βιντεο",
    "στιχοι",
    "كليب",
    "فيديو",
    "كلمات",
    "حصريا",
    "lirik",
    "sozleri",
];

/// May stand beside a word about the picture and says as little.
const FILLER: &[&str] = &[
    "official",
    "oficial",
    "officiel",
    "officielle",
    "offizielles",
    "ufficiale",
    "resmi",
    "offical",
    "music",
    "musical",
    "full",
    "song",
    "the",
    "new",
    "latest",
    "en",
    "with",
    "and",
    "our",
    "in",
    "premium",
    "explicit",
    "clean",
    "exclusive",
    "original",
    "complete",
    "completo",
    "oficiell",
    "официальный",
    "официальное",
    "επισημο",
    "الرسمي",
    "uncut",
    "uncensored",
    "directors",
    "cut",
    "vertical",
    "musik",
    "muzik",
    "video4k",
];

/// Leads to the names of guests at the start of a bracket; `feat`, `ft` and `featuring` do so anywhere.
const WITH: &[&str] = &[
    "with",
    "w",
    "con",
    "avec",
    "mit",
    "duet with",
    "duetto con",
    "participacao especial de",
    "participacao especial",
    "participacao de",
    "participacion especial de",
    "participacion de",
];

/// Where a song comes from: a film, a series, a play.
const ORIGIN: &[&str] = &[
    "soundtrack",
    "motion picture",
    "ost",
    "original score",
    "trilha sonora",
    "banda sonora",
    "bande originale",
];

fn lookup(table: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    table
        .iter()
        .find(|(spelling, _)| *spelling == word)
        .map(|(_, canonical)| *canonical)
}

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
    if let Some(length) = leads_to_guests(words) {
        return Note::Guests(length);
    }
    let list: Vec<&str> = words.split(' ').collect();
    let recording = list.iter().any(|word| lookup(RECORDING, word).is_some());
    let cut = list.iter().any(|word| lookup(CUT, word).is_some());
    let picture = list.iter().any(|word| PICTURE.contains(word));
    if side == Side::Video && picture && !recording {
        return Note::Noise;
    }
    if words == "original mix" {
        return Note::Noise;
    }
    if recording || cut {
        let version = version_words(&list);
        return if version.is_empty() {
            Note::Noise
        } else {
            Note::Version(version)
        };
    }
    if says_nothing(words) {
        return Note::Noise;
    }
    if list[0] == "prod"
        || list[0] == "dir"
        || words.starts_with("produced by")
        || words.starts_with("directed by")
    {
        return Note::Noise;
    }
    let named = matches!(list[0], "from" | "de" | "da" | "aus" | "dal") && text.contains('"');
    if named || ORIGIN.iter().any(|origin| contains_words(words, origin)) {
        return Note::Origin;
    }
    Note::Unknown
}

/// Whether all words are about the picture, the wrapping or nothing.
pub(super) fn says_nothing(words: &str) -> bool {
    words.split(' ').all(|word| {
        WRAPPING.contains(&word)
            || is_year(word)
            || PICTURE.contains(&word)
            || FILLER.contains(&word)
    })
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

/// The words that tell one version from another, in their one spelling.
fn version_words(list: &[&str]) -> Vec<String> {
    let mut version: Vec<String> = list
        .iter()
        .filter(|word| !says_nothing(word) && !PREPOSITIONS.contains(word))
        .map(|word| {
            lookup(RECORDING, word)
                .or_else(|| lookup(CUT, word))
                .unwrap_or(word)
                .to_owned()
        })
        .collect();
    version.sort_unstable();
    version.dedup();
    version
}

const PREPOSITIONS: &[&str] = &[
    "a", "ao", "en", "em", "in", "at", "from", "by", "of", "for", "de", "dal", "up", "and",
];

/// Words at the end of a title that make it a version without any bracket: `Take It Acoustic`.
pub(super) fn is_trailing_version(word: &str) -> bool {
    matches!(
        word,
        "remix"
            | "rmx"
            | "refix"
            | "acoustic"
            | "karaoke"
            | "instrumental"
            | "acapella"
            | "unplugged"
    )
}

/// Whether a word at the end of a video's title may be about the picture, and whether it certainly is.
pub(super) fn trailing_picture(word: &str) -> Option<bool> {
    match word {
        "video" | "mv" | "visualizer" | "visualiser" | "lyric" | "lyrics" | "lyrical" | "audio"
        | "clip" | "clipe" | "videoclip" | "hd" | "4k" | "letra" => Some(true),
        _ if FILLER.contains(&word) => Some(false),
        _ => None,
    }
}
