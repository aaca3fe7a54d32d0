//! Databases that go away, fill up or are in use while something is loaded: nothing, or all of it, and the next run makes it
//! whole. The same for each subcommand that loads.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::database::TestDatabase;
use super::postgres::{self, Server};
use super::{Folder, Run, mixtape};

/// What a subcommand loads: three sources, `one`, `two` and `three`. That of `two` is in `three` again in part.
pub trait Sources {
    /// What the subcommand makes of a database.
    type Content: PartialEq;

    /// A table that a load has to write to, when much of it is done.
    const LATE_TABLE: &'static str;

    /// How many entries a load makes in the ledger.
    const ENTRIES: usize;

    fn folder(&self) -> &Folder;

    /// The arguments that load a source; `-` for what comes from standard input.
    fn arguments(&self, name: &str) -> Vec<String>;

    /// What is read where the arguments say `-`, to load `one`.
    fn input(&self) -> String;

    fn content(database: &TestDatabase) -> Self::Content;

    /// The content once all are loaded.
    fn expected(&self) -> &Self::Content;

    fn command(&self, name: &str, database: &TestDatabase) -> Command {
        let mut command = mixtape();
        command.args(self.arguments(name)).args(["--quiet", "--db"]);
        command
            .arg(&database.url)
            .current_dir(self.folder().path(""));
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
        assert!(Self::content(database) == *self.expected());
    }
}

/// How many entries the ledger has.
pub fn entries(database: &TestDatabase) -> usize {
    database.query("select id from mixtape_loads").len()
}

pub fn end(child: Child) -> Run {
    Run::of(child.wait_with_output().unwrap())
}

/// Waits for something that happens in another process.
#[track_caller]
pub fn wait_until(mut happened: impl FnMut() -> bool) {
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
pub fn waiting(client: &mut ::postgres::Client, kind: &str) -> i64 {
    let query = "select count(*) from pg_stat_activity \
                 where datname = current_database() and wait_event_type = 'Lock' and wait_event = $1";
    client.query_one(query, &[&kind]).unwrap().get(0)
}

pub fn of_two_postgres_loaders_at_once_one_waits<S: Sources>(sources: &S) {
    let Some(server) = Server::shared() else {
        return;
    };
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
    assert_eq!(entries(&database), S::ENTRIES);
    sources.check_all_loaded(&database);
}

pub fn of_two_sqlite_loaders_at_once_one_waits<S: Sources>(sources: &S) {
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
    assert_eq!(entries(&database), S::ENTRIES);
    sources.check_all_loaded(&database);
}

/// What may happen to a loader in the middle of its transaction, and what it says then.
#[derive(Clone, Copy, Debug)]
enum Fault {
    LoaderKilled,
    ConnectionLost,
    ServerKilled,
}

pub fn a_postgres_load_that_is_cut_off_leaves_nothing_behind<S: Sources>(sources: &S) {
    let Some(server) = Server::private() else {
        return;
    };
    for fault in [
        Fault::LoaderKilled,
        Fault::ConnectionLost,
        Fault::ServerKilled,
    ] {
        let database = TestDatabase::postgres(&server);
        sources.load("one", &database);
        let before = S::content(&database);
        let mut observer = postgres::connect(&database.url);
        let mut client = postgres::connect(&database.url);
        let table = S::LATE_TABLE;
        client
            .batch_execute(&format!("begin; lock table {table} in exclusive mode"))
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
        assert!(S::content(&database) == before, "{fault:?}");
        assert_eq!(entries(&database), S::ENTRIES);
        sources.check_all_loaded(&database);
    }
}

pub fn a_postgres_server_that_goes_away_while_rows_are_read_is_an_error<S: Sources>(sources: &S) {
    let Some(server) = Server::private() else {
        return;
    };
    let database = TestDatabase::postgres(&server);
    let mut command = sources.command("-", &database);
    let mut loader = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut client = postgres::connect(&database.url);
    let connected = "select count(*) from pg_stat_activity \
                     where datname = current_database() and application_name = 'mixtape' and state = 'idle'";
    wait_until(|| client.query_one(connected, &[]).unwrap().get::<_, i64>(0) == 1);
    server.kill();
    // It may end before it has read all of it.
    let mut input = loader.stdin.take().unwrap();
    let _ = input.write_all(sources.input().as_bytes());
    drop(input);
    let run = end(loader);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    server.restart();
    assert_eq!(database.table_names(), [""; 0]);
    sources.check_all_loaded(&database);
}

/// The sources are so large that there is room to stage `two`, but not to put it beside `one`: 2 MB for each table.
pub fn a_full_disk_of_a_postgres_server_leaves_the_database_as_it_was<S: Sources>(sources: &S) {
    let Some(server) = Server::private() else {
        return;
    };
    let database = TestDatabase::postgres(&server);
    server.fill_disk();
    sources.load("one", &database);
    let before = S::content(&database);
    let run = Run::of(sources.command("two", &database).output().unwrap());
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stderr.contains("could not extend file"),
        "{}",
        run.stderr
    );
    assert!(S::content(&database) == before);
    server.kill();
    server.restart();
    sources.check_all_loaded(&database);
}

pub fn an_sqlite_load_that_is_killed_leaves_nothing_behind<S: Sources>(sources: &S) {
    // How long a whole run takes here and now, to spread the kills over it.
    let started = Instant::now();
    sources.load("two", &TestDatabase::sqlite());
    let whole = started.elapsed();
    let database = TestDatabase::sqlite();
    sources.load("one", &database);
    let before = S::content(&database);
    let mut killed = 0;
    for part in 0..12 {
        let mut loader = sources.start("two", &database);
        std::thread::sleep(whole * part / 12);
        let _ = loader.kill();
        if end(loader).code == Some(0) {
            break;
        }
        killed += 1;
        if entries(&database) == S::ENTRIES {
            assert!(S::content(&database) == before);
        }
    }
    assert!(killed > 0, "no run was cut off");
    sources.check_all_loaded(&database);
}

pub fn a_full_disk_leaves_the_database_as_it_was<S: Sources>(sources: &S) {
    let database = TestDatabase::sqlite();
    sources.load("one", &database);
    let before = S::content(&database);
    // No file may become larger than it is now: the shell counts in blocks of 512 bytes.
    let blocks = std::fs::metadata(database.path()).unwrap().len() / 512;
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let limited = Command::new("sh")
        .args(["-c", &script])
        .arg(mixtape().get_program())
        .args(sources.arguments("two"))
        .args(["--db", &database.url])
        .current_dir(sources.folder().path(""))
        .output();
    let run = Run::of(limited.unwrap());
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("error: cannot write"), "{}", run.stderr);
    assert!(S::content(&database) == before);
    sources.check_all_loaded(&database);
}
