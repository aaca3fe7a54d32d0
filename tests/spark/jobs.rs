//! `spark/apply.py` and `spark/top.py` on a cluster, against the program on one machine.

use std::fs;

use data_gen::{Scores, ScoresOptions};

use crate::cluster::Cluster;
use crate::inputs::{NOT_UTF8, mixtape_and_changes, parts_of, text, write_parts};
use crate::one_machine::Parts;
use crate::support::Run;

/// One cluster for all of it: it takes longer to start than to work.
#[test]
fn jobs_on_a_cluster_give_what_one_machine_gives() {
    let Some(mut cluster) = Cluster::start() else {
        return;
    };
    top_with_ties(&cluster);
    a_package_that_came_in_an_archive_is_not_sent_again(&cluster);
    a_line_over_a_limit_ends_top_with_its_place(&cluster);
    a_broken_playlist_ends_apply_with_its_place(&cluster);
    nothing_is_fine(&cluster);
    what_ends_one_machine_ends_apply(&cluster);
    apply(&mut cluster);
}

fn apply(cluster: &mut Cluster) {
    let (playlists, rejects) = mixtape_and_changes(&cluster.folder);
    assert!(
        rejects.contains("duplicate_playlist") && rejects.contains("there is one with the string")
    );
    assert!(rejects.contains("raw_base64"));
    assert!(playlists.contains("gets 7002"));
    for partitions in ["1", "2", "7"] {
        let (out, rejected) = (format!("out{partitions}"), format!("rejected{partitions}"));
        let arguments = [
            "parts",
            "changes",
            &out,
            "--rejects",
            &rejected,
            "--partitions",
            partitions,
        ];
        let run = match partitions {
            "7" => cluster.run_and_kill_a_worker("apply.py", &arguments),
            "2" => cluster.submit("apply.py", &arguments),
            _ => cluster.run("apply.py", &arguments),
        };
        assert_eq!(run.code, Some(0), "{partitions}: {}", run.stderr);
        assert!(run.stdout.contains("\"read\": 10013"), "{}", run.stdout);
        let found = parts_of(&cluster.folder.path(&out));
        assert!(
            found == playlists,
            "{partitions} partitions: other playlists"
        );
        let found = parts_of(&cluster.folder.path(&rejected));
        assert!(found == rejects, "{partitions} partitions: other rejects");
    }
}

