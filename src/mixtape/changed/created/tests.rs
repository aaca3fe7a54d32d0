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
fn those_that_were_removed_take_no_memory_for_long() {
    for (rounds, count, length, most) in [
        (3000, 1, 1, 1 << 17),
        (20, 2000, 4, 3 << 17),
        (5, 40, 50_000, 9 << 19),
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
