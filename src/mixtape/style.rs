//! How the document lays out its playlists, so that new ones look like their neighbours.

use serde::{Deserialize, Serialize};
use struson::reader::ValueType;

use super::kind::Kind;
use super::layout::Layout;
use super::outline::Outline;
use crate::error::Result;
use crate::io::Rereadable;
use crate::json::{self, DocumentReader, Failure, HoldLimit, Limits, Window, ask, name};

/// Bytes looked at for the style: of the last playlist, or of the document where it has no playlist.
const SAMPLE: u64 = 64 * 1024;

/// Never met: a sample fits any window.
const SAMPLE_LIMITS: Limits = Limits {
    hold: HoldLimit {
        bytes: SAMPLE as usize,
        what: "a sample",
        flag: "none",
    },
    depth: u32::MAX, // the document's own was kept when it was indexed
};

/// White space and punctuation of a playlist, byte for byte.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PlaylistStyle {
    /// In front of the first playlist of an array that had none, and behind the last.
    pub(super) lead: Vec<u8>,
    pub(super) trail: Vec<u8>,
    /// Between two playlists.
    pub(super) between: Vec<u8>,
    /// The object around the playlist, in the wrapped layout.
    pub(super) wrapper: ObjectStyle,
    pub(super) object: ObjectStyle,
    pub(super) songs: ArrayStyle,
}

/// White space and punctuation of an object.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ObjectStyle {
    /// Behind `{`.
    pub(super) open: Vec<u8>,
    /// Between a name and its value.
    pub(super) colon: Vec<u8>,
    /// Between two members.
    pub(super) separator: Vec<u8>,
    /// Before `}`.
    pub(super) close: Vec<u8>,
}

impl ObjectStyle {
    /// With what a sample has not shown, because it had no member or ended too early: punctuation is never left out.
    fn completed(mut self) -> Self {
        if !self.colon.contains(&b':') {
            self.colon = b": ".to_vec();
        }
        if !self.separator.contains(&b',') {
            self.separator = separator_like(&self.open, &self.colon);
        }
        self
    }
}

/// White space and punctuation of an array.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct ArrayStyle {
    pub(super) lead: Vec<u8>,
    pub(super) separator: Vec<u8>,
    pub(super) trail: Vec<u8>,
}

impl PlaylistStyle {
    /// The style of the last playlist; where there is none, of the other elements or the document.
    pub(super) fn of(mixtape: &Rereadable, outline: &Outline<'_>) -> Result<Self> {
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

    pub(super) fn of_playlist(head: &[u8], tail: &[u8], gap: &[u8], outline: &Outline<'_>) -> Self {
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

    pub(super) fn of_document(head: &[u8], outline: &Outline<'_>) -> Self {
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
pub(super) fn song_style(object: &ObjectStyle, outline: &Outline<'_>) -> ArrayStyle {
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

/// A separator that nobody shows: a line each where elements have one; else with a blank where colons have one.
fn separator_like(lead: &[u8], colon: &[u8]) -> Vec<u8> {
    if lead.contains(&b'\n') {
        return [b",", lead].concat();
    }
    let blank = colon.ends_with(b" ");
    if blank { b", ".to_vec() } else { b",".to_vec() }
}

/// Cuts the closing brace off an object's text: what is before its white space, and that.
fn split_close(text: &[u8]) -> (&[u8], &[u8]) {
    let inner = text.strip_suffix(b"}").unwrap_or(text);
    let end = inner.trim_ascii_end().len();
    inner.split_at(end)
}

/// The style of an object at the start of `text`, and of the `playlist` among its members. The text may end anywhere:
/// what was seen by then counts.
fn sample_objects(text: &[u8]) -> (ObjectStyle, Option<ObjectStyle>) {
    let mut outer = ObjectStyle::default();
    let mut inner = None;
    if let Ok(mut window) = Window::new(text, SAMPLE_LIMITS) {
        let mut json = json::document_reader(&mut window);
        json.hold(0);
        // A sample that ends too early is no error.
        let _ = read_object(&mut json, &mut outer, &mut inner);
    }
    (outer.completed(), inner.map(ObjectStyle::completed))
}

/// What a document without playlists shows.
#[derive(Default)]
struct DocumentSample {
    document: ObjectStyle,
    /// White space in front of the first user or song.
    lead: Option<Vec<u8>>,
    element: Option<ObjectStyle>,
}

fn sample_document(text: &[u8]) -> DocumentSample {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let text = text.trim_ascii_start();
    let mut sample = DocumentSample {
        document: sample_objects(text).0,
        ..DocumentSample::default()
    };
    if let Ok(mut window) = Window::new(text, SAMPLE_LIMITS) {
        let mut json = json::document_reader(&mut window);
        json.hold(0);
        let _ = read_first_element(&mut json, &mut sample);
    }
    sample
}

fn read_first_element<J: DocumentReader>(
    json: &mut J,
    sample: &mut DocumentSample,
) -> std::result::Result<(), Failure> {
    ask(json, J::begin_object)?;
    while ask(json, J::has_next)? {
        if name(json, Kind::of_name)?.is_none() {
            ask(json, J::skip_value)?;
            continue;
        }
        ask(json, J::begin_array)?;
        let open = json.offset();
        if ask(json, J::has_next)? {
            let at = json.offset();
            sample.lead = Some(json.raw(open..at).to_vec());
            return read_object(
                json,
                sample.element.insert(ObjectStyle::default()),
                &mut None,
            );
        }
        ask(json, J::end_array)?;
    }
    Ok(())
}

fn read_object<J: DocumentReader>(
    json: &mut J,
    style: &mut ObjectStyle,
    inner: &mut Option<ObjectStyle>,
) -> std::result::Result<(), Failure> {
    ask(json, J::begin_object)?;
    let mut before = json.offset();
    let mut members = 0;
    while ask(json, J::has_next)? {
        let at = json.offset();
        match members {
            0 => style.open = json.raw(before..at).to_vec(),
            1 => style.separator = json.raw(before..at).to_vec(),
            _ => {}
        }
        let is_wrapped = name(json, |name| name == "playlist")?;
        let name_end = json.offset();
        let kind = ask(json, J::peek)?;
        let value = json.offset();
        style.colon = json.raw(name_end..value).to_vec();
        if members == 0 {
            // Until a second member shows it.
            style.separator = separator_like(&style.open, &style.colon);
        }
        if kind == ValueType::Object && is_wrapped && inner.is_none() {
            let object = inner.insert(ObjectStyle::default());
            read_object(json, object, &mut Some(ObjectStyle::default()))?;
        } else {
            ask(json, J::skip_value)?;
        }
        before = json.offset();
        members += 1;
    }
    let close = json.offset();
    style.close = json.raw(before..close).to_vec();
    ask(json, J::end_object)
}
