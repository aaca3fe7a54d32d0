//! The invented sample: what share of the right pairs is found, and what share of the found pairs is right.

use std::collections::{BTreeMap, BTreeSet};

use mixtape::isrc::{
    Described, Isrc, Match, Matches, MediaItem, MediaItems, Method, Propose, TrackRow, Tracks,
    match_all,
};

/// The sample: videos, tracks and the right pairs of the two.
#[derive(Default)]
pub struct Sample {
    pub videos: Vec<[Option<String>; 3]>,
    pub tracks: Vec<(String, String)>,
    pub right: BTreeSet<(usize, usize)>,
}

impl Sample {
    pub fn read() -> Self {
        let mut sample = Sample::default();
        for line in include_str!("sample.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (kind, rest) = line.split_at(2);
            if kind == "> " {
                let mut fields = rest
                    .split(" | ")
                    .map(|field| (field != "-").then(|| field.replace('~', "|")));
                sample
                    .videos
                    .push([(); 3].map(|()| fields.next().expect("three fields")));
                continue;
            }
            let (track, artist) = rest.rsplit_once(" ; ").expect("a track and its artist");
            let row = (track.to_owned(), artist.to_owned());
            let known = sample.tracks.iter().position(|other| *other == row);
            let number = known.unwrap_or_else(|| {
                sample.tracks.push(row);
                sample.tracks.len() - 1
            });
            if kind == "+ " {
                sample.right.insert((sample.videos.len() - 1, number));
            }
        }
        sample
    }

    /// Fails unless at least 90 % of the right pairs are found, and 98 % of the found pairs are right.
    pub fn assert_found(&self, found: &BTreeMap<(usize, usize), Method>) {
        let mut report = String::new();
        for (&(video, track), method) in found {
            if !self.right.contains(&(video, track)) {
                report += &format!(
                    "wrong: {method:?} {:?} {:?}\n",
                    self.videos[video], self.tracks[track]
                );
            }
        }
        for &(video, track) in self.right.iter().filter(|pair| !found.contains_key(pair)) {
            report += &format!(
                "missed: {:?} {:?}\n",
                self.videos[video], self.tracks[track]
            );
        }
        let right = found
            .keys()
            .filter(|pair| self.right.contains(pair))
            .count();
        report += &format!(
            "{right} right of {} found, of {} to be found",
            found.len(),
            self.right.len()
        );
        assert!(right * 100 >= self.right.len() * 90, "{report}");
        assert!(right * 100 >= found.len() * 98, "{report}");
    }

    /// What the library proposes: pairs with their method.
    pub fn propose(&self) -> BTreeMap<(usize, usize), Method> {
        self.run([Some(1), Some(2)], Propose::Same)
    }

    /// The same with sizes that decide which side is held.
    pub fn run(
        &self,
        sizes: [Option<u64>; 2],
        propose: Propose,
    ) -> BTreeMap<(usize, usize), Method> {
        let mut found = Found::default();
        let [media, tracks] = sizes;
        match_all(
            &mut Rows(self, media),
            &mut Rows(self, tracks),
            propose,
            &mut found,
            None,
        )
        .unwrap();
        found.0
    }
}

struct Rows<'a>(&'a Sample, Option<u64>);

impl MediaItems for Rows<'_> {
    fn size(&self) -> Option<u64> {
        self.1
    }

    fn for_each(
        &mut self,
        each: &mut dyn FnMut(MediaItem<'_>) -> mixtape::Result<()>,
    ) -> mixtape::Result<()> {
        self.0
            .videos
            .iter()
            .enumerate()
            .try_for_each(|(i, [primary, secondary, artist])| {
                let described = Described {
                    primary: primary.as_deref().unwrap_or(""),
                    secondary: secondary.as_deref(),
                    artist: artist.as_deref(),
                };
                each(MediaItem {
                    id: &i.to_string(),
                    described,
                })
            })
    }
}

impl Tracks for Rows<'_> {
    fn size(&self) -> Option<u64> {
        self.1
    }

    fn for_each(
        &mut self,
        each: &mut dyn FnMut(TrackRow<'_>) -> mixtape::Result<()>,
    ) -> mixtape::Result<()> {
        self.0
            .tracks
            .iter()
            .enumerate()
            .try_for_each(|(i, (track, artist))| {
                each(TrackRow {
                    track,
                    artist,
                    isrc: &format!("QZ-AAA-22-{i:05}"),
                })
            })
    }
}

#[derive(Default)]
struct Found(BTreeMap<(usize, usize), Method>);

impl Matches for Found {
    fn add(&mut self, found: &Match<'_>) -> mixtape::Result<()> {
        let code = Isrc::read(found.isrc).expect("a code as the table has it");
        let pair = (
            found.media_item_id.parse().unwrap(),
            code.as_str()[7..].parse().unwrap(),
        );
        assert_eq!(
            self.0.insert(pair, found.method),
            None,
            "a pair is proposed once"
        );
        Ok(())
    }
}

#[test]
fn nine_in_ten_invented_pairs_are_found_and_hardly_any_wrong_one() {
    let sample = Sample::read();
    sample.assert_found(&sample.propose());
}

#[test]
fn the_side_that_is_held_makes_no_difference() {
    let sample = Sample::read();
    for propose in [Propose::Same, Propose::Related] {
        let tracks_held = sample.run([Some(2), Some(1)], propose);
        let media_held = sample.run([Some(1), Some(2)], propose);
        assert_eq!(tracks_held, media_held);
        assert_eq!(tracks_held, sample.run([None, Some(1)], propose));
        assert_eq!(media_held, sample.run([None, None], propose));
        assert!(tracks_held.len() >= sample.right.len() * 9 / 10);
    }
}
