//! EVENTS: a stream a record, under a header.

use std::io::Read;

use super::batch::Stream;
use super::fields::{Field, Taken, Unknown};
use super::input::{Input, Output};
use super::key;
use super::playlist;
use super::records::{Fields, Records};
use crate::database::TextLimits;
use crate::error::{Broken, Error, Result, Stop};
use crate::json::{self, Failure, Held, Position, Window};
use crate::rejects::{Evidence, Reject, Rejection};
use crate::time::Moment;

/// What messages call an element of EVENTS.
const EVENT: &str = "event";

/// EVENTS behind its header.
pub(super) struct Events<R> {
    window: Window<R>,
    records: Records,
    columns: Columns,
    pub(super) taken: Taken,
}

/// Where the columns that count stand.
struct Columns {
    header: Vec<String>,
    user: usize,
    track: usize,
    seconds: usize,
    context: usize,
    time: Option<usize>,
}

/// What an event is.
enum Judged {
    Counts,
    OtherContext,
}

impl<R: Read> Events<R> {
    /// Reads the header and finds the columns.
    pub(super) fn open(source: R, input: &Input<'_>) -> Result<Self> {
        let name = input.name;
        let mut window =
            Window::new(source, input.limit).map_err(|failure| Error::at_start(name, failure))?;
        let mut records = Records::new();
        let mut taken = Taken::default();
        let columns = find_columns(&mut window, &mut records, input, &mut taken);
        let columns = columns.map_err(|stop| stop.into_error(name, &window))?;
        Ok(Events {
            window,
            records,
            columns,
            taken,
        })
    }

    /// Reads all events into `output`.
    pub(super) fn read(mut self, input: &Input<'_>, output: &mut Output<'_>) -> Result<()> {
        let read = self.read_records(input, output);
        read.map_err(|stop| stop.into_error(input.name, &self.window))?;
        output.input.bytes = self.window.offset();
        output.input.separator = self.records.unusual_separator();
        Ok(())
    }

    fn read_records(
        &mut self,
        input: &Input<'_>,
        output: &mut Output<'_>,
    ) -> std::result::Result<(), Stop> {
        let Events {
            window,
            records,
            columns,
            ..
        } = self;
        loop {
            let start = window.offset();
            let number = output.input.read + 1;
            let broken = || Some(Broken::new(start, EVENT, number, None));
            let more = records.next(window);
            if !more.map_err(|failure| Stop::Input(failure, broken()))? {
                return Ok(());
            }
            let number = output.count_row();
            let range = records.range();
            let within = input.limit.check(&range);
            within.map_err(|failure| Stop::Input(failure, broken()))?;
            let fields = records.fields(window);
            match columns.judge(&fields, input.text_limits, output) {
                Ok(Judged::Counts) => output.hand_over_if_full()?,
                Ok(Judged::OtherContext) => output.input.other_context += 1,
                Err(rejection) => {
                    let position = window.position(range.start);
                    let evidence = Evidence::Event(window.raw(range).trim_ascii_end());
                    output.reject(&Reject {
                        rejection,
                        element: EVENT,
                        number,
                        path: None,
                        position,
                        evidence,
                    })?;
                }
            }
        }
    }
}

