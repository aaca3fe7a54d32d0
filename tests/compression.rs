//! gzip and zstd: told by the first bytes on every input, by the name's ending on every output, and never trusted.

mod support;

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use support::{Folder, Run};

const MIXTAPE: &str = r#"{"users": [{"id": "1"}],
 "songs": [{"id": "1"}, {"id": "2"}],
 "playlists": [{"id": "1", "owner_id": "1", "song_ids": []}]}
"#;
const CHANGES: &str =
    "{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"1\", \"song_id\": \"1\"}
{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"1\", \"song_id\": \"2\"}
";
const SCORES: &str = "1: {\"id\": 1}\n22: {\"id\": 2}\n3: {\"id\": 3}\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// A way to compress, by its name.
type Compress = (&'static str, fn(&[u8]) -> Vec<u8>);
const BOTH: [Compress; 2] = [("gzip", gzip), ("zstd", zstd)];

/// What an apply of these bytes writes to standard output, through files and through pipes.
fn apply(mixtape: &[u8], changes: &[u8]) -> Vec<Run> {
    let folder = Folder::new();
    folder.write("mixtape", mixtape);
    folder.write("changes", changes);
    let run = |first, second, input: &[u8]| {
        folder.run_with_input(["apply", first, second, "-", "--quiet"], input)
    };
    vec![
        run("mixtape", "changes", b""),
        run("-", "changes", mixtape),
        run("mixtape", "-", changes),
    ]
}

fn top(scores: &[u8]) -> Vec<Run> {
    let folder = Folder::new();
    folder.write("scores", scores);
    let run = |file, threads, input: &[u8]| {
        folder.run_with_input(["top", file, "2", "--threads", threads], input)
    };
    vec![
        run("scores", "1", b""),
        run("scores", "2", b""),
        run("-", "1", scores),
        run("-", "2", scores),
    ]
}

#[test]
fn compressed_inputs_are_read_as_the_plain_ones() {
    let plain = (
        apply(MIXTAPE.as_bytes(), CHANGES.as_bytes()),
        top(SCORES.as_bytes()),
    );
    for run in plain.0.iter().chain(&plain.1) {
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    for (name, compress) in BOTH {
        let (mixtape, changes) = (compress(MIXTAPE.as_bytes()), compress(CHANGES.as_bytes()));
        for run in apply(&mixtape, CHANGES.as_bytes())
            .into_iter()
            .chain(apply(MIXTAPE.as_bytes(), &changes))
            .chain(apply(&mixtape, &changes))
        {
            assert_eq!(run.stdout, plain.0[0].stdout, "{name}: {run:?}");
        }
        for run in top(&compress(SCORES.as_bytes())) {
            assert_eq!(run.stdout, plain.1[0].stdout, "{name}: {run:?}");
        }
    }
}

#[test]
fn all_members_of_a_gzip_file_and_all_frames_of_a_zstd_file_are_read() {
    for (name, compress) in BOTH {
        let lines: Vec<&[u8]> = SCORES
            .as_bytes()
            .split_inclusive(|&byte| byte == b'\n')
            .collect();
        let mut bytes = compress(b"");
        for line in &lines {
            bytes.extend(compress(line));
            bytes.extend(compress(b""));
        }
        for run in top(&bytes) {
            assert_eq!(run.code, Some(0), "{name}: {run:?}");
            assert!(
                run.stdout.contains("22") && run.stdout.contains('3'),
                "{name}"
            );
        }
    }
    // What pzstd puts first: a frame to be skipped.
    let mut bytes = vec![0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
    bytes.extend(zstd(SCORES.as_bytes()));
    for run in top(&bytes) {
        assert_eq!(run.code, Some(0), "{run:?}");
    }
}

#[test]
fn a_compressed_stream_that_is_cut_at_any_byte_is_exit_2_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("mixtape", MIXTAPE);
    for (name, compress) in BOTH {
        let ending = if name == "gzip" { "gz" } else { "zst" };
        let file = format!("cut.{ending}");
        let whole = compress(CHANGES.as_bytes());
        for length in 0..whole.len() {
            folder.write(&file, &whole[..length]);
            folder.write("output", "old");
            let run = folder.run(["apply", "mixtape", &file, "output"]);
            assert_eq!(run.code, Some(2), "{name}, {length} bytes: {run:?}");
            assert!(
                run.stderr.starts_with("error: "),
                "{name}, {length}: {run:?}"
            );
            assert_eq!(folder.read("output"), "old", "{name}, {length} bytes");
        }
        // One cut of MIXTAPE and of scores stands for all: the bytes go the same way.
        folder.write(&file, &whole[..whole.len() - 1]);
        let run = folder.run(["apply", &file, "mixtape", "output"]);
        assert_eq!(run.code, Some(2), "{name}: {run:?}");
        let run = folder.run(["top", &file, "3"]);
        assert_eq!(run.code, Some(2), "{name}: {run:?}");
        assert!(run.stderr.contains("cut"), "{name}: {run:?}");
    }
    assert_eq!(folder.names(), ["cut.gz", "cut.zst", "mixtape", "output"]);
}

#[test]
fn damage_and_trailing_garbage_are_exit_2_and_name_the_format() {
    for (name, compress) in BOTH {
        let whole = compress(&SCORES.repeat(100).into_bytes());
        let mut garbage = whole.clone();
        garbage.extend(b"garbage");
        let mut wrong_sum = whole.clone();
        // gzip ends with sum and length; the zstd library's own default has no sum, so its data is damaged.
        let at = if name == "gzip" {
            whole.len() - 8
        } else {
            whole.len() - 3
        };
        wrong_sum[at] ^= 0x55;
        for (what, bytes) in [("garbage", garbage), ("damage", wrong_sum)] {
            for run in top(&bytes) {
                assert_eq!(run.code, Some(2), "{name}, {what}: {run:?}");
                assert_eq!(run.stdout, "", "{name}, {what}");
                assert!(run.stderr.contains(name), "{name}, {what}: {run:?}");
            }
        }
    }
}

#[test]
fn a_zstd_window_above_the_limit_is_refused_with_the_flag_that_lifts_it() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(28).unwrap();
    encoder.long_distance_matching(true).unwrap();
    encoder.write_all(SCORES.as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    let folder = Folder::new();
    folder.write("scores", &bytes);
    let run = folder.run(["top", "scores", "1"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.stderr.contains("134217728 bytes; --max-window sets"),
        "{run:?}"
    );
    let run = folder.run(["top", "scores", "1", "--max-window", "256MiB"]);
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn outputs_are_compressed_as_their_names_end_or_as_it_is_asked_for() {
    let bad = CHANGES.replace("\"2\"", "\"9\"");
    let folder = Folder::new();
    folder.write("mixtape", MIXTAPE);
    folder.write("changes", &bad);
    let apply = |output, rejects, further: &[&str]| {
        let mut arguments = vec!["apply", "mixtape", "changes", output, "--rejects", rejects];
        arguments.extend(further);
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
        [output, rejects].map(|name| fs::read(folder.path(name)).unwrap())
    };
    let plain = apply("output", "rejects", &[]);
    let unpacked = |bytes: &[u8]| match bytes {
        [0x1F, 0x8B, ..] => {
            let mut text = Vec::new();
            let mut decoder = flate2::read::MultiGzDecoder::new(bytes);
            std::io::Read::read_to_end(&mut decoder, &mut text).unwrap();
            ("gzip", text)
        }
        [0x28, 0xB5, 0x2F, 0xFD, ..] => ("zstd", zstd::decode_all(bytes).unwrap()),
        _ => ("plain", bytes.to_vec()),
    };
    for (output, rejects, further, expected) in [
        ("o.gz", "r.zst", &[][..], ["gzip", "zstd"]),
        ("o.json.zst", "r.GZ", &[], ["zstd", "gzip"]),
        ("o", "r", &["--compress", "zstd"], ["zstd", "zstd"]),
        ("o", "r", &["--compress", "gzip"], ["gzip", "gzip"]),
        ("p.gz", "r.gz", &["--compress", "none"], ["plain", "plain"]),
    ] {
        let written = apply(output, rejects, further);
        for ((bytes, plain), expected) in written.iter().zip(&plain).zip(expected) {
            let (format, text) = unpacked(bytes);
            assert_eq!(
                (format, &text),
                (expected, plain),
                "{output} {rejects} {further:?}"
            );
        }
    }
    // What was written is an input again, in place too.
    let run = folder.run(["apply", "o.gz", "r.zst", "o.gz", "--quiet"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert_eq!(
        unpacked(&fs::read(folder.path("o.gz")).unwrap()).1,
        plain[0]
    );
}

#[test]
fn a_run_that_fails_does_not_end_its_compressed_output_as_if_it_were_whole() {
    // The last reject of a strict run comes after the sink of standard output is made; nothing may be written to it.
    let folder = Folder::new();
    folder.write("mixtape", MIXTAPE);
    folder.write("changes", "[oops");
    for how in ["gzip", "zstd"] {
        let run = folder.run(["apply", "mixtape", "changes", "-", "--compress", how]);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (Some(2), ""),
            "{how}: {run:?}"
        );
    }
}
