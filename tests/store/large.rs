//! More playlists than lie together anywhere: what the store holds is what the file engine writes.

use super::database::Place;
use super::files::Files;
use super::support::generated::{changes_of, mixtape_of};

const PLAYLISTS: u64 = 6_000;

/// Some of everything, and at last all playlists of the document behind number `kept` are removed.
fn changes(kept: u64) -> Vec<u8> {
    let mut changes = changes_of(PLAYLISTS, 20_000, 0);
    let end = changes.iter().rposition(|&byte| byte == b']').unwrap();
    changes.truncate(end);
    for playlist in kept + 1..=PLAYLISTS {
        let remove = format!(",{{\"type\": \"remove_playlist\", \"playlist_id\": \"{playlist}\"}}");
        changes.extend_from_slice(remove.as_bytes());
    }
    changes.push(b']');
    changes
}

#[test]
fn many_playlists_are_what_files_give_however_many_are_removed() {
    let document = mixtape_of(PLAYLISTS);
    // The last one kept is near the end, far from it, or not there.
    for kept in [PLAYLISTS, PLAYLISTS - 700, 40, 0] {
        let changes = changes(kept);
        let expected = Files::of(&document, &changes);
        for (place, batch) in Place::each().iter().zip(["700", "3000"]) {
            place.folder.write("mixtape.json", &document);
            place.folder.write("changes", &changes);
            place.done(&["import", "mixtape.json"]);
            let apply = ["apply", "changes", "--rejects", "rejects", "--batch", batch];
            place.done(&apply);
            assert!(
                place.exported() == expected.output,
                "{} with {kept} kept",
                place.url
            );
            assert_eq!(place.folder.read("rejects"), expected.rejects);
        }
    }
}
