//! The members of a row that mean something.

/// The members that mean something, texts first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    PlaylistId,
    VideoId,
    Time,
    PlaylistName,
    ArtworkUrl,
    ChannelId,
    Title,
    TrackTitle,
    ArtistName,
    ImageUrl,
    Views,
    NumVideos,
    Position,
}

/// All of them with their names, in the order of their numbers.
pub(super) const MEMBERS: [(Member, &str); 13] = [
    (Member::PlaylistId, "playlist_id"),
    (Member::VideoId, "video_id"),
    (Member::Time, "timestp"),
    (Member::PlaylistName, "playlist_name"),
    (Member::ArtworkUrl, "artwork_url"),
    (Member::ChannelId, "channel_id"),
    (Member::Title, "title"),
    (Member::TrackTitle, "track_title"),
    (Member::ArtistName, "artist_name"),
    (Member::ImageUrl, "image_url"),
    (Member::Views, "views"),
    (Member::NumVideos, "num_videos"),
    (Member::Position, "position"),
];

/// The members that users, playlists, media items and artists are told apart by.
pub(super) const KEYS: [Member; 4] = [
    Member::PlaylistId,
    Member::VideoId,
    Member::ChannelId,
    Member::ArtistName,
];

impl Member {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "playlist_id" => Member::PlaylistId,
            "video_id" => Member::VideoId,
            "timestp" => Member::Time,
            "playlist_name" => Member::PlaylistName,
            "artwork_url" => Member::ArtworkUrl,
            "channel_id" => Member::ChannelId,
            "title" => Member::Title,
            "track_title" => Member::TrackTitle,
            "artist_name" => Member::ArtistName,
            "image_url" => Member::ImageUrl,
            "views" => Member::Views,
            "num_videos" => Member::NumVideos,
            "position" => Member::Position,
            _ => return None,
        })
    }

    pub(super) fn name(self) -> &'static str {
        MEMBERS[self as usize].1
    }

    pub(super) fn is_text(self) -> bool {
        (self as usize) < Member::Views as usize
    }

    /// What its value must be.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Member::PlaylistId | Member::VideoId | Member::Time => "a string",
            _ if self.is_text() => "a string or null",
            _ => "an integer of 64 bits or null",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_is_found_by_its_name_and_its_number() {
        for (number, (member, name)) in MEMBERS.into_iter().enumerate() {
            assert_eq!(member as usize, number);
            assert_eq!(Member::of_name(name), Some(member));
            assert_eq!(member.name(), name);
        }
        assert_eq!(Member::of_name("row"), None);
    }
}
