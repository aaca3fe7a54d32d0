//! Whether a video and a track are the same recording, by which step that is known, and how sure it is.

use super::names::Name;
use super::note::is_same_version;
use super::profanity::is_masked_twin;
use super::reading::{How, Reading};
use super::track::Track;
use super::video::Video;

/// The weakest step on which a match rests.
///
/// The score is how often pairs that rest on the step were right among those that people have labelled, after Laplace's rule
/// of succession: `(right + 1) / (all + 2)`, rounded down to two digits. The README has the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// The same title by the same artists, as far as spelling goes.
    Exact,
    /// Somebody is named on one side only.
    Guest,
    /// The same version, named in the same words: live, acoustic, a certain remix.
    Version,
    /// A bracket or a tail of the video's title was left out of the comparison, or a name that stands there in two scripts.
    Subtitle,
    /// The track says from which film it comes, or in which wrapping it was sold.
    Remark,
    /// The title is written as `Song - Artist` or `Song by Artist`.
    Reversed,
    /// Profanity is masked on one side: the clean and the explicit twin.
    Masked,
    /// The artist's name is shortened, or its initials are used.
    ShortName,
    /// The artist stands in front of the title without anything between.
    Joined,
    /// The artist is named in a part of its own between bars.
    Piece,
    /// A bracket of the track's title was left out of the comparison, and the artist has no track without it.
    TrackSubtitle,
    /// The row's artist is a guest on the video, and the row does not say of whom. Only for names of three words and more.
    GuestArtist,
    /// Another version of the same song; only where it is asked for.
    Related,
}

impl Method {
    /// All of them, the surest first.
    pub const ALL: [Method; 13] = [
        Method::Exact,
        Method::Guest,
        Method::Version,
        Method::Subtitle,
        Method::Remark,
        Method::Reversed,
        Method::Masked,
        Method::ShortName,
        Method::Joined,
        Method::Piece,
        Method::TrackSubtitle,
        Method::GuestArtist,
        Method::Related,
    ];

    /// The stable name, such as `exact`.
    pub fn name(self) -> &'static str {
        match self {
            Method::Exact => "exact",
            Method::Guest => "guest",
            Method::Version => "version",
            Method::Subtitle => "subtitle",
            Method::Remark => "remark",
            Method::Reversed => "reversed",
            Method::Masked => "masked",
            Method::ShortName => "short_name",
            Method::Joined => "joined",
            Method::Piece => "piece",
            Method::TrackSubtitle => "track_subtitle",
            Method::GuestArtist => "guest_artist",
            Method::Related => "related",
        }
    }

    /// The score: the estimated probability that the pair is the same recording, in percent.
    pub fn percent(self) -> u8 {
        match self {
            Method::Exact => 99,
            Method::Guest => 98,
            Method::Version => 94,
            Method::Subtitle => 93,
            Method::Remark => 91,
            Method::Reversed => 85,
            Method::Masked => 83,
            Method::ShortName => 80,
            Method::Joined => 75,
            Method::Piece => 75,
            Method::TrackSubtitle => 75,
            Method::GuestArtist => 66,
            Method::Related => 1,
        }
    }

    /// The score as it is written, such as `0.99`.
    pub fn score(self) -> String {
        format!("0.{:02}", self.percent())
    }
}

/// The best that any reading of the video says about the track.
pub fn judge(video: &Video, track: &Track) -> Option<Method> {
    video
        .readings
        .iter()
        .filter_map(|reading| judge_reading(reading, track))
        .min()
}

fn judge_reading(reading: &Reading, track: &Track) -> Option<Method> {
    let artist = same_artist(reading, track)?;
    let title = same_title(reading, track)?;
    let guests = same_guests(reading, track)?;
    let how = match reading.how {
        How::Named => Method::Exact,
        How::Reversed => Method::Reversed,
        How::Piece => Method::Piece,
        How::Joined => Method::Joined,
    };
    Some(artist.max(title).max(guests).max(how))
}

