//! Every read, write, flush, sync and rename of both jobs made to fail, one run after the other: what must hold each time is
//! that the outputs are complete or untouched, and that nothing is tried again that cannot be.

mod support;

use std::fs;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use mixtape::ErrorKind;
use mixtape::Threads;
use mixtape::apply::{ApplyOptions, apply};
use mixtape::io::fault::{MESSAGE, Operation, fail_operation};
use mixtape::io::{Memory, Rereadable, Sink, Source, SourceOptions};
use mixtape::json::HoldLimit;
use mixtape::mixtape::Index;
use mixtape::rejects::Rejects;
use mixtape::top::{TopOptions, top, top_file};
use support::Folder;

const MIXTAPE: &str = r#"{"users": [{"id": "1"}], "songs": [{"id": "1"}], "playlists": [{"id": "1", "owner_id": "1", "song_ids": []}]}"#;
const CHANGES: &str = r#"[{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "1"},
 {"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "2"}]"#;

/// The kinds of files that a run can have: compressed inputs are read and spooled in other ways than plain ones.
const ENDINGS: [&str; 3] = ["", ".gz", ".zst"];

fn run_apply(folder: &Folder, ending: &str) -> mixtape::Result<()> {
    let options = SourceOptions::default();
    let path = |name: &str| folder.path(&format!("{name}{ending}"));
    let output = Sink::create(&path("output"))?;
    let mut rejects = Rejects::new(Some(Sink::create(&path("rejects"))?));
    let mixtape = Rereadable::open(&path("mixtape"), &options)?;
    let changes = Source::open(&path("changes"), &options)?;
    let options = ApplyOptions::default();
    apply(&mixtape, "changes", changes, output, &mut rejects, &options).map(drop)
}

/// What fails is counted in the whole process: the tests take turns, with all that they prepare.
static TURN: Mutex<()> = Mutex::new(());

/// Writes a file as the program itself would.
fn write(path: &Path, text: &str) {
    let mut sink = Sink::create(path).unwrap();
    std::io::Write::write_all(&mut sink, text.as_bytes()).unwrap();
    sink.finish().unwrap();
}

#[test]
fn whichever_operation_of_apply_fails_the_outputs_are_complete_or_untouched() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    for ending in ENDINGS {
        let fresh = || {
            let folder = Folder::new();
            for (name, text) in [("mixtape", MIXTAPE), ("changes", CHANGES)] {
                write(&folder.path(&format!("{name}{ending}")), text);
            }
            for name in ["output", "rejects"] {
                folder.write(&format!("{name}{ending}"), "old");
            }
            folder
        };
        let read = |folder: &Folder, name: &str| {
            fs::read(folder.path(&format!("{name}{ending}"))).unwrap()
        };
        let whole = fresh();
        let (result, operations) = fail_operation(None, || run_apply(&whole, ending));
        result.expect("nothing fails");
        for operation in [
            Operation::Read,
            Operation::Create,
            Operation::Write,
            Operation::Flush,
            Operation::Sync,
            Operation::Rename,
        ] {
            assert!(operations.contains(&operation), "{operation:?} {ending}");
        }
        for failing in 0..operations.len() {
            let folder = fresh();
            let (result, seen) = fail_operation(Some(failing), || run_apply(&folder, ending));
            let what = format!("number {failing}, {:?}, {ending:?}", operations[failing]);
            let error = result.expect_err(&what);
            assert_eq!(error.kind(), ErrorKind::Io, "{what}: {error}");
            assert!(error.to_string().contains(MESSAGE), "{what}: {error}");
            // Nothing is tried again, least of all a sync: the run ends with what failed.
            assert_eq!(seen, operations[..=failing], "{what}");
            for name in ["output", "rejects"] {
                let is = read(&folder, name);
                assert!(
                    is == b"old" || is == read(&whole, name),
                    "{what}: {name} is neither"
                );
            }
            // An OUTPUT never stands without the rejects that it lacks.
            if read(&folder, "output") != b"old" {
                assert_eq!(read(&folder, "rejects"), read(&whole, "rejects"), "{what}");
            }
            let names = ["changes", "mixtape", "output", "rejects"];
            assert_eq!(
                folder.names(),
                names.map(|name| format!("{name}{ending}")),
                "{what}"
            );
        }
    }
}

/// Long enough for threads that write and that wait for the disk.
#[test]
fn whichever_operation_on_a_long_output_fails_it_is_complete_or_untouched() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = Folder::new();
    let long = format!("{{\"x\": \"{}\", ", "x".repeat(40 << 20));
    folder.write("mixtape", MIXTAPE.replacen('{', &long, 1));
    folder.write("changes", CHANGES);
    let run = || {
        folder.write("output", "old");
        run_apply(&folder, "")
    };
    let (whole, operations) = fail_operation(None, run);
    whole.expect("nothing fails");
    let syncs = operations.iter().filter(|one| **one == Operation::Sync);
    assert!(syncs.count() > 4, "the disk is asked early");
    let written = fs::metadata(folder.path("output")).unwrap().len();
    for failing in (0..operations.len()).step_by(operations.len() / 40) {
        let (result, _) = fail_operation(Some(failing), run);
        let error = result.expect_err("an operation has failed");
        assert!(error.to_string().contains(MESSAGE), "{failing}: {error}");
        let length = fs::metadata(folder.path("output")).unwrap().len();
        assert!(length == 3 || length == written, "{failing}: {length}");
        assert_eq!(folder.names(), ["changes", "mixtape", "output", "rejects"]);
        fs::remove_file(folder.path("rejects")).unwrap_or(());
        folder.write("rejects", "old");
    }
}

