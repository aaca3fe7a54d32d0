//! The time of an observation or event, in twelve bytes, and yet written again exactly as it was read.

mod moment;

use std::fmt;

pub(crate) use moment::Moment;

/// An ISO 8601 time: `2022-05-20T12:19:10.516896`, with a `T` or a blank, up to nine digits of a second, and perhaps a zone.
///
/// Times are ordered as their clocks show them, to the microsecond. A zone is kept and not applied: the day of an observation
/// is the day on the clock of whoever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    /// Microseconds since the beginning of the year 1, which was a Monday.
    microseconds: i64,
    /// How it is written; see [`Spelling`].
    spelling: u32,
}

/// What the microseconds do not say, in one number: fields of some bits, lowest first.
#[derive(Clone, Copy)]
struct Spelling {
    /// 1: a blank instead of the `T`.
    separator: u32,
    /// Digits behind the point; none: no point either.
    digits: u32,
    /// The three digits behind the microseconds.
    nanoseconds: u32,
    /// 0 none, 1 `Z`, 2 `+01`, 3 `+0130`, 4 `+01:30`.
    zone: u32,
    /// 1: west.
    sign: u32,
    zone_minutes: u32,
}

const BITS: [u32; 6] = [1, 4, 10, 3, 1, 11];

impl Spelling {
    fn pack(self) -> u32 {
        let fields = [
            self.separator,
            self.digits,
            self.nanoseconds,
            self.zone,
            self.sign,
            self.zone_minutes,
        ];
        let pack = |packed, (field, bits): (u32, u32)| packed << bits | field;
        fields.into_iter().zip(BITS).rev().fold(0, pack)
    }

    fn unpack(mut packed: u32) -> Self {
        let [separator, digits, nanoseconds, zone, sign, zone_minutes] = BITS.map(|bits| {
            let field = packed & ((1 << bits) - 1);
            packed >>= bits;
            field
        });
        Spelling {
            separator,
            digits,
            nanoseconds,
            zone,
            sign,
            zone_minutes,
        }
    }
}

impl Time {
    /// The time that `text` is; none where it is none, or one that no calendar or clock has.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        let head: &[u8; 19] = text.first_chunk()?;
        let separators = [head[4], head[7], head[10], head[13], head[16]];
        let separator = match separators {
            [b'-', b'-', b'T', b':', b':'] => 0,
            [b'-', b'-', b' ', b':', b':'] => 1,
            _ => return None,
        };
        let number = |at: usize| two_digits(head[at], head[at + 1]);
        let year = number(0)? * 100 + number(2)?;
        let (month, day) = (number(5)?, number(8)?);
        let (hour, minute, second) = (number(11)?, number(14)?, number(17)?);
        if year == 0 || day == 0 || day > days_of_month(year, month)? {
            return None;
        }
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (fraction, digits, rest) = fraction(&text[19..])?;
        let (zone, sign, zone_minutes) = zone(rest)?;
        let days = i64::from(days_before_year(year) + day_of_year(year, month, day));
        let seconds = i64::from(hour * 3600 + minute * 60 + second);
        let spelling = Spelling {
            separator,
            digits,
            nanoseconds: fraction % 1000,
            zone,
            sign,
            zone_minutes,
        };
        Some(Time {
            microseconds: (days * 86_400 + seconds) * 1_000_000 + i64::from(fraction / 1000),
            spelling: spelling.pack(),
        })
    }

    /// The moment in UTC; none outside of the years 1 to 9999. A time without a zone is taken for UTC.
    pub(crate) fn moment(self) -> Option<Moment> {
        let spelling = Spelling::unpack(self.spelling);
        let offset = i64::from(spelling.zone_minutes) * 60_000_000;
        Moment::new(if spelling.sign == 0 {
            self.microseconds - offset
        } else {
            self.microseconds + offset
        })
    }

    /// Microseconds since the beginning of the year 1: what orders times.
    pub(crate) fn microseconds(self) -> i64 {
        self.microseconds
    }
}

