//! Quoted input made safe to look at: what would steer a terminal, or cannot be seen, is shown as what it is.

use std::fmt::Write;

/// Appends `bytes` as text in which nothing is invisible or steers anything: control characters as their pictures (`␛`),
/// marks that change the direction of text as `\u{202e}`, bytes that are not UTF-8 as `\xFF`. A tab is one blank.
///
/// ```
/// let mut text = String::new();
/// mixtape::json::push_visible(&mut text, b"a\x1b[2J\xff");
/// assert_eq!(text, "a\u{241b}[2J\\xFF");
/// ```
pub fn push_visible(text: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_character(text, character);
        }
        for byte in chunk.invalid() {
            write!(text, "\\x{byte:02X}").expect("a String takes all text");
        }
    }
}

/// `text` as [`push_visible`] shows it.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    push_visible(&mut shown, text.as_bytes());
    shown
}

fn push_character(text: &mut String, character: char) {
    match character {
        '\t' => text.push(' '),
        // The pictures stand in the order of what they show.
        '\0'..='\x1F' => text.extend(char::from_u32(0x2400 + character as u32)),
        '\x7F' => text.push('\u{2421}'),
        _ if is_unseen(character) => {
            write!(text, "{}", character.escape_unicode()).expect("a String takes all text");
        }
        _ => text.push(character),
    }
}

/// C1 controls, line separators, blanks that look like none, marks without width or none of their own, and those that turn
/// the direction of text around.
fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{80}'..='\u{9F}'
            | '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'..='\u{1160}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}