fn contains(names: &[Name], name: &Name) -> bool {
    names.iter().any(|other| other.key() == name.key())
}

fn same_artist(reading: &Reading, track: &Track) -> Option<Method> {
    if reading.names.meets(&track.names) {
        return Some(Method::Exact);
    }
    // The artist of the row is a guest on the video. Two songs by different people share a short name easily.
    let is_guest = |name: &Name| contains(&reading.guests, name);
    if track.names.main.iter().any(is_guest) {
        let host_is_named = reading
            .names
            .main
            .iter()
            .any(|host| contains(&track.guests, host));
        return match (track.is_guest_row || host_is_named, track.title.length) {
            (true, _) => Some(Method::Guest),
            (false, 3..) => Some(Method::GuestArtist),
            (false, _) => None,
        };
    }
    let called = reading
        .names
        .callable()
        .any(|ours| track.names.callable().any(|theirs| is_called(ours, theirs)));
    called.then_some(Method::ShortName)
}

/// `ours` is a shorter form of `theirs`, or its initials: `TXT`.
fn is_called(ours: &Name, theirs: &Name) -> bool {
    ours.is_short_for(theirs)
        || theirs
            .initials()
            .is_some_and(|initials| initials == ours.key())
}

fn same_title(reading: &Reading, track: &Track) -> Option<Method> {
    let (ours, theirs) = (&reading.title, &track.title);
    let is_theirs = |version: &Vec<String>| is_same_version(version, &theirs.version);
    let same_version = reading.versions.iter().any(is_theirs);
    let version = match (same_version, theirs.version.is_empty()) {
        (true, true) if theirs.origin || theirs.remark => Method::Remark,
        (true, true) => Method::Exact,
        (true, false) => Method::Version,
        (false, _) => Method::Related,
    };
    let name = if ours.full == theirs.full {
        Method::Exact
    } else if ours.base == theirs.full || ours.translates(theirs) {
        Method::Subtitle
    } else if ours.full == theirs.base {
        Method::TrackSubtitle
    } else if ours.masked == theirs.masked
        && (is_masked_twin(&ours.base, &theirs.full) || is_masked_twin(&ours.full, &theirs.full))
    {
        Method::Masked
    } else if ours.whole == theirs.whole {
        return Some(if same_version {
            version
        } else {
            Method::Version
        });
    } else {
        return None;
    };
    Some(version.max(name))
}

/// A guest named on one side only is the same recording; different guests are not.
fn same_guests(reading: &Reading, track: &Track) -> Option<Method> {
    let ours = &reading.everybody;
    let theirs = || track.names.main.iter().chain(&track.guests);
    // A name that was split at its `&` or `x` may stand whole, or shortened, on the other side.
    let one = |name: &Name, other: &Name| {
        other.resembles(name) || is_called(name, other) || is_called(other, name)
    };
    let stands_whole = |names: &[Name], whole: &Option<Name>| {
        let is_whole =
            |name: &Name, whole: &Name| name.key() == whole.key() || is_called(name, whole);
        whole
            .as_ref()
            .is_some_and(|whole| names.iter().any(|name| is_whole(name, whole)))
    };
    let ours_whole = stands_whole(&track.names.main, &reading.names.whole);
    let theirs_whole = stands_whole(ours, &track.names.whole);
    let is_theirs = |name: &Name| {
        (ours_whole && contains(&reading.names.main, name))
            || theirs()
                .chain(&track.names.aliases)
                .chain(&track.names.whole)
                .any(|other| one(name, other))
    };
    let is_ours = |name: &Name| {
        (theirs_whole && contains(&track.names.main, name))
            || ours
                .iter()
                .chain(&reading.names.aliases)
                .chain(&reading.names.whole)
                .any(|other| one(name, other))
    };
    let only_ours = ours.iter().any(|name| !is_theirs(name));
    let only_theirs = theirs().any(|name| !is_ours(name));
    match (only_ours, only_theirs) {
        (true, true) => None,
        (false, false) => Some(Method::Exact),
        _ => Some(Method::Guest),
    }
}
