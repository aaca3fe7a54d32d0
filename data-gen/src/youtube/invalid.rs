//! Rows that cannot be used.

use super::row::Members;
use crate::random::Random;

/// Makes a row one that must be rejected.
pub(super) fn spoil(random: &mut Random, mut members: Members) -> Members {
    const NEEDED: [&str; 3] = ["playlist_id", "timestp", "video_id"];
    const WRONG: [(&str, &[u8]); 8] = [
        ("playlist_id", b"17"),
        ("video_id", b"[]"),
        ("timestp", b"1653049150"),
        ("timestp", b"\"2022-02-30T12:00:00\""),
        ("timestp", b"\"2022-05-20T25:00:00.000001\""),
        ("views", b"\"615521031\""),
        ("title", b"{\"text\": \"x\"}"),
        ("position", b"1.5"),
    ];
    let choice = random.below((2 * NEEDED.len() + WRONG.len()) as u64) as usize;
    let mut set = |name: &str, value: &[u8]| {
        for (other, old) in &mut members {
            if *other == name {
                *old = value.to_vec();
            }
        }
    };
    match choice {
        0..3 => members.retain(|(name, _)| *name != NEEDED[choice]),
        3..6 => set(NEEDED[choice - 3], b"null"),
        _ => set(WRONG[choice - 6].0, WRONG[choice - 6].1),
    }
    members
}
