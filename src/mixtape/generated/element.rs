//! One user, song or playlist, in many spellings.

use proptest::prelude::*;

use super::{Element, Seen};
use crate::mixtape::layout::{Layout, OWNERS};

/// White space and punctuation of an object: behind its brace, behind a name, between two members, and at its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling([&'static str; 4]);

pub(super) const ON_A_LINE: [Spelling; 3] = [
    Spelling(["", ":", ",", ""]),
    Spelling(["", ": ", ", ", ""]),
    Spelling([" ", " :\t", "  ,", "  "]),
];
pub(super) const TALL: Spelling = Spelling(["\n    ", ": ", ",\n    ", "\n  "]);

impl Spelling {
    fn object(self, members: &[(&str, String)]) -> String {
        let Spelling([open, colon, comma, close]) = self;
        let member = |(name, value): &(&str, String)| format!("\"{name}\"{colon}{value}");
        let members: Vec<String> = members.iter().map(member).collect();
        format!("{{{open}{}{close}}}", members.join(comma))
    }
}

/// What stands around songs: behind the bracket, between two, and at the end.
const LISTS: [[&str; 3]; 4] = [
    ["", ",", ""],
    ["", ", ", ""],
    [" ", " ,", "  "],
    ["\t", ",  ", ""],
];

/// The id of this number as a document spells it, and as messages show it; or its twin, which no document has.
pub(super) fn id(number: usize, twin: bool) -> (String, String) {
    let (bare, quoted) = (number.to_string(), format!("\"{number}\""));
    let written = match (number % 3, twin) {
        (0, false) | (1, true) => bare,
        (0, true) | (1, false) => quoted,
        (_, false) => format!("\"u\\u00e9{number}\""),
        (_, true) => format!("\"ü{number}\""),
    };
    let shown = written.replace("\\u00e9", "é");
    (written, shown)
}

/// A reference to one of `count` elements, and whether it leads nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference {
    number: usize,
    twin: bool,
}

impl Reference {
    fn among(self, count: usize) -> (String, u64) {
        let is_dangling = self.twin || self.number >= count;
        (id(self.number, self.twin).0, u64::from(is_dangling))
    }
}

fn reference() -> impl Strategy<Value = Reference> {
    (0..9usize, prop::bool::weighted(0.1)).prop_map(|(number, twin)| Reference { number, twin })
}

/// What a playlist is made of: whom each of the two names of an owner names, the songs and their list's spelling; whether there
/// is more, and which member comes first.
pub(super) type Parts = ([Option<Reference>; 2], Vec<Reference>, usize, bool, usize);

pub(super) fn parts() -> impl Strategy<Value = Parts> {
    let owner = || prop::option::of(reference());
    let songs = prop::collection::vec(reference(), 0..4);
    (
        [owner(), owner()],
        songs,
        0..LISTS.len(),
        any::<bool>(),
        0..4usize,
    )
}

pub(super) fn playlist(
    id: (String, String),
    parts: &Parts,
    layout: Layout,
    spelling: Spelling,
    [users, songs]: [usize; 2],
) -> Element {
    let (owners, list, lists, more, first) = parts;
    let (mut dangling, mut members) = (0, vec![("id", id.0)]);
    for (name, owner) in OWNERS.into_iter().zip(owners) {
        if let Some(owner) = owner {
            let (owner, is_dangling) = owner.among(users);
            members.push((name, owner));
            dangling += is_dangling;
        }
    }
    let list: Vec<String> = list
        .iter()
        .map(|song| {
            let (song, is_dangling) = song.among(songs);
            dangling += is_dangling;
            song
        })
        .collect();
    let [lead, comma, trail] = LISTS[*lists];
    let inside = format!("{lead}{}", list.join(comma));
    let (inside, trail) = if list.is_empty() {
        ("", lead)
    } else {
        (&inside[..], trail)
    };
    members.push((layout.songs(), format!("[{inside}{trail}]")));
    // Spelled as nothing else is.
    let look_alike = "{\"user_id\": \"none\", \"songs\":  [0], \"song_ids\":  [0]}";
    let further = || ("further", look_alike.to_owned());
    if *more {
        members.push(further());
    }
    let count = members.len();
    members.rotate_left(first % count);
    let mut text = spelling.object(&members);
    if layout == Layout::Wrapped {
        let mut members = vec![("playlist", text)];
        if *more {
            members.insert(first % 2, ("user_id", "\"none\"".to_owned()));
            members.insert(first % 3, further());
        }
        text = spelling.object(&members);
    }
    let songs = format!("\"{}\"{}[{inside}", layout.songs(), spelling.0[1]);
    let insertion = text.find(&songs).unwrap() + songs.len();
    let seen = Seen {
        ids: vec![Some(id.1)],
        place: Some((text.clone(), insertion as u64)),
    };
    Element {
        text,
        seen,
        dangling,
    }
}

pub(super) fn user(number: usize, layout: Layout, both: bool, spelling: Spelling) -> Element {
    let (written, shown) = id(number, false);
    let mut members = vec![(layout.user_id(), written)];
    let mut ids = [Layout::Plain, Layout::Wrapped].map(|of| (of == layout).then(|| shown.clone()));
    if both {
        // Where all users have both, it is this one that may count.
        let other = usize::from(layout == Layout::Plain);
        let (written, shown) = id(number + 20, false);
        ids[other] = Some(shown);
        members.insert(number % 2, (["id", "user_id"][other], written));
    }
    Element {
        text: spelling.object(&members),
        seen: Seen {
            ids: ids.to_vec(),
            place: None,
        },
        dangling: 0,
    }
}

pub(super) fn song(number: usize, spelling: Spelling) -> Element {
    let (written, shown) = id(number, false);
    let title = ("title", "\"}, {\\\"id\\\": 1\"".to_owned());
    Element {
        text: spelling.object(&[title, ("id", written)]),
        seen: Seen {
            ids: vec![Some(shown)],
            place: None,
        },
        dangling: 0,
    }
}
