//! What is understood of a document, and what is said to be wrong with it, held against its text.

mod wrong;

use std::io::Write;

use super::super::{Index, Place, Surveyor, survey};
use super::*;
use crate::error::{Error, Result};
use crate::io::Rereadable;
use crate::json::HoldLimit;

const LIMIT: HoldLimit = HoldLimit {
    bytes: 20,
    what: "an id",
    flag: "--none",
};

/// A mixtape of this text.
pub(in crate::mixtape) fn mixtape_of(text: &str) -> Rereadable {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    Rereadable::open(file.path(), &Default::default()).unwrap()
}

/// Writes down what it is handed: ids, and of playlists the text up to the place for songs, and the rest.
struct Listed<'t> {
    text: &'t str,
    lines: Vec<String>,
}

impl Surveyor for Listed<'_> {
    fn user(&mut self, id: Option<Id<'_>>, user_id: Option<Id<'_>>) -> Result<()> {
        let [id, user_id] = [id, user_id].map(|id| id.map_or("-".to_owned(), |id| id.to_string()));
        self.lines.push(format!("user {id} {user_id}"));
        Ok(())
    }

    fn song(&mut self, id: Id<'_>) -> Result<()> {
        self.lines.push(format!("song {id}"));
        Ok(())
    }

    fn playlist(&mut self, id: Id<'_>, place: &Place) -> Result<()> {
        let text = |range: Range<u64>| &self.text[range.start as usize..range.end as usize];
        self.lines.push(format!(
            "playlist {id}: {} | {}",
            text(place.start..place.insertion),
            text(place.insertion..place.end)
        ));
        Ok(())
    }
}

/// What a survey hands on, and whether users go by their `user_id`.
fn surveyed(text: &str) -> Result<(Vec<String>, bool)> {
    let mut listed = Listed {
        text,
        lines: Vec::new(),
    };
    let survey = survey(&mixtape_of(text), LIMIT, &mut listed)?;
    let by_user_id = survey.shape.users_by_user_id();
    assert_eq!(by_user_id, survey.users_by_user_id);
    Ok((listed.lines, by_user_id))
}

fn said(error: &Error) -> String {
    let at = error.position().unwrap();
    let path = error.path().unwrap_or_default();
    format!("{}:{} {path}: {}", at.line, at.column, error.message())
}

/// What an index says of a document that is none.
fn refused(text: &str) -> String {
    match Index::read(&mixtape_of(text), LIMIT) {
        Ok(_) => panic!("{text} is taken"),
        Err(error) => said(&error),
    }
}

#[test]
fn a_survey_hands_on_every_element_in_its_order() {
    let text = r#"{"x": [{"id": 0}], "songs": [{"id": "7"}, {"id": 8, "x": {}}],
"users": [{"id": 1}, {"\u0069d": "\u0032", "user_id": 3}, {"user_id": "\u0034", "id": "5"}],
"playlists": [{"song_ids": [7, "8" ], "id": "a"}, {"id": "\u0062", "song_ids": [ ]}, {"id": 3, "song_ids": [], "x": 1}]}"#;
    let (lines, by_user_id) = surveyed(text).unwrap();
    let expected = [
        r#"song "7""#,
        "song 8",
        "user 1 -",
        r#"user "2" 3"#,
        r#"user "5" "4""#,
        r#"playlist "a": {"song_ids": [7, "8" |  ], "id": "a"}"#,
        r#"playlist "b": {"id": "\u0062", "song_ids": [ |  ]}"#,
        r#"playlist 3: {"id": 3, "song_ids": [ | ], "x": 1}"#,
    ];
    assert_eq!(lines, expected);
    assert!(!by_user_id);
}

