//! OUTPUT of random changes held, byte for byte, against a model that knows the document by its parts and writes it anew.

mod model;

use proptest::prelude::*;

use super::*;
use model::{Blanks, Change, Mixtape, Object, Playlist};

fn pick<T: Clone + std::fmt::Debug + 'static>(from: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(from.to_vec())
}

fn songs(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(pick(&[1, 2, 33]), count)
}

prop_compose! {
    fn playlist()(
        songs in songs(0..4),
        lead in pick(&["", "", " ", "\n      "]),
        separator in pick(&[",", ", ", ",\n      ", " , "]),
        trail in pick(&["", " ", "\n    "]),
        gap in pick(&[",", ", ", ",\n  ", " ,\r\n\t"]),
    ) -> Playlist {
        Playlist { songs, blanks: Blanks { lead, separator, trail }, gap }
    }
}

prop_compose! {
    fn mixtape()(
        is_wrapped in any::<bool>(),
        object in pick(&[
            Object { open: "", colon: ":", separator: ",", close: "" },
            Object { open: "", colon: ": ", separator: ", ", close: "" },
            Object { open: " ", colon: " : ", separator: " , ", close: " " },
            Object { open: "\n    ", colon: ": ", separator: ",\n    ", close: "\n  " },
        ]),
        playlists in prop::collection::vec(playlist(), 1..12),
        ends in pick(&[["", ""], ["\n  ", "\n "], [" ", ""]]),
    ) -> Mixtape {
        Mixtape { is_wrapped, object, playlists, ends }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => (0..12usize, pick(&[1, 2, 33])).prop_map(|(index, song)| Change::Append(index, song)),
        3 => (0..12usize).prop_map(Change::Remove),
        1 => songs(1..4).prop_map(Change::Create),
    ];
    prop::collection::vec(change, 0..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn only_what_changed_is_written_anew_and_in_the_style_of_its_neighbours(
        mixtape in mixtape(),
        changes in changes(),
        (count, piece) in pick(&[(1, 1), (2, 4), (3, 40)]),
    ) {
        let (changed, changes) = mixtape.after(&changes);
        let text = mixtape.written(&mixtape.unchanged());
        let threads = Threads { count: NonZeroUsize::new(count).unwrap(), piece };
        let options = ApplyOptions { threads, ..ApplyOptions::default() };
        let (output, rejects) = run(&text, &changes, usize::MAX, &options).unwrap();
        prop_assert_eq!(output, mixtape.written(&changed));
        prop_assert!(rejects.is_empty());
    }
}

const INDENTED: Object = Object {
    open: "\n    ",
    colon: ": ",
    separator: ",\n    ",
    close: "\n  ",
};

/// Playlists that are written alike.
fn alike(songs: &[&[u32]], blanks: Blanks) -> Mixtape {
    let playlists = songs.iter().map(|songs| Playlist {
        songs: songs.to_vec(),
        blanks,
        gap: ",\n  ",
    });
    Mixtape {
        is_wrapped: false,
        object: INDENTED,
        playlists: playlists.collect(),
        ends: ["\n  ", "\n "],
    }
}

const ON_LINES: Blanks = Blanks {
    lead: "\n      ",
    separator: ",\n      ",
    trail: "\n    ",
};

#[test]
fn the_array_is_whole_whichever_playlists_are_removed() {
    let mixtape = alike(&[&[1, 2], &[], &[2]], ON_LINES);
    for removed in 0..8 {
        let removed = (0..3).filter(|number| removed >> number & 1 == 1);
        let mut changes: Vec<Change> = removed.map(Change::Remove).collect();
        for _ in 0..2 {
            let (changed, lines) = mixtape.after(&changes);
            let text = mixtape.written(&mixtape.unchanged());
            check(&text, &lines, &mixtape.written(&changed), "");
            changes.push(Change::Create(vec![33]));
        }
    }
}

#[test]
fn an_array_without_songs_takes_its_first_ones_as_its_neighbours_have_theirs() {
    for lead in ["", " ", "\n    "] {
        let mut mixtape = alike(&[&[1, 2], &[]], ON_LINES);
        mixtape.playlists[1].blanks.lead = lead;
        let (changed, lines) = mixtape.after(&[Change::Append(1, 1), Change::Append(1, 2)]);
        let text = mixtape.written(&mixtape.unchanged());
        check(&text, &lines, &mixtape.written(&changed), "");
    }
}

#[test]
fn a_playlist_longer_than_what_a_thread_holds_is_written_in_its_turn() {
    let (long, short) = ([1; 800], [2]);
    let mixtape = alike(&[&short, &long, &short, &long, &short], ON_LINES);
    let changes: Vec<Change> = (0..5).map(|number| Change::Append(number, 33)).collect();
    let (changed, lines) = mixtape.after(&changes);
    let text = mixtape.written(&mixtape.unchanged());
    check(&text, &lines, &mixtape.written(&changed), "");
}