/// As it was written.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelling = Spelling::unpack(self.spelling);
        let separator = if spelling.separator == 0 { b'T' } else { b' ' };
        let mut text = Written::second(self.microseconds, separator);
        if spelling.digits > 0 {
            text.push(b'.');
            let fraction = (self.microseconds % 1_000_000) as u32 * 1000 + spelling.nanoseconds;
            let shown = fraction / 10u32.pow(9 - spelling.digits);
            text.digits(shown, spelling.digits as usize);
        }
        if spelling.zone == 1 {
            text.push(b'Z');
        } else if spelling.zone > 1 {
            text.push(if spelling.sign == 0 { b'+' } else { b'-' });
            text.digits(spelling.zone_minutes / 60, 2);
            if spelling.zone == 4 {
                text.push(b':');
            }
            if spelling.zone > 2 {
                text.digits(spelling.zone_minutes % 60, 2);
            }
        }
        f.write_str(text.as_str())
    }
}

/// A time being written. The machinery of the standard library would take as long as all the rest of a log row.
struct Written {
    /// The longest one is `2022-05-20T12:19:10.123456789+01:30`.
    bytes: [u8; 40],
    length: usize,
}

impl Written {
    /// Date and time of day of the microseconds since the beginning of the year 1, to the second.
    fn second(microseconds: i64, separator: u8) -> Self {
        let seconds = microseconds / 1_000_000;
        let (year, month, day) = date_of((seconds / 86_400) as u32);
        let second = (seconds % 86_400) as u32;
        let mut text = Written {
            bytes: [0; 40],
            length: 0,
        };
        text.digits(year, 4);
        text.push(b'-');
        text.digits(month, 2);
        text.push(b'-');
        text.digits(day, 2);
        text.push(separator);
        text.digits(second / 3600, 2);
        text.push(b':');
        text.digits(second / 60 % 60, 2);
        text.push(b':');
        text.digits(second % 60, 2);
        text
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    fn digits(&mut self, mut number: u32, count: usize) {
        for place in (self.length..self.length + count).rev() {
            self.bytes[place] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length += count;
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// Nanoseconds behind the point, how many digits there were, and what stands behind them.
fn fraction(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let Some((b'.', text)) = text.split_first() else {
        return Some((0, 0, text));
    };
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=9).contains(&digits) {
        return None;
    }
    let add = |number, byte: &u8| number * 10 + u32::from(byte - b'0');
    let number: u32 = text[..digits].iter().fold(0, add);
    let digits_read = digits as u32;
    Some((
        number * 10u32.pow(9 - digits_read),
        digits_read,
        &text[digits..],
    ))
}

/// Form, sign and minutes of a zone.
fn zone(text: &[u8]) -> Option<(u32, u32, u32)> {
    let (form, hours, minutes) = match *text {
        [] => return Some((0, 0, 0)),
        [b'Z'] => return Some((1, 0, 0)),
        [b'+' | b'-', a, b] => (2, two_digits(a, b)?, 0),
        [b'+' | b'-', a, b, c, d] => (3, two_digits(a, b)?, two_digits(c, d)?),
        [b'+' | b'-', a, b, b':', c, d] => (4, two_digits(a, b)?, two_digits(c, d)?),
        _ => return None,
    };
    let sign = u32::from(text[0] == b'-');
    (hours < 24 && minutes < 60).then_some((form, sign, hours * 60 + minutes))
}

/// Days of the months before each month, in a year without a leap day.
const DAYS_BEFORE_MONTH: [u32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u32, month: u32) -> Option<u32> {
    let month = month.checked_sub(1)? as usize;
    let days = DAYS_BEFORE_MONTH.get(month + 1)? - DAYS_BEFORE_MONTH[month];
    Some(days + u32::from(month == 1 && is_leap(year)))
}

/// Days from the beginning of the year 1 to that of `year`.
fn days_before_year(year: u32) -> u32 {
    let years = year - 1;
    years * 365 + years / 4 - years / 100 + years / 400
}

/// From 0.
fn day_of_year(year: u32, month: u32, day: u32) -> u32 {
    let leap = u32::from(month > 2 && is_leap(year));
    DAYS_BEFORE_MONTH[month as usize - 1] + leap + day - 1
}

/// Year, month and day of a number of days since the beginning of the year 1.
fn date_of(days: u32) -> (u32, u32, u32) {
    // At most one too many: no year has more than 366 days, and none of the first ones less than 365.
    let mut year = days / 365 + 1;
    while days_before_year(year) > days {
        year -= 1;
    }
    let rest = days - days_before_year(year);
    let starts = |month: &u32| day_of_year(year, *month, 1) <= rest;
    let month = (1..=12).rev().find(starts).unwrap_or(1);
    (year, month, rest - day_of_year(year, month, 1) + 1)
}

#[cfg(test)]
mod tests;
