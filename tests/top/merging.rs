//! Lines that `top` prints are input for `top`: partial results merge.

use proptest::prelude::*;

use crate::routes::in_process;

/// Lines with many ties, and with scores beyond every integer type.
fn line() -> impl Strategy<Value = String> {
    let score = prop_oneof![
        (-3i64..3).prop_map(|score| score.to_string()),
        Just("-0".to_owned()),
        any::<i64>().prop_map(|score| score.to_string()),
        "-?[1-9][0-9]{17,20}",
        "-?[1-2]0{40}[0-1]",
    ];
    let id = prop_oneof![
        (0..100u32).prop_map(|id| id.to_string()),
        "\"[a-zé]{0,3}\"",
        Just("\"\\u0069\\n\"".to_owned()),
        Just("null".to_owned()),
        Just("-0".to_owned()),
    ];
    (score, id, "[ \t]{0,2}", "[ \t]{0,2}", "\r?").prop_map(|(score, id, before, after, end)| {
        format!("{score}{before}:{after}{{\"a\": [1], \"id\": {id}}}{end}\n")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn top_of_the_parts_is_top_of_the_whole(
        parts in prop::collection::vec(prop::collection::vec(line(), 0..20), 0..6),
        n in 0u64..25,
        chunk in 1usize..100,
    ) {
        let whole: String = parts.iter().flatten().map(String::as_str).collect();
        let expected = in_process(whole.as_bytes(), n, usize::MAX).unwrap();
        let of_parts: String = parts
            .iter()
            .map(|part| in_process(part.concat().as_bytes(), n, chunk).unwrap().lines)
            .collect();
        let merged = in_process(of_parts.as_bytes(), n, usize::MAX).unwrap();
        prop_assert_eq!(&merged, &expected);
        prop_assert_eq!(&in_process(merged.lines.as_bytes(), n, chunk).unwrap(), &expected);
    }
}
