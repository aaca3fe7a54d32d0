//! Words that catalogues mask: `s**t` on the clean twin of a recording, the word itself on the explicit one.

/// What the words begin with, or hold.
const STEMS: [&str; 17] = [
    "fuck", "shit", "bitch", "nigg", "pussy", "dick", "cock", "cunt", "slut", "whore", "piss",
    "bastard", "tits", "asshole", "puta", "puto", "merde",
];

/// Words that hold none of them but are masked as they are.
const WORDS: [&str; 5] = ["ass", "hoe", "hoes", "damn", "hell"];

/// The words with each profane or masked one cut down to its first letter and a star; none where nothing is masked or would
/// be.
pub(super) fn masked(words: &[&str]) -> Option<String> {
    if !words.iter().any(|word| is_masked(word)) {
        return None;
    }
    let mut key = String::new();
    for word in words {
        if is_masked(word) {
            key.extend(word.chars().next());
            key.push('*');
        } else {
            key.push_str(word);
        }
    }
    Some(key)
}

fn is_masked(word: &str) -> bool {
    word.contains('*') || WORDS.contains(&word) || holds_stem(word.as_bytes())
}

/// One pass over the word: most letters begin no stem.
fn holds_stem(word: &[u8]) -> bool {
    (0..word.len()).any(|start| {
        matches!(
            word[start],
            b'f' | b's' | b'b' | b'n' | b'p' | b'd' | b'c' | b'w' | b't' | b'a' | b'm'
        ) && STEMS
            .iter()
            .any(|stem| word[start..].starts_with(stem.as_bytes()))
    })
}

/// Whether two keys are the same but for letters that one of them masks, at most half of all.
///
/// ```
/// use mixtape::isrc::is_masked_twin;
/// assert!(is_masked_twin("feellikes**t", "feellikeshit"));
/// assert!(!is_masked_twin("****", "love"));
/// assert!(!is_masked_twin("s**t", "ship"));
/// ```
pub fn is_masked_twin(first: &str, second: &str) -> bool {
    let stars = |key: &str| key.bytes().filter(|byte| *byte == b'*').count();
    let most = stars(first).max(stars(second));
    let length = first.chars().count();
    most > 0
        && most * 2 <= length
        && length == second.chars().count()
        && first
            .chars()
            .zip(second.chars())
            .all(|(a, b)| a == b || a == '*' || b == '*')
}
