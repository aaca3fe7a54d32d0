//! How figures are written for people. Integers all the way: nothing is rounded before it is shown.

/// `1,234,567`
pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 stream`, `1,234 streams`
pub(super) fn counted(number: i64, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {one}{plural}", grouped(number))
}

/// Seconds as hours, `342.9 h`; below ten hours with one more digit.
pub(super) fn hours(seconds: i64) -> String {
    if seconds.unsigned_abs() < 36_000 {
        return format!("{} h", decimal(i128::from(seconds) * 100, 3600, 100));
    }
    format!("{} h", decimal(i128::from(seconds) * 10, 3600, 10))
}

/// `12.3 %`; a dash where there is nothing to have a part of.
pub(super) fn percent(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "–".to_owned();
    }
    format!(
        "{} %",
        decimal(i128::from(part) * 1000, i128::from(whole), 10)
    )
}

/// `scaled / divisor`, rounded half up, which is a number of tenths or hundredths.
fn decimal(scaled: i128, divisor: i128, fractions: i128) -> String {
    let rounded = (2 * scaled + divisor).div_euclid(2 * divisor);
    let whole = i64::try_from(rounded / fractions).unwrap_or(i64::MAX);
    let digits = if fractions == 100 { 2 } else { 1 };
    format!("{}.{:0digits$}", grouped(whole), rounded % fractions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_in_threes() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (-1_234_567, "-1,234,567"),
            (i64::MAX, "9,223,372,036,854,775,807"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!(counted(1, "user"), "1 user");
        assert_eq!(counted(0, "user"), "0 users");
        assert_eq!(counted(1_001, "user"), "1,001 users");
    }

    #[test]
    fn hours_and_shares_are_rounded_half_up() {
        for (seconds, text) in [
            (0, "0.00 h"),
            (18, "0.01 h"),
            (5_400, "1.50 h"),
            (35_999, "10.00 h"),
            (36_000, "10.0 h"),
            (36_180, "10.1 h"),
            (4_444_440, "1,234.6 h"),
            (i64::MAX, "2,562,047,788,015,215.5 h"),
        ] {
            assert_eq!(hours(seconds), text);
        }
        for (part, whole, text) in [
            (0, 0, "–"),
            (0, 7, "0.0 %"),
            (1, 3, "33.3 %"),
            (2, 3, "66.7 %"),
            (7, 7, "100.0 %"),
            (i64::MAX, i64::MAX, "100.0 %"),
        ] {
            assert_eq!(percent(part, whole), text);
        }
    }
}
