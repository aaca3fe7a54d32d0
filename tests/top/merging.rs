//! Lines that `top` prints are input for `top`: partial results merge.

use crate::support::Folder;
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

#[test]
fn several_files_are_read_as_one_behind_the_other() {
    let folder = Folder::new();
    let parts = [
        "5: {\"id\": \"a\"}\n1: {\"id\": \"b\"}\n",
        "5: {\"id\": \"c\"}\n9: {\"id\": \"d\"}",
        "",
        "5: {\"id\": \"e\"}\n",
    ];
    for (number, part) in parts.iter().enumerate() {
        folder.write(&format!("part{number}"), part);
    }
    let gzipped = {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
        std::io::Write::write_all(&mut encoder, parts[1].as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    folder.write("part1.gz", gzipped);
    let ids = |arguments: &[&str], input: &[u8]| -> Vec<String> {
        let run = folder.run_with_input(
            [&["top"], arguments, &["--format", "ndjson"]].concat(),
            input,
        );
        assert_eq!(run.code, Some(0), "{arguments:?}: {run:?}");
        let id = |line: &str| line.split('"').nth(5).unwrap().to_owned();
        run.stdout.lines().map(id).collect()
    };
    for n in 0..7 {
        let count = n.to_string();
        let whole: String = parts.map(|part| format!("{part}\n")).concat();
        let expected = ids(&["-", &count], whole.as_bytes());
        assert_eq!(
            ids(&["part0", &count, "part1", "part2", "part3"], b""),
            expected
        );
        assert_eq!(
            ids(&["part0", &count, "part1.gz", "part2", "part3"], b""),
            expected
        );
        assert_eq!(
            ids(
                &["part0", &count, "-", "part2", "part3"],
                parts[1].as_bytes()
            ),
            expected
        );
    }
    // An error names its file, and one that is missing is found before anything is read.
    folder.write("bad", "1: {\"id\": 1}\n2: {}\n");
    let run = folder.run(["top", "part0", "1", "bad"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
    assert!(
        run.stderr.starts_with("error: bad:2:4: record 2, $: "),
        "{run:?}"
    );
    let run = folder.run(["top", "bad", "1", "missing"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("missing"), "{run:?}");
}
