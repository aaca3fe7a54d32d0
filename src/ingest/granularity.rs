//! How finely the logs tell observations apart.

use crate::time::Time;

const MICROSECONDS_PER_HOUR: i64 = 3_600_000_000;

/// The calendar interval of which the latest observation counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Granularity {
    /// A calendar day.
    #[default]
    Day,
    /// An hour.
    Hour,
    /// An ISO week, which begins on a Monday.
    Week,
}

impl Granularity {
    /// The name on the command line and in a database.
    pub fn name(self) -> &'static str {
        match self {
            Granularity::Day => "day",
            Granularity::Hour => "hour",
            Granularity::Week => "week",
        }
    }

    /// The interval that a time is in, counted from the beginning of the year 1.
    pub(super) fn interval_of(self, time: Time) -> u32 {
        let hours = time.microseconds() / MICROSECONDS_PER_HOUR;
        (match self {
            Granularity::Hour => hours,
            Granularity::Day => hours / 24,
            Granularity::Week => hours / (24 * 7),
        }) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_calendar_hours_days_and_iso_weeks() {
        let interval = |text: &str, granularity: Granularity| {
            granularity.interval_of(Time::parse(text).unwrap())
        };
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
