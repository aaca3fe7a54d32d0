//! How finely the logs tell observations apart.

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
}
