//! Where values stand on an axis. In integers; the widest sums of 64 bits fit.

use std::fmt;

/// A place or a length on the page, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Percent(pub(super) i64);

impl Percent {
    /// Of all.
    pub(super) const ALL: i64 = 10_000;

    /// Which part of the way from `low` to `high` a value has gone.
    pub(super) fn of(value: i64, low: i64, high: i64) -> Self {
        let [value, low, high] = [value, low, high].map(i128::from);
        let part = (value - low) * i128::from(Percent::ALL) / (high - low).max(1);
        Percent(part.clamp(0, i128::from(Percent::ALL)) as i64)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// The marks of an axis: at most `steps` steps apart, multiples of 1, 2 or 5 times a power of ten of `unit`; the first is not
/// above `low` and the last not below `high`.
pub(super) fn marks(low: i64, high: i64, unit: i64, steps: i128) -> Vec<i64> {
    let (low, high) = (i128::from(low), i128::from(high));
    // The ends of 64 bits are no round numbers.
    let saturated = |mark: i128| mark.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    let mut power = i128::from(unit);
    loop {
        for step in [power, 2 * power, 5 * power] {
            let first = low.div_euclid(step);
            let last = -(-high).div_euclid(step);
            if last - first <= steps {
                let last = last.max(first + 1);
                return (first..=last).map(|mark| saturated(mark * step)).collect();
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_enclose_the_values() {
        for (low, high, unit, expected) in [
            (0, 0, 1, vec![0, 1]),
            (0, 3, 1, vec![0, 1, 2, 3]),
            (0, 4_999, 1, vec![0, 2_000, 4_000, 6_000]),
            (0, 40_000, 3600, vec![0, 18_000, 36_000, 54_000]),
            (1_260, 1_911, 1, vec![1_200, 1_400, 1_600, 1_800, 2_000]),
            (5, 5, 1, vec![5, 6]),
            (-7, 3, 1, vec![-10, -5, 0, 5]),
        ] {
            assert_eq!(marks(low, high, unit, 4), expected, "{low} {high}");
        }
        for (low, high) in [(0, i64::MAX), (i64::MIN, i64::MAX)] {
            let marks = marks(low, high, 3600, 4);
            assert!(marks[0] <= low && marks[marks.len() - 1] >= high);
            assert!(marks.is_sorted() && marks.len() <= 5);
        }
    }

    #[test]
    fn places_are_parts_of_the_whole() {
        assert_eq!(Percent::of(1, 0, 3).to_string(), "33.33%");
        assert_eq!(Percent::of(7, 7, 7).to_string(), "0.00%");
        assert_eq!(Percent::of(i64::MAX, 0, i64::MAX).to_string(), "100.00%");
    }
}
