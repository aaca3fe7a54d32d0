//! How the document lays out its playlists, so that new ones look like their neighbours.

use serde::{Deserialize, Serialize};

use super::outline::Outline;
use super::sample::{ObjectStyle, SAMPLE, sample_document, sample_objects, separator_like};
use crate::error::Result;
use crate::io::Rereadable;
use crate::mixtape::layout::Layout;

/// White space and punctuation of a playlist, byte for byte.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::mixtape) struct PlaylistStyle {
    /// In front of the first playlist of an array that had none, and behind the last.
    pub(in crate::mixtape) lead: Vec<u8>,
    pub(in crate::mixtape) trail: Vec<u8>,
    /// Between two playlists.
    pub(in crate::mixtape) between: Vec<u8>,
    /// The object around the playlist, in the wrapped layout.
    pub(in crate::mixtape) wrapper: ObjectStyle,
    pub(in crate::mixtape) object: ObjectStyle,
    pub(in crate::mixtape) songs: ArrayStyle,
}

/// White space and punctuation of an array.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::mixtape) struct ArrayStyle {
    pub(in crate::mixtape) lead: Vec<u8>,
    pub(in crate::mixtape) separator: Vec<u8>,
    pub(in crate::mixtape) trail: Vec<u8>,
}

impl PlaylistStyle {
    /// The style of the last playlist; where there is none, of the other elements or the document.
    pub(in crate::mixtape) fn of(mixtape: &Rereadable, outline: &Outline<'_>) -> Result<Self> {
        let Some(last) = &outline.ends.last else {
            let head = mixtape.read_range(0..mixtape.length().min(SAMPLE))?;
            return Ok(Self::of_document(&head, outline));
        };
        let head = mixtape.read_range(last.start..last.end.min(last.start + SAMPLE))?;
        let tail = mixtape.read_range(last.start.max(last.end.saturating_sub(SAMPLE))..last.end)?;
        // Between the last two, or in front of the only one.
        let array_start = outline.array.start + 1;
        let gap_start = outline.ends.before_last.unwrap_or(array_start);
        let gap =
            mixtape.read_range(gap_start.max(last.start.saturating_sub(SAMPLE))..last.start)?;
        Ok(Self::of_playlist(&head, &tail, &gap, outline))
    }

    pub(in crate::mixtape) fn of_playlist(
        head: &[u8],
        tail: &[u8],
        gap: &[u8],
        outline: &Outline<'_>,
    ) -> Self {
        let wrapped = outline.layout == Layout::Wrapped;
        let (outer, inner) = sample_objects(head);
        let (mut wrapper, mut object) = if wrapped {
            (outer.clone(), inner.unwrap_or(outer))
        } else {
            (ObjectStyle::default(), outer)
        };
        let (rest, close) = split_close(tail);
        if wrapped {
            object.close = split_close(rest).1.to_vec();
            wrapper.close = close.to_vec();
        } else {
            object.close = close.to_vec();
        }
        let between = if gap.contains(&b',') {
            gap.to_vec()
        } else {
            separator_like(gap, &object.colon)
        };
        PlaylistStyle {
            lead: gap.to_vec(),
            trail: Vec::new(),
            between,
            songs: song_style(&object, outline),
            wrapper,
            object,
        }
    }

    pub(in crate::mixtape) fn of_document(head: &[u8], outline: &Outline<'_>) -> Self {
        let sample = sample_document(head);
        let step = sample.document.open.clone(); // "\n  ": one level
        let unit = step
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(&[][..], |end| &step[end + 1..]);
        let deeper = |white: &[u8]| match white.contains(&b'\n') {
            true => [white, unit].concat(),
            false => white.to_vec(),
        };
        let lead = sample.lead.unwrap_or_else(|| deeper(&step));
        let element = sample.element.map(ObjectStyle::completed);
        let mut object = element.unwrap_or_else(|| ObjectStyle {
            open: deeper(&lead),
            separator: separator_like(&deeper(&lead), &sample.document.colon),
            colon: sample.document.colon.clone(),
            close: lead.clone(),
        });
        let mut wrapper = ObjectStyle::default();
        if outline.layout == Layout::Wrapped {
            wrapper = object.clone();
            object.close = wrapper.open.clone();
            object.open = deeper(&wrapper.open);
            object.separator = separator_like(&object.open, &object.colon);
        }
        PlaylistStyle {
            between: separator_like(&lead, &object.colon),
            trail: if lead.contains(&b'\n') {
                step.clone()
            } else {
                lead.clone()
            },
            lead,
            songs: song_style(&object, outline),
            wrapper,
            object,
        }
    }
}

/// How a song array that shows nothing itself is laid out: as its neighbours, or as the object around it.
pub(in crate::mixtape) fn song_style(object: &ObjectStyle, outline: &Outline<'_>) -> ArrayStyle {
    let separators = outline.separators;
    let mut style = ArrayStyle {
        lead: separators.lead().to_vec(),
        separator: Vec::new(),
        trail: separators.trail().to_vec(),
    };
    if !separators.any() && object.open.contains(&b'\n') {
        let unit = object
            .open
            .strip_prefix(&object.close[..])
            .unwrap_or_default();
        style.lead = [&object.open, unit].concat();
        style.trail = object.open.clone();
    }
    style.separator = match separators.get(super::separator::UNKNOWN) {
        Some(separator) => separator.to_vec(),
        None => separator_like(&style.lead, &object.colon),
    };
    style
}

/// Cuts the closing brace off an object's text: what is before its white space, and that.
fn split_close(text: &[u8]) -> (&[u8], &[u8]) {
    let inner = text.strip_suffix(b"}").unwrap_or(text);
    let end = inner.trim_ascii_end().len();
    inner.split_at(end)
}
