//! What is remembered of two parts of a document, put together, held against what is remembered of the whole.

use proptest::prelude::*;

use super::*;

/// What an array of songs shows.
#[derive(Clone, Debug)]
enum Shown {
    Separator(Vec<u8>),
    Ends(Vec<u8>, Vec<u8>),
}

/// Remembers all of it, and returns what each separator is called.
fn remember_all(separators: &mut Separators, shown: &[Shown]) -> Vec<SeparatorId> {
    let ids = shown.iter().filter_map(|shown| match shown {
        Shown::Separator(text) => Some(separators.intern(text)),
        Shown::Ends(lead, trail) => {
            separators.set_lead(lead);
            separators.set_trail(trail);
            None
        }
    });
    ids.collect()
}

/// All that others can ask of them, but for the separators of playlists.
fn asked(separators: &Separators) -> (Option<&[u8]>, &[u8], &[u8], bool) {
    let unknown = separators.get(UNKNOWN);
    assert_eq!(unknown, separators.get(EMPTY_ARRAY));
    assert_eq!(unknown, separators.get(BLANK_ARRAY));
    (
        unknown,
        separators.lead(),
        separators.trail(),
        separators.any(),
    )
}

/// A comma with so many blanks.
fn comma(blanks: usize) -> Vec<u8> {
    [&b","[..], &vec![b' '; blanks]].concat()
}

fn different(range: std::ops::Range<usize>) -> Vec<Shown> {
    range
        .map(|blanks| Shown::Separator(comma(blanks)))
        .collect()
}

fn shown() -> impl Strategy<Value = Vec<Shown>> {
    let blanks =
        prop_oneof![40 => 0..5usize, 1 => 253..258usize].prop_map(|count| vec![b' '; count]);
    let separator = prop_oneof![8 => 0..5usize, 1 => 5..300usize].prop_map(comma);
    let shown = prop_oneof![
        2 => separator.prop_map(Shown::Separator),
        1 => (blanks.clone(), blanks).prop_map(|(lead, trail)| Shown::Ends(lead, trail)),
    ];
    prop::collection::vec(shown, 0..12)
}

proptest! {
    #[test]
    fn what_two_parts_show_is_what_the_whole_shows(first in shown(), later in shown()) {
        let [mut one, mut other, mut whole] = [(); 3].map(|()| Separators::default());
        let first_ids = remember_all(&mut one, &first);
        let later_ids = remember_all(&mut other, &later);
        let whole_ids = remember_all(&mut whole, &[first, later.clone()].concat());
        let before = one.clone();
        let is_short = later.iter().all(|shown| match shown {
            Shown::Separator(_) => true,
            Shown::Ends(lead, trail) => lead.len().max(trail.len()) <= MAX_LENGTH,
        });
        match one.append(&other) {
            None => {
                prop_assert!(!is_short);
                prop_assert_eq!(asked(&one), asked(&before));
            }
            Some(called) => {
                prop_assert!(is_short);
                prop_assert_eq!(asked(&one), asked(&whole));
                let ids = first_ids.into_iter().chain(later_ids.into_iter().map(called));
                let texts: Vec<_> = ids.map(|id| one.get(id)).collect();
                let expected: Vec<_> = whole_ids.iter().map(|&id| whole.get(id)).collect();
                prop_assert_eq!(texts, expected);
            }
        }
    }
}

#[test]
fn every_separator_that_is_remembered_keeps_its_text_and_the_others_have_that_of_the_last() {
    let mut separators = Separators::default();
    assert_eq!(separators.get(UNKNOWN), None);
    for _ in 0..2 {
        let ids = remember_all(&mut separators, &different(0..MOST + 5));
        for (blanks, id) in ids.into_iter().enumerate() {
            let text = comma(blanks.min(MOST - 1));
            assert_eq!(separators.get(id), Some(&text[..]), "{blanks}");
        }
    }
    let mut separators = Separators::default();
    let [short, longest, too_long] =
        [0, MAX_LENGTH - 1, MAX_LENGTH].map(|blanks| separators.intern(&comma(blanks)));
    assert_eq!(separators.get(short), Some(&b","[..]));
    assert_eq!(separators.get(longest), Some(&comma(MAX_LENGTH - 1)[..]));
    assert_eq!(too_long, UNKNOWN);
}

#[test]
fn parts_that_show_more_separators_together_than_are_remembered_stay_apart() {
    for (first, later, fits) in [
        (0..MOST, 0..MOST, true),
        (0..MOST, 10..20, true),
        (0..10, 10..MOST, true),
        (0..10, 5..MOST, true),
        (0..10, 10..MOST + 1, false),
        (0..10, 5..MOST + 1, false),
        (0..MOST, MOST..MOST + 1, false),
        (0..MOST, 0..MOST + 1, false),
        (0..0, 0..MOST, true),
        (0..0, 0..MOST + 1, false),
    ] {
        let [mut one, mut other] = [(); 2].map(|()| Separators::default());
        remember_all(&mut one, &different(first.clone()));
        remember_all(&mut other, &different(later.clone()));
        assert_eq!(one.append(&other).is_some(), fits, "{first:?} {later:?}");
    }
}
