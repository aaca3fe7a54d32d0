//! A heap that keeps the N highest of what it is offered.

use std::collections::TryReserveError;

/// A binary min-heap of at most `limit` items: the lowest one, at the root, is the one to beat.
pub(super) struct BoundedHeap<T> {
    items: Vec<T>,
    limit: u64,
}

impl<T: Ord> BoundedHeap<T> {
    /// An empty heap. Reserves nothing: `limit` may be any number.
    pub(super) fn new(limit: u64) -> Self {
        BoundedHeap {
            items: Vec::new(),
            limit,
        }
    }

    /// Whether an item would be kept, given whether the lowest one kept so far is below it.
    pub(super) fn admits(&self, is_below: impl FnOnce(&T) -> bool) -> bool {
        if (self.items.len() as u64) < self.limit {
            return true;
        }
        self.items.first().is_some_and(is_below)
    }

    /// Adds an item; where the heap is full, in place of the lowest one.
    ///
    /// # Errors
    /// When there is no memory for one more.
    pub(super) fn push(&mut self, item: T) -> Result<(), TryReserveError> {
        if (self.items.len() as u64) < self.limit {
            self.items.try_reserve(1)?;
            self.items.push(item);
            self.sift_up(self.items.len() - 1);
        } else if let Some(root) = self.items.first_mut() {
            *root = item;
            self.sift_down();
        }
        Ok(())
    }

    /// Adds the items of another heap of the same limit that are high enough.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub(super) fn merge(&mut self, other: Self) -> Result<(), TryReserveError> {
        if self.items.is_empty() {
            self.items = other.items;
            return Ok(());
        }
        for item in other.items {
            if self.admits(|lowest| *lowest < item) {
                self.push(item)?;
            }
        }
        Ok(())
    }

    /// Lets all items and their memory go.
    pub(super) fn clear(&mut self) {
        self.items = Vec::new();
    }

    /// All items, the highest first.
    pub(super) fn into_descending(mut self) -> Vec<T> {
        self.items.sort_unstable_by(|a, b| b.cmp(a));
        self.items
    }

    fn sift_up(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if self.items[parent] <= self.items[at] {
                break;
            }
            self.items.swap(parent, at);
            at = parent;
        }
    }

    fn sift_down(&mut self) {
        let mut at = 0;
        loop {
            let left = 2 * at + 1;
            if left >= self.items.len() {
                break;
            }
            let right = left + 1;
            let lower = if right < self.items.len() && self.items[right] < self.items[left] {
                right
            } else {
                left
            };
            if self.items[at] <= self.items[lower] {
                break;
            }
            self.items.swap(at, lower);
            at = lower;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keeps_what_sorting_and_cutting_keeps(items: Vec<u16>, limit in 0u64..20) {
            let mut heap = BoundedHeap::new(limit);
            for &item in &items {
                if heap.admits(|&lowest| lowest < item) {
                    heap.push(item).unwrap();
                }
            }
            let mut sorted = items;
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.truncate(limit as usize);
            prop_assert_eq!(heap.into_descending(), sorted);
        }
    }

    #[test]
    fn what_is_cleared_gives_its_items_back() {
        let item = std::rc::Rc::new(1);
        let mut heap = BoundedHeap::new(3);
        heap.push(item.clone()).unwrap();
        heap.clear();
        assert_eq!(std::rc::Rc::strong_count(&item), 1);
        assert!(heap.into_descending().is_empty());
    }
}
