//! What the files look like.

use super::support::Folder;

const ROW: &str = r#"{"playlist_id": "P", "video_id": "V", "timestp": "2022-05-20 12:19:10.50Z", "title": "a \"b\", c\nd", "views": 7}"#;

#[test]
fn records_end_with_crlf_nulls_are_empty_and_empty_texts_are_quoted() {
    let folder = Folder::new();
    folder.write("rows", format!("{ROW}\n{}", ROW.replace(r#""P""#, r#""""#)));
    let run = folder.run(["ingest", "rows", "--out", "a/b/c"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let read = |table: &str| folder.read(&format!("a/b/c/{table}.csv"));
    assert_eq!(
        read("playlists"),
        "id,source,source_id\r\n1,YOUTUBE,P\r\n2,YOUTUBE,\"\"\r\n"
    );
    assert_eq!(read("users"), "id,source,source_id\r\n");
    assert_eq!(
        read("playlist_plays_log"),
        "playlist_id,ingest_timestamp,plays\r\n1,2022-05-20 12:19:10.50Z,7\r\n2,2022-05-20 12:19:10.50Z,7\r\n"
    );
    assert_eq!(
        read("media_item_metadata_log"),
        "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id,cover_url\r\n\
         1,2022-05-20 12:19:10.50Z,\"a \"\"b\"\", c\nd\",,,\r\n"
    );
}

#[test]
fn files_are_new_or_as_they_were() {
    let folder = Folder::new();
    folder.write("good", ROW);
    folder.write("bad", format!("[{ROW}, {ROW}"));
    assert_eq!(
        folder.run(["ingest", "good", "--out", "tables"]).code,
        Some(0)
    );
    let before = folder.read("tables/playlists.csv");
    let run = folder.run(["ingest", "bad", "--out", "tables"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.starts_with("error: bad:1:"), "{}", run.stderr);
    assert_eq!(folder.read("tables/playlists.csv"), before);
    let names: Vec<_> = std::fs::read_dir(folder.path("tables")).unwrap().collect();
    assert_eq!(names.len(), 8, "{names:?}");
    let run = folder.run(["ingest", "bad", "--out", "other"]);
    assert_eq!(run.code, Some(2));
    assert!(
        std::fs::read_dir(folder.path("other"))
            .unwrap()
            .next()
            .is_none()
    );
}

#[test]
fn no_rows_are_eight_headers() {
    for rows in ["", "[]", " \n"] {
        let folder = Folder::new();
        let run = folder.run_with_input(["ingest", "-", "--out", "tables"], rows.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let tables = super::tables::read_files(&folder.path("tables"));
        assert!(tables.values().all(Vec::is_empty));
    }
}
