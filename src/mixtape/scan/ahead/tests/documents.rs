//! Documents in many spellings, ordinary ones and such that are full of look-alikes of what a scan looks for.

use proptest::prelude::*;

/// How a document is spelled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    between: &'static str,
    colon: &'static str,
    inner: &'static str,
}

pub(super) const STYLES: [Style; 4] = [
    Style {
        between: "",
        colon: ":",
        inner: "",
    },
    Style {
        between: " ",
        colon: ": ",
        inner: "",
    },
    Style {
        between: "\n    ",
        colon: ": ",
        inner: "\n        ",
    },
    Style {
        between: "\r\n\t",
        colon: " :\t",
        inner: " ",
    },
];

impl Style {
    fn object(&self, members: &[(String, String)]) -> String {
        let members = members.iter();
        let members =
            members.map(|(name, value)| format!("{}\"{name}\"{}{value}", self.inner, self.colon));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }

    pub(super) fn array(&self, elements: &[String]) -> String {
        let elements = elements.iter();
        let elements = elements.map(|element| format!("{}{element}", self.between));
        format!("[{}]", elements.collect::<Vec<_>>().join(","))
    }
}

fn pick<T: Clone + std::fmt::Debug + 'static>(from: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(from.to_vec())
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..1_000_000u64).prop_map(|id| format!("\"{id}\"")),
        4 => any::<u64>().prop_map(|id| id.to_string()),
        2 => "\"[a-z]{0,20}\"",
        1 => pick(&["\"é\"", "\"\\u00e9\"", "-1", "\"},{\\\"id\\\":\"", "\"[{\"", "\"007\"", "1e5"]).prop_map(str::to_owned),
    ]
}

/// Values that mean nothing, many of them look-alikes of elements and of what stands between them.
fn other() -> impl Strategy<Value = String> {
    let texts = [
        "\"Weiß\"",
        "\"},{\\\"id\\\":\\\"7\\\"},{\\\"id\\\":\\\"8\\\"\"",
        "\"{\"",
        "[{\"id\":1},{\"id\":2}]",
        "[{\"id\": \"1\"}, {\"id\": \"2\"}, {\"id\": \"3\", \"x\": [{\"id\": 1}]}]",
        "{\"id\":\"1\",\"song_ids\":[\"1\"]}",
        "[{\"id\":\"1\",\"song_ids\":[]},{\"id\":\"2\",\"song_ids\":[]}]",
        "[{\"playlist\":{\"id\":\"1\",\"songs\":[]}}]",
        "{\"playlist\":{\"id\":\"1\",\"songs\":[]}}",
        "null",
        "[[[]]]",
    ];
    prop_oneof![
        8 => id(),
        4 => pick(&texts).prop_map(str::to_owned),
        1 => (0..2000usize).prop_map(|length| format!("\"{}\"", "long{\"".repeat(length / 5).replace('"', "\\\""))),
    ]
}

/// What is hardly ever there.
fn seldom<T: Clone + std::fmt::Debug>(
    one_of: u32,
    what: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![
        one_of => Just(None),
        1 => what.prop_map(Some),
    ]
}

prop_compose! {
    fn element(kind: &'static str, wrapped: bool, style: Style)(
        number in 0..1_000_000u64,
        odd_id in seldom(6, id()),
        owner in seldom(8, pick(&["owner_id", "user_id"])),
        songs in prop::collection::vec(id(), 0..6),
        [lead, trail] in [pick(&["", " ", "\n"]), pick(&["", "", "\n   "])],
        separator in pick(&[",", ", ", ",\n          ", ",\n          "]),
        further in seldom(4, other()),
        first in any::<bool>(),
        wrong in seldom(400, pick(&["\"id\"", "{}", "[]", "{\"id\":null}", "{\"id\":1,\"id\":2}", "7", "{\"id\":1,\"song_ids\":[1,}", "{\"id\":1e}", "{{", "nul"])),
    ) -> String {
        if let Some(wrong) = wrong {
            return wrong.to_owned();
        }
        let text = |text: &str| text.to_owned();
        let id = odd_id.unwrap_or_else(|| format!("\"{number}\""));
        let name = if kind == "users" && wrapped { "user_id" } else { "id" };
        let mut members = vec![(text(name), id)];
        let songs = format!("[{lead}{}{trail}]", songs.join(separator));
        match (kind, wrapped) {
            ("playlists", false) => {
                members.push((text(owner.unwrap_or("owner_id")), text("\"1\"")));
                members.push((text("song_ids"), songs));
            }
            ("playlists", true) => {
                members.push((text("name"), text("\"n\"")));
                members.push((text("user_id"), text("\"1\"")));
                members.push((text("songs"), songs));
            }
            _ => members.push((text("title"), format!("\"t{number}\""))),
        }
        if let Some(value) = further {
            let at = if first { 0 } else { members.len() };
            members.insert(at, (text("further"), value));
        }
        let object = style.object(&members);
        match kind == "playlists" && wrapped {
            true => style.object(&[(text("playlist"), object)]),
            false => object,
        }
    }
}

prop_compose! {
    pub(super) fn document()(style in pick(&STYLES), wrapped in any::<bool>())(
        users in prop::collection::vec(element("users", wrapped, style), 0..30),
        playlists in prop::collection::vec(element("playlists", wrapped, style), 0..60),
        songs in prop::collection::vec(element("songs", wrapped, style), 0..40),
        order in pick(&[[0, 1, 2], [2, 1, 0], [1, 2, 0]]),
        further in seldom(2, other()),
        mark in seldom(20, Just("\u{feff}")),
        style in Just(style),
    ) -> String {
        let text = |text: &str| text.to_owned();
        let arrays = [
            (text("users"), style.array(&users)),
            (text("playlists"), style.array(&playlists)),
            (text("songs"), style.array(&songs)),
        ];
        let mut members = order.map(|at| arrays[at].clone()).to_vec();
        if let Some(value) = further {
            members.insert(1, (text("further"), value));
        }
        format!("{}{}\n", mark.unwrap_or_default(), style.object(&members))
    }
}

/// A document of a hundred and more elements in each array.
pub(super) fn ordinary(style: Style, wrapped: bool) -> String {
    let text = |text: &str| text.to_owned();
    let numbered = |name: &str, number: u32| (text(name), format!("\"{number}\""));
    let user_id = if wrapped { "user_id" } else { "id" };
    let users = (1..150).map(|i| style.object(&[numbered(user_id, i), numbered("name", i)]));
    let songs = (1..150).map(|i| style.object(&[numbered("id", i), numbered("title", i)]));
    let playlists = (1..150).map(|i| {
        let songs = (
            text(if wrapped { "songs" } else { "song_ids" }),
            text("[\"1\", \"2\"]"),
        );
        let object = style.object(&[numbered("id", i), numbered("user_id", i), songs]);
        match wrapped {
            true => style.object(&[(text("playlist"), object)]),
            false => object,
        }
    });
    style.object(&[
        (text("users"), style.array(&users.collect::<Vec<_>>())),
        (
            text("playlists"),
            style.array(&playlists.collect::<Vec<_>>()),
        ),
        (text("songs"), style.array(&songs.collect::<Vec<_>>())),
    ])
}
