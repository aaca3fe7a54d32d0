//! The keys of users held against a list of what each of them is called.

use proptest::prelude::*;

use super::*;
use crate::id::Id;

/// The ids of a user under both names.
type User = [Option<u32>; 2];

fn key(id: Option<u32>) -> Option<Key> {
    let text = id?.to_string();
    Key::inline(Id::string(&text))
}

fn keys(users: &[User], memory: &Memory) -> UserKeys {
    let mut keys = UserKeys::new(memory);
    for user in users {
        keys.make_room().unwrap();
        let [plain, wrapped] = user.map(key);
        keys.push(plain, wrapped);
    }
    keys
}

/// The ids under one of the names, or the first user without one.
fn expected(users: &[User], name: usize) -> std::result::Result<Vec<Key>, usize> {
    match users.iter().position(|user| user[name].is_none()) {
        Some(without) => Err(without),
        None => Ok(users.iter().filter_map(|user| key(user[name])).collect()),
    }
}

/// Of which each has an id under these names.
fn users_with(names: &[[bool; 2]]) -> impl Strategy<Value = Vec<User>> + use<> {
    let user = (prop::sample::select(names.to_vec()), [0..1000u32, 0..1000]);
    let user = user.prop_map(|(has, ids)| [0, 1].map(|name| has[name].then_some(ids[name])));
    prop::collection::vec(user, 0..10)
}

fn some_users() -> impl Strategy<Value = Vec<User>> {
    const PLAIN: [bool; 2] = [true, false];
    const WRAPPED: [bool; 2] = [false, true];
    const BOTH: [bool; 2] = [true, true];
    prop_oneof![
        users_with(&[PLAIN]),
        users_with(&[WRAPPED]),
        users_with(&[BOTH]),
        users_with(&[BOTH, BOTH, BOTH, PLAIN]),
        users_with(&[BOTH, BOTH, WRAPPED, PLAIN]),
    ]
}

proptest! {
    #[test]
    fn users_have_the_ids_that_the_layout_names_or_the_first_without_is_told(
        users in some_users(),
        others in some_users(),
    ) {
        let all = [&users[..], &others].concat();
        for layout in [Layout::Plain, Layout::Wrapped] {
            let mut keys = keys(&users, &Memory::UNLIMITED);
            keys.append(&self::keys(&others, &Memory::UNLIMITED), 0).unwrap();
            prop_assert_eq!(keys.len(), all.len());
            let found = keys.into_keys(layout).map(|keys| keys.to_vec());
            prop_assert_eq!(found, expected(&all, layout as usize));
        }
    }
}

#[test]
fn the_only_user_is_taken_out_whole() {
    for user in [[Some(1), Some(2)], [None, Some(2)], [Some(1), None]] {
        let mut keys = keys(&[user], &Memory::UNLIMITED);
        assert_eq!(keys.take_last(), user.map(key));
        assert_eq!(keys.len(), 0);
        assert_eq!(keys.take_last(), [None, None]);
        // The next one is the first again.
        let next = user.map(|id| id.map(|id| id + 7));
        let [plain, wrapped] = next.map(key);
        keys.push(plain, wrapped);
        assert_eq!(keys.take_last(), next.map(key));
    }
}

#[test]
fn what_room_was_made_for_takes_no_more() {
    let memory = Memory::limited(0);
    let mut keys = UserKeys::new(&memory);
    for _ in 0..20_000 {
        keys.make_room().unwrap();
        let before = memory.on_disk();
        keys.push(key(Some(1)), key(Some(2)));
        assert_eq!(memory.on_disk(), before);
    }
    assert!(memory.is_spilling());
}
