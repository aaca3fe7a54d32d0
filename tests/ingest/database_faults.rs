//! Databases that go away, fill up or are in use: nothing, or all of it, and the next run makes it whole.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_gen::{Youtube, YoutubeLayout, YoutubeOptions};

use super::database::{Engine, TestDatabase, sorted};
use super::support::postgres::{self, Server};
use super::support::{Folder, Run, mixtape};
use super::tables::{Tables, read_files};

/// A folder with three sources, the last two overlapping, and the tables of all of them.
struct Sources {
    folder: Folder,
    expected: Tables,
}

impl Sources {
    fn new(rows: u64) -> Self {
        let folder = Folder::new();
        for (name, seed) in [("one", 1), ("two", 2), ("three", 2)] {
            let mut text = String::new();
            let layout = YoutubeLayout::Ndjson;
            let options = YoutubeOptions {
                rows,
                seed,
                layout,
                ..YoutubeOptions::default()
            };
            Youtube::new(options).read_to_string(&mut text).unwrap();
            let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
            folder.write(
                name,
                if name == "three" {
                    &text[half..]
                } else {
                    &text
                },
            );
        }
        let run = folder.run(["ingest", "one", "two", "three", "--out", "expected"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let expected = sorted(read_files(&folder.path("expected")));
        Sources { folder, expected }
    }

    fn command(&self, name: &str, database: &TestDatabase) -> Command {
        let mut command = mixtape();
        command.args(["ingest", name, "--quiet", "--db", &database.url]);
        command.current_dir(self.folder.path(""));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn start(&self, name: &str, database: &TestDatabase) -> Child {
        self.command(name, database).spawn().unwrap()
    }

    #[track_caller]
    fn load(&self, name: &str, database: &TestDatabase) {
        let run = Run::of(self.command(name, database).output().unwrap());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }

    #[track_caller]
    fn check_all_loaded(&self, database: &TestDatabase) {
        for name in ["one", "two", "three"] {
            self.load(name, database);
        }
        assert!(database.tables() == self.expected);
    }
}

fn end(child: Child) -> Run {
    Run::of(child.wait_with_output().unwrap())
}

/// Waits for something that happens in another process.
#[track_caller]
fn wait_until(mut happened: impl FnMut() -> bool) {
    let started = Instant::now();
    while !happened() {
        assert!(
            started.elapsed() < Duration::from_secs(300),
            "it never happened"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How many sessions wait for a lock of this type. Asked outside of transactions, in which the answer never changes.
fn waiting(client: &mut ::postgres::Client, kind: &str) -> i64 {
    let query = "select count(*) from pg_stat_activity \
                 where datname = current_database() and wait_event_type = 'Lock' and wait_event = $1";
    client.query_one(query, &[&kind]).unwrap().get(0)
}

#[test]
fn of_two_postgres_loaders_at_once_one_waits() {
    let Some(server) = Server::shared() else {
        return;
    };
    let sources = Sources::new(300);
    let database = TestDatabase::postgres(server);
    let mut observer = postgres::connect(&database.url);
    let mut client = postgres::connect(&database.url);
    client
        .batch_execute("begin; select pg_advisory_xact_lock(30796738530996325)")
        .unwrap();
    let loaders = ["one", "one"].map(|name| sources.start(name, &database));
    wait_until(|| waiting(&mut observer, "advisory") == 2);
    client.batch_execute("rollback").unwrap();
    for loader in loaders {
        let run = end(loader);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    assert_eq!(database.query("select id from mixtape_loads").len(), 1);
    sources.check_all_loaded(&database);
}

#[test]
fn of_two_sqlite_loaders_at_once_one_waits() {
    let sources = Sources::new(300);
    let database = TestDatabase::sqlite();
    let lock = rusqlite::Connection::open(database.path()).unwrap();
    lock.execute_batch("create table other (a); begin immediate")
        .unwrap();
    let mut loaders = ["one", "one"].map(|name| sources.start(name, &database));
    // Longer than a load takes; on a machine where it takes longer yet, they wait all the same.
    std::thread::sleep(Duration::from_secs(1));
    for loader in &mut loaders {
        assert_eq!(loader.try_wait().unwrap(), None, "it did not wait");
    }
    lock.execute_batch("commit").unwrap();
    for loader in loaders {
        let run = end(loader);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    assert_eq!(database.query("select id from mixtape_loads").len(), 1);
    sources.check_all_loaded(&database);
}

/// What may happen to a loader in the middle of its transaction, and what it says then.
#[derive(Clone, Copy, Debug)]
enum Fault {
    LoaderKilled,
    ConnectionLost,
    ServerKilled,
}

#[test]
fn a_postgres_load_that_is_cut_off_leaves_nothing_behind() {
    let Some(server) = Server::private() else {
        return;
    };
    let sources = Sources::new(300);
    for fault in [
        Fault::LoaderKilled,
        Fault::ConnectionLost,
        Fault::ServerKilled,
    ] {
        let database = TestDatabase::postgres(&server);
        sources.load("one", &database);
        let before = database.tables();
        let mut observer = postgres::connect(&database.url);
        let mut client = postgres::connect(&database.url);
        // The load stops at this table, when ids and most observations are written.
        client
            .batch_execute("begin; lock table media_item_metadata_log in exclusive mode")
            .unwrap();
        let mut loader = sources.start("two", &database);
        wait_until(|| waiting(&mut observer, "relation") == 1);
        match fault {
            Fault::LoaderKilled => loader.kill().unwrap(),
            Fault::ConnectionLost => {
                let terminate = "select pg_terminate_backend(pid) from pg_stat_activity \
                                 where datname = current_database() and wait_event_type = 'Lock'";
                observer.batch_execute(terminate).unwrap();
            }
            Fault::ServerKilled => server.kill(),
        }
        let run = end(loader);
        if !matches!(fault, Fault::LoaderKilled) {
            assert_eq!(run.code, Some(1), "{fault:?}: {}", run.stderr);
            assert!(
                run.stderr.starts_with("error: cannot write postgresql://"),
                "{fault:?}: {}",
                run.stderr
            );
        }
        drop(client);
        if matches!(fault, Fault::ServerKilled) {
            let run = Run::of(sources.command("two", &database).output().unwrap());
            assert_eq!(run.code, Some(1), "{}", run.stderr);
            server.restart();
        }
        assert!(database.tables() == before, "{fault:?}");
        assert_eq!(database.query("select id from mixtape_loads").len(), 1);
        sources.check_all_loaded(&database);
    }
}

#[test]
fn a_postgres_server_that_goes_away_while_rows_are_read_is_an_error() {
    let Some(server) = Server::private() else {
        return;
    };
    let sources = Sources::new(300);
    let database = TestDatabase::postgres(&server);
    let mut command = sources.command("-", &database);
    let mut loader = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut client = postgres::connect(&database.url);
    let staged = "select count(*) from pg_class where relname = 'staged_media_item_observations'";
    wait_until(|| client.query_one(staged, &[]).unwrap().get::<_, i64>(0) == 1);
    server.kill();
    // It may end before it has read all of it.
    let _ = loader
        .stdin
        .take()
        .unwrap()
        .write_all(sources.folder.read("one").as_bytes());
    let run = end(loader);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    server.restart();
    assert_eq!(database.table_names(), [""; 0]);
    sources.check_all_loaded(&database);
}

#[test]
fn a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was() {
    let Some(server) = Server::private() else {
        return;
    };
    let sources = Sources::new(13_000);
    let database = TestDatabase::postgres(&server);
    server.fill_disk();
    sources.load("one", &database);
    let before = database.tables();
    // There is room to stage it, but not to put it beside the first one.
    let run = Run::of(sources.command("two", &database).output().unwrap());
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("could not extend file"),
        "{}",
        run.stderr
    );
    assert!(database.tables() == before);
    server.kill();
    server.restart();
    sources.check_all_loaded(&database);
}

#[test]
fn an_sqlite_load_that_is_killed_leaves_nothing_behind() {
    let sources = Sources::new(3000);
    // How long a whole run takes here and now, to spread the kills over it.
    let started = Instant::now();
    sources.load("two", &TestDatabase::sqlite());
    let whole = started.elapsed();
    let database = TestDatabase::sqlite();
    sources.load("one", &database);
    let before = database.tables();
    let mut killed = 0;
    for part in 0..12 {
        let mut loader = sources.start("two", &database);
        std::thread::sleep(whole * part / 12);
        let _ = loader.kill();
        if end(loader).code == Some(0) {
            break;
        }
        killed += 1;
        if database.query("select id from mixtape_loads").len() == 1 {
            assert!(database.tables() == before);
        }
    }
    assert!(killed > 0, "no run was cut off");
    sources.check_all_loaded(&database);
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let sources = Sources::new(3000);
    let database = TestDatabase::sqlite();
    sources.load("one", &database);
    let before = database.tables();
    // No file may become larger than it is now: the shell counts in blocks of 512 bytes.
    let blocks = std::fs::metadata(database.path()).unwrap().len() / 512;
    let mut program = mixtape();
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let limited = Command::new("sh")
        .args(["-c", &script])
        .arg(program.get_program())
        .args(["ingest", "two", "--db", &database.url])
        .current_dir(sources.folder.path(""))
        .output();
    program.args::<_, &str>([]);
    let run = Run::of(limited.unwrap());
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error: cannot write"), "{}", run.stderr);
    assert!(database.tables() == before);
    sources.check_all_loaded(&database);
    assert_eq!(database.engine, Engine::Sqlite);
}
