//! Standard output that leads to an input: written through, it would destroy what is still to be read.

use std::fs::File;
use std::process::Stdio;

use crate::run::{BAD, GOOD, MIXTAPE, Place};
use crate::support::{Run, mixtape};

#[test]
fn standard_output_that_is_an_input_is_refused_before_anything_is_written() {
    let changes = format!("{GOOD}\n{BAD}\n");
    let rows: [(&[&str], &str, &str); 4] = [
        (
            &["mixtape.json", "changes.json", "-"],
            "mixtape.json",
            "OUTPUT is MIXTAPE",
        ),
        (
            &["mixtape.json", "changes.json", "-"],
            "changes.json",
            "OUTPUT is CHANGES",
        ),
        (
            &[
                "mixtape.json",
                "changes.json",
                "output.json",
                "--rejects",
                "-",
            ],
            "mixtape.json",
            "the --rejects file is MIXTAPE",
        ),
        (
            &[
                "mixtape.json",
                "changes.json",
                "output.json",
                "--summary",
                "-",
            ],
            "changes.json",
            "the --summary file is CHANGES",
        ),
    ];
    for (arguments, target, message) in rows {
        for append in [false, true] {
            let place = Place::new(MIXTAPE, &changes);
            // As `>> mixtape.json` and `1<> mixtape.json`.
            let mut options = File::options();
            let stdout = options.write(true).append(append).open(place.path(target));
            let output = mixtape()
                .arg("apply")
                .args(arguments)
                .current_dir(place.path(""))
                .stdin(Stdio::null())
                .stdout(stdout.unwrap())
                .output();
            let run = Run::of(output.unwrap()).assert_code(64);
            assert!(
                run.stderr.starts_with(&format!("error: {message} ")),
                "{run:?}"
            );
            assert_eq!(place.read("mixtape.json"), MIXTAPE);
            assert_eq!(place.read("changes.json"), changes);
            place.assert_holds("changes.json mixtape.json");
        }
    }
}
