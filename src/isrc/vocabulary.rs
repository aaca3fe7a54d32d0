//! The words that catalogues and video titles add to the name of a song, in the languages in which they are common.
//!
//! All of them are as [`words`](super::fold::words) folds them.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

/// What a word may mean beside a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sense {
    /// Makes it another recording wherever it stands; the one spelling of the word.
    pub(super) recording: Option<&'static str>,
    /// Makes it another recording on a track; beside a word about the picture it says something about the video instead.
    pub(super) cut: Option<&'static str>,
    /// Says that a bracket of a video is about the picture, or about how the video came to be.
    pub(super) picture: bool,
    /// Says nothing about the recording: a wrapping in which it was sold, a filler.
    pub(super) empty: bool,
}

/// What `word` may mean.
pub(super) fn sense(word: &str) -> Sense {
    SENSES.get(word).copied().unwrap_or_default()
}

static SENSES: LazyLock<HashMap<&'static str, Sense, RandomState>> = LazyLock::new(|| {
    let mut senses: HashMap<&'static str, Sense, RandomState> = HashMap::default();
    for (word, spelling) in RECORDING {
        senses.entry(word).or_default().recording = Some(spelling);
    }
    for (word, spelling) in CUT {
        senses.entry(word).or_default().cut = Some(spelling);
    }
    for word in PICTURE {
        senses.entry(word).or_default().picture = true;
    }
    for word in PICTURE.iter().chain(WRAPPING).chain(FILLER) {
        senses.entry(word).or_default().empty = true;
    }
    senses
});

/// See [`Sense::recording`].
#[rustfmt::skip]
const RECORDING: &[(&str, &str)] = &[
    ("live", "live"), ("vivo", "live"), ("directo", "live"), ("remix", "remix"), ("remixed", "remix"),
    ("rmx", "remix"), ("remezcla", "remix"), ("refix", "refix"), ("rework", "rework"), ("reworked", "rework"),
    ("remake", "remake"), ("bootleg", "bootleg"), ("mashup", "mashup"), ("mash", "mashup"), ("flip", "flip"),
    ("vip", "vip"), ("dub", "dub"), ("mix", "mix"), ("megamix", "mix"), ("medley", "medley"), ("mixed", "mixed"),
    ("acoustic", "acoustic"), ("acustico", "acoustic"), ("acustica", "acoustic"), ("acoustique", "acoustic"),
    ("akustik", "acoustic"), ("unplugged", "unplugged"), ("stripped", "stripped"), ("piano", "piano"),
    ("orchestral", "orchestral"), ("symphonic", "orchestral"), ("acapella", "acapella"), ("acappella", "acapella"),
    ("cappella", "acapella"), ("capella", "acapella"), ("karaoke", "karaoke"), ("instrumental", "instrumental"),
    ("dubstrumental", "instrumental"), ("cover", "cover"), ("tribute", "cover"), ("covers", "cover"),
    ("demo", "demo"), ("rehearsal", "rehearsal"), ("session", "session"), ("sessions", "session"),
    ("arr", "arrangement"), ("arranged", "arrangement"), ("arrangement", "arrangement"), ("sped", "sped"),
    ("slowed", "slowed"), ("reverb", "reverb"), ("nightcore", "nightcore"), ("commentary", "commentary"),
    ("rerecorded", "rerecorded"), ("originally", "cover"),
    ("ремикс", "remix"), ("акустика", "acoustic"), ("кавер", "cover"), ("караоке", "karaoke"), ("живое", "live"),
    ("концерт", "live"), ("リミックス", "remix"), ("ライブ", "live"), ("アコースティック", "acoustic"), ("カラオケ", "karaoke"),
    ("리믹스", "remix"), ("라이브", "live"), ("어쿠스틱", "acoustic"), ("커버", "cover"), ("ζωντανα", "live"),
    ("ακουστικο", "acoustic"), ("ريمكس", "remix"), ("canli", "live"), ("akustik", "acoustic"),
];

/// See [`Sense::cut`].
#[rustfmt::skip]
const CUT: &[(&str, &str)] = &[
    ("edit", "edit"), ("extended", "extended"), ("version", "version"), ("versao", "version"),
    ("versione", "version"), ("ver", "version"), ("remaster", "remaster"), ("remastered", "remaster"),
    ("remasterizado", "remaster"), ("remasterizada", "remaster"), ("radio", "radio"), ("mono", "mono"),
    ("stereo", "stereo"), ("reprise", "reprise"), ("interlude", "interlude"), ("skit", "skit"), ("bonus", "bonus"),
    ("short", "short"), ("alternate", "alternate"), ("duet", "duet"),
];