fn find_columns<R: Read>(
    window: &mut Window<R>,
    records: &mut Records,
    input: &Input<'_>,
    taken: &mut Taken,
) -> std::result::Result<Columns, Stop> {
    let start = window.offset();
    let head = window
        .look_ahead(4)
        .map_err(|error| Failure::of_io(error, start))?;
    if let Some(message) = json::foreign_encoding(head) {
        return Err(Failure::data(start, message).into());
    }
    if !records.next(window)? {
        return Err(Failure::data(start, "a header was expected; the file is empty").into());
    }
    records.settle_separator(window)?;
    let fields = records.fields(window);
    let header = (0..fields.len()).filter_map(|number| fields.get(number));
    let header = header.map(|name| String::from_utf8_lossy(name).trim().to_owned());
    let header: Vec<String> = header.collect();
    let mut find = |field: Field| {
        let found = header.iter().enumerate().filter_map(|(number, name)| {
            let found = input.names.find(&[field], name)?;
            taken.see(found);
            Some((found, number))
        });
        let (found, number) = found.min_by_key(|(found, _)| found.rank)?;
        taken.take(found);
        Some(number)
    };
    let mut required =
        |field: Field| {
            find(field).ok_or_else(|| {
            let mut there = Unknown::default();
            header.iter().for_each(|name| there.add(name));
            let is_json = header.first().is_some_and(|name| name.starts_with(['{', '[']));
            let hint = match header.len() {
                _ if is_json => " (this looks like JSON; the order is PLAYLISTS EVENTS)",
                1 => " (fields are separated by commas, semicolons or tabs)",
                _ => "",
            };
            let word = field.word();
            let names = input.names.of(field);
            let message = format!(
                "nothing is taken for the {word}: expected a column {names}; found {there}{hint}; \
                 name it with --map {word}=COLUMN"
            );
            Stop::Consumer(Error::data(input.name, Position::START, message))
        })
        };
    Ok(Columns {
        user: required(Field::User)?,
        track: required(Field::Track)?,
        seconds: required(Field::Seconds)?,
        context: required(Field::Context)?,
        time: find(Field::Time),
        header,
    })
}

impl Columns {
    /// Appends the event to what `output` gathers, if it counts.
    #[inline]
    fn judge<'f>(
        &'f self,
        fields: &Fields<'f>,
        limits: TextLimits,
        output: &mut Output<'_>,
    ) -> std::result::Result<Judged, Rejection<'f>> {
        let wrong_count = Rejection::WrongFieldCount {
            found: fields.len(),
            expected: self.header.len(),
        };
        // Where a short row ends before its context, it may be one that counts.
        let context = fields.get(self.context).ok_or(wrong_count)?;
        let Some(playlist) = playlist::digits(context) else {
            return Ok(Judged::OtherContext);
        };
        if fields.len() != self.header.len() {
            return Err(wrong_count);
        }
        let user = self.required(fields, self.user)?;
        let track = self.required(fields, self.track)?;
        let seconds = self.required(fields, self.seconds)?;
        let seconds = whole_seconds(seconds).ok_or(Rejection::ImpossibleSeconds(seconds))?;
        let moment = match self.time {
            None => None,
            Some(column) => match self.text(fields, column)? {
                "" => None,
                text => Some(Moment::parse(text).ok_or(Rejection::ImpossibleTime(text))?),
            },
        };
        if limits != TextLimits::NONE {
            if !limits.holds_nul && (user.contains('\0') || track.contains('\0')) {
                return Err(Rejection::NulInText("a text"));
            }
            if let Some(fault) = key::fault([user, playlist, track], limits) {
                return Err(fault);
            }
        }
        let batch = &mut output.batch;
        let stream = Stream {
            user: batch.text(user),
            playlist: batch.text(playlist),
            track: batch.text(track),
            seconds,
            moment: moment.map(Moment::microseconds),
        };
        batch.streams.push(stream);
        Ok(Judged::Counts)
    }

    fn required<'f>(
        &'f self,
        fields: &Fields<'f>,
        column: usize,
    ) -> std::result::Result<&'f str, Rejection<'f>> {
        match self.text(fields, column)? {
            "" => Err(Rejection::MissingField(&self.header[column])),
            text => Ok(text),
        }
    }

    fn text<'f>(
        &'f self,
        fields: &Fields<'f>,
        column: usize,
    ) -> std::result::Result<&'f str, Rejection<'f>> {
        let field = fields.get(column).unwrap_or_default();
        std::str::from_utf8(field).map_err(|_| Rejection::NotUtf8(&self.header[column]))
    }
}

/// Digits alone: no sign, no blank, no point.
fn whole_seconds(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}
