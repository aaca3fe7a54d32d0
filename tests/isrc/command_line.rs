//! The program over folders of CSV files, with invented rows.

use crate::support::generated::all;
use crate::support::{Folder, Run};

pub const LOG: &str =
    "media_item_id,ingest_timestamp,primary_title,secondary_title,artist_id,cover_url
1,2022-05-19T10:00:00,Ada Lind - Tin Roof (Official Video),Tin Roof,1,
2,2022-05-19T10:00:00.5,\"Bo Berg, Ada Lind - \"\"Third Rail\"\"\",,,
3,2022-05-19T10:00:00,Ada Lind - Unheard,,,
4,2022-05-19T10:00:00,Lost and Found,,,
5,2022-05-19T10:00:00,Somebody Else - Tin Roof,,,
1,2022-05-18T10:00:00,Ada Lind - Third Rail,Third Rail,1,
6,2022-05-19T10:00:00,Ada Lind - Windfall,,,
";
pub const ARTISTS: &str = "id,name\n1,Ada Lind\n";
pub const TRACKS: &str = "\u{feff}ISRC,label,artist,track
QZAAA2200001,x,Ada Lind,Tin Roof
qz-aaa-22-00002,x,\"Ada Lind & Bo Berg\",Third Rail
QZAAA2200003,x,Ada Lind,Tin Roof (feat. Bo Berg)
QZAAA2200004,x,Ada Lind,Tin Roof - Live
QZAAA2200005,x,Ada Lind,Windfall - Karaoke Version
QZAAA2200001,again,ada lind,TIN ROOF
,x,Ada Lind,Tin Roof
nonsense,x,Ada Lind,Tin Roof
QZAAA2200006,x,,Tin Roof
";

pub fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("media_item_metadata_log.csv", LOG);
    folder.write("artists.csv", ARTISTS);
    folder.write("tracks.csv", TRACKS);
    folder
}

pub fn run(folder: &Folder, arguments: &[&str]) -> Run {
    folder.run(
        ["isrc", "tracks.csv", "--in", ".", "--out", "out"]
            .iter()
            .chain(arguments),
    )
}

pub const MATCHES: &str = "media_item_id,isrc,score,method
1,QZAAA2200001,0.99,exact
1,QZAAA2200003,GUEST,guest
2,QZAAA2200002,0.99,exact
";

pub fn matches() -> String {
    MATCHES.replace(
        "GUEST",
        &format!("0.{}", mixtape::isrc::Method::Guest.percent()),
    )
}

#[test]
fn every_code_of_the_recording_is_proposed_once_with_score_and_method() {
    let folder = folder();
    let result = run(&folder, &[]);
    assert_eq!(
        (result.code, result.stdout.as_str()),
        (Some(0), ""),
        "{}",
        result.stderr
    );
    assert_eq!(folder.read("out/media_item_isrcs.csv"), matches());
    for line in [
        "2 of 6 media items matched, 3 pairs, over 9 tracks",
        "match nothing: 3",
        "the result is in out/media_item_isrcs.csv",
    ] {
        assert!(result.stderr.contains(line), "{}", result.stderr);
    }
}

#[test]
fn what_is_not_matched_is_written_with_its_reason() {
    let folder = folder();
    let result = run(&folder, &["--unmatched", "unmatched.csv", "-q"]);
    assert_eq!((result.code, result.stderr.as_str()), (Some(0), ""));
    let expected = "media_item_id,reason,primary_title,secondary_title,artist
3,unknown_title,Ada Lind - Unheard,,
4,no_artist,Lost and Found,,
5,unknown_artist,Somebody Else - Tin Roof,,
6,other_version,Ada Lind - Windfall,,
";
    assert_eq!(folder.read("unmatched.csv"), expected);
    let to_stdout = run(&folder, &["--unmatched", "-", "-q"]);
    assert_eq!(
        (to_stdout.code, to_stdout.stdout.as_str()),
        (Some(0), expected)
    );
}

#[test]
fn other_versions_come_only_when_asked_for() {
    let folder = folder();
    assert_eq!(run(&folder, &["--related", "-q"]).code, Some(0));
    let expected = matches().replace(
        "2,QZAAA2200002",
        "1,QZAAA2200004,0.01,related\n2,QZAAA2200002",
    ) + "6,QZAAA2200005,0.01,related\n";
    assert_eq!(folder.read("out/media_item_isrcs.csv"), expected);
}

#[test]
fn a_pipe_gives_what_a_file_gives_and_so_does_a_second_run() {
    let folder = folder();
    assert_eq!(run(&folder, &["-q"]).code, Some(0));
    let first = folder.read("out/media_item_isrcs.csv");
    let piped = folder.run_with_input(
        ["isrc", "-", "--in", ".", "--out", "out", "-q"],
        TRACKS.as_bytes(),
    );
    assert_eq!(piped.code, Some(0), "{}", piped.stderr);
    assert_eq!(folder.read("out/media_item_isrcs.csv"), first);
}

#[test]
fn either_side_may_be_the_smaller_one() {
    // A table far larger than the log, and far smaller.
    let folder = folder();
    let many: String = (0..200)
        .map(|i| format!("QZBBB22{i:05},x,Nobody {i},Song {i}\n"))
        .collect();
    folder.write("tracks.csv", format!("{TRACKS}{many}"));
    assert_eq!(run(&folder, &["-q"]).code, Some(0));
    assert_eq!(folder.read("out/media_item_isrcs.csv"), matches());
    let many: String = (10..300)
        .map(|i| format!("{i},2022-05-19,Nobody {i} - Song {i},,,\n"))
        .collect();
    folder.write("tracks.csv", TRACKS);
    folder.write("media_item_metadata_log.csv", format!("{LOG}{many}"));
    assert_eq!(run(&folder, &["-q"]).code, Some(0));
    assert_eq!(folder.read("out/media_item_isrcs.csv"), matches());
}

#[test]
fn a_full_disk_leaves_the_old_result() {
    let folder = folder();
    let result = folder.run([
        "isrc",
        "tracks.csv",
        "--in",
        ".",
        "--out",
        "out",
        "--unmatched",
        "/dev/full",
    ]);
    assert_eq!(result.code, Some(1), "{}", result.stderr);
    assert!(result.stderr.contains("/dev/full"), "{}", result.stderr);
}

#[test]
fn generated_videos_of_songs_in_the_table_are_all_matched() {
    use data_gen::{Artists, CatalogueOptions, MediaItems, Tracks};
    let options = CatalogueOptions {
        tracks: 3000,
        media_items: 1000,
        seed: 7,
    };
    let folder = Folder::new();
    folder.write("tracks.csv", all(Tracks::new(options)));
    folder.write("media_item_metadata_log.csv", all(MediaItems::new(options)));
    folder.write("artists.csv", all(Artists::new(options)));
    let result = run(&folder, &[]);
    assert_eq!(result.code, Some(0), "{}", result.stderr);
    let expected = format!("{} of 1000 media items matched", options.matched());
    assert!(result.stderr.contains(&expected), "{}", result.stderr);
}

#[test]
fn a_result_that_is_refused_leaves_no_folder_behind() {
    let folder = folder();
    for unmatched in ["tracks.csv", "out/media_item_isrcs.csv"] {
        let run = run(&folder, &["--unmatched", unmatched]);
        assert_eq!(run.code, Some(64), "{unmatched}: {run:?}");
        assert!(!folder.path("out").exists(), "{unmatched}");
    }
}
