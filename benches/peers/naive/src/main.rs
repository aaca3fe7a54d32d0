//! Both jobs the naive way: serde structures, a `HashMap`, the whole document in memory.
//!
//! ```text
//! naive top FILE N
//! naive apply MIXTAPE CHANGES OUTPUT
//! ```

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["top", path, n] => top(path, n.parse()?),
        ["apply", mixtape, changes, output] => apply(mixtape, changes, output),
        _ => Err("usage: naive top FILE N | naive apply MIXTAPE CHANGES OUTPUT".into()),
    }
}

#[derive(Deserialize)]
struct Record {
    id: String,
}

#[derive(Serialize)]
struct Scored {
    score: i64,
    id: String,
}

/// Prints the N highest; among equal scores the earlier line wins.
fn top(path: &str, n: usize) -> Result<()> {
    let mut heap = BinaryHeap::new();
    for (number, line) in BufReader::new(File::open(path)?).lines().enumerate() {
        let line = line?;
        let (score, record) = line.split_once(':').ok_or("a line without a colon")?;
        let score: i64 = score.parse()?;
        let record: Record = serde_json::from_str(record)?;
        heap.push(Reverse((score, Reverse(number), record.id)));
        if heap.len() > n {
            heap.pop();
        }
    }
    let highest = heap.into_sorted_vec().into_iter();
    let highest: Vec<Scored> = highest
        .map(|Reverse((score, _, id))| Scored { score, id })
        .collect();
    println!("{}", serde_json::to_string_pretty(&highest)?);
    Ok(())
}

#[derive(Deserialize, Serialize)]
struct Mixtape {
    users: Vec<Entry>,
    playlists: Vec<Playlist>,
    songs: Vec<Entry>,
    #[serde(flatten)]
    further: Map<String, Value>,
}

/// A user or a song.
#[derive(Deserialize, Serialize)]
struct Entry {
    id: String,
    #[serde(flatten)]
    further: Map<String, Value>,
}

#[derive(Deserialize, Serialize)]
struct Playlist {
    id: String,
    owner_id: String,
    song_ids: Vec<String>,
    #[serde(flatten)]
    further: Map<String, Value>,
}

#[allow(clippy::enum_variant_names)] // the format names them
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Change {
    AddSongToPlaylist {
        playlist_id: String,
        song_id: String,
    },
    AddPlaylist {
        id: Option<String>,
        user_id: String,
        song_ids: Vec<String>,
        #[serde(flatten)]
        further: Map<String, Value>,
    },
    RemovePlaylist {
        playlist_id: String,
    },
}

/// Applies an array of changes to a mixtape of the plain layout.
fn apply(mixtape: &str, changes: &str, output: &str) -> Result<()> {
    // The whole text first: serde_json reads a string much faster than a reader.
    let mut mixtape: Mixtape = serde_json::from_str(&fs::read_to_string(mixtape)?)?;
    let changes: Vec<Change> = serde_json::from_str(&fs::read_to_string(changes)?)?;

    let users: HashSet<String> = mixtape.users.iter().map(|user| user.id.clone()).collect();
    let songs: HashSet<String> = mixtape.songs.iter().map(|song| song.id.clone()).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut playlists: Vec<Option<Playlist>> = Vec::new();
    let mut largest = 0;
    for playlist in mixtape.playlists {
        largest = largest.max(playlist.id.parse().unwrap_or(0));
        places.insert(playlist.id.clone(), playlists.len());
        playlists.push(Some(playlist));
    }

    let mut rejected = 0;
    for change in changes {
        match change {
            Change::AddSongToPlaylist {
                playlist_id,
                song_id,
            } => match places.get(&playlist_id) {
                Some(&place) if songs.contains(&song_id) => {
                    let playlist = playlists[place].as_mut().expect("it has a place");
                    playlist.song_ids.push(song_id);
                }
                _ => rejected += 1,
            },
            Change::AddPlaylist {
                id,
                user_id,
                song_ids,
                further,
            } => {
                let id = id.unwrap_or_else(|| (largest + 1u64).to_string());
                let songs_known = song_ids.iter().all(|song| songs.contains(song));
                if !users.contains(&user_id)
                    || !songs_known
                    || song_ids.is_empty()
                    || places.contains_key(&id)
                {
                    rejected += 1;
                    continue;
                }
                largest = largest.max(id.parse().unwrap_or(0));
                places.insert(id.clone(), playlists.len());
                playlists.push(Some(Playlist {
                    id,
                    owner_id: user_id,
                    song_ids,
                    further,
                }));
            }
            Change::RemovePlaylist { playlist_id } => match places.remove(&playlist_id) {
                Some(place) => playlists[place] = None,
                None => rejected += 1,
            },
        }
    }

    mixtape.playlists = playlists.into_iter().flatten().collect();
    let mut output = BufWriter::new(File::create(output)?);
    serde_json::to_writer(&mut output, &mixtape)?;
    output.flush()?;
    if rejected > 0 {
        return Err(format!("{rejected} rejected").into());
    }
    Ok(())
}
