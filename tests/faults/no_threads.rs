//! No thread can be started: what threads do beside the run is left out or done in its own one, and the result is the same.
#![cfg(target_os = "linux")] // setpriv and prlimit

use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::num::NonZeroU64;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use data_gen::{Events, ListeningOptions, Recommendations};

use crate::run::{GOOD, MIXTAPE};
use crate::support::{Run, mixtape, skipped};

/// A folder that anybody may write in, with the program in it.
struct Place {
    folder: tempfile::TempDir,
    /// Processes and threads are counted by user: each test is one that nobody else is.
    user: u32,
}

impl Place {
    /// None where no such user can be had.
    fn new(user: u32) -> Option<Self> {
        // Not in /dev/shm, from which no program may be started on some systems.
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder, user };
        let can = place.without_threads("true").output();
        if !can.is_ok_and(|output| output.status.success()) {
            skipped("setpriv or prlimit (of util-linux) are not there, or the user is not root");
            return None;
        }
        let mut copy = Command::new("cp");
        copy.arg(env!("CARGO_BIN_EXE_mixtape"));
        copy.arg(place.folder.path());
        assert!(copy.status().unwrap().success());
        fs::set_permissions(place.folder.path(), Permissions::from_mode(0o777)).unwrap();
        place.write("mixtape.json", MIXTAPE);
        place.write("changes.json", GOOD);
        Some(place)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }

    /// A program as a user who may have one thread.
    fn without_threads(&self, program: &str) -> Command {
        let user = self.user.to_string();
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", &user, "--regid", &user, "--clear-groups"])
            .args(["prlimit", "--nproc=1", "env", "--default-signal=TERM"])
            .arg(program)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

#[test]
fn apply_needs_no_second_thread() {
    let Some(place) = Place::new(65_531) else {
        return;
    };
    let run = place
        .without_threads("./mixtape")
        .args("apply mixtape.json changes.json output.json --quiet --progress always".split(' '))
        .output();
    let run = Run::of(run.unwrap());
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    let expected = MIXTAPE.replace("[\"1\"]", "[\"1\", \"8\"]");
    assert_eq!(place.read("output.json"), expected);
}

/// Long enough for threads that read ahead, if there were any.
#[test]
fn a_long_mixtape_is_read_by_one_thread_where_no_other_can_be_started() {
    let Some(place) = Place::new(65_528) else {
        return;
    };
    let users =
        |n: u32| format!("{{\"id\": \"{n}\", \"name\": \"of a length that fills a file soon\"}}, ");
    let users: String = (100..60_100).map(users).collect();
    let mixtape = MIXTAPE.replacen("\"users\": [", &format!("\"users\": [{users}"), 1);
    assert!(mixtape.len() > 3 << 20, "{}", mixtape.len());
    place.write("mixtape.json", &mixtape);
    let run = place
        .without_threads("./mixtape")
        .args("apply mixtape.json changes.json output.json --quiet --threads 4".split(' '))
        .output();
    let run = Run::of(run.unwrap());
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    let expected = mixtape.replace("[\"1\"]", "[\"1\", \"8\"]");
    assert!(place.read("output.json") == expected);
}

#[test]
fn ingest_needs_no_second_thread() {
    let Some(place) = Place::new(65_529) else {
        return;
    };
    let observations = include_str!("../../samples/observations.json");
    place.write("a", observations);
    place.write("b", observations);
    let run = place
        .without_threads("./mixtape")
        .args("ingest a b --out tables --rejects r --threads 2 --quiet".split(' '))
        .output();
    let run = Run::of(run.unwrap());
    assert_eq!((run.code, &*run.stderr), (Some(0), ""));
    assert!(place.read("tables/playlists.csv").lines().count() > 1);
}

#[test]
fn consolidate_needs_no_second_thread() {
    let Some(place) = Place::new(65_530) else {
        return;
    };
    // So many rows that the database too would get a thread.
    let options = ListeningOptions {
        users: NonZeroU64::new(100).unwrap(),
        ..ListeningOptions::default()
    };
    let (mut playlists, mut events) = (String::new(), String::new());
    let mut generator = Recommendations::new(options);
    generator.read_to_string(&mut playlists).unwrap();
    Events::new(options).read_to_string(&mut events).unwrap();
    place.write("playlists", &playlists);
    place.write("events", &events);
    let mut tables = Vec::new();
    for name in ["alone.csv", "table.csv"] {
        let mut command = match name {
            "alone.csv" => place.without_threads("./mixtape"),
            _ => mixtape(),
        };
        let run = command
            .args(["consolidate", "playlists", "events", "--out", name])
            .args(["--db", &format!("{name}.db"), "--rejects", "r"])
            .args(["--threads", "3", "--quiet"])
            .current_dir(place.folder.path())
            .output();
        let run = Run::of(run.unwrap());
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{name}");
        tables.push(place.read(name));
    }
    assert!(tables[0] == tables[1]);
    assert!(tables[0].lines().count() > 6_000);
    let rows = |name: &str| {
        let path = place.folder.path().join(format!("{name}.db"));
        let database = rusqlite::Connection::open(path).unwrap();
        let query = "select count(*) from personalized_playlists";
        let count = database.query_row(query, [], |row| row.get::<_, i64>(0));
        count.unwrap() as usize
    };
    assert_eq!(rows("alone.csv") + 1, tables[0].lines().count());
    assert_eq!(rows("alone.csv"), rows("table.csv"));
}

#[test]
fn top_needs_no_second_thread() {
    let Some(place) = Place::new(65_532) else {
        return;
    };
    // More than one range of a file, and more than a block of a pipe.
    let record = |n: u32| format!("{}: {{\"id\": {n}}}\n", n.wrapping_mul(2_654_435_761));
    place.write("scores", &(0..600_000).map(record).collect::<String>());
    let mut highest: Vec<u32> = (0..600_000).collect();
    highest.sort_by_key(|n| std::cmp::Reverse(n.wrapping_mul(2_654_435_761)));
    let line = |&n: &u32| {
        format!(
            "{{\"score\": {}, \"id\": {n}}}\n",
            n.wrapping_mul(2_654_435_761)
        )
    };
    let expected: String = highest[..5].iter().map(line).collect();
    for piped in [false, true] {
        let name = if piped { "-" } else { "scores" };
        let mut cat = Command::new("cat");
        cat.arg(place.folder.path().join("scores"));
        let mut cat = cat.stdout(Stdio::piped()).spawn().unwrap();
        let run = place
            .without_threads("./mixtape")
            .args(["top", name, "5", "--format", "ndjson", "--threads", "4"])
            .stdin(cat.stdout.take().unwrap())
            .output();
        let run = Run::of(run.unwrap());
        let _ = cat.wait();
        assert_eq!((run.code, &*run.stderr), (Some(0), ""), "{name}");
        assert_eq!(run.stdout, expected, "{name}");
    }
}

#[test]
fn a_signal_ends_a_run_that_has_no_thread_to_watch_for_it() {
    let Some(place) = Place::new(65_533) else {
        return;
    };
    let mut child = place
        .without_threads("./mixtape")
        .args("apply mixtape.json - output.json --quiet".split(' '))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"[").unwrap();
    let is_temporary = |entry: &fs::DirEntry| entry.path().to_string_lossy().ends_with(".partial");
    for _ in 0..2_000 {
        let mut entries = fs::read_dir(place.folder.path()).unwrap().flatten();
        if entries.any(|entry| is_temporary(&entry)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let kill = Command::new("kill").arg(child.id().to_string()).status();
    assert!(kill.unwrap().success());
    // Not 143, which is what the watch says: the signal's own effect. A handler without a thread would wait for ever.
    std::thread::sleep(Duration::from_millis(200));
    drop(input);
    assert_eq!(child.wait().unwrap().signal(), Some(15));
}
