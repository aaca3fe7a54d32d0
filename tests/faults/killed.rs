//! `kill -9` at any moment: OUTPUT is absent, old or complete, never without its rejects, and the next run works.

use std::fs;
use std::io::Write;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::process::Random;
use crate::run::Place;
use crate::support::generated::{changes_of, mixtape_of};
use crate::support::long::kill_rounds;
use crate::support::mixtape;

/// What stands where OUTPUT goes before the run.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Nothing,
    Old,
    TheMixtape,
}

const OLD: &[u8] = b"old";

struct Scene {
    place: Place,
    mixtape: Vec<u8>,
    changes: Vec<u8>,
    /// What a run that nobody kills makes.
    output: Vec<u8>,
    rejects: Vec<u8>,
    duration: Duration,
}

impl Scene {
    fn new() -> Self {
        const PLAYLISTS: u64 = 3_000;
        let mixtape = mixtape_of(PLAYLISTS);
        let changes = changes_of(PLAYLISTS, 20_000, 500_000);
        let mut scene = Scene {
            place: Place::new(&mixtape, &changes),
            mixtape,
            changes,
            output: Vec::new(),
            rejects: Vec::new(),
            duration: Duration::ZERO,
        };
        let started = Instant::now();
        let status = scene.start("output.json", "changes.json").wait().unwrap();
        scene.duration = started.elapsed();
        assert_eq!(status.code(), Some(0));
        scene.output = fs::read(scene.place.path("output.json")).unwrap();
        scene.rejects = fs::read(scene.place.path("rejects")).unwrap();
        assert!(scene.output != scene.mixtape && scene.rejects.len() > 1 << 20);
        scene
    }

    fn start(&self, output: &str, changes: &str) -> Child {
        mixtape()
            .args(["apply", "--quiet", "mixtape.json", changes, output])
            .args(["--rejects", "rejects"])
            .current_dir(self.place.path(""))
            .stdin(Stdio::piped())
            .spawn()
            .expect("the program starts")
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.place.path(name)).ok()
    }

    /// The folder as it is before a run; the name of OUTPUT.
    fn prepare(&self, before: Before) -> &'static str {
        for name in self.place.0.names() {
            fs::remove_file(self.place.path(&name)).unwrap();
        }
        self.place.0.write("mixtape.json", &self.mixtape);
        self.place.0.write("changes.json", &self.changes);
        if before != Before::Nothing {
            self.place.0.write("rejects", OLD);
        }
        match before {
            Before::TheMixtape => "mixtape.json",
            Before::Old => {
                self.place.0.write("output.json", OLD);
                "output.json"
            }
            Before::Nothing => "output.json",
        }
    }

    /// Checks what a killed run has left, and that the next one works.
    fn check(&self, before: Before, output: &str) {
        let old = match before {
            Before::Nothing => None,
            Before::Old => Some(OLD),
            Before::TheMixtape => Some(&*self.mixtape),
        };
        let found = self.read(output);
        let complete = found.as_ref() == Some(&self.output);
        assert!(
            complete || found.as_deref() == old,
            "{before:?}: OUTPUT is neither"
        );
        let rejects = self.read("rejects");
        let all_rejects = rejects.as_ref() == Some(&self.rejects);
        let old = (before != Before::Nothing).then_some(OLD);
        assert!(
            all_rejects || rejects.as_deref() == old,
            "{before:?}: rejects are neither"
        );
        assert!(
            all_rejects || !complete,
            "{before:?}: OUTPUT without its rejects"
        );
        assert!(self.read("changes.json").as_ref() == Some(&self.changes));
        for name in self.place.0.names() {
            let whole = ["mixtape.json", "changes.json", "output.json", "rejects"];
            let temporary = name.starts_with('.') && name.ends_with(".partial");
            assert!(
                temporary || whole.contains(&&*name),
                "{name} is left behind"
            );
        }
        if !(complete && before == Before::TheMixtape) {
            let status = self.start(output, "changes.json").wait().unwrap();
            assert_eq!(status.code(), Some(0), "{before:?}: the next run");
            assert!(self.read(output).as_ref() == Some(&self.output));
            assert!(self.read("rejects").as_ref() == Some(&self.rejects));
        }
    }
}

#[test]
fn a_run_that_is_killed_leaves_its_output_absent_old_or_complete() {
    let scene = Scene::new();
    let mut random = Random(4);
    for round in 0..kill_rounds(18, 36) {
        let before = [Before::Nothing, Before::Old, Before::TheMixtape][round as usize % 3];
        let output = scene.prepare(before);
        // A little longer than the run, so that its last steps are met too.
        let longest = scene.duration.as_micros() as u64 * 5 / 4;
        let mut child = scene.start(output, "changes.json");
        thread::sleep(Duration::from_micros(random.below(longest)));
        child.kill().unwrap();
        child.wait().unwrap();
        scene.check(before, output);
    }
}

#[test]
fn a_run_that_is_killed_amid_its_changes_has_touched_nothing() {
    let scene = Scene::new();
    for before in [Before::Nothing, Before::Old, Before::TheMixtape] {
        let output = scene.prepare(before);
        let mut child = scene.start(output, "-");
        let mut input = child.stdin.take().unwrap();
        // More than a pipe holds: it is reading.
        input
            .write_all(&scene.changes[..scene.changes.len() / 2])
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let found = [output, "rejects"].map(|name| scene.read(name));
        let expected = match before {
            Before::Nothing => [None, None],
            Before::Old => [Some(OLD), Some(OLD)],
            Before::TheMixtape => [Some(&*scene.mixtape), Some(OLD)],
        };
        assert!(
            found == expected.map(|bytes| bytes.map(<[u8]>::to_vec)),
            "{before:?}"
        );
        scene.check(before, output);
    }
}
