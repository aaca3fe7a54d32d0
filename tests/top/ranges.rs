//! A file in ranges on several threads gives what one pass gives, errors with their places included.

use std::num::{NonZeroU64, NonZeroUsize};

use mixtape::io::Rereadable;
use mixtape::top::{Keep, TopOptions, Winners, top, top_file};
use proptest::prelude::*;

use crate::support::Folder;

fn written(winners: mixtape::Result<Winners>, keep: Keep) -> Result<String, String> {
    let winners = winners.map_err(|error| error.to_string())?;
    let mut output = Vec::new();
    match keep {
        Keep::Ids => winners.write_json(&mut output),
        Keep::Lines => winners.write_lines(&mut output),
    }
    .unwrap();
    Ok(String::from_utf8(output).unwrap())
}

fn line() -> impl Strategy<Value = String> {
    let score = -3i64..30;
    let record = prop_oneof![
        12 => (0u32..100, "[a-zé ]{0,30}").prop_map(|(id, text)| {
            format!("{{\"id\": {id}, \"text\": \"{text}\"}}")
        }),
        1 => Just("{\"id\": \"\\u0061\"} ".to_owned()),
    ];
    prop_oneof![
        30 => (score, record).prop_map(|(score, record)| format!("{score}: {record}\n")),
        3 => Just("\n".to_owned()),
        3 => Just("  \r\n".to_owned()),
        1 => Just("7: {\"id\": 1,}\n".to_owned()),
        1 => Just("x: {}\n".to_owned()),
    ]
}

proptest! {
    #[test]
    fn any_ranges_on_any_threads_give_what_one_pass_gives(
        lines in prop::collection::vec(line(), 0..60),
        cut in 0usize..3,
        range in 1u64..200,
        count in 0u64..12,
    ) {
        let mut text = lines.concat();
        text.truncate(text.len().saturating_sub(cut));
        let text = String::from_utf8_lossy(text.as_bytes()).into_owned();
        let folder = Folder::new();
        let path = folder.write("scores", &text);
        let name = path.display().to_string();
        for keep in [Keep::Ids, Keep::Lines] {
            let options = TopOptions {
                count,
                keep,
                range: NonZeroU64::new(range).unwrap(),
                ..TopOptions::default()
            };
            let expected = written(top(&name, text.as_bytes(), &options), keep);
            for threads in [1, 2, 3, 8] {
                let threads = NonZeroUsize::new(threads).unwrap();
                let file = Rereadable::open(&path, &Default::default()).unwrap();
                let found = written(top_file(&file, &options, threads), keep);
                prop_assert_eq!(&found, &expected, "{} threads", threads);
            }
        }
    }
}

#[test]
fn the_line_behind_a_byte_order_mark_is_read_where_a_range_ends_in_the_mark() {
    let folder = Folder::new();
    for (text, expected) in [
        (
            "\u{FEFF}7: {\"id\": 1}\n8: {\"id\": 2}\n",
            "8: {\"id\": 2}\n7: {\"id\": 1}\n",
        ),
        ("\u{FEFF}\n8: {\"id\": 2}", "8: {\"id\": 2}\n"),
        ("\u{FEFF}", ""),
    ] {
        let file = Rereadable::open(&folder.write("scores", text), &Default::default()).unwrap();
        for range in 1..8 {
            let options = TopOptions {
                keep: Keep::Lines,
                range: NonZeroU64::new(range).unwrap(),
                ..TopOptions::default()
            };
            let found = top_file(&file, &options, NonZeroUsize::new(2).unwrap());
            assert_eq!(written(found, Keep::Lines).unwrap(), expected, "{range}");
        }
    }
}
