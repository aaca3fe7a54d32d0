//! Lines of any number of files, held against the document that they stand for.

use proptest::prelude::*;

use super::*;
use crate::mixtape::generated::{
    Generated, LIMIT, Lay, Notes, Seen, extended, mixtape, new_playlists, opened,
};
use crate::mixtape::layout::Layout;
use crate::mixtape::survey::survey;

/// Elements as a file has them: each on its line, in front of which there may be blank ones.
fn text(generated: &Generated, kind: Kind, blanks: &str) -> Vec<String> {
    let elements = generated.arrays[kind as usize].iter();
    elements
        .map(|element| format!("{blanks}{}{blanks}\n", element.text))
        .collect()
}

/// Where a block of lines stands that others are in front of.
fn behind(bytes: u64) -> Position {
    Position {
        line: 1 + bytes,
        column: 1,
        byte: bytes,
    }
}

/// Reads lines block by block, `at_once` of them in each, and returns what was seen of them. The first stands at `at`.
fn read(lines: &mut Lines, texts: &[String], at_once: usize, mut at: u64) -> Vec<Seen> {
    let mut seen = Vec::new();
    for block in texts.chunks(at_once) {
        let block = block.concat();
        let mut notes = Notes::of(&block, at);
        lines
            .read("lines", block.as_bytes(), behind(at), LIMIT, &mut notes)
            .unwrap();
        seen.extend(notes.seen);
        at += block.len() as u64;
    }
    seen
}

/// What files show that have these lines, cut after so many of them each.
fn outline(texts: &[String], cuts: &[usize], at_once: usize, seen: &mut Vec<Seen>) -> LinesOutline {
    let first = texts.first();
    let first = first.map(|line| (line.as_bytes(), "first", Position::START));
    let (mut outline, mut rest) = (LinesOutline::default(), texts);
    for cut in cuts.iter().chain([&usize::MAX]) {
        let (file, others) = rest.split_at(rest.len().min(*cut));
        let mut lines = Lines::new(Kind::Playlists, first, LIMIT).unwrap();
        seen.extend(read(&mut lines, file, at_once, 5));
        assert_eq!(lines.count(), file.len() as u64);
        // It can be kept.
        let kept = serde_json::to_string(&lines.outline()).unwrap();
        outline.append(serde_json::from_str(&kept).unwrap());
        rest = others;
    }
    outline
}

/// The shape of the document that the lines stand for.
fn shape(outline: LinesOutline, generated: &Generated) -> Shape {
    let without = |name: usize| {
        let mut users = generated.arrays[Kind::Users as usize].iter();
        users.any(|user| user.seen.ids[name].is_none())
    };
    let first = |kind: Kind| {
        let first = generated.arrays[kind as usize].first();
        first.map_or(&b""[..], |element| element.text.as_bytes())
    };
    outline.shape(&LinesStyle {
        users_without: [without(0), without(1)],
        first_user: first(Kind::Users),
        first_song: first(Kind::Songs),
    })
}

/// New playlists and further songs, each with what stands in front of it.
fn looks(shape: &Shape, playlists: &[String]) -> (bool, [String; 3], Vec<String>) {
    let block = playlists.concat();
    let mut notes = Notes::of(&block, 9);
    let mut lines = Lines::of_shape(shape);
    lines
        .read("lines", block.as_bytes(), behind(9), LIMIT, &mut notes)
        .unwrap();
    let extended = extended(&block, 9, shape, &notes.places);
    (shape.users_by_user_id(), new_playlists(shape), extended)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn playlists_on_lines_look_like_those_of_the_document_that_they_stand_for(
        generated in mixtape(Lay::OnLines),
        cuts in prop::collection::vec(0..4usize, 0..4),
        at_once in 1..4usize,
        blanks in prop::sample::select(vec!["", " ", "\n\n", "\r"]),
    ) {
        let (document, _) = generated.document();
        let (_file, opened) = opened(&document);
        let mut notes = Notes::of(&document, 0);
        let survey = survey(&opened, LIMIT, &mut notes).unwrap();
        let texts = text(&generated, Kind::Playlists, blanks);
        let mut seen = Vec::new();
        let outline = outline(&texts, &cuts, at_once, &mut seen);
        let expected: Vec<Seen> = generated.playlists().iter().map(|one| one.seen.clone()).collect();
        prop_assert_eq!(&seen, &expected);
        prop_assert_eq!(outline.count, expected.len() as u64);
        let strings = expected.iter().filter(|seen| seen.ids[0].as_ref().unwrap().starts_with('"'));
        prop_assert_eq!(outline.string_ids, strings.count() as u64);
        prop_assert_eq!(outline.largest, survey.largest);
        let shape = shape(outline, &generated);
        let (by_user_id, new, songs) = looks(&shape, &texts);
        prop_assert_eq!(by_user_id, survey.users_by_user_id);
        prop_assert_eq!(songs, extended(&document, 0, &survey.shape, &notes.places));
        // Between lines there is no comma.
        let [first, _, second] = new_playlists(&survey.shape);
        prop_assert_eq!(new, [first, "\n".to_owned(), second]);
        for kind in [Kind::Users, Kind::Songs] {
            let texts = text(&generated, kind, blanks);
            let mut lines = Lines::new(kind, None, LIMIT).unwrap();
            let seen = read(&mut lines, &texts, at_once, 0);
            let expected = generated.arrays[kind as usize].iter().map(|one| one.seen.clone());
            prop_assert_eq!(seen, expected.collect::<Vec<_>>());
            prop_assert_eq!(lines.count(), texts.len() as u64);
        }
    }
}

