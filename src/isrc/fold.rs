//! Text in the one spelling in which titles and names are compared.
//!
//! Compatibility forms, case and the marks of Latin and Greek letters are folded; letters of other scripts stay themselves,
//! with those of their marks that change the word.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text with one kind of bracket, quote, dash and bar, entities resolved and invisible characters removed; letters, case
/// and punctuation as they were.
///
/// ```
/// use mixtape::isrc::fold::tidy;
/// assert_eq!(tidy("Ａｄａ – “Rain” 【ＭＶ】 &amp; more"), "Ada - \"Rain\" (MV) & more");
/// ```
pub fn tidy(text: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| {
        byte.is_ascii()
            && !matches!(
                byte,
                b'&' | b'[' | b']' | b'{' | b'}' | b'`' | b'\t' | b'\n'
            )
    };
    if text.as_bytes().iter().all(plain) {
        return Cow::Borrowed(text);
    }
    let text = without_entities(text);
    let mut tidied = String::with_capacity(text.len());
    if text.is_ascii() {
        tidied.extend(text.chars().filter_map(tidy_character));
    } else {
        // Quotes first: NFKC would make a blank and a mark of an acute accent that stands for an apostrophe.
        let quotes = text.chars().filter_map(tidy_character);
        tidied.extend(quotes.nfkc().filter_map(tidy_character));
    }
    Cow::Owned(tidied)
}

fn tidy_character(character: char) -> Option<char> {
    Some(match character {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' => '-',
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʹ' | '´' | '`' | '′' | '＇' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '〝' | '〞' | '″' => {
            '"'
        }
        '[' | '{' | '【' | '〔' | '〈' | '《' | '［' => '(',
        ']' | '}' | '】' | '〕' | '〉' | '》' | '］' => ')',
        '│' | '┃' | '∣' | '¦' | 'ǀ' | '║' => '|',
        '\t' | '\n' | '\r' => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            return None;
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => return None,
        other => other,
    })
}

/// The character references that catalogues leave in titles: the five of XML, and decimal ones.
fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') || !text.contains(';') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let resolved = rest.find(';').and_then(|end| {
            let character = match &rest[1..end] {
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "lt" => '<',
                "gt" => '>',
                name => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
            };
            Some((character, end + 1))
        });
        let (character, length) = resolved.unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The words of a [`tidy`] text in lower case without punctuation, one blank between them.
///
/// ```
/// use mixtape::isrc::fold::words;
/// assert_eq!(words("Don't Stop — P!nk & Ke$ha"), "dont stop pink and kesha");
/// assert_eq!(words("ΟΔΌΣ"), words("οδός"));
/// ```
pub fn words(text: &str) -> String {
    let mut folder = Folder {
        out: String::with_capacity(text.len()),
        base: Script::Other,
        blank: false,
    };
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        folder.push(before, character, after);
        before = character;
    }
    if folder.out.is_empty() {
        // Nothing but signs, such as "<3": then they are the title.
        return text.to_lowercase().split_whitespace().collect();
    }
    // Marks that stood apart have come together, in whatever order.
    match is_nfc_quick(folder.out.chars()) {
        IsNormalized::Yes => folder.out,
        _ => folder.out.nfc().collect(),
    }
}

/// How the letters of a script carry their marks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Latin and Greek: with or without a mark it is one word to those who type.
    Markless,
    Cyrillic,
    /// Arabic and Hebrew: the marks are vowels that may be left out.
    Pointed,
    /// A mark may change the word: Devanagari, Thai, Japanese.
    Other,
}

fn script_of(letter: char) -> Script {
    match letter {
        'a'..='z' | '0'..='9' | 'ª'..='ɏ' | 'Ḁ'..='ỿ' | 'Ͱ'..='Ͽ' | 'ἀ'..='῾' => {
            Script::Markless
        }
        'Ѐ'..='ԯ' => Script::Cyrillic,
        '\u{590}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Pointed,
        _ => Script::Other,
    }
}

fn unmarked(letter: char) -> char {
    let mut base = None;
    decompose_canonical(letter, |part| base = base.or(Some(part)));
    base.unwrap_or(letter)
}

struct Folder {
    out: String,
    base: Script,
    blank: bool,
}

impl Folder {
    fn push(&mut self, before: char, character: char, after: char) {
        match character {
            'a'..='z' | '0'..='9' => self.letter(character),
            'A'..='Z' => self.letter(character.to_ascii_lowercase()),
            '\'' => {}
            '&' | '+' => {
                self.blank = true;
                "and".chars().for_each(|letter| self.letter(letter));
                self.blank = true;
            }
            // Letters in disguise: Ke$ha, P!nk.
            '$' if before.is_alphabetic() || after.is_alphabetic() => self.letter('s'),
            '!' if before.is_alphabetic() && after.is_alphabetic() => self.letter('i'),
            // A masked letter: s**t. A star before or behind a word is decoration.
            '*' if before.is_alphanumeric() && (after == '*' || after.is_alphanumeric())
                || before == '*' && self.out.ends_with('*') =>
            {
                self.letter('*');
            }
            _ if character.is_ascii() => self.blank = true,
            _ => self.push_unicode(character),
        }
    }

    fn push_unicode(&mut self, character: char) {
        if is_combining_mark(character) {
            self.mark(character);
        } else if character == 'ـ' {
            // Stretches an Arabic word to the width of a line.
        } else if character.is_alphanumeric() {
            for lower in character.to_lowercase() {
                if is_combining_mark(lower) {
                    self.mark(lower);
                } else {
                    self.lower(lower);
                }
            }
        } else {
            self.blank = true;
        }
    }

    /// A lower-case letter that is not ASCII, perhaps with marks in it.
    fn lower(&mut self, letter: char) {
        // Without its marks first: what is left of an ǣ is still an æ.
        let letter = match script_of(letter) {
            Script::Markless => unmarked(letter),
            _ => letter,
        };
        let folded = match letter {
            'ς' => "σ",
            'ß' => "ss",
            'ı' => "i",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'ħ' => "h",
            'þ' => "th",
            'ŋ' => "n",
            'ё' => "е",
            'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
            'ى' | 'ی' => "ي",
            'ک' => "ك",
            'ة' => "ه",
            _ => return self.letter(letter),
        };
        folded.chars().for_each(|letter| self.letter(letter));
    }

    fn mark(&mut self, mark: char) {
        let keep = match self.base {
            Script::Markless | Script::Pointed => false,
            // The stress that dictionaries set; the breve of й is part of its letter.
            Script::Cyrillic => !matches!(mark, '\u{300}' | '\u{301}'),
            Script::Other => true,
        };
        if keep && !self.out.is_empty() {
            self.out.push(mark);
        }
    }

    fn letter(&mut self, letter: char) {
        if self.blank && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.blank = false;
        self.out.push(letter);
        self.base = script_of(letter);
    }
}

/// The letters of folded [`words`] alone: blanks tell nobody anything, as in `EveryTime` and `Every Time`.
pub fn key_of_words(words: &str) -> String {
    let mut key = String::with_capacity(words.len());
    for word in words.split(' ') {
        key.push_str(match word {
            "part" => "pt",
            "volume" => "vol",
            "versus" => "vs",
            other => other,
        });
    }
    key
}
