//! The page in a real browser: what it makes of hostile titles, and which figures it shows, to eyes and ears.

use std::collections::BTreeSet;

use crate::document::{Element, parse};
use crate::hostile::{HOSTILE, hostile, page, shown};
use crate::support::chromium::Chromium;

/// The texts of the cells of a table, row by row.
fn cells(elements: &[Element], table: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for element in elements.iter().filter(|element| element.is_within(table)) {
        match element.name.as_str() {
            "tr" => rows.push(Vec::new()),
            "th" | "td" => rows.last_mut().expect("a row").push(element.text.clone()),
            _ => {}
        }
    }
    rows
}

#[test]
fn hostile_titles_are_shown_and_do_nothing() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let elements = parse(&browser.document(&page(&stored), 1280));

    let ours = "html head meta title style body main header footer article h1 h2 h3 p div dl dt dd strong span figure figcaption \
                table caption thead tbody tr th td bdi details summary svg desc line rect text circle path";
    let ours: BTreeSet<&str> = ours.split_ascii_whitespace().collect();
    let found: BTreeSet<&str> = elements
        .iter()
        .map(|element| element.name.as_str())
        .collect();
    assert!(found.is_subset(&ours), "{found:?}");
    let attributes: BTreeSet<&str> = elements
        .iter()
        .flat_map(|element| element.attributes.keys().map(String::as_str))
        .collect();
    let acts = |name: &&str| {
        name.starts_with("on") || ["href", "src", "style", "action", "xlink:href"].contains(name)
    };
    assert_eq!(attributes.into_iter().find(acts), None);
    let title = elements
        .iter()
        .find(|element| element.name == "title")
        .unwrap();
    assert_eq!(title.text, "Seconds streamed of personalised playlists");
    assert_eq!(
        elements
            .iter()
            .filter(|element| element.name == "style")
            .count(),
        1
    );

    // Every title is there, letter by letter.
    let isolated: BTreeSet<&str> = elements
        .iter()
        .filter(|element| element.name == "bdi")
        .map(|element| element.text.as_str())
        .collect();
    for title in HOSTILE {
        assert!(isolated.contains(shown(title).as_str()), "{title:?}");
    }
}

#[test]
fn the_page_shows_the_figures_of_the_report() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let elements = parse(&browser.document(&page(&stored), 390));

    let header = [
        "Playlist",
        "Seconds",
        "Hours",
        "Streams",
        "Listeners",
        "Users",
        "Recommended",
        "Heard",
        "Share",
    ];
    assert_eq!(
        cells(&elements, "#playlists"),
        [
            header.map(str::to_owned).to_vec(),
            [
                HOSTILE[0], "180,000", "50.0 h", "45", "1", "1", "9", "9", "100.0 %"
            ]
            .map(str::to_owned)
            .to_vec(),
            [
                HOSTILE[1], "90,000", "25.0 h", "45", "1", "1", "9", "9", "100.0 %"
            ]
            .map(str::to_owned)
            .to_vec(),
            [
                HOSTILE[2], "59,997", "16.7 h", "45", "1", "2", "18", "9", "50.0 %"
            ]
            .map(str::to_owned)
            .to_vec(),
        ]
    );
    let cards: Vec<&str> = elements
        .iter()
        .filter(|element| element.name == "strong")
        .map(|element| element.text.as_str())
        .collect();
    assert_eq!(cards, ["91.7 h", "135", "1", "75.0 %"]);
    let works = cells(&elements, "#works");
    assert_eq!(works.len(), 1 + HOSTILE.len());
    assert_eq!(works[1][..3], [HOSTILE[8], HOSTILE[8], "66,000"]);

    // Bars as long as they shall be on an axis of 60 hours, and what they are in words.
    let bars = |id: &str| -> Vec<&Element> {
        elements
            .iter()
            .filter(|element| element.name == "rect" && element.is_within(id))
            .collect()
    };
    let widths: Vec<&str> = bars("#seconds")
        .iter()
        .map(|bar| bar.attribute("width"))
        .collect();
    assert_eq!(widths, ["83.33%", "41.66%", "27.77%"]);
    let marks: Vec<&str> = elements
        .iter()
        .filter(|element| {
            element.name == "text"
                && element.attribute("class").starts_with("mark")
                && element.is_within("#seconds")
        })
        .map(|element| element.text.as_str())
        .collect();
    assert_eq!(
        marks,
        [
            "0 s",
            "0 h",
            "72,000 s",
            "20.0 h",
            "144,000 s",
            "40.0 h",
            "216,000 s",
            "60.0 h"
        ]
    );
    for chart in ["#streams", "#listeners", "#heard"] {
        assert_eq!(bars(chart).len(), 3, "{chart}");
    }

    // The song lists, the lines and their figures.
    let songs: Vec<&Element> = elements
        .iter()
        .filter(|element| {
            element.name == "th"
                && element.is_within("article")
                && element.attribute("scope") == "row"
        })
        .collect();
    assert_eq!(songs.len(), 9 + 9, "songs, and the times of the figures");
    let lines = |id: &str| {
        elements
            .iter()
            .filter(|element| element.name == "path" && element.is_within(id))
            .count()
    };
    assert_eq!((lines("#plays-1"), lines("#positions-1")), (1, 5));
    let dots = elements
        .iter()
        .filter(|element| element.name == "circle" && element.is_within("#plays-1"));
    let said: Vec<&str> = dots.map(|dot| dot.text.as_str()).collect();
    assert_eq!(said[0], "Plays, 2026-03-01T10:00:00: 1,070");
    assert_eq!(said.len(), 9);
}

#[test]
fn a_screen_reader_finds_a_name_for_every_picture_and_table() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let elements = parse(&browser.document(&page(&stored), 1280));
    let html = &elements[0];
    assert_eq!((html.name.as_str(), html.attribute("lang")), ("html", "en"));
    let ids: Vec<&str> = elements
        .iter()
        .map(|element| element.attribute("id"))
        .filter(|id| !id.is_empty())
        .collect();
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "no id stands twice: {ids:?}"
    );
    for element in &elements {
        let id_has_text = |id: &str| {
            elements
                .iter()
                .any(|one| one.attribute("id") == id && !one.text.is_empty())
        };
        match element.name.as_str() {
            "svg" if element.attribute("role") == "img" => {
                let names: Vec<&str> = element.attribute("aria-labelledby").split(' ').collect();
                assert!(
                    names.len() == 2 && names.into_iter().all(id_has_text),
                    "{element:?}"
                );
            }
            "svg" => assert!(
                element.is_within("svg") || element.attribute("aria-hidden") == "true",
                "{element:?}"
            ),
            "th" => assert!(
                ["row", "col"].contains(&element.attribute("scope")),
                "{element:?}"
            ),
            "article" => assert!(id_has_text(element.attribute("aria-labelledby"))),
            "div" if element.attribute("class") == "scroll" => {
                assert!(
                    !element.attribute("aria-label").is_empty()
                        && element.attribute("tabindex") == "0"
                );
            }
            _ => {}
        }
    }
    let words = elements
        .iter()
        .find(|element| element.attribute("id") == "seconds-words")
        .unwrap();
    assert!(
        words.text.contains("180,000 s · 50.0 h; "),
        "{}",
        words.text
    );
    let headings = elements
        .iter()
        .filter(|element| element.name.starts_with('h') && element.name.len() == 2);
    let levels: Vec<&str> = headings.map(|heading| heading.name.as_str()).collect();
    assert_eq!(levels, ["h1", "h2", "h2", "h2", "h3"]);
}
