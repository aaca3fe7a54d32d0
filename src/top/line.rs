//! Scored lines, `<score>: <record>`, read from the window without a buffer for the line.

use std::io::Read;
use std::ops::Range;

use struson::reader::ValueType;

use super::blanks::{io_at, skip_blanks};
use super::heap::BoundedHeap;
use super::score::Score;
use super::score_reader::ScoreReader;
use super::scored_line::ScoredLine;
use super::winners::Winner;
use super::{Keep, TopOptions};
use crate::error::{Element, Error};
use crate::json::{
    self, CheckedLines, Demand, DocumentReader, Failure, Held, HoldLimit, Place, Position, Window,
    ask, expect, name,
};

/// Reads line after line into buffers that serve all of them.
pub(super) struct LineReader {
    checked: Option<CheckedLines>,
    keep: Keep,
    id_limit: HoldLimit,
    line_limit: HoldLimit,
    score: ScoreReader,
    id: Vec<u8>,
    /// Lines begun that are not blank.
    records: u64,
    /// Offset of the record that is being read.
    record: Option<u64>,
}

impl LineReader {
    pub(super) fn new(options: &TopOptions) -> Self {
        let longest = match options.keep {
            Keep::Ids => options.max_id,
            Keep::Lines => options.max_id.min(options.max_line),
        };
        LineReader {
            checked: CheckedLines::new(longest, options.max_depth),
            keep: options.keep,
            id_limit: options.id_limit(),
            line_limit: options.line_limit(),
            score: ScoreReader::new(options.max_score_digits),
            id: Vec::new(),
            records: 0,
            record: None,
        }
    }

    /// Another part of the input begins.
    pub(super) fn count_anew(&mut self) {
        self.records = 0;
    }

    /// How many records were begun in this part of the input.
    #[inline]
    pub(super) fn records(&self) -> u64 {
        self.records
    }

    /// The error for what this reader could not read on in `window`. `before` is how many records come in front of this part of
    /// the input; `position` gives that of an offset.
    #[cold]
    pub(super) fn error<R>(
        &self,
        name: &str,
        failure: Failure,
        window: &Window<R>,
        before: u64,
        position: impl FnOnce(u64) -> Position,
    ) -> Error {
        let error = Error::of_failure(name, failure, |offset| Place {
            position: position(offset),
            ..window.place(offset, self.record)
        });
        error.in_element(Element {
            name: "record",
            number: before + self.records,
            path: "$".to_owned(),
        })
    }

    /// The next line that is not blank and starts before the offset `until`; none at the end. Lines that do not rank high
    /// enough may be passed over.
    pub(super) fn next<'a, R: Read>(
        &'a mut self,
        window: &'a mut Window<R>,
        until: u64,
        heap: &BoundedHeap<Winner>,
    ) -> Result<Option<ScoredLine<'a>>, Failure> {
        self.pass_over(window, until, heap);
        let start = match self.find_line(window)? {
            Some(start) if start < until => start,
            _ => return Ok(None),
        };
        self.records += 1;
        self.record = None;
        if !self.score.read_quickly(window) {
            self.score.read(window)?;
        }
        self.read_record(window)?;
        let end = io_at(window, Window::skip_line)?;
        if self.keep == Keep::Lines {
            self.line_limit.check(&(start..end))?;
        }
        let score = self.score.score();
        let text = match self.keep {
            Keep::Ids => &[],
            Keep::Lines => {
                let line = window.raw(start..end);
                line.strip_suffix(b"\r").unwrap_or(line)
            }
        };
        Ok(Some(ScoredLine {
            offset: start,
            score,
            id: &self.id,
            text,
        }))
    }

    /// Passes over lines that are known to be right, up to one that ranks high enough.
    fn pass_over<R: Read>(
        &mut self,
        window: &mut Window<R>,
        until: u64,
        heap: &BoundedHeap<Winner>,
    ) {
        let Some(checked) = &mut self.checked else {
            return;
        };
        while let Some(end) = checked.line_end(window, until) {
            let start = window.offset();
            let Some((value, length)) = self.score.leading(window) else {
                return;
            };
            let text = window.read_already();
            // What was checked is a number; this is all of it.
            if !matches!(text[length], b':' | b' ') {
                return;
            }
            let score = Score::of_parts(value, &text[..length]);
            if heap.admits(|lowest| lowest.is_below(score, start)) {
                return;
            }
            self.records += 1;
            window.consume((end + 1 - start) as usize);
        }
    }

    /// Passes over blank lines. Returns where the next other line starts; the window stands on its first byte that is no
    /// blank.
    fn find_line<R: Read>(&self, window: &mut Window<R>) -> Result<Option<u64>, Failure> {
        loop {
            let start = window.offset();
            match self.keep {
                Keep::Ids => window.release(),
                Keep::Lines => window.hold(start),
            }
            skip_blanks(window)?;
            match io_at(window, Window::available)?.first() {
                None => return Ok(None),
                Some(b'\n') => window.consume(1),
                Some(_) => return Ok(Some(start)),
            }
        }
    }

    /// Validates the record and keeps the raw text of its id.
    fn read_record<R: Read>(&mut self, window: &mut Window<R>) -> Result<(), Failure> {
        skip_blanks(window)?;
        let start = window.offset();
        window.mark(start);
        self.record = Some(start);
        if self.read_object(json::line_reader(window))? {
            return Ok(());
        }
        Err(Failure::data(start, "the record has no member \"id\""))
    }

    /// Whether the object has an id. If it stands twice the last one counts.
    fn read_object<J: DocumentReader>(&mut self, mut json: J) -> Result<bool, Failure> {
        if let Some([id]) = json.scalar_members_of_object(["id"], Demand::LastScalar) {
            if let Some(range) = id.clone() {
                self.take_id(&mut json, range)?;
            }
            json.finish()?;
            return Ok(id.is_some());
        }
        let json_ref = &mut json;
        expect(json_ref, ValueType::Object, "the record")?;
        let mut found = false;
        ask(json_ref, J::begin_object)?;
        while ask(json_ref, J::has_next)? {
            if !name(json_ref, |name| name == "id")? {
                ask(json_ref, J::skip_value)?;
                continue;
            }
            self.read_id(json_ref)?;
            found = true;
        }
        ask(json_ref, J::end_object)?;
        json.finish()?;
        Ok(found)
    }

    fn read_id<J: DocumentReader>(&mut self, json: &mut J) -> Result<(), Failure> {
        let kind = ask(json, J::peek)?;
        let start = json.offset();
        if matches!(kind, ValueType::Object | ValueType::Array) {
            return Err(Failure::data(
                start,
                "the id must be a string, a number, true, false or null",
            ));
        }
        if self.keep == Keep::Ids {
            json.hold(start);
        }
        ask(json, J::skip_value)?;
        let end = json.offset();
        self.take_id(json, start..end)?;
        if self.keep == Keep::Ids {
            json.release();
        }
        Ok(())
    }

    /// Keeps the raw text of an id that stands at `range`.
    fn take_id<J: DocumentReader>(
        &mut self,
        json: &mut J,
        range: Range<u64>,
    ) -> Result<(), Failure> {
        self.id_limit.check(&range)?;
        self.id.clear();
        self.id.extend_from_slice(json.raw(range));
        Ok(())
    }
}
