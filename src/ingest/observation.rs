//! What dumps say of playlists and media items: observations, each at a time.

use std::hash::Hash;

use crate::names::Name;
use crate::time::Time;

/// What is known of something at a time.
pub(super) trait Observation: Copy {
    /// What it is about, and the interval. Ordered as the logs are.
    type Key: Copy + Ord + Hash;

    fn key(&self) -> Self::Key;

    fn time(&self) -> Time;
}

/// An integer or null, in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Integer(i64);

impl Integer {
    pub(super) fn new(integer: Option<i64>) -> Self {
        Integer(integer.unwrap_or(i64::MIN))
    }

    pub(super) fn get(self) -> Option<i64> {
        (self.0 != i64::MIN).then_some(self.0)
    }
}

/// A playlist in an interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlaylistObservation {
    pub(super) time: Time,
    pub(super) interval: u32,
    pub(super) playlist: Name,
    pub(super) name: Name,
    pub(super) cover: Name,
    pub(super) user: Name,
    pub(super) media_items: Integer,
    pub(super) plays: Integer,
}

/// A media item in an interval.
#[derive(Clone, Copy, Debug)]
pub(super) struct MediaItemObservation {
    pub(super) time: Time,
    pub(super) interval: u32,
    pub(super) media_item: Name,
    pub(super) primary_title: Name,
    pub(super) secondary_title: Name,
    pub(super) artist: Name,
    pub(super) cover: Name,
}

/// A media item in a playlist in an interval. There are the most of these.
#[derive(Clone, Copy, Debug)]
pub(super) struct PositionObservation {
    pub(super) time: Time,
    pub(super) interval: u32,
    pub(super) playlist: Name,
    pub(super) media_item: Name,
    pub(super) position: Integer,
}

impl Observation for PlaylistObservation {
    type Key = (Name, u32);

    fn key(&self) -> Self::Key {
        (self.playlist, self.interval)
    }

    fn time(&self) -> Time {
        self.time
    }
}

impl Observation for MediaItemObservation {
    type Key = (Name, u32);

    fn key(&self) -> Self::Key {
        (self.media_item, self.interval)
    }

    fn time(&self) -> Time {
        self.time
    }
}

impl Observation for PositionObservation {
    type Key = (Name, Name, u32);

    fn key(&self) -> Self::Key {
        (self.playlist, self.media_item, self.interval)
    }

    fn time(&self) -> Time {
        self.time
    }
}
