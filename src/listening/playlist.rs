//! The names of personalised playlists: `playlist_` and digits.

use std::cmp::Ordering;

const PREFIX: &[u8] = b"playlist_";

/// The digits that tell a personalised playlist from others, without zeros in front: `playlist_1` and `playlist_01` are one
/// playlist. None for any other name.
pub(super) fn digits(name: &[u8]) -> Option<&str> {
    let digits = name.strip_prefix(PREFIX)?;
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    // Of zeros alone the last one stays.
    let digits = &digits[zeros.min(digits.len() - 1)..];
    std::str::from_utf8(digits).ok()
}

/// The order of the numbers that digits are.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// The two texts that a playlist has in the table.
#[derive(Default)]
pub(super) struct PlaylistNames {
    /// `playlist_01`
    pub(super) playlist: String,
    /// `Personalised playlist 1`
    pub(super) playlist_name: String,
}

impl PlaylistNames {
    pub(super) fn of(digits: &str) -> Self {
        let mut names = PlaylistNames::default();
        names.set(digits);
        names
    }

    pub(super) fn set(&mut self, digits: &str) {
        self.playlist.clear();
        self.playlist.push_str("playlist_");
        if digits.len() < 2 {
            self.playlist.push('0');
        }
        self.playlist.push_str(digits);
        self.playlist_name.clear();
        self.playlist_name.push_str("Personalised playlist ");
        self.playlist_name.push_str(digits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn playlists_are_told_by_their_number() {
        for (name, expected) in [
            (
                "playlist_01",
                Some(("playlist_01", "Personalised playlist 1")),
            ),
            (
                "playlist_1",
                Some(("playlist_01", "Personalised playlist 1")),
            ),
            (
                "playlist_0012",
                Some(("playlist_12", "Personalised playlist 12")),
            ),
            (
                "playlist_00",
                Some(("playlist_00", "Personalised playlist 0")),
            ),
            (
                "playlist_123456789012345678901234567890",
                Some((
                    "playlist_123456789012345678901234567890",
                    "Personalised playlist 123456789012345678901234567890",
                )),
            ),
            ("playlist_", None),
            ("playlist_1a", None),
            ("playlist_-1", None),
            ("playlist_٣", None),
            ("Playlist_01", None),
            ("user_playlist_01", None),
            (" playlist_01", None),
            ("", None),
        ] {
            let found = digits(name.as_bytes()).map(|digits| {
                let mut names = PlaylistNames::default();
                names.set(digits);
                (names.playlist, names.playlist_name)
            });
            let found = found
                .as_ref()
                .map(|(one, other)| (one.as_str(), other.as_str()));
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(compare("9", "10"), Ordering::Less);
        assert_eq!(compare("12", "11"), Ordering::Greater);
    }
}
