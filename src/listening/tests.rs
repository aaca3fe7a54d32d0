//! What does not fit into memory comes out as what does.

use proptest::prelude::*;

use super::batch::{Batch, Consumer, List, Listed, Span, Stream};
use super::consolidation::Consolidation;
use super::counts::TableCounts;
use crate::io::Progress;
use crate::rejects::Rejects;

/// User, playlist, and the tracks of a list with a text where it is even.
type Line = (u8, u8, Vec<(u8, u8)>);

/// User, playlist, track, seconds and time.
type Heard = (u8, u8, u8, u16, Option<u16>);

fn batches(lines: &[Line], heard: &[Heard]) -> Vec<Batch> {
    let mut batches = Vec::new();
    for (number, (user, playlist, tracks)) in (1..).zip(lines) {
        let mut batch = Batch::default();
        for (track, text) in tracks {
            let track = batch.text(&track.to_string());
            let text = match text % 2 {
                0 => batch.text(&text.to_string()),
                _ => Span::NONE,
            };
            let texts = [text, Span::NONE, track];
            batch.listed.push(Listed { track, texts });
        }
        let (user, playlist) = (
            batch.text(&user.to_string()),
            batch.text(&playlist.to_string()),
        );
        let tracks = 0..batch.listed.len();
        batch.lists.push(List {
            user,
            playlist,
            line: number,
            tracks,
        });
        batches.push(batch);
    }
    for (user, playlist, track, seconds, moment) in heard {
        let mut batch = Batch::default();
        let [user, playlist, track] =
            [user, playlist, track].map(|text| batch.text(&text.to_string()));
        let (seconds, moment) = (i64::from(*seconds), moment.map(i64::from));
        batch.streams.push(Stream {
            user,
            playlist,
            track,
            seconds,
            moment,
        });
        batches.push(batch);
    }
    batches
}

/// All that comes out, as it is written, and how much it is.
fn written(batches: Vec<Batch>, room: usize) -> (Vec<u8>, TableCounts, u64) {
    let (mut rejects, progress) = (Rejects::new(None), Progress::default());
    let mut consolidation = Consolidation::new(room, &mut rejects, &progress);
    for batch in batches {
        consolidation.take(batch).unwrap();
    }
    let (mut lists, counts) = consolidation.finish().unwrap();
    let mut bytes = Vec::new();
    for threads in [1, 3] {
        let mut again = Vec::new();
        let threads = std::num::NonZeroUsize::new(threads).unwrap();
        let mut take = |records: &[u8]| {
            again.extend_from_slice(records);
            Ok(())
        };
        lists
            .for_each_encoded(threads, &super::output::encode, &mut take)
            .unwrap();
        assert!(bytes.is_empty() || bytes == again);
        bytes = again;
    }
    (bytes, lists.counts().unwrap(), counts.spilled)
}

proptest! {
    #![proptest_config(crate::long::cases(150, 300))]

    /// Up to a hundred runs, so that runs are merged into runs too.
    #[test]
    fn tables_on_disk_come_out_as_those_in_memory(
        lines in proptest::collection::vec((0..4u8, 0..3u8, proptest::collection::vec((0..90u8, 0..6u8), 0..70)), 0..40),
        heard in proptest::collection::vec((0..4u8, 0..3u8, 0..99u8, any::<u16>(), any::<Option<u16>>()), 0..60),
        room in 0..60_000usize,
    ) {
        let (expected, expected_counts, spilled) = written(batches(&lines, &heard), usize::MAX);
        prop_assert_eq!(spilled, 0);
        for room in [0, room] {
            let (found, counts, spilled) = written(batches(&lines, &heard), room);
            prop_assert_eq!(counts, expected_counts);
            prop_assert!(room > 0 || lines.is_empty() && heard.is_empty() || spilled > 0);
            prop_assert_eq!(String::from_utf8(found).unwrap(), String::from_utf8(expected.clone()).unwrap());
        }
    }
}
