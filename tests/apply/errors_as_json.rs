//! `--error-format json`: what is said, for programs.

use crate::run::{GOOD, MIXTAPE, Place};

#[test]
fn errors_for_programs_are_one_line_of_json() {
    let place = Place::new(MIXTAPE, format!("[\n{GOOD}, {{\"a\": oops}}]"));
    let run = place.apply(&["--error-format", "json"]).assert_code(2);
    assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
    let error: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    let column = GOOD.len() + 9;
    let expected = serde_json::json!({
        "error": "data", "message": "expected a JSON value", "input": "changes.json",
        "line": 2, "column": column, "byte": column + 1, "element": "operation", "number": 2,
        "path": "$[1].a", "text": error["text"], "exit_code": 2,
    });
    assert_eq!(error, expected);
    assert!(
        error["text"].as_str().unwrap().ends_with("\"a\": oops}]"),
        "{error}"
    );
    for (arguments, kind, code) in [
        (
            &[
                "apply",
                "missing",
                "changes.json",
                "o",
                "--error-format",
                "json",
            ][..],
            "io",
            1,
        ),
        (
            &["apply", "--error-format=json", "mixtape.json"],
            "usage",
            64,
        ),
        (&["nonsense", "--error-format", "json"], "usage", 64),
        (
            &[
                "apply",
                "mixtape.json",
                "changes.json",
                "changes.json",
                "--error-format",
                "json",
            ],
            "usage",
            64,
        ),
    ] {
        let run = place.0.run(arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}: {run:?}");
        let error: serde_json::Value = serde_json::from_str(&run.stderr).expect(&run.stderr);
        assert_eq!(error["error"], kind, "{arguments:?}");
        assert_eq!(error["exit_code"], code, "{arguments:?}");
    }
}
