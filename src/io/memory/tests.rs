//! What is kept, where it lies, and how much is counted.

use super::*;
use allocator_api2::vec::Vec as List;

#[test]
fn what_is_kept_is_the_same_wherever_it_lies() {
    for limit in [0, 100_000, 1 << 20, 1 << 30] {
        let memory = Memory::limited(limit);
        let mut lists: Vec<List<u64, Memory>> = Vec::new();
        for number in 0..5u64 {
            let mut list = List::new_in(memory.clone());
            for i in 0..50_000 * number {
                list.push(i ^ number);
            }
            list.shrink_to_fit();
            lists.push(list);
        }
        lists.swap_remove(3);
        for list in lists {
            let number = list.len() as u64 / 50_000;
            assert!(list.iter().zip(0..).all(|(&kept, i)| kept == i ^ number));
        }
        assert!(!memory.is_spilling());
        assert_eq!(memory.on_disk() > 0, limit < 1 << 30, "{limit}");
        let limited = memory.0.unwrap();
        let state = limited.state();
        assert_eq!((state.used, state.on_disk), (0, 0), "{limit}");
    }
}

#[test]
fn the_limit_holds_for_all_lists_together() {
    let limit = 1 << 20;
    let memory = Memory::limited(limit);
    let mut lists: Vec<List<u32, Memory>> = Vec::new();
    for _ in 0..20 {
        lists.push(List::with_capacity_in(50_000, memory.clone()));
        let used = memory.0.as_ref().unwrap().state().used;
        assert!(used <= limit, "{used}");
    }
    assert!(memory.is_spilling());
    assert_eq!(memory.on_disk(), 15 * 200_000);
}

#[test]
fn tables_of_hashes_live_there_too() {
    let memory = Memory::limited(0);
    let mut table = hashbrown::HashTable::new_in(memory.clone());
    let hash = |value: &u32| u64::from(*value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for value in 0..100_000u32 {
        table.insert_unique(hash(&value), value, hash);
    }
    assert!((0..100_000).all(|value| table.find(hash(&value), |&other| other == value).is_some()));
    assert!(memory.is_spilling());
}

#[test]
fn a_list_that_grows_lies_on_the_disk_once() {
    let memory = Memory::limited(0);
    let mut list = List::new_in(memory.clone());
    for number in 0..100_000u64 {
        list.push(number);
    }
    assert_eq!(memory.on_disk(), list.capacity() as u64 * 8);
}
