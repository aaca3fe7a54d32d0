//! What was read and not yet taken: recommendations and streams, their texts in one block of memory.

use std::ops::Range;

use crate::error::Result;
use crate::rejects::RejectBatch;

/// A batch is handed over once its texts are longer than this.
const FULL: usize = 256 * 1024;

/// The longest row that is read, whatever the limit: so that spans reach.
pub(super) const LONGEST_ROW: usize = 1 << 31;

/// A text of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Where there is no text.
    pub(super) const NONE: Span = Span {
        start: u32::MAX,
        end: 0,
    };
}

/// Work, composer and title.
pub(super) type Texts<T> = [T; 3];

/// A track of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub(super) track: Span,
    pub(super) texts: Texts<Span>,
}

/// A playlist of a user.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) user: Span,
    /// The digits of its name.
    pub(super) playlist: Span,
    /// The row of PLAYLISTS that it is in, from 1.
    pub(super) line: u32,
    /// Its tracks among those of the batch.
    pub(super) tracks: Range<usize>,
}

/// A stream that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stream {
    pub(super) user: Span,
    pub(super) playlist: Span,
    pub(super) track: Span,
    pub(super) seconds: i64,
    /// Microseconds, where it has a time.
    pub(super) moment: Option<i64>,
}

/// Some of what PLAYLISTS or EVENTS hold, in their order.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) text: String,
    pub(super) lists: Vec<List>,
    pub(super) listed: Vec<Listed>,
    pub(super) streams: Vec<Stream>,
    pub(super) rejects: RejectBatch,
    /// Rows or events that led to it.
    pub(super) read: u64,
    /// With its rejects there are too many, and the run ends: they shall be seen.
    pub(super) has_last_reject: bool,
}

/// How far a batch was filled.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    text: usize,
    lists: usize,
    listed: usize,
}

impl Batch {
    /// Appends a text. Rows are bounded far below the 4 GiB that a span can reach.
    pub(super) fn text(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        Span { start, end }
    }

    pub(super) fn get(&self, span: Span) -> &str {
        &self.text[span.start as usize..span.end as usize]
    }

    pub(super) fn get_texts(&self, spans: Texts<Span>) -> Texts<Option<&str>> {
        spans.map(|span| (span != Span::NONE).then(|| self.get(span)))
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            text: self.text.len(),
            lists: self.lists.len(),
            listed: self.listed.len(),
        }
    }

    /// Takes back all that came behind a mark.
    pub(super) fn return_to(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.lists.truncate(mark.lists);
        self.listed.truncate(mark.listed);
    }

    /// The text behind a mark.
    pub(super) fn text_behind(&self, mark: Mark) -> &str {
        &self.text[mark.text..]
    }

    /// The lists behind a mark.
    pub(super) fn lists_behind(&mut self, mark: Mark) -> &mut [List] {
        &mut self.lists[mark.lists..]
    }

    /// The same, to look at.
    pub(super) fn lists_from(&self, mark: Mark) -> &[List] {
        &self.lists[mark.lists..]
    }

    pub(super) fn is_full(&self) -> bool {
        let items =
            self.listed.len() * size_of::<Listed>() + self.streams.len() * size_of::<Stream>();
        self.text.len() + items + self.rejects.bytes() > FULL
    }
}

/// Takes batches in their order.
pub(super) trait Consumer {
    fn take(&mut self, batch: Batch) -> Result<()>;
}