/// Says in which wrapping a recording was sold; the recording is the same.
#[rustfmt::skip]
const WRAPPING: &[&str] = &[
    "album", "original", "originals", "main", "lp", "explicit", "clean", "edited", "uncensored", "censored", "dirty",
    "standard", "official", "oficial", "version", "ver", "versao", "versione", "bonus", "track", "non", "only",
    "deluxe", "edition", "the", "audio", "song",
];

/// See [`Sense::picture`].
#[rustfmt::skip]
const PICTURE: &[&str] = &[
    "video", "videos", "videoclip", "videoclipe", "clip", "clipe", "mv", "visualizer", "visualiser", "visual",
    "lyric", "lyrics", "lyrical", "letra", "letras", "testo", "paroles", "legendado", "film", "teaser", "trailer",
    "premiere", "hd", "hq", "uhd", "4k", "8k", "720p", "1080p", "2160p", "performance", "choreography", "animated",
    "audio", "vevo", "klip", "klibi", "musicvideo", "videoclipes", "videoklip", "360", "subtitulado", "sub", "клип",
    "видео", "видеоклип", "премьера", "текст", "βιντεο", "στιχοι", "كليب", "فيديو", "كلمات", "حصريا", "lirik",
    "sozleri",
    "teledysk", "musiikkivideo", "뮤직비디오", "가사", "ミュージックビデオ", "歌詞", "歌词", "קליפ", "ویدیو", "वीडियो",
    "κλιπ", "klipp", "videoklipp", "kliip",
];

/// May stand beside a word about the picture and says as little.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "official", "oficial", "officiel", "officielle", "offizielles", "ufficiale", "resmi", "offical", "music",
    "musical", "full", "song", "the", "new", "latest", "en", "with", "and", "our", "in", "premium", "explicit",
    "clean", "exclusive", "original", "complete", "completo", "oficiell", "официальный", "официальное", "επισημο",
    "الرسمي", "uncut", "uncensored", "directors", "cut", "vertical", "musik", "muzik", "video4k",
    "oficjalny", "oficialni", "officiele", "hivatalos", "virallinen", "ofisiell", "offisiell", "zvanicni", "chinh", "thuc",
    "公式", "공식", "官方", "הרשמי", "رسمی", 
];

/// Leads to the names of guests at the start of a bracket; `feat`, `ft` and `featuring` do so anywhere.
#[rustfmt::skip]
pub(super) const WITH: &[&str] = &[
    "with", "w", "con", "avec", "mit", "duet with", "duetto con", "participacao especial de", "participacao especial",
    "participacao de", "participacion especial de", "participacion de",
];

/// Where a song comes from: a film, a series, a play.
#[rustfmt::skip]
pub(super) const ORIGIN: &[&str] = &[
    "soundtrack", "motion picture", "ost", "original score", "trilha sonora", "banda sonora", "bande originale",
];

/// Words that stand between those of a version.
#[rustfmt::skip]
pub(super) const PREPOSITIONS: &[&str] = &[
    "a", "ao", "en", "em", "in", "at", "from", "by", "of", "for", "de", "dal", "up", "and",
];

/// At the end of a title they make it a version without any bracket: `Take It Acoustic`.
#[rustfmt::skip]
pub(super) const TRAILING_VERSIONS: &[&str] = &[
    "remix", "rmx", "refix", "acoustic", "karaoke", "instrumental", "acapella", "unplugged",
];

/// At the end of a video's title they are about the picture, together with the fillers around them.
#[rustfmt::skip]
pub(super) const TRAILING_PICTURE: &[&str] = &[
    "video", "mv", "visualizer", "visualiser", "lyric", "lyrics", "lyrical", "audio", "clip", "clipe", "videoclip",
    "hd", "4k", "letra",
    "teledysk", "klip", "klibi", "videoclipe", "клип", "видео", "뮤직비디오",
];

/// Whether a word at the end of a video's title may be a filler.
pub(super) fn is_filler(word: &str) -> bool {
    FILLER.contains(&word)
}
