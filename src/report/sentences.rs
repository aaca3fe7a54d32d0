//! What a report says in words, in whatever format.

use super::figures::{counted, grouped, hours, percent};
use super::read::Report;
use crate::json::visible;

impl Report {
    /// `9,638 seconds (2.68 h) in 6 streams by 2 listeners`
    pub(super) fn heard(&self) -> String {
        format!(
            "{} ({}) in {} by {}",
            counted(self.totals.seconds_streamed, "second"),
            hours(self.totals.seconds_streamed),
            counted(self.totals.streams, "stream"),
            counted(self.totals.listeners, "listener"),
        )
    }

    /// `5 of 9 recommendations to 2 users heard: 55.6 %`
    pub(super) fn share(&self) -> String {
        let (part, whole) = (
            self.totals.recommendations_heard,
            self.totals.recommendations,
        );
        format!(
            "{} of {} to {} heard: {}",
            grouped(part),
            counted(whole, "recommendation"),
            counted(self.totals.users, "user"),
            percent(part, whole),
        )
    }

    /// What it is about, for a heading, with nothing in it that cannot be seen.
    pub(super) fn subject(&self) -> String {
        let mut subject = match &self.playlist {
            Some(playlist) => format!("the playlist “{}”", visible(playlist)),
            None => "personalised playlists".to_owned(),
        };
        if let Some(artist) = &self.artist {
            subject += &format!(", works by “{}” alone", visible(artist));
        }
        subject
    }
}