/// What is wrong with lines of which the first stands on line 11, at byte 300.
fn wrong(kind: Kind, block: &str) -> String {
    let at = Position {
        line: 11,
        column: 1,
        byte: 300,
    };
    let mut lines = Lines::new(kind, None, LIMIT).unwrap();
    let error = lines.read("lines", block.as_bytes(), at, LIMIT, &mut Nobody);
    error.unwrap_err().to_string()
}

#[test]
fn a_line_that_is_no_whole_element_is_said_with_its_place() {
    for (kind, block, expected) in [
        (
            Kind::Songs,
            "{\"id\": 1}\n\n{\"id\":\n 2}\n",
            "lines:13:7: $: the text ends before the JSON value does (byte 317)",
        ),
        // One of those that are recognized as a whole.
        (
            Kind::Playlists,
            "{\"id\": 1, \"song_ids\": []}\n\n {\"id\": 2,\n \"song_ids\": []}\n",
            "lines:13:2: $: an object must end on the line on which it begins (byte 328)",
        ),
        (
            Kind::Songs,
            "{\"id\": 1}\n {\"id\": 2} {\"id\": 3}\n",
            "lines:12:12: $: unexpected text after the JSON value (byte 321)",
        ),
        (
            Kind::Songs,
            "{\"id\": 1}\n[1]\n",
            "lines:12:1: $: song must be an object, found array (byte 310)",
        ),
        (
            Kind::Users,
            "{\"id\": 1}\n {\"name\": 1}\n",
            "lines:12:2: $: user without \"id\" (or \"user_id\") (byte 311)",
        ),
        (
            Kind::Playlists,
            "{\"id\": 1, \"song_ids\": []}\n{\"playlist\": {\"id\": 2, \"songs\": []}}\n",
            "lines:12:1: $: playlist without \"id\" (byte 326)",
        ),
        (
            Kind::Songs,
            "{\"id\": \"0123456789012345678901234567890123456789012345678901234567\"}\n{\"id\": \"01234567890123456789012345678901234567890123456789012345678\"}\n",
            "lines:12:8: $: an id is longer than 60 bytes; --max-id sets this limit (byte 376)",
        ),
        (
            Kind::Songs,
            "{\"id\": 1}\n{\"id\":",
            "lines:12:7: $: the text ends before the JSON value does (byte 316)",
        ),
    ] {
        assert_eq!(wrong(kind, block), expected, "{block}");
    }
}

#[test]
fn the_first_playlist_of_all_lays_out_those_of_every_file() {
    let first = &b"{\"playlist\": {\"id\": 1, \"songs\": []}}\n"[..];
    let first = Some((first, "first", Position::START));
    let mut lines = Lines::new(Kind::Playlists, first, LIMIT).unwrap();
    assert_eq!(lines.count(), 0);
    let plain = b"{\"id\": 1, \"song_ids\": []}\n";
    let error = lines.read("lines", plain, behind(20), LIMIT, &mut Nobody);
    assert_eq!(
        error.unwrap_err().to_string(),
        "lines:21:1: $: element without \"playlist\" (byte 20)"
    );
    let none = Some((&b"7\n"[..], "first", behind(3)));
    assert_eq!(
        Lines::new(Kind::Playlists, none, LIMIT)
            .err()
            .unwrap()
            .to_string(),
        "first:4:1: $: playlist must be an object, found number (byte 3)"
    );
}

#[test]
fn what_the_surveyor_says_ends_the_reading() {
    let block = "{\"id\": 1}\n{\"id\": 2}\nx\n";
    let mut notes = Notes {
        most: 2,
        ..Notes::of(block, 0)
    };
    let mut lines = Lines::new(Kind::Songs, None, LIMIT).unwrap();
    let error = lines.read(
        "lines",
        block.as_bytes(),
        Position::START,
        LIMIT,
        &mut notes,
    );
    assert_eq!(error.unwrap_err().to_string(), "that is enough");
    assert_eq!(notes.seen.len(), 2);
}

#[test]
fn of_no_playlists_at_all_users_tell_the_layout() {
    for (users_without, by_user_id) in [
        ([false, false], false),
        ([true, false], true),
        ([false, true], false),
        ([true, true], false),
    ] {
        let style = LinesStyle {
            users_without,
            first_user: b"{\"id\": 1, \"user_id\": 1}",
            first_song: b"",
        };
        // The files of a mixtape that has none show nothing.
        let mut outline = LinesOutline::default();
        outline.append(Lines::new(Kind::Playlists, None, LIMIT).unwrap().outline());
        let shape = outline.shape(&style);
        assert_eq!(shape.users_by_user_id(), by_user_id);
        assert_eq!(shape.generated("7").to_string(), "\"7\"");
        let layout = if by_user_id {
            Layout::Wrapped
        } else {
            Layout::Plain
        };
        assert!(new_playlists(&shape)[0].contains(layout.songs()));
    }
}
