//! A report all of whose names and titles want to be something else: markup, scripts, steering.

use std::path::PathBuf;

use serde_json::json;

use crate::stored::{Row, Stored, row};

pub const HOSTILE: [&str; 9] = [
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
pub fn shown(text: &str) -> String {
    text.replace('\0', "␀").replace('\u{1b}', "␛")
}

/// Three playlists whose names, works, composers, songs and artists are all hostile.
pub fn hostile() -> Stored {
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

/// The page that the program makes of it.
pub fn page(stored: &Stored) -> PathBuf {
    let run = stored.run(&["report", "--html", "page.html", "-q"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    stored.folder.path("page.html")
}
