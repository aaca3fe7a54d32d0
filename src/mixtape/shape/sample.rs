//! What the first bytes of a document or a playlist show of its style.

use serde::{Deserialize, Serialize};
use struson::reader::ValueType;

use crate::json::{self, DocumentReader, Failure, HoldLimit, Limits, Window, ask, name};
use crate::mixtape::kind::Kind;

/// Bytes looked at for the style: of the last playlist, or of the document where it has no playlist.
pub(super) const SAMPLE: u64 = 64 * 1024;

/// Never met: a sample fits any window.
const SAMPLE_LIMITS: Limits = Limits {
    hold: HoldLimit {
        bytes: SAMPLE as usize,
        what: "a sample",
        flag: "none",
    },
    depth: u32::MAX, // the document's own was kept when it was indexed
};

/// White space and punctuation of an object.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::mixtape) struct ObjectStyle {
    /// Behind `{`.
    pub(in crate::mixtape) open: Vec<u8>,
    /// Between a name and its value.
    pub(in crate::mixtape) colon: Vec<u8>,
    /// Between two members.
    pub(in crate::mixtape) separator: Vec<u8>,
    /// Before `}`.
    pub(in crate::mixtape) close: Vec<u8>,
}

impl ObjectStyle {
    /// With what a sample has not shown, because it had no member or ended too early: punctuation is never left out.
    pub(super) fn completed(mut self) -> Self {
        if !self.colon.contains(&b':') {
            self.colon = b": ".to_vec();
        }
        if !self.separator.contains(&b',') {
            self.separator = separator_like(&self.open, &self.colon);
        }
        self
    }
}

/// A separator that nobody shows: a line each where elements have one; else with a blank where colons have one.
pub(super) fn separator_like(lead: &[u8], colon: &[u8]) -> Vec<u8> {
    if lead.contains(&b'\n') {
        return [b",", lead].concat();
    }
    let blank = colon.ends_with(b" ");
    if blank { b", ".to_vec() } else { b",".to_vec() }
}

/// The style of an object at the start of `text`, and of the `playlist` among its members. The text may end anywhere:
/// what was seen by then counts.
pub(super) fn sample_objects(text: &[u8]) -> (ObjectStyle, Option<ObjectStyle>) {
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
pub(super) struct DocumentSample {
    pub(in crate::mixtape) document: ObjectStyle,
    /// White space in front of the first user or song.
    pub(in crate::mixtape) lead: Option<Vec<u8>>,
    pub(in crate::mixtape) element: Option<ObjectStyle>,
}

/// The sample of a document that begins with `text`.
pub(super) fn sample_document(text: &[u8]) -> DocumentSample {
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
