//! Created playlists held against a sorted list of those that exist, and their memory against its bound.

use super::*;
use std::collections::BTreeMap;

const NONE: Further<'static> = Further {
    raw: b"",
    text: "",
    members: &[],
};

#[test]
fn those_that_exist_are_found_and_kept_in_order_however_many_were_removed() {
    let mut created = CreatedPlaylists::new(&Memory::UNLIMITED);
    let mut model = BTreeMap::new();
    for number in 0..20_000u32 {
        let text = number.to_string();
        created.make_room(1, LONGEST_GENERATED).unwrap();
        created.push(Id::string(&text), number, number + 1, NONE);
        model.insert(number, number + 1);
        // Mostly the one before; now and then one is left, and later removed too.
        let leaving = match number % 7 {
            3 => number / 2,
            5 => continue,
            _ => number.saturating_sub(1),
        };
        let text = leaving.to_string();
        assert_eq!(
            created.contains(Id::string(&text)),
            model.contains_key(&leaving)
        );
        assert!(!created.contains(Id::number(&text)));
        assert_eq!(created.remove(Id::string(&text)), model.remove(&leaving));
        assert_eq!(created.len(), model.len());
    }
    let ids: Vec<(String, u32, List)> = created
        .iter()
        .map(|new| (new.id.text.to_owned(), new.owner, new.songs))
        .collect();
    let expected: Vec<(String, u32, List)> = model
        .iter()
        .map(|(&number, &songs)| (number.to_string(), number, songs))
        .collect();
    assert_eq!(ids, expected);
    assert!(created.in_order.len() <= 2 * model.len() + MIN_GARBAGE);
    assert!(created.bytes.len() <= 5 * created.in_order.len());
}

#[test]
fn no_more_are_numbered_than_four_bytes_can() {
    let mut created = CreatedPlaylists::new(&Memory::UNLIMITED);
    let most = u32::MAX as usize - 1;
    assert!(created.can_number(most));
    assert!(!created.can_number(most + 1));
    for number in ["1", "2", "3"] {
        created.push(Id::string(number), 0, 0, NONE);
    }
    assert!(created.can_number(most - 3));
    assert!(!created.can_number(most - 2));
}

#[test]
fn what_room_was_made_for_takes_no_more_and_half_of_it_is_needed() {
    let mut created = CreatedPlaylists::new(&Memory::UNLIMITED);
    let room = |created: &CreatedPlaylists| {
        let lists = [created.in_order.capacity(), created.bytes.capacity()];
        (lists, created.by_id.capacity())
    };
    for (round, count) in [1, 7, 100].into_iter().cycle().take(200).enumerate() {
        created.make_room(count, count * LONGEST_GENERATED).unwrap();
        let made = room(&created);
        assert!(made.1 <= 2 * (created.len() + count) + 8);
        for _ in 0..count {
            let text = created.len().to_string();
            created.push(Id::string(&text), 0, 0, NONE);
        }
        // Those of several rounds come to be found together.
        if round % 4 == 0 {
            assert!(created.contains(Id::string("0")));
        }
        assert_eq!(room(&created), made);
    }
}

#[test]
fn removed_ones_are_dropped_once_they_or_their_bytes_are_no_fewer_than_the_others() {
    for (left, removed, length, are_dropped) in [
        (0, 1023, 4, false),
        (0, 1024, 4, true),
        (1500, 1499, 4, false),
        (1500, 1500, 4, true),
        (0, 255, 4096, false),
        (0, 256, 4096, true),
        (300, 299, 4096, false),
        (300, 300, 4096, true),
    ] {
        let mut created = CreatedPlaylists::new(&Memory::UNLIMITED);
        let ids: Vec<String> = (0..left + removed)
            .map(|id| format!("{id:x<length$}"))
            .collect();
        for id in &ids {
            created.push(Id::string(id), 0, 0, NONE);
        }
        for id in &ids[..removed] {
            assert!(created.remove(Id::string(id)).is_some());
        }
        created.push(Id::string("new"), 0, 0, NONE);
        let lying = if are_dropped { 0 } else { removed };
        assert_eq!(created.in_order.len(), left + lying + 1);
        assert_eq!(created.len(), left + 1);
        for (number, id) in ids.iter().enumerate() {
            assert_eq!(created.contains(Id::string(id)), number >= removed);
        }
    }
}

#[test]
fn those_that_were_removed_take_no_memory_for_long() {
    for (rounds, count, length, most) in [
        (3000, 1, 1, 1 << 17),
        (20, 2000, 4, 3 << 17),
        (5, 40, 50_000, 5 << 20),
    ] {
        let memory = Memory::limited(0);
        let mut created = CreatedPlaylists::new(&memory);
        let ids: Vec<String> = (0..count).map(|id| format!("{id:x<length$}")).collect();
        for _ in 0..rounds {
            for (id, number) in ids.iter().zip(0..) {
                created.make_room(1, id.len()).unwrap();
                created.push(Id::string(id), number, number + 7, NONE);
            }
            for (id, number) in ids.iter().zip(0..) {
                assert_eq!(created.remove(Id::string(id)), Some(number + 7));
                assert_eq!(created.remove(Id::string(id)), None);
            }
            assert_eq!(created.len(), 0);
        }
        // While a list grows it is there twice.
        let taken = memory.on_disk();
        assert!(taken < most, "{count} of {length} bytes: {taken}");
    }
}
