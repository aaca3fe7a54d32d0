//! More playlists than lie together anywhere: what the store holds is what the file engine writes.

use std::io::Read;

use data_gen::{Changes, ChangesOptions, Mixtape, MixtapeOptions};

use super::database::Place;
use super::support::Folder;

const PLAYLISTS: u64 = 6_000;

/// Some of everything, and at last all playlists of the document behind number `kept` are removed.
fn changes(kept: u64) -> Vec<u8> {
    let options = ChangesOptions {
        playlists: PLAYLISTS,
        operations: 20_000,
        ..ChangesOptions::default()
    };
    let mut changes = Vec::new();
    Changes::new(options).read_to_end(&mut changes).unwrap();
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
fn many_playlists_change_and_most_are_removed() {
    let options = MixtapeOptions {
        playlists: PLAYLISTS,
        ..MixtapeOptions::default()
    };
    let mut document = Vec::new();
    Mixtape::new(options).read_to_end(&mut document).unwrap();
    // The last one kept is near the end, far from it, or not there.
    for kept in [PLAYLISTS, PLAYLISTS - 700, 40, 0] {
        let changes = changes(kept);
        let files = Folder::new();
        files.write("mixtape.json", &document);
        files.write("changes", &changes);
        let run = files.run([
            "apply",
            "mixtape.json",
            "changes",
            "out",
            "--rejects",
            "rejects",
        ]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = files.read("out");
        for (place, batch) in Place::each().iter().zip(["700", "3000"]) {
            place.folder.write("mixtape.json", &document);
            place.folder.write("changes", &changes);
            place.done(&["import", "mixtape.json"]);
            let apply = ["apply", "changes", "--rejects", "rejects", "--batch", batch];
            place.done(&apply);
            assert!(
                place.exported() == expected,
                "{} with {kept} kept",
                place.url
            );
            assert_eq!(place.folder.read("rejects"), files.read("rejects"));
        }
    }
}
