//! `top` held against a naive model over random lines and damages to them.

use proptest::prelude::*;
use serde_json::Value;

use crate::support::random::{self, Style};
use crate::support::targets::top::check;

fn score() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-4i64..4).prop_map(|score| score.to_string()),
        1 => Just("-0".to_owned()),
        2 => "-?[1-9][0-9]{15,21}",
        1 => "-?[12]{1,2}0{17,19}[0-3]",
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        // Below 308, so that no mutation makes an exponent that serde_json's floats cannot hold.
        (-3i64..300).prop_map(Value::from),
        Just(Value::from(0.5)),
        "[a-c\"\\\\\n\u{1}é🎧]{0,4}".prop_map(Value::from),
    ]
}

/// Records with an id at any place, or without one, or with one of a wrong type.
fn record() -> impl Strategy<Value = Value> {
    let value = scalar().prop_recursive(3, 12, 3, |value| {
        prop_oneof![
            prop::collection::vec(value.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("id|a|é", value, 0..3)
                .prop_map(|members| members.into_iter().collect()),
        ]
    });
    let id = prop_oneof![40 => scalar().boxed(), 1 => value.clone().boxed()];
    let members = prop::collection::hash_map("[a-zé]{0,2}", value, 0..4);
    (members, id, prop::bool::weighted(0.98)).prop_map(|(members, id, has_id)| {
        let mut members: serde_json::Map<_, _> = members.into_iter().collect();
        if has_id {
            members.insert("id".to_owned(), id);
        }
        Value::Object(members)
    })
}

fn line() -> impl Strategy<Value = String> {
    let style = prop_oneof![Just(Style::Compact), Just(Style::Spaced)];
    let blanks = || "[ \t]{0,2}";
    (
        score(),
        record(),
        style,
        [blanks(), blanks(), blanks()],
        "\r?\n\n?",
    )
        .prop_map(|(score, record, style, [before, between, behind], end)| {
            let record = random::write(style, &record);
            format!("{before}{score}{between}:{behind}{record}{end}")
        })
}

/// A byte that is put, or that takes the place of another one.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, u8, bool)> {
    let byte = prop_oneof![
        prop::sample::select(&b"{}[]\":,\\ -+.0123456789eEu\ntn\r\t\x00\x1f"[..]),
        any::<u8>(),
    ];
    (any::<prop::sample::Index>(), byte, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_the_naive_model(
        lines in prop::collection::vec(line(), 0..12),
        mutation in prop::option::weighted(0.5, mutation()),
        n in 0u64..8,
        chunk in 1usize..300,
    ) {
        let mut input = lines.concat().into_bytes();
        if let Some((at, byte, insert)) = mutation
            && !input.is_empty()
        {
            let at = at.index(input.len());
            input.splice(at..at + usize::from(!insert), [byte]);
        }
        check(&input, n, chunk);
    }
}
