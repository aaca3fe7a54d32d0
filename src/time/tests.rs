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
