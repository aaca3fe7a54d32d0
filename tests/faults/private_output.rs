//! Outputs that only their owner may read: nobody else may read them while they are made either.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use crate::run::MIXTAPE;
use crate::support::{Folder, mixtape};

#[test]
fn the_temporary_file_beside_a_private_output_is_private_too() {
    let folder = Folder::new();
    folder.write("mixtape.json", MIXTAPE);
    let mode_of = |name: &str| {
        fs::metadata(folder.path(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    let outputs = [("output.json", 0o600), ("rejects", 0o640)];
    for (name, mode) in outputs {
        let path = folder.write(name, "old");
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let mut child = mixtape()
        .args("apply mixtape.json - output.json --rejects rejects --quiet".split(' '))
        .current_dir(folder.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    // It waits for changes; both temporary files are there by then.
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"[").unwrap();
    for _ in 0..2_000 {
        if folder.names().len() == 5 {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let names = folder.names();
    for (name, mode) in outputs {
        let start = format!(".{name}");
        let temporary = names.iter().find(|name| name.starts_with(&start));
        let found = mode_of(temporary.expect("is under construction"));
        assert_eq!(found & !mode, 0, "{name}: {found:o}");
    }
    input.write_all(b"]").unwrap();
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!((mode_of("output.json"), mode_of("rejects")), (0o600, 0o640));
}