/// Spark refuses a second file of the same name.
fn a_package_that_came_in_an_archive_is_not_sent_again(cluster: &Cluster) {
    let scores = "3: {\"id\":\"a\"}\n9: {\"id\":\"b\"}\n5: {\"id\":\"c\"}\n";
    cluster.folder.write("three.txt", scores);
    let run = cluster.submit_with_an_archive("top.py", &["three.txt", "2", "--format", "lines"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout, "9: {\"id\":\"b\"}\n5: {\"id\":\"c\"}\n");
}

fn nothing_is_fine(cluster: &Cluster) {
    for kind in ["users", "songs", "playlists"] {
        fs::create_dir_all(cluster.folder.path(&format!("empty/{kind}"))).unwrap();
    }
    cluster.folder.write("empty/users/a", "{\"id\": 7}\n");
    cluster.folder.write("empty/songs/a", "{\"id\": 8}");
    let changes = "{\"type\": \"add_playlist\", \"user_id\": 7, \"song_ids\": [8, 8]}\n\n{\"type\": \"remove_playlist\", \"playlist_id\": \"2\"}\n";
    cluster.folder.write("few.ndjson", changes);
    let run = cluster.run(
        "apply.py",
        &["empty", "few.ndjson", "few", "--partitions", "5"],
    );
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    let parts = Parts {
        users: vec![b"{\"id\": 7}".to_vec()],
        songs: vec![b"{\"id\": 8}".to_vec()],
        playlists: Vec::new(),
        changes: vec![changes.into()],
    };
    assert_eq!(
        parts_of(&cluster.folder.path("few")),
        parts.apply().unwrap().playlists
    );
}

/// The first reject of all lies neither in the first partition nor alone.
fn what_ends_one_machine_ends_apply(cluster: &Cluster) {
    let folder = &cluster.folder;
    let created = b"{\"type\": \"add_playlist\", \"user_id\": 7, \"song_ids\": [8]}\n";
    let removed = b"{\"type\": \"remove_playlist\", \"playlist_id\": \"none\"}\n";
    let changes = [&created.repeat(9)[..], NOT_UTF8, &removed.repeat(9)].concat();
    folder.write("rules.ndjson", changes);
    let document = "{\"users\": [{\"id\": 7}], \"songs\": [{\"id\": 8}], \"playlists\": []}";
    folder.write("rules.json", document);
    for (number, rule) in ["--strict", "--max-rejects=3"].into_iter().enumerate() {
        let (rejects, out) = (format!("rule-rejects{number}"), format!("rule-out{number}"));
        let rules = [rule, "--rejects", &rejects];
        let arguments = [
            &["apply", "rules.json", "rules.ndjson", "-", "-q"],
            &rules[..],
        ]
        .concat();
        let expected = folder.run(arguments);
        let collected = fs::read_to_string(folder.path(&rejects)).ok();
        let _ = fs::remove_file(folder.path(&rejects));

        let arguments = ["empty", "rules.ndjson", &out, "--partitions", "3"];
        let run = cluster.run("apply.py", &[&arguments, &rules[..]].concat());
        assert_eq!(
            (run.code, expected.code),
            (Some(2), Some(2)),
            "{}",
            run.stderr
        );
        assert!(
            run.stderr.contains(&expected.stderr),
            "{}{}",
            run.stderr,
            expected.stderr
        );
        assert!(!folder.path(&out).exists());
        let folder_of_rejects = folder.path(&rejects);
        let found = folder_of_rejects
            .exists()
            .then(|| parts_of(&folder_of_rejects));
        assert_eq!(found, collected, "{rule}");
    }
}

fn a_broken_playlist_ends_apply_with_its_place(cluster: &Cluster) {
    for (kind, lines) in [
        ("users", "{\"id\": \"1\"}\n"),
        ("songs", "{\"id\": \"1\"}\n"),
        (
            "playlists",
            "{\"id\": \"é\", \"song_ids\": []}\n\n{\"id\": \"2\", \"song_ids\": [}\n",
        ),
    ] {
        write_parts(&cluster.folder, &format!("broken/{kind}"), lines, 1);
    }
    cluster.folder.write("none.ndjson", "");
    // Of three parts of the file the last one has that line.
    for partitions in ["1", "3"] {
        let arguments = ["broken", "none.ndjson", "broken-out", "--partitions"];
        let run = cluster.run("apply.py", &[&arguments[..], &[partitions]].concat());
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        let error = error_of(&run);
        assert!(
            error.contains("/broken/playlists/part-0.ndjson:3:26: "),
            "{}",
            run.stderr
        );
        let picture = "\n3 | {\"id\": \"2\", \"song_ids\": [}\n  |                          ^ here (byte 55)\n";
        assert!(run.stderr.contains(picture), "{}", run.stderr);
        assert!(!cluster.folder.path("broken-out").exists());
    }
}

fn top_with_ties(cluster: &Cluster) {
    let scores = text(Scores::new(ScoresOptions {
        records: 3_000,
        dense: true,
        ..ScoresOptions::default()
    }));
    // Of each score there are about ten.
    let tied = scores.lines().enumerate().map(|(number, line)| {
        let record = line.split_once(": ").unwrap().1;
        format!("{}: {record}\n", number * 7919 % 300)
    });
    let mut tied: Vec<String> = tied.collect();
    // So long that there are partitions in which no line begins.
    let long = "é".repeat(tied.concat().len() / 2);
    tied.insert(
        700,
        format!("299: {{\"id\": \"long\", \"more\": \"{long}\"}}\n"),
    );
    // Files of other sizes than their order is.
    let files = [
        &tied[..50],
        &tied[50..650],
        &[],
        &tied[650..2_900],
        &tied[2_900..],
    ];
    fs::create_dir_all(cluster.folder.path("scores")).unwrap();
    for (number, lines) in files.iter().enumerate() {
        cluster
            .folder
            .write(&format!("scores/part-{number}.data"), lines.concat());
    }
    let tied = tied.concat();
    cluster.folder.write("scores.data", &tied);
    let expected = cluster
        .folder
        .run(["top", "scores.data", "100", "--format", "lines"]);
    for partitions in ["1", "2", "7"] {
        let arguments = [
            "scores",
            "100",
            "--format",
            "lines",
            "--partitions",
            partitions,
        ];
        let run = cluster.run("top.py", &arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(
            run.stdout == expected.stdout,
            "{partitions} partitions: other winners\n{}",
            run.stdout
        );
    }
}

fn a_line_over_a_limit_ends_top_with_its_place(cluster: &Cluster) {
    let lines = format!("1: {{\"id\": 1}}\n\n{}: {{\"id\": 2}}\n", "9".repeat(5_000));
    let after = format!("1: {{\"id\": \"{}\"}}\n", "x".repeat(5_000));
    write_parts(&cluster.folder, "long", after + &lines, 1);
    for partitions in ["1", "2"] {
        let run = cluster.run("top.py", &["long", "1", "--partitions", partitions]);
        assert_eq!((run.code, &run.stdout[..]), (Some(2), ""), "{}", run.stderr);
        let error = error_of(&run);
        assert!(
            error.contains("/long/part-0.ndjson:4:1: record 3"),
            "{}",
            run.stderr
        );
        assert!(error.contains("--max-score-digits"), "{}", run.stderr);
    }
}

/// Among all that Spark says, the line that is ours.
fn error_of(run: &Run) -> &str {
    let mut lines = run.stderr.lines();
    lines
        .find(|line| line.starts_with("error: "))
        .unwrap_or_default()
}
