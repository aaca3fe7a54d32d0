//! Texts of others on the page. The templates escape what is markup; this is about what is not, and yet does more than be read.

use maud::{Markup, html};

use crate::report::text::shortened;

/// Columns of the longest name in a chart: beside it there is room for a value on a telephone.
const LONGEST: usize = 24;

/// A text on one line, without characters of control: their pictures stand there.
pub(super) fn legible(text: &str) -> String {
    let legible = |character| match character {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\x1F' => char::from_u32(0x2400 + character as u32).unwrap_or(' '),
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}' => char::REPLACEMENT_CHARACTER,
        _ => character,
    };
    text.chars().map(legible).collect()
}

/// A text that has its own direction, and turns around nothing beside it.
pub(super) fn isolated(text: &str) -> Markup {
    html! { bdi { (legible(text)) } }
}

/// A text in a picture, as short as there is room, and whole where one points at it.
pub(super) fn in_svg(text: &str) -> Markup {
    let text = legible(text);
    html! { title { (text) } (format!("\u{2068}{}\u{2069}", shortened(&text, LONGEST))) }
}

/// The day of a time.
pub(super) fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// The day of a time, and what the clock showed without its seconds.
pub(super) fn minute(time: &str) -> &str {
    time.get(..16).unwrap_or(time)
}
