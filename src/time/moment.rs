//! A point in time, of which it does not matter how it was written.

use std::fmt;

use super::{Time, Written, days_before_year};

/// Microseconds since the beginning of the year 1 in UTC. `Display` writes `2022-05-20T12:19:10`, with the digits of a fraction
/// where there is one: texts that sort as the moments do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(i64);

const MICROSECONDS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;

/// Numbers of this many digits are seconds, milliseconds and microseconds since 1970: from 2001 to 2286.
const EPOCHS: [(usize, i64); 3] = [(10, 1_000_000), (13, 1_000), (16, 1)];

impl Moment {
    /// None outside of the years 1 to 9999.
    pub(crate) fn new(microseconds: i64) -> Option<Self> {
        let end = i64::from(days_before_year(10_000)) * SECONDS_PER_DAY * MICROSECONDS_PER_SECOND;
        (0..end)
            .contains(&microseconds)
            .then_some(Moment(microseconds))
    }

    /// The moment that a text is: an ISO 8601 time, perhaps with ` UTC` behind it, a date, which is its beginning, or a Unix time
    /// in seconds, milliseconds or microseconds.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(time) = Time::parse(text) {
            return time.moment();
        }
        if let Some(time) = text.strip_suffix(" UTC") {
            return Time::parse(time)?.moment();
        }
        if text.len() == "2022-05-20".len() && text.as_bytes()[4] == b'-' {
            return Time::parse(&format!("{text}T00:00:00"))?.moment();
        }
        let (_, scale) = EPOCHS
            .into_iter()
            .find(|(digits, _)| *digits == text.len())?;
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let since_1970 = text.parse::<i64>().ok()? * scale;
        let epoch = i64::from(days_before_year(1970)) * SECONDS_PER_DAY * MICROSECONDS_PER_SECOND;
        Moment::new(epoch + since_1970)
    }

    /// Microseconds since the beginning of the year 1.
    pub(crate) fn microseconds(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Written::second(self.0, b'T');
        let mut fraction = (self.0 % MICROSECONDS_PER_SECOND) as u32;
        if fraction > 0 {
            let mut digits = 6;
            while fraction.is_multiple_of(10) {
                fraction /= 10;
                digits -= 1;
            }
            text.push(b'.');
            text.digits(fraction, digits);
        }
        f.write_str(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_in_utc_whatever_they_were_read_from() {
        for (text, moment) in [
            ("2021-03-04T05:06:07", "2021-03-04T05:06:07"),
            ("2021-03-04 05:06:07.120", "2021-03-04T05:06:07.12"),
            ("2021-03-04 05:06:07 UTC", "2021-03-04T05:06:07"),
            ("2021-03-04T05:06:07+02:00", "2021-03-04T03:06:07"),
            (
                "2021-03-04T23:06:07.000001-0130",
                "2021-03-05T00:36:07.000001",
            ),
            ("2021-03-04", "2021-03-04T00:00:00"),
            ("1614834367", "2021-03-04T05:06:07"),
            ("1614834367089", "2021-03-04T05:06:07.089"),
            ("1614834367000001", "2021-03-04T05:06:07.000001"),
        ] {
            assert_eq!(
                Moment::parse(text).expect(text).to_string(),
                moment,
                "{text}"
            );
        }
        for text in [
            "",
            "soon",
            "161483436",
            "16148343.7",
            "2021-03-4",
            "2021-13-04",
            "0001-01-01T00:00:00+01",
            "9999-12-31T23:59:59-01",
            "2021-03-04T05:06:07 CET",
            "éé21-03-04",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn texts_sort_as_moments_do() {
        let mut texts: Vec<String> = [1, 2, 3_600, 86_400, 1 << 40]
            .into_iter()
            .flat_map(|second: i64| {
                [0, 1, 10, 100_000, 999_999].map(|more| second * 1_000_000 + more)
            })
            .map(|microseconds| {
                Moment::new(microseconds)
                    .map(|moment| moment.to_string())
                    .unwrap_or_default()
            })
            .collect();
        texts.retain(|text| !text.is_empty());
        assert!(texts.is_sorted() && texts.len() >= 20);
    }
}
