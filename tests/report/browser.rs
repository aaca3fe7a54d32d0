//! The page in a real browser: what it makes of hostile titles, which figures it shows, and how that looks.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::document::{Element, parse};
use crate::stored::{Row, Stored, row};
use crate::support::chromium::Chromium;

/// Where screenshots are kept, to be looked at.
const SCREENSHOTS: &str = "MIXTAPE_TEST_SCREENSHOTS";

const HOSTILE: [&str; 9] = [
    "<script>document.title = 'taken'</script>",
    "</title></svg></style><img src=x onerror=\"document.title = 'taken'\">",
    "\" onmouseover=\"document.title = 'taken'\" x=\"",
    "' autofocus onfocus='document.title = 1",
    "<style>body { display: none }</style> &amp; &lt;b&gt;",
    "שלום \u{202e}evil\u{2066} — مرحبا",
    "👩‍🎤 Rain 🌧️ \u{0}\u{1b}[2J",
    "<!-- <iframe src=javascript:alert(1)> ]]>",
    "a\u{301}very-long-title-without-any-blank-in-which-a-line-could-be-broken-whatever-the-width-of-the-screen-may-be",
];

/// What the browser shows of it: characters of control are pictures.
fn shown(text: &str) -> String {
    text.replace('\0', "␀").replace('\u{1b}', "␛")
}

/// Three playlists whose names, works, composers, songs and artists are all hostile.
fn hostile() -> Stored {
    let stored = Stored::sqlite();
    let mut rows = Vec::new();
    for (number, title) in (1..).zip(HOSTILE) {
        for (playlist, name) in (1..).zip(&HOSTILE[..3]) {
            rows.push(Row {
                name: (*name).to_owned(),
                composer: Some(title.to_owned()),
                first: Some("2026-01-01T10:00:00".to_owned()),
                last: Some("2026-02-03T10:00:00".to_owned()),
                ..row(
                    "ada",
                    playlist,
                    number,
                    title,
                    number,
                    4_000 * number / i64::from(playlist),
                )
            });
        }
        rows.push(Row {
            name: HOSTILE[2].to_owned(),
            ..row("bo", 3, number, title, 0, 0)
        });
    }
    stored.fill(&rows);
    let mut dump = String::new();
    for day in 1..=9 {
        for (place, title) in (0..).zip(HOSTILE) {
            let observation = json!({
                "playlist_id": "<b>PL</b>", "playlist_name": HOSTILE[1], "artwork_url": null, "channel_id": "c",
                "views": 1_000 + 70 * day, "num_videos": 9, "timestp": format!("2026-03-0{day}T10:00:00"),
                "video_id": format!("v{place}"), "title": title, "artist_name": title, "image_url": null, "track_title": null,
                "position": 1 + (place + day) % 9,
            });
            dump += &format!("{observation}\n");
        }
    }
    stored.folder.write("dump.ndjson", dump);
    let ingested = stored.run(&["ingest", "dump.ndjson", "-q"]);
    assert_eq!(ingested.code, Some(0), "{}", ingested.stderr);
    stored
}

fn page(stored: &Stored) -> PathBuf {
    let run = stored.run(&["report", "--html", "page.html", "-q"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    stored.folder.path("page.html")
}

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

/// Were a text ever not escaped: the page's own policy stops the browser.
#[test]
fn the_policy_stops_what_is_smuggled_in() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = fs::read_to_string(page(&stored)).unwrap();
    let smuggled = "<script>document.title = 'taken'</script><img src=\"data:,\" onerror=\"document.title = 'taken'\">\
                    <style>body { color: red }</style></main>";
    let with = page.replace("</main>", smuggled);
    let title = |text: &str| {
        let path = stored.folder.write("smuggled.html", text);
        let elements = parse(&browser.document(&path, 1280).replace(
            "<img src=\"data:,\" onerror=\"document.title = 'taken'\">",
            "",
        ));
        elements
            .into_iter()
            .find(|element| element.name == "title")
            .unwrap()
            .text
    };
    assert_ne!(title(&with), "taken");
    // It is the policy that stops it.
    let (before, after) = with
        .split_once("<meta http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    let (_, after) = after.split_once('>').unwrap();
    assert_eq!(title(&format!("{before}{after}")), "taken");
}

/// A script, which the page itself forbids, measures a copy without its policy.
#[test]
fn nothing_sticks_out_of_a_narrow_screen() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = fs::read_to_string(page(&stored)).unwrap();
    let (before, after) = page
        .split_once("<meta http-equiv=\"Content-Security-Policy\"")
        .unwrap();
    let (_, after) = after.split_once('>').unwrap();
    let measure = "<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script></body>";
    let copy = stored.folder.write(
        "copy.html",
        format!("{before}{}", after.replace("</body>", measure)),
    );
    for width in [320, 390, 768, 1280] {
        let elements = parse(&browser.document(&copy, width));
        let title = elements
            .iter()
            .find(|element| element.name == "title")
            .unwrap();
        let (page, window) = title.text.split_once(" of ").unwrap();
        assert_eq!(page, window, "in a window of {width}");
    }
}

#[test]
fn it_looks_different_on_a_telephone_on_a_desk_and_at_night() {
    let Some(browser) = Chromium::find() else {
        return;
    };
    let stored = hostile();
    let page = page(&stored);
    let folder = match std::env::var_os(SCREENSHOTS) {
        Some(folder) => {
            fs::create_dir_all(&folder).unwrap();
            PathBuf::from(folder)
        }
        None => stored.folder.path(""),
    };
    let picture = |name: &str, size: [u32; 2], dark: bool| {
        let path = folder.join(format!("report-{name}.png"));
        browser.picture(&page, size, dark, &path);
        let bytes = fs::read(path).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        assert_eq!(
            (&bytes[1..4], [number(16), number(20)]),
            (&b"PNG"[..], size),
            "{name}"
        );
        bytes
    };
    picture("phone", [390, 5600], false);
    picture("phone-dark", [390, 5600], true);
    let day = picture("desktop", [1280, 3400], false);
    let night = picture("desktop-dark", [1280, 3400], true);
    // Which only the style sheet can do: the policy has let it through.
    assert_ne!(day, night);
}