/// Long enough for threads that read ahead. Which of their reads is the n-th is anybody's guess, and what they read in vain may
/// fail unseen: the index is there, and right, or the error is.
#[test]
fn whichever_read_of_a_long_mixtape_fails_there_is_an_error_or_nothing_is_missing() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let playlists = 25_000;
    let mut document = String::new();
    let options = data_gen::MixtapeOptions {
        playlists,
        ..data_gen::MixtapeOptions::default()
    };
    data_gen::Mixtape::new(options)
        .read_to_string(&mut document)
        .unwrap();
    let folder = Folder::new();
    folder.write("mixtape", document);
    let limit = HoldLimit {
        bytes: 1 << 20,
        what: "an id",
        flag: "--max-id",
    };
    let run = |threads| {
        let path = folder.path("mixtape");
        let mixtape = Rereadable::open(&path, &SourceOptions::default())?;
        let threads = Threads::new(NonZeroUsize::new(threads).unwrap());
        Index::read_into(&Memory::UNLIMITED, &mixtape, limit, threads)
    };
    for threads in [1, 2, 5] {
        let (whole, operations) = fail_operation(None, || run(threads));
        assert_eq!(whole.unwrap().playlist_count(), playlists);
        assert!(operations.len() > 15, "{operations:?}");
        let mut errors = 0;
        for failing in 0..operations.len() {
            match fail_operation(Some(failing), || run(threads)).0 {
                Ok(index) => assert_eq!(index.playlist_count(), playlists),
                Err(error) => {
                    assert!(error.to_string().contains(MESSAGE), "{failing}: {error}");
                    errors += 1;
                }
            }
        }
        let all = operations.len();
        assert!(
            errors == all || threads > 1 && errors > all / 2,
            "{threads} threads: {errors} of {all}"
        );
    }
}

/// The index of this one does not fit into no memory at all.
#[test]
fn whichever_temporary_file_of_the_index_fails_the_run_ends_with_its_error() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let playlists = 20_000;
    let mut document = String::new();
    let options = data_gen::MixtapeOptions {
        playlists,
        songs_per_playlist: 1,
        ..data_gen::MixtapeOptions::default()
    };
    data_gen::Mixtape::new(options)
        .read_to_string(&mut document)
        .unwrap();
    let options = data_gen::ChangesOptions {
        playlists,
        operations: 20_000,
        ..data_gen::ChangesOptions::default()
    };
    let mut changes = String::new();
    data_gen::Changes::new(options)
        .read_to_string(&mut changes)
        .unwrap();
    let run = |memory: Memory| {
        let options = ApplyOptions {
            memory,
            ..ApplyOptions::default()
        };
        support::write_once(&document, changes.as_bytes(), 1 << 20, &options).map(drop)
    };
    let (whole, operations) = fail_operation(None, || run(Memory::limited(0)));
    whole.unwrap();
    let (_, fewer) = fail_operation(None, || run(Memory::UNLIMITED));
    assert!(operations.len() > fewer.len() + 20, "files are written to");
    for failing in (0..operations.len()).step_by(5) {
        let (failed, _) = fail_operation(Some(failing), || run(Memory::limited(0)));
        let error = failed.expect_err("an operation has failed");
        assert_eq!(error.kind(), ErrorKind::Io, "{failing}: {error}");
        assert!(error.to_string().contains(MESSAGE), "{failing}: {error}");
    }
}

#[test]
fn whichever_read_of_top_fails_there_is_an_error_and_no_result() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let lines = "1: {\"id\": 1}\n22: {\"id\": 2}\n";
    for ending in ENDINGS {
        let folder = Folder::new();
        let path = folder.path(&format!("scores{ending}"));
        write(&path, lines);
        let run = || {
            let source = Source::open(&path, &SourceOptions::default())?;
            let options = TopOptions::default();
            let winners = if source.is_regular_file() {
                let one = std::num::NonZeroUsize::MIN;
                top_file(&Rereadable::of_source(source)?, &options, one)
            } else {
                top("scores", source, &options)
            }?;
            let mut printed = Sink::create(&folder.path("printed"))?;
            winners
                .write_ndjson(&mut printed)
                .map_err(|error| printed.error(error))?;
            printed.finish()
        };
        let (result, operations) = fail_operation(None, run);
        result.expect("nothing fails");
        assert!(operations.len() > 3, "{operations:?}");
        fs::remove_file(folder.path("printed")).unwrap();
        for failing in 0..operations.len() {
            let (result, seen) = fail_operation(Some(failing), run);
            let what = format!("number {failing}, {:?}, {ending:?}", operations[failing]);
            let error = result.expect_err(&what);
            assert_eq!(error.kind(), ErrorKind::Io, "{what}: {error}");
            assert_eq!(seen, operations[..=failing], "{what}");
            // The last sync is that of the folder: the result has its name by then, and is whole.
            let printed = fs::read_to_string(folder.path("printed"));
            let last = failing + 1 == operations.len();
            assert_eq!(printed.is_ok(), last, "{what}");
            assert_eq!(folder.names().len(), 1 + usize::from(last), "{what}");
        }
    }
}