/// The ids of these playlists, and whether they are wrapped; or what is wrong with them.
fn playlists(text: &str) -> std::result::Result<(String, bool), String> {
    let text = format!("{{\"users\": [], \"songs\": [], \"playlists\": [\n{text}\n]}}");
    let (lines, _) = surveyed(&text).map_err(|error| said(&error))?;
    let ids = lines.iter().map(|line| &line["playlist ".len()..]);
    let ids: Vec<&str> = ids.map(|line| line.split_once(':').unwrap().0).collect();
    // The layout shows in what users go by.
    let with_user = text.replacen("[]", r#"[{"id": 1, "user_id": 2}]"#, 1);
    Ok((ids.join(" "), surveyed(&with_user).unwrap().1))
}

#[test]
fn the_first_playlist_tells_the_layout_and_what_belongs_to_the_other_one_means_nothing() {
    let plain = |ids: &str| (ids.to_owned(), false);
    let wrapped = |ids: &str| (ids.to_owned(), true);
    for (text, expected) in [
        (r#"{"id": 1, "song_ids": []}"#, plain("1")),
        (r#"{"playlist": {"id": 1, "songs": []}}"#, wrapped("1")),
        // The inner object counts where the outer one is not a playlist.
        (
            r#"{"id": 9, "playlist": {"id": 1, "songs": []}}"#,
            wrapped("1"),
        ),
        (
            r#"{"song_ids": [], "playlist": {"id": 1, "songs": []}}"#,
            wrapped("1"),
        ),
        (
            r#"{"id": 9, "song_ids": [], "playlist": {"id": 1, "songs": []}}"#,
            plain("9"),
        ),
        (r#"{"playlist": 7, "id": 9, "song_ids": []}"#, plain("9")),
        // What is wrong with the other layout's members is nothing.
        (
            r#"{"id": null, "song_ids": 7, "user_id": [], "playlist": {"id": 1, "songs": []}}"#,
            wrapped("1"),
        ),
        (
            r#"{"owner_id": 1, "owner_id": {}, "playlist": {"id": 1, "songs": [], "song_ids": 7}}"#,
            wrapped("1"),
        ),
        (
            r#"{"id": 9, "song_ids": [], "songs": 7, "songs": [null], "playlist": {"id": null}}"#,
            plain("9"),
        ),
        // Of later ones, even that an id is too long, or stands twice.
        (
            r#"{"id": 1, "song_ids": []}, {"id": 2, "song_ids": [], "playlist": 7, "playlist": {"id": 1, "id": 1}}"#,
            plain("1 2"),
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}}, {"id": "012345678901234567890", "id": 3, "playlist": {"id": 2, "songs": []}}"#,
            wrapped("1 2"),
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}}, {"playlist": {"id": 2, "playlist": 7, "songs": []}}"#,
            wrapped("1 2"),
        ),
    ] {
        assert_eq!(playlists(text), Ok(expected), "{text}");
    }
}

#[test]
fn an_element_is_right_or_wrong_whether_it_is_the_first_one_or_not() {
    let wrapped = r#"{"playlist": {"id": 1, "songs": []}}"#;
    let plain = r#"{"id": 1, "song_ids": []}"#;
    for (before, text) in [
        (
            wrapped,
            r#"{"playlist": {"id": 2, "songs": []}, "playlist": 7}"#,
        ),
        (
            wrapped,
            r#"{"playlist": 7, "playlist": {"id": 2, "songs": []}}"#,
        ),
        (
            plain,
            r#"{"id": 2, "song_ids": [], "playlist": {}, "playlist": {}}"#,
        ),
    ] {
        let later = playlists(&format!("{before}, {text}"));
        assert_eq!(playlists(text).is_ok(), later.is_ok(), "{text}: {later:?}");
    }
}

#[test]
fn an_id_that_stands_twice_is_named_with_both_its_places_wherever_its_array_is() {
    for (array, element) in [
        ("users", "user"),
        ("songs", "song"),
        ("playlists", "playlist"),
    ] {
        let text = format!(
            "{{\"x\": [{{\"id\": 1}}],\n\"y\": {{\"{array}\": [{{\"id\": 2}}, {{\"id\": 2}}]}},\n\"{array}\": [ELEMENTS]"
        );
        let others = ["users", "songs", "playlists"]
            .into_iter()
            .filter(|&other| other != array);
        let others: Vec<String> = others.map(|other| format!("\n\"{other}\": []")).collect();
        let elements =
            ["7", "\"7\"", "8", "7", "8"].map(|id| format!("\n{{\"song_ids\": [], \"id\": {id}}}"));
        let text = text.replace("ELEMENTS", &elements.join(","));
        let byte = text.find("{\"song_ids\": [], \"id\": 7}").unwrap();
        assert_eq!(
            refused(&format!("{text},{}}}", others.join(","))),
            format!(
                "7:1 $.{array}[3]: {element} id 7 stands twice; first at 4:1 (byte {byte}), here again"
            )
        );
    }
}

#[test]
fn the_user_who_lacks_the_id_that_counts_is_named() {
    let users = r#"{"users": [{"id": 1, "user_id": 1}, {"user_id": 2}, {"id": 3}]"#;
    for (playlist, expected) in [
        (
            r#"{"id": 1, "song_ids": []}"#,
            r#"1:37 $.users[1]: user without "id""#,
        ),
        (
            r#"{"playlist": {"id": 1, "songs": []}}"#,
            r#"1:53 $.users[2]: user without "user_id""#,
        ),
    ] {
        let text = format!("{users}, \"songs\": [], \"playlists\": [{playlist}]}}");
        assert_eq!(refused(&text), expected);
        assert_eq!(
            surveyed(&text).map_err(|error| said(&error)).unwrap_err(),
            expected
        );
    }
}
