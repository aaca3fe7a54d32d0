//! What goes wrong around `consolidate`: signals, kills, databases that go away or are in use. Everything stays as it was, and
//! the same command again makes it whole.

use std::io::Write;
use std::process::Child;
use std::time::Instant;

use super::database::TestDatabase;
use super::scene::Listening;
use super::support::Run;
use super::support::load_faults::{self, Sources, end, entries, wait_until, waiting};
use super::support::postgres::{self, Server};
use super::support::signals::send;

#[test]
fn of_two_postgres_loaders_at_once_one_waits() {
    load_faults::of_two_postgres_loaders_at_once_one_waits(&Listening::new(5));
}

#[test]
fn of_two_sqlite_loaders_at_once_one_waits() {
    load_faults::of_two_sqlite_loaders_at_once_one_waits(&Listening::new(5));
}

#[test]
fn a_postgres_load_that_is_cut_off_leaves_nothing_behind() {
    load_faults::a_postgres_load_that_is_cut_off_leaves_nothing_behind(&Listening::new(5));
}

#[test]
fn a_postgres_server_that_goes_away_while_rows_are_read_is_an_error() {
    load_faults::a_postgres_server_that_goes_away_while_rows_are_read_is_an_error(&Listening::new(
        5,
    ));
}

#[test]
fn a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was() {
    load_faults::a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was(&Listening::new(
        130,
    ));
}

#[test]
fn an_sqlite_load_that_is_killed_leaves_nothing_behind() {
    load_faults::an_sqlite_load_that_is_killed_leaves_nothing_behind(&Listening::new(300));
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    load_faults::a_full_disk_leaves_the_database_as_it_was(&Listening::new(100));
}

const SIGNALS: [(&str, i32); 2] = [("INT", 130), ("TERM", 143)];

/// It was told to end, and says nothing more about it.
#[track_caller]
fn check_ended(child: Child, code: i32) {
    let run = end(child);
    assert_eq!((run.code, &*run.stderr), (Some(code), ""));
}

#[test]
fn a_signal_while_events_are_read_leaves_everything_as_it_was() {
    let listening = Listening::new(5);
    for database in TestDatabase::each() {
        listening.load("one", &database);
        let before = database.table();
        for (signal, code) in SIGNALS {
            let mut child = listening.with_files("-", &database).spawn().unwrap();
            // It waits for further events; both temporary files are there by then.
            let mut input = child.stdin.take().unwrap();
            let events = listening.input();
            input
                .write_all(&events.as_bytes()[..events.len() / 2])
                .unwrap();
            wait_until(|| listening.has_temporaries());
            assert!(send(signal, &child));
            check_ended(child, code);
            listening.check_files_are_as_they_were();
            assert!(database.table() == before);
        }
        assert_eq!(entries(&database), Listening::ENTRIES);
        listening.check_all_loaded(&database);
    }
}

#[test]
fn a_signal_while_another_one_holds_an_sqlite_database_ends_the_waiting() {
    let listening = Listening::new(5);
    let database = TestDatabase::sqlite();
    listening.load("one", &database);
    let before = database.table();
    for (signal, code) in SIGNALS {
        let lock = rusqlite::Connection::open(database.path()).unwrap();
        lock.execute_batch("begin immediate").unwrap();
        let mut child = listening.with_files("two", &database).spawn().unwrap();
        wait_until(|| listening.has_temporaries());
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert_eq!(child.try_wait().unwrap(), None, "it did not wait");
        assert!(send(signal, &child));
        check_ended(child, code);
        listening.check_files_are_as_they_were();
        lock.execute_batch("rollback").unwrap();
        assert!(database.table() == before);
    }
    listening.check_all_loaded(&database);
}

#[test]
fn a_signal_amid_a_postgres_load_rolls_it_back() {
    let Some(server) = Server::shared() else {
        return;
    };
    let listening = Listening::new(5);
    let database = TestDatabase::postgres(server);
    listening.load("one", &database);
    let before = database.table();
    let mut observer = postgres::connect(&database.url);
    for (signal, code) in SIGNALS {
        let mut client = postgres::connect(&database.url);
        let lock = "begin; lock table personalized_playlists in exclusive mode";
        client.batch_execute(lock).unwrap();
        let child = listening.with_files("two", &database).spawn().unwrap();
        wait_until(|| waiting(&mut observer, "relation") == 1);
        assert!(send(signal, &child));
        check_ended(child, code);
        listening.check_files_are_as_they_were();
        client.batch_execute("rollback").unwrap();
        assert!(database.table() == before);
        assert_eq!(entries(&database), Listening::ENTRIES);
    }
    listening.check_all_loaded(&database);
}

/// Ends a run at moments all over it; the table is absent, old or complete, never without its rejects, and the database is as it
/// was or has all of it. Then the same command makes it whole.
fn end_at_any_moment(cut: impl Fn(&mut Child, u32), leaves_temporaries: bool) {
    let listening = Listening::new(300);
    let started = Instant::now();
    let whole = Run::of(
        listening
            .with_files("two", &TestDatabase::sqlite())
            .output()
            .unwrap(),
    );
    let whole_time = started.elapsed();
    assert_eq!(whole.code, Some(0), "{}", whole.stderr);
    let complete = ["table.csv", "rejects"].map(|name| listening.folder.read(name));
    let database = TestDatabase::sqlite();
    listening.load("one", &database);
    let before = database.table();
    let mut cut_off = 0;
    // By a run that was quicker than the first one: those behind it have nothing to load.
    let mut was_loaded = false;
    for part in 0..12 {
        let mut child = listening.with_files("two", &database).spawn().unwrap();
        std::thread::sleep(whole_time * part / 12);
        cut(&mut child, part);
        if end(child).code != Some(0) {
            cut_off += 1;
        }
        let [table, rejects] = ["table.csv", "rejects"].map(|name| listening.folder.read(name));
        assert!(table == "old" || table == complete[0]);
        assert!(rejects == "old too" || rejects == complete[1]);
        assert!(
            table == "old" || rejects != "old too",
            "a table without its rejects"
        );
        let is_loaded = entries(&database) > Listening::ENTRIES;
        assert!(is_loaded || database.table() == before);
        assert!(
            !is_loaded || was_loaded || table == complete[0],
            "loaded, without its table"
        );
        was_loaded = is_loaded;
        for name in listening.folder.names() {
            if leaves_temporaries && name.ends_with(".partial") {
                std::fs::remove_file(listening.folder.path(&name)).unwrap();
            }
        }
        listening.check_nothing_is_left();
    }
    assert!(cut_off > 0, "no run was cut off");
    let run = Run::of(listening.with_files("two", &database).output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(listening.folder.read("table.csv") == complete[0]);
    listening.check_all_loaded(&database);
}

#[test]
fn a_run_that_is_killed_is_made_whole_by_the_same_command_again() {
    end_at_any_moment(|child, _| child.kill().unwrap(), true);
}

#[test]
fn a_signal_at_any_moment_leaves_the_old_or_the_whole() {
    let cut = |child: &mut Child, part: u32| {
        send(SIGNALS[part as usize % 2].0, child);
    };
    end_at_any_moment(cut, false);
}
