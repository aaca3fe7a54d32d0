//! `kill -9` at any moment, of the program and of the server, and a connection that is cut: the same command goes on, every
//! operation takes effect once, and every reject stands once in its file.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::database::Place;
use super::files::Files;
use super::support::generated::{changes_of, mixtape_of};
use super::support::long::kill_rounds;
use super::support::mixtape;
use super::support::postgres::{self, Server};

const APPLY: [&str; 7] = [
    "apply",
    "changes",
    "--rejects",
    "rejects",
    "--quiet",
    "--batch",
    "50",
];

struct Scene {
    place: Place,
    files: Files,
    /// Of a run that nobody kills.
    duration: Duration,
    /// Where the moment of the next kill comes from.
    seed: u64,
}

impl Scene {
    fn new(place: Place) -> Self {
        const PLAYLISTS: u64 = 400;
        let document = mixtape_of(PLAYLISTS);
        let changes = changes_of(PLAYLISTS, 3_000, 200_000);
        let files = Files::of(&document, &changes);
        place.folder.write("mixtape.json", &document);
        place.folder.write("changes", &changes);
        let mut scene = Scene {
            files,
            place,
            duration: Duration::ZERO,
            seed: 1,
        };
        scene.begin();
        let started = Instant::now();
        assert!(scene.start().wait().unwrap().success());
        scene.duration = started.elapsed();
        scene.check();
        scene
    }

    /// The store as it is before the changes.
    fn begin(&self) {
        self.place
            .done(&["import", "mixtape.json", "--replace", "--quiet"]);
        let _ = std::fs::remove_file(self.place.folder.path("rejects"));
    }

    fn start(&self) -> Child {
        mixtape()
            .args(APPLY)
            .args(["--db", &self.place.url])
            .current_dir(self.place.folder.path(""))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts")
    }

    fn done(&self) -> u64 {
        let status = self.place.status();
        let source = status["sources"].as_array().unwrap().last();
        source.map_or(0, |source| source["operations"].as_u64().unwrap())
    }

    /// Any moment of a run.
    fn wait(&mut self) {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(99);
        let share = (self.seed >> 33) as f64 / (1u64 << 31) as f64;
        thread::sleep(self.duration.mul_f64(share));
    }

    fn check(&self) {
        assert_eq!(self.place.exported(), self.files.output);
        assert_eq!(self.place.folder.read("rejects"), self.files.rejects);
    }

    /// Breaks runs off, one after the other, in the way of `kill`; a source that was applied is begun anew. How many were
    /// broken off before their end, with something done.
    fn break_off(&mut self, rounds: u64, mut kill: impl FnMut(&mut Child)) -> u64 {
        let mut amidst = 0;
        self.begin();
        for _ in 0..rounds {
            let mut child = self.start();
            self.wait();
            kill(&mut child);
            let ended = child.wait().unwrap();
            let done = self.done();
            assert!(done <= 3_000);
            if ended.success() {
                self.check();
                self.begin();
                continue;
            }
            amidst += u64::from(0 < done && done < 3_000);
        }
        self.place.done(&APPLY);
        self.check();
        amidst
    }
}

fn kill_client(child: &mut Child) {
    // It may have ended.
    let _ = child.kill();
}

#[test]
fn sqlite_survives_a_killed_program() {
    let rounds = kill_rounds(15, 50);
    let amidst = Scene::new(Place::sqlite()).break_off(rounds, kill_client);
    assert!(amidst >= rounds / 5, "{amidst} of {rounds}");
}

#[test]
fn postgres_survives_a_killed_program() {
    let Some(server) = Server::shared() else {
        return;
    };
    let rounds = kill_rounds(15, 50);
    let amidst = Scene::new(Place::postgres(server)).break_off(rounds, kill_client);
    assert!(amidst >= rounds / 5, "{amidst} of {rounds}");
}

#[test]
fn postgres_survives_connections_that_are_cut() {
    let Some(server) = Server::shared() else {
        return;
    };
    let mut scene = Scene::new(Place::postgres(server));
    let mut client = postgres::connect(&scene.place.url);
    let amidst = scene.break_off(kill_rounds(6, 12), |_| {
        client
            .execute(
                "select pg_terminate_backend(pid) from pg_stat_activity \
                 where datname = current_database() and pid <> pg_backend_pid()",
                &[],
            )
            .unwrap();
    });
    assert!(amidst > 0);
}

#[test]
fn postgres_survives_a_killed_server() {
    let Some(server) = Server::private() else {
        return;
    };
    if std::env::var_os("MIXTAPE_TEST_POSTGRES").is_some() {
        return; // it is somebody's
    }
    let mut scene = Scene::new(Place::postgres(&server));
    let amidst = scene.break_off(kill_rounds(4, 6).min(50), |_| {
        server.kill();
        server.restart();
    });
    assert!(amidst > 0);
}
