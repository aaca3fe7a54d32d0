//! A table in the order in which it is written.

use std::num::NonZeroUsize;

use super::counts::TableCounts;
use super::lists::{Encode, EncodedConsumer, List, Lists, ListsConsumer};
use super::numbers::NONE;
use super::playlist;
use super::table::Table;
use crate::error::Result;
use crate::in_order::{self, Next};

/// Lists that a thread encodes at once.
const LISTS: usize = 1024;

impl Lists for Table {
    fn for_each(&mut self, each: &mut ListsConsumer<'_>) -> Result<()> {
        let ordered = Ordered::of(self);
        ordered.for_each(&ordered.lists, each)
    }

    fn for_each_encoded(
        &mut self,
        threads: NonZeroUsize,
        encode: &Encode<'_>,
        take: &mut EncodedConsumer<'_>,
    ) -> Result<()> {
        Ordered::of(self).for_each_encoded(threads, encode, take)
    }

    fn counts(&mut self) -> Result<TableCounts> {
        let mut counts = TableCounts {
            users: self.users.len() as u64,
            ..TableCounts::default()
        };
        for row in &self.rows {
            counts.count(row.line > 0, row.heard != NONE);
        }
        Ok(counts)
    }
}

/// The order of a table that stays as it is meanwhile.
struct Ordered<'t> {
    table: &'t Table,
    /// The numbers of all lists, by user and playlist.
    lists: Vec<u32>,
    /// The numbers of all rows, by the number of their list.
    rows: Vec<u32>,
    /// Where the rows of each list start among them, and at last their end.
    starts: Vec<u32>,
}

impl<'t> Ordered<'t> {
    fn of(table: &'t Table) -> Self {
        let (starts, rows) = rows_by_list(table);
        Ordered {
            table,
            lists: lists_in_order(table),
            rows,
            starts,
        }
    }

    /// Gives some of the lists.
    fn for_each(&self, lists: &[u32], each: &mut ListsConsumer<'_>) -> Result<()> {
        let table = self.table;
        let mut entries = Vec::new();
        for &number in lists {
            let number = number as usize;
            let list = &table.lists[number];
            let rows = self.starts[number] as usize..self.starts[number + 1] as usize;
            let rows = self.rows[rows].iter().map(|&row| &table.rows[row as usize]);
            entries.clear();
            entries.extend(rows.map(|row| table.entry(row)));
            let user = table.users.bytes_of(list.user).unwrap_or_default();
            each(&List::new(
                user,
                table.digits(list),
                list.line,
                &mut entries,
            ))?;
        }
        Ok(())
    }

    /// Gives what `encode` makes of the lists, in their order.
    fn for_each_encoded(
        &self,
        threads: NonZeroUsize,
        encode: &Encode<'_>,
        take: &mut EncodedConsumer<'_>,
    ) -> Result<()> {
        let mut pieces = self.lists.chunks(LISTS);
        let encode_piece = |lists: &[u32], mut bytes: Vec<u8>| {
            bytes.clear();
            let encoded = self.for_each(lists, &mut |list| {
                encode(list, &mut bytes);
                Ok(())
            });
            (encoded, bytes)
        };
        let mut result = Ok(());
        in_order::run(
            threads,
            vec![Vec::new(); in_order::rooms(threads)],
            |_| pieces.next(),
            encode_piece,
            |(encoded, bytes), rooms| {
                result = encoded.and_then(|()| take(&bytes));
                rooms.push(bytes);
                match result {
                    Ok(()) => Next::Wanted,
                    Err(_) => Next::Unwanted,
                }
            },
        );
        result
    }
}

fn lists_in_order(table: &Table) -> Vec<u32> {
    let mut order: Vec<u32> = (0..table.lists.len() as u32).collect();
    order.sort_unstable_by(|&one, &other| {
        let [one, other] = [one, other].map(|number| &table.lists[number as usize]);
        let users = [one, other].map(|list| table.users.bytes_of(list.user));
        let playlists = [one, other].map(|list| table.digits(list));
        users[0]
            .cmp(&users[1])
            .then_with(|| playlist::compare(playlists[0], playlists[1]))
    });
    order
}

fn rows_by_list(table: &Table) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0; table.lists.len() + 1];
    for row in &table.rows {
        starts[row.list as usize + 1] += 1;
    }
    for list in 0..table.lists.len() {
        starts[list + 1] += starts[list];
    }
    let mut next = starts.clone();
    let mut order = vec![0; table.rows.len()];
    for (number, row) in (0..).zip(&table.rows) {
        let place = &mut next[row.list as usize];
        order[*place as usize] = number;
        *place += 1;
    }
    (starts, order)
}
