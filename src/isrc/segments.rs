//! Where a video's title can be cut: at bars, dashes, quotes and, at last, between any two words.

use super::fold;
use super::note;

/// How one part of a title is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut<'a> {
    /// What stands before and behind the first dash, and the last one.
    Dashes {
        first: (&'a str, &'a str),
        last: (&'a str, &'a str),
    },
    /// `Artist 'Song' and more`
    Quote {
        before: &'a str,
        inside: &'a str,
        behind: &'a str,
    },
    /// Nothing divides it.
    None,
}

/// The parts between bars that are not noise; a leading `Video:` is taken away.
pub(super) fn pieces(primary: &str) -> impl Iterator<Item = &str> {
    bars(primary)
        .into_iter()
        .flat_map(slashes)
        .map(|piece| without_label(piece.trim()))
        .filter(|piece| {
            let words = fold::words(piece);
            !words.is_empty() && !note::says_nothing(&words)
        })
}

/// Cuts at slashes between blanks: `Song / Artist`, or two whole titles. `Artist - Song / Song` is a medley and stays whole.
fn slashes(piece: &str) -> Vec<&str> {
    let parts: Vec<&str> = piece.split(" / ").collect();
    let is_dashed = |part: &&str| matches!(cut(part), Cut::Dashes { .. });
    let dashed = parts.iter().filter(|part| is_dashed(part)).count();
    let is_bracketed = |part: &str| part.matches('(').count() != part.matches(')').count();
    if parts.iter().any(|part| is_bracketed(part)) || (dashed != 0 && dashed != parts.len()) {
        return vec![piece];
    }
    parts
}

/// Cuts at bars outside brackets.
fn bars(primary: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    for (i, byte) in primary.bytes().enumerate() {
        let length = match byte {
            b'(' => {
                depth += 1;
                0
            }
            b')' => {
                depth = depth.saturating_sub(1);
                0
            }
            b'|' => 1,
            b'/' if primary[..i].ends_with(' ') && primary[i..].starts_with("// ") => 2,
            _ => 0,
        };
        if length > 0 && depth == 0 {
            parts.push(&primary[start..i]);
            start = i + length;
        }
    }
    parts.push(&primary[start..]);
    parts
}

fn without_label(piece: &str) -> &str {
    let Some((label, rest)) = piece.split_once(':').or_else(|| piece.split_once(" - ")) else {
        return piece;
    };
    let words = fold::words(label);
    let is_label = note::says_nothing(&words) && note::is_about_the_picture(&words);
    if is_label && !rest.trim().is_empty() {
        rest.trim()
    } else {
        piece
    }
}

/// Divides a part.
pub(super) fn cut(piece: &str) -> Cut<'_> {
    let dashes = separators(piece, &[" - ", " -", "- ", " _ ", " ~ "]);
    if let (Some(&(start, end)), Some(&last)) = (dashes.first(), dashes.last()) {
        return Cut::Dashes {
            first: (piece[..start].trim(), piece[end..].trim()),
            last: (piece[..last.0].trim(), piece[last.1..].trim()),
        };
    }
    if let Some(quote) = quoted(piece) {
        return quote;
    }
    if let Some(&(start, end)) = separators(piece, &[": "]).first() {
        let halves = (piece[..start].trim(), piece[end..].trim());
        return Cut::Dashes {
            first: halves,
            last: halves,
        };
    }
    Cut::None
}

/// Where one of `marks` stands outside brackets with text on both sides.
fn separators(piece: &str, marks: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut passed = 0;
    for (i, byte) in piece.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b' ' | b'-' | b':' if depth == 0 && i >= passed => {
                let Some(mark) = marks.iter().find(|mark| piece[i..].starts_with(**mark)) else {
                    continue;
                };
                let end = i + mark.len();
                if !piece[..i].trim().is_empty() && !piece[end..].trim().is_empty() {
                    found.push((i, end));
                    passed = end;
                }
            }
            _ => {}
        }
    }
    found
}

/// A quoted title behind something. A quote begins behind a blank and ends before one, so that an apostrophe
/// inside a word is none.
fn quoted(piece: &str) -> Option<Cut<'_>> {
    for quote in ['"', '\''] {
        // Nobody writes an apostrophe as a double one.
        let is_sure = quote == '"';
        let opens = |i: usize| is_sure || piece[..i].ends_with([' ', '(']) || i == 0;
        let closes = |i: usize| {
            is_sure || piece[i + 1..].starts_with([' ', '(', ')']) || i + 1 == piece.len()
        };
        let Some((start, _)) = piece.match_indices(quote).find(|(i, _)| opens(*i)) else {
            continue;
        };
        let Some((end, _)) = piece
            .match_indices(quote)
            .rfind(|(i, _)| *i > start && closes(*i))
        else {
            continue;
        };
        let before = piece[..start].trim();
        let inside = piece[start + 1..end].trim();
        if !before.is_empty() && !inside.is_empty() {
            let behind = piece[end + 1..].trim();
            return Some(Cut::Quote {
                before,
                inside,
                behind,
            });
        }
    }
    None
}

/// `Song by Artist`
pub(super) fn by(text: &str) -> Option<(&str, &str)> {
    let start = text
        .rfind(" by ")
        .or_else(|| text.rfind(" By "))
        .or_else(|| text.rfind(" BY "))?;
    let (title, names) = (text[..start].trim(), text[start + 4..].trim());
    (!title.is_empty() && !names.is_empty()).then_some((title, names))
}

/// Every way to cut between two words, with the artist in front.
pub(super) fn splits(piece: &str) -> impl Iterator<Item = (&str, &str)> {
    let blanks = piece.match_indices(' ').map(|(i, _)| i);
    blanks
        .map(|i| (piece[..i].trim(), piece[i..].trim()))
        .filter(|(names, title)| !names.is_empty() && !title.is_empty() && !names.contains('('))
        .take(MAX_SPLITS)
}

/// Words of the longest artist who is looked for in front of a title without a separator.
const MAX_SPLITS: usize = 6;
