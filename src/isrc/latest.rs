//! Which row of a log is the latest of its media item: eight bytes an item, where ids are numbered from 1.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// The latest time of each id.
#[derive(Default)]
pub(super) struct Latest {
    /// By id, for ids that are about as small as there are rows.
    dense: Vec<u64>,
    /// For all others.
    sparse: HashMap<u64, u64, RandomState>,
    rows: u64,
}

/// Stands for a row that was handed out already.
const TAKEN: u64 = u64::MAX;

impl Latest {
    /// Notes a row.
    pub(super) fn note(&mut self, id: u64, time: u64) {
        self.rows += 1;
        let latest = self.entry(id);
        *latest = (*latest).max(time + 1);
    }

    /// Whether this row is the latest of its item; of several at one time the first is. True once for each item.
    pub(super) fn take(&mut self, id: u64, time: u64) -> bool {
        let latest = self.entry(id);
        let is_latest = *latest == time + 1;
        if is_latest {
            *latest = TAKEN;
        }
        is_latest
    }

    fn entry(&mut self, id: u64) -> &mut u64 {
        if !self.sparse.is_empty() && self.sparse.contains_key(&id) {
            return self.sparse.entry(id).or_default();
        }
        if id < self.dense.len() as u64 {
            return &mut self.dense[id as usize];
        }
        if id > 4 * self.rows + 1024 {
            return self.sparse.entry(id).or_default();
        }
        self.dense.resize(id as usize + 1, 0);
        &mut self.dense[id as usize]
    }
}

/// A time as it is written, `2022-05-19T12:19:21.25` or a part of it, as a number that sorts as times do, to the microsecond.
/// No zone is applied.
pub(super) fn read_time(text: &str) -> Option<u64> {
    let mut numbers = text.split(['-', 'T', ' ', ':', '.', 'Z', '+']);
    let mut time = 0_u64;
    for (base, required) in [
        (10_000, true),
        (13, true),
        (32, true),
        (24, false),
        (60, false),
        (61, false),
    ] {
        let number = match numbers.next().filter(|number| !number.is_empty()) {
            Some(number) => number.parse::<u64>().ok().filter(|number| *number < base)?,
            None if !required => 0,
            None => return None,
        };
        time = time * base + number;
    }
    let has_fraction = text.contains('.');
    let fraction = numbers.next().filter(|_| has_fraction).unwrap_or("");
    let mut micros = 0;
    for i in 0..6 {
        let digit = fraction.as_bytes().get(i).copied().unwrap_or(b'0');
        micros = micros * 10 + u64::from(digit.is_ascii_digit().then_some(digit - b'0')?);
    }
    Some(time * 1_000_000 + micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_sort_as_they_follow_each_other() {
        let times = [
            "2021-12-31",
            "2022-05-19",
            "2022-05-19T12:19",
            "2022-05-19T12:19:21",
            "2022-05-19T12:19:21.000001",
            "2022-05-19T12:19:21.2",
            "2022-05-19 12:19:21.25",
            "2022-05-19T12:19:22Z",
            "2022-06-01T00:00:00",
        ];
        let read: Vec<u64> = times
            .iter()
            .map(|time| read_time(time).expect(time))
            .collect();
        assert!(read.is_sorted_by(|a, b| a < b), "{read:?}");
        for wrong in [
            "",
            "today",
            "2022",
            "2022-13-01",
            "2022-05-19T25:00:00",
            "2022-05-19T12:19:21.x",
        ] {
            assert_eq!(read_time(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_latest_row_of_each_item_is_taken_once() {
        let rows = [
            (1, 5),
            (900_000_000_000, 7),
            (1, 9),
            (2, 0),
            (1, 9),
            (900_000_000_000, 3),
        ];
        let mut latest = Latest::default();
        rows.iter().for_each(|&(id, time)| latest.note(id, time));
        let taken: Vec<bool> = rows
            .iter()
            .map(|&(id, time)| latest.take(id, time))
            .collect();
        assert_eq!(taken, [false, true, true, true, false, false]);
    }

    #[test]
    fn an_id_moves_to_the_dense_table_without_forgetting() {
        let mut latest = Latest::default();
        latest.note(3000, 8);
        for id in 1..2000 {
            latest.note(id, 1);
        }
        latest.note(3000, 2);
        assert!(!latest.take(3000, 2));
        assert!(latest.take(3000, 8));
    }
}
