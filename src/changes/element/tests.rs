//! Which buffers are kept for the next element.

use super::*;

#[test]
fn the_memory_of_a_large_operation_is_given_back_and_that_of_an_ordinary_one_kept() {
    let ordinary = || Element {
        text: String::with_capacity(64 * 1024),
        song_list: Vec::with_capacity(4096),
        members: Vec::with_capacity(2048),
        ..Element::default()
    };
    let sizes = |element: &Element| {
        let (text, members) = (element.text.capacity(), element.members.capacity());
        (text, element.song_list.capacity(), members)
    };
    let new = sizes(&Element::with_room());
    assert_eq!(new, (256, 0, 0));
    let mut element = ordinary();
    element.forget_if_large();
    assert_eq!(sizes(&element), (64 * 1024, 4096, 2048));
    for large in [
        Element {
            text: String::with_capacity(64 * 1024 + 1),
            ..ordinary()
        },
        Element {
            song_list: Vec::with_capacity(4097),
            ..ordinary()
        },
        Element {
            members: Vec::with_capacity(2049),
            ..ordinary()
        },
    ] {
        let mut element = large;
        element.forget_if_large();
        assert_eq!(sizes(&element), new);
    }
}
