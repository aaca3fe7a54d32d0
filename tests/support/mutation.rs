//! Small damages to a text.

use proptest::prelude::*;

/// What is done to one byte.
#[derive(Clone, Debug)]
enum Damage {
    Replace(u8),
    Insert(u8),
    Remove,
    Cut,
}

fn damage() -> impl Strategy<Value = Damage> {
    let byte = || {
        prop_oneof![
            2 => prop::sample::select(&b"{}[]:,\"\\/tfn-+.eE019 \n\x00\x1f\x80\xc3\xff"[..]),
            1 => any::<u8>(),
        ]
    };
    prop_oneof![
        byte().prop_map(Damage::Replace),
        byte().prop_map(Damage::Insert),
        Just(Damage::Remove),
        Just(Damage::Cut),
    ]
}

/// A damage and its place.
#[derive(Clone, Debug)]
pub struct Mutation(prop::sample::Index, Damage);

pub fn mutation() -> impl Strategy<Value = Mutation> {
    (any::<prop::sample::Index>(), damage()).prop_map(|(place, damage)| Mutation(place, damage))
}

/// Damages a text; one that is empty stays so.
pub fn mutate(text: &mut Vec<u8>, mutations: &[Mutation]) {
    for Mutation(place, damage) in mutations {
        if text.is_empty() {
            return;
        }
        let place = place.index(text.len());
        match *damage {
            Damage::Replace(byte) => text[place] = byte,
            Damage::Insert(byte) => text.insert(place, byte),
            Damage::Remove => {
                text.remove(place);
            }
            Damage::Cut => text.truncate(place),
        }
    }
}
