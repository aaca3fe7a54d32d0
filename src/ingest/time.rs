//! The time of an observation, in twelve bytes, and yet written again exactly as it was read.

use std::fmt;

use super::Granularity;

/// An ISO 8601 time: `2022-05-20T12:19:10.516896`, with a `T` or a blank, up to nine digits of a second, and perhaps a zone.
///
/// Times are ordered as their clocks show them, to the microsecond. A zone is kept and not applied: the day of an observation
/// is the day on the clock of whoever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
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

const MICROSECONDS_PER_HOUR: i64 = 3_600_000_000;

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
    pub(super) fn parse(text: &str) -> Option<Self> {
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

    /// Microseconds since the beginning of the year 1: what orders times.
    pub(super) fn microseconds(self) -> i64 {
        self.microseconds
    }

    /// The interval that the time is in, counted from the beginning of the year 1.
    pub(super) fn interval(self, granularity: Granularity) -> u32 {
        let hours = self.microseconds / MICROSECONDS_PER_HOUR;
        (match granularity {
            Granularity::Hour => hours,
            Granularity::Day => hours / 24,
            Granularity::Week => hours / (24 * 7),
        }) as u32
    }
}

/// As it was written.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelling = Spelling::unpack(self.spelling);
        let seconds = self.microseconds / 1_000_000;
        let (year, month, day) = date_of((seconds / 86_400) as u32);
        let second = seconds % 86_400;
        let separator = if spelling.separator == 0 { 'T' } else { ' ' };
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}"
        )?;
        if spelling.digits > 0 {
            let fraction = (self.microseconds % 1_000_000) as u32 * 1000 + spelling.nanoseconds;
            let width = spelling.digits as usize;
            let shown = fraction / 10u32.pow(9 - spelling.digits);
            write!(f, ".{shown:0width$}")?;
        }
        let sign = if spelling.sign == 0 { '+' } else { '-' };
        let (hours, minutes) = (spelling.zone_minutes / 60, spelling.zone_minutes % 60);
        match spelling.zone {
            0 => Ok(()),
            1 => f.write_str("Z"),
            2 => write!(f, "{sign}{hours:02}"),
            3 => write!(f, "{sign}{hours:02}{minutes:02}"),
            _ => write!(f, "{sign}{hours:02}:{minutes:02}"),
        }
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
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_written_as_it_was_read() {
        for date in [
            "0001-01-01",
            "2000-02-29",
            "2022-05-20",
            "2022-12-31",
            "9999-12-31",
        ] {
            for clock in ["00:00:00", "12:19:10", "23:59:59"] {
                for fraction in [
                    "",
                    ".0",
                    ".5",
                    ".516896",
                    ".500000",
                    ".123456789",
                    ".000000001",
                ] {
                    for zone in ["", "Z", "+00", "-0330", "+05:45", "-00:00", "+23:59"] {
                        for separator in ["T", " "] {
                            let text = format!("{date}{separator}{clock}{fraction}{zone}");
                            let time = Time::parse(&text).expect(&text);
                            assert_eq!(time.to_string(), text);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_no_clock_or_calendar_has_is_no_time() {
        for text in [
            "",
            "2022",
            "2022-05-20",
            "2022-05-20T12:19",
            "2022-5-20T12:19:10",
            "20220520T121910",
            "0000-01-01T00:00:00",
            "2022-00-20T12:19:10",
            "2022-13-20T12:19:10",
            "2022-05-00T12:19:10",
            "2022-05-32T12:19:10",
            "2022-02-29T12:19:10",
            "1900-02-29T12:19:10",
            "2022-04-31T12:19:10",
            "2022-05-20T24:00:00",
            "2022-05-20T12:60:10",
            "2022-05-20T12:19:60",
            "2022-05-20T12:19:10.",
            "2022-05-20T12:19:10.1234567890",
            "2022-05-20T12:19:10,5",
            "2022-05-20T12:19:10+24:00",
            "2022-05-20T12:19:10+1",
            "2022-05-20T12:19:10 ",
            "2022-05-20t12:19:10",
            "2022-05-20T12:19:10z",
            "+022-05-20T12:19:10",
            "２022-05-20T12:19:10",
            "not a time at all, but long enough",
        ] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_follow_each_other_through_all_centuries() {
        let (mut year, mut month, mut day) = (1, 1, 1);
        for days in 0..days_before_year(2500) {
            assert_eq!(date_of(days), (year, month, day));
            assert_eq!(days_before_year(year) + day_of_year(year, month, day), days);
            day += 1;
            if day > days_of_month(year, month).unwrap() {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!(date_of(days_before_year(9999) + 364), (9999, 12, 31));
    }

    #[test]
    fn intervals_are_calendar_hours_days_and_iso_weeks() {
        let interval = |text: &str, granularity| Time::parse(text).unwrap().interval(granularity);
        // 2021 began on a Friday: its first days belong to the last ISO week of 2020.
        for (granularity, one, same, next) in [
            (
                Granularity::Hour,
                "2022-05-20T12:00:00",
                "2022-05-20T12:59:59.999999",
                "2022-05-20T13:00:00",
            ),
            (
                Granularity::Day,
                "2022-05-20T00:00:00",
                "2022-05-20T23:59:59.999999",
                "2022-05-21T00:00:00",
            ),
            (
                Granularity::Week,
                "2020-12-28T00:00:00",
                "2021-01-03T23:59:59",
                "2021-01-04T00:00:00",
            ),
            (
                Granularity::Day,
                "2022-05-20T23:30:00-05:00",
                "2022-05-20T00:00:00Z",
                "2022-05-21T00:00:00Z",
            ),
        ] {
            assert_eq!(
                interval(one, granularity),
                interval(same, granularity),
                "{one}"
            );
            assert_eq!(
                interval(one, granularity) + 1,
                interval(next, granularity),
                "{one}"
            );
        }
    }
}
