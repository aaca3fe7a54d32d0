//! What holds for any titles and names.

use proptest::prelude::*;

use mixtape::isrc::fold::{key_of_words, tidy, words};
use mixtape::isrc::{Described, Isrc, Method, Track, Video, judge};

/// Names and titles that no rule reads anything into, in several scripts.
fn plain_words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Brask",
        "Tolve",
        "Ümber",
        "Ñandu",
        "Kvist",
        "Θάλασσα",
        "Белый",
        "قمر",
        "はな",
        "Işık",
        "Zorro",
        "Quill",
        "Plinth",
        "Murk",
    ]);
    prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "))
}

fn noise() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "(Official Music Video)",
        "[Official Video]",
        "(Lyric Video)",
        "[4K]",
        "(Official Audio)",
        "(Visualizer)",
        "Official Video",
        "(Video Oficial)",
        "| Official Video",
        "(Official Video) [HD]",
        "#new",
    ])
}

fn judge_texts(primary: &str, artist: Option<&str>, track: &str, by: &str) -> Option<Method> {
    judge(
        &Video::read(&Described {
            primary,
            secondary: None,
            artist,
        }),
        &Track::read(track, by),
    )
}

/// Every character there is, alone and between two letters. A random text found `Ǣ`, which became an `æ`, and only the second
/// time an `ae`.
#[test]
fn every_character_is_folded_at_once() {
    for character in '\0'..=char::MAX {
        for text in [character.to_string(), format!("a{character}b")] {
            let once = words(&tidy(&text));
            assert_eq!(words(&tidy(&once)), once, "{text:?}");
        }
    }
}

/// A random text found these: a diaeresis and a cedilla of their own, which came to the letter in an order that Unicode does not have.
#[test]
fn marks_that_come_to_a_letter_are_put_into_order() {
    for text in ["Ⱥ¨¸", "न¨¸", "x\u{327}\u{308}"] {
        let once = words(&tidy(text));
        assert_eq!(words(&tidy(&once)), once, "{text:?}");
    }
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in ".{0,40}") {
        let tidied = tidy(&text).into_owned();
        let once = words(&tidied);
        prop_assert_eq!(words(&tidy(&once)), once.clone());
        prop_assert!(!key_of_words(&once).contains(' '));
    }

    #[test]
    fn any_text_is_read_and_who_matches_meets_in_the_index(primary in ".{0,60}", secondary in ".{0,20}", artist in ".{0,20}", track in ".{0,40}", by in ".{0,20}") {
        let described = Described { primary: &primary, secondary: Some(&secondary), artist: Some(&artist) };
        let (video, row) = (Video::read(&described), Track::read(&track, &by));
        let verdict = judge(&video, &row);
        // Whoever is judged to be the same is found by the index too.
        if verdict.is_some() {
            let mut keys = Vec::new();
            video.for_each_key(|name, title| keys.push((name.to_owned(), title.to_owned())));
            let mut meets = false;
            row.for_each_key(|name, title| meets |= keys.iter().any(|(n, t)| n == name && t == title));
            prop_assert!(meets);
        }
    }

    #[test]
    fn titles_made_of_the_words_of_titles_are_read(
        parts in prop::collection::vec(prop::sample::select(vec![
            "Ada", "-", "(", ")", "[", "]", "'", "\"", "|", "feat.", "ft.", "&", "x", "Remix", "Live", "Official Video", "by", ":", "/", "#a",
            "s**t", "(feat. Bo)", "나비", "e", ",", "- -", "((", "with", "From \"X\"", " ",
        ]), 0..12),
        track in prop::collection::vec(prop::sample::select(vec!["Ada", "-", "(", ")", "feat.", "Remix", "나비", "s**t", "(나비)", "&"]), 0..6),
    ) {
        let (primary, track) = (parts.join(" "), track.join(" "));
        let video = Video::read(&Described { primary: &primary, secondary: Some(&track), artist: Some("Ada & Bo") });
        let row = Track::read(&track, "Bo x Ada");
        if judge(&video, &row).is_some() {
            let mut keys = Vec::new();
            video.for_each_key(|name, title| keys.push((name.to_owned(), title.to_owned())));
            let mut meets = false;
            row.for_each_key(|name, title| meets |= keys.iter().any(|(n, t)| n == name && t == title));
            prop_assert!(meets, "{:?} {:?}", primary, track);
        }
    }

    #[test]
    fn words_about_the_picture_part_no_pair(title in plain_words(), artist in plain_words(), noise in noise()) {
        prop_assume!(title != artist);
        let primary = format!("{artist} - {title} {noise}");
        prop_assert_eq!(judge_texts(&primary, None, &title, &artist), Some(Method::Exact));
        prop_assert_eq!(judge_texts(&primary, Some(&artist), &title, &artist), Some(Method::Exact));
        let shouted = primary.to_uppercase();
        prop_assert_eq!(judge_texts(&shouted, None, &title.to_lowercase(), &artist), Some(Method::Exact));
    }

    #[test]
    fn the_order_of_artists_makes_no_difference(
        title in plain_words(),
        artists in prop::collection::vec(plain_words(), 2..4),
        connector in prop::sample::select(vec![", ", " & ", " x ", " and ", " feat. "]),
        track in prop::sample::select(vec!["", " - Live", " (feat. Somebody Else)"]),
    ) {
        let forward = artists.join(connector);
        let backward = artists.iter().rev().cloned().collect::<Vec<_>>().join(", ");
        let by = artists.join(" & ");
        let row = format!("{title}{track}");
        let sets = |artist: &str| judge_texts(&title, Some(artist), &row, &by);
        prop_assert_eq!(sets(&artists.join(", ")), sets(&backward));
        prop_assert_eq!(sets(&forward).is_some(), sets(&backward).is_some());
        prop_assert_eq!(sets(&by), judge_texts(&title, Some(&by), &row, &backward));
    }

    #[test]
    fn a_version_never_matches_the_plain_track(
        title in plain_words(),
        artist in plain_words(),
        version in prop::sample::select(vec!["(Acoustic)", "(Live)", "(Karaoke Version)", "(Brask Remix)", "(Instrumental)", "(Sped Up)"]),
        noise in noise(),
    ) {
        prop_assume!(title != artist);
        let other = format!("{title} {version}");
        let video = format!("{artist} - {other} {noise}");
        prop_assert_eq!(judge_texts(&video, None, &title, &artist), Some(Method::Related));
        prop_assert_eq!(judge_texts(&video, None, &other, &artist), Some(Method::Version));
        prop_assert_eq!(judge_texts(&format!("{artist} - {title} {noise}"), None, &other, &artist), Some(Method::Related));
    }

    #[test]
    fn codes_are_read_with_and_without_hyphens(code in "[A-Z]{2}[A-Z0-9]{3}[0-9]{7}") {
        let hyphens = format!("{}-{}-{}-{}", &code[..2], &code[2..5], &code[5..7], &code[7..]).to_lowercase();
        let plain = Isrc::read(&code).unwrap();
        prop_assert_eq!(Isrc::read(&hyphens), Some(plain));
        prop_assert_eq!(plain.as_str(), &code);
        prop_assert_eq!(Isrc::read(&code[1..]), None);
    }
}
