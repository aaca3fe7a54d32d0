//! Step `shape`: what all partitions have shown, put together. It runs once, over a few hundred bytes of each.

use std::io::{Read, Write};

use super::blocks::split_name;
use super::elements::FoundElements;
use super::frame::{Frames, damaged, tag, to_json};
use super::plan::Ground;
use crate::error::Result;
use crate::io::Sink;
use crate::json::Position;
use crate::mixtape::{LinesOutline, LinesStyle};

/// The step. What it writes is no frame, but what a frame [`tag::GROUND`] holds.
pub(super) fn run(mut frames: Frames<impl Read>, output: &mut Sink) -> Result<()> {
    let (mut first_user, mut first_song) = (Vec::new(), Vec::new());
    let mut playlists = LinesOutline::default();
    let mut first_without = [None; 2];
    while let Some(frame) = frames.next()? {
        match frame.tag {
            tag::FIRST_USER => first_user = frame.payload.to_vec(),
            tag::FIRST_SONG => first_song = frame.payload.to_vec(),
            // In the order of the partitions; those of songs say nothing.
            tag::USERS_BY_ID => {
                let found: FoundElements = frame.json()?;
                for (first, own) in first_without.iter_mut().zip(found.first_without) {
                    *first = first.or(own);
                }
            }
            tag::PLAYLISTS => playlists.append(frame.json()?),
            _ => return Err(damaged()),
        }
    }
    let shape = playlists.shape(&LinesStyle {
        users_without: first_without.map(|first| first.is_some()),
        first_user: first_user.trim_ascii(),
        first_song: first_song.trim_ascii(),
    });
    if let Some((split, line)) = first_without[usize::from(shape.users_by_user_id())] {
        let position = Position {
            line,
            ..Position::START
        };
        return Err(shape.user_without_id(&split_name("users", split), position));
    }
    let written = output.write_all(&to_json(&Ground { shape }));
    written.map_err(|error| output.error(error))
}
