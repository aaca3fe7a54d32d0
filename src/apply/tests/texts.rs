//! Inputs, and what comes of them.

pub(super) const PLAIN: &str = r#"{"users": [{"id": "1"}, {"id": "b"}], "songs": [{"id": "7"}, {"id": "8"}, {"id": 9}], "playlists": [
  {"id": "1", "user_id": "1", "song_ids": ["7", "8"]},
  {"id": "x", "user_id": "b", "song_ids": []},
  {"id": 3, "song_ids": [ "7" ], "user_id": "b"}
]}"#;

pub(super) const WRAPPED: &str = r#"{"users":[{"user_id":"1"},{"user_id":"b"}],"songs":[{"id":"7"},{"id":"8"},{"id":9}],"playlists":[{"playlist":{"id":"1","name":"n","user_id":"1","songs":["7","8"]}},{"playlist":{"id":"x","user_id":"b","songs":[]}},{"playlist":{"id":3,"songs":["7"],"user_id":"b"}}]}"#;

pub(super) const OPERATIONS: &str = r#"[{"type": "add_song_to_playlist", "playlist_id": "1", "song_id": 9},
{"type": "add_song_to_playlist", "playlist_id": "x", "song_id": "7"},
{"song_id": "8", "playlist_id": "x", "type": "add_song_to_playlist"},
{"type": "remove_playlist", "playlist_id": 3},
{"type": "remove_playlist", "playlist_id": 3},
{"type": "add_song_to_playlist", "playlist_id": 3, "song_id": "7"},
{"type": "add_song_to_playlist", "playlist_id": 1, "song_id": "7"},
{"type": "add_song_to_playlist", "playlist_id": "x", "song_id": "9"},
{"type": "add_playlist", "user_id": "1", "song_ids": ["8", 9], "name": "é\n", "y": [1, {}]},
{"type": "add_playlist", "user_id": "b", "song_ids": ["7"], "id": "3"},
{"type": "add_playlist", "user_id": "b", "song_ids": ["7"], "id": "3"},
{"type": "add_playlist", "user_id": "b", "song_ids": ["7"], "id": "x"},
{"type": "add_playlist", "user_id": "c", "song_ids": ["7"]},
{"type": "add_playlist", "user_id": "1", "song_ids": []},
{"type": "add_playlist", "user_id": "1", "song_ids": ["7", "a", "b"]},
{"type": "add_playlist", "owner_id": "1", "song_ids": ["7"], "id": 3},
{"type": "add_song_to_playlist", "playlist_id": 3, "song_id": "8"},
{"type": "add_playlist", "owner_id": "1", "song_ids": ["7"]},
{"type": "remove_playlist", "playlist_id": "4"},
{"type": "add_playlist", "owner_id": "1", "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "user_id": "1", "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "i": 11, "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "a": 1, "\u0061": 2, "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "songs": 1, "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "song_ids": "7"},
{"type": "add_playlist", "owner_id": "1", "song_ids": ["7", null]},
{"type": "add_playlist", "owner_id": null, "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1", "id": true, "song_ids": ["7"]},
{"type": "add_playlist", "owner_id": "1"},
{"type": "add_playlist", "song_ids": ["7"]},
{"type": "shuffle", "playlist_id": 3}, {"type": 1}, {}, 7, [], "x",
{"type": "remove_playlist"}, {"type": "remove_playlist", "playlist_id": []},
{"type": "remove_playlist", "playlist_id": "1", "playlist_id": "1"},
{"type": "add_song_to_playlist", "playlist_id": "1"},
{"reason": "x", "operation": {"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "8"}},
{"type": "remove_playlist", "operation": {"type": "remove_playlist", "playlist_id": "1"}, "playlist_id": "x"},
{"operation": 7}, {"operation": {"operation": {"type": "remove_playlist", "playlist_id": "1"}}}
]"#;

pub(super) const LINES: &str = "{\"type\": \"add_song_to_playlist\", \"playlist_id\": \"1\", \"song_id\": \"8\"} \r\n\n{\"type\": \"remove_playlist\", \"playlist_id\": \"x\"}\n{\"type\":\n{\"type\": \"remove_playlist\", \"playlist_id\": 3} 7\n  {\"type\": \"remove_playlist\", \"playlist_id\": 3}\t";

pub(super) const GROUPED: &str = r#"{"deletions": {"playlists": ["x", "x", null, 3], "songs": ["7"]}, "additions": {
"existing_playlists_to_update": [{"id": "1", "songs": ["8", "a", null, 9]}, {"id": 3, "songs": ["7"]}, {"songs": ["7"]}, {"id": "1"}, {"id": "1", "songs": 7}, 7, {"id": "1", "songs": ["7"], "id": 2}],
"new_playlists": [{"user_id": "1", "name": "n", "songs": ["7"]}, {"user_id": "1", "songs": []}, {"user_id": "1", "type": 7, "songs": ["8"]}, [1]],
"old": {"a": 1}},
"by": "me", "deletion": [1, {"id": 2}], "more": {"at": 1, "list": [true], "one": {"x": 1}}}"#;

pub(super) const PLAIN_CHANGED: &str = r#"{"users": [{"id": "1"}, {"id": "b"}], "songs": [{"id": "7"}, {"id": "8"}, {"id": 9}], "playlists": [
  {"id": "1", "user_id": "1", "song_ids": ["7", "8", 9, "8"]},
  {"id": "3", "user_id": "b", "song_ids": [ "7" ]},
  {"id": 3, "user_id": "1", "song_ids": [ "7", "8" ]},
  {"id": "5", "user_id": "1", "song_ids": [ "7" ]},
  {"id": "6", "user_id": "1", "song_ids": [ "7" ]},
  {"id": "7", "songs": 1, "user_id": "1", "song_ids": [ "7" ]}
]}"#;

pub(super) const REJECTS: &str = r#"5 unknown_playlist 5:1 {"type": "remove_playlist", "playlist_id": 3}
6 unknown_playlist 6:1 {"type": "add_song_to_playlist", "playlist_id": 3, "song_id": "7"}
7 unknown_playlist 7:1 {"type": "add_song_to_playlist", "playlist_id": 1, "song_id": "7"}
8 unknown_song 8:1 {"type": "add_song_to_playlist", "playlist_id": "x", "song_id": "9"}
11 duplicate_playlist 11:1 {"type": "add_playlist", "user_id": "b", "song_ids": ["7"], "id": "3"}
12 duplicate_playlist 12:1 {"type": "add_playlist", "user_id": "b", "song_ids": ["7"], "id": "x"}
13 unknown_user 13:1 {"type": "add_playlist", "user_id": "c", "song_ids": ["7"]}
14 empty_playlist 14:1 {"type": "add_playlist", "user_id": "1", "song_ids": []}
15 unknown_song 15:1 {"type": "add_playlist", "user_id": "1", "song_ids": ["7", "a", "b"]}
21 duplicate_member 21:1 {"type": "add_playlist", "owner_id": "1", "user_id": "1", "song_ids": ["7"]}
22 duplicate_member 22:1 {"type": "add_playlist", "owner_id": "1", "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "i": 11, "song_ids": ["7"]}
23 duplicate_member 23:1 {"type": "add_playlist", "owner_id": "1", "a": 1, "\u0061": 2, "song_ids": ["7"]}
25 wrong_type 25:1 {"type": "add_playlist", "owner_id": "1", "song_ids": "7"}
26 wrong_type 26:1 {"type": "add_playlist", "owner_id": "1", "song_ids": ["7", null]}
27 wrong_type 27:1 {"type": "add_playlist", "owner_id": null, "song_ids": ["7"]}
28 wrong_type 28:1 {"type": "add_playlist", "owner_id": "1", "id": true, "song_ids": ["7"]}
29 missing_member 29:1 {"type": "add_playlist", "owner_id": "1"}
30 missing_member 30:1 {"type": "add_playlist", "song_ids": ["7"]}
31 unknown_operation 31:1 {"type": "shuffle", "playlist_id": 3}
32 wrong_type 31:40 {"type": 1}
33 missing_member 31:53 {}
34 wrong_type 31:57 7
35 wrong_type 31:60 []
36 wrong_type 31:64 "x"
37 missing_member 32:1 {"type": "remove_playlist"}
38 wrong_type 32:30 {"type": "remove_playlist", "playlist_id": []}
39 duplicate_member 33:1 {"type": "remove_playlist", "playlist_id": "1", "playlist_id": "1"}
40 missing_member 34:1 {"type": "add_song_to_playlist", "playlist_id": "1"}
43 wrong_type 37:15 7
44 missing_member 37:33 {"operation": {"type": "remove_playlist", "playlist_id": "1"}}"#;

pub(super) const WRAPPED_CHANGED: &str = r#"{"users":[{"user_id":"1"},{"user_id":"b"}],"songs":[{"id":"7"},{"id":"8"},{"id":9}],"playlists":[{"playlist":{"id":"1","name":"n","user_id":"1","songs":["7","8",9,"8"]}},{"playlist":{"id":"3","user_id":"b","songs":["7"]}},{"playlist":{"id":3,"user_id":"1","songs":["7","8"]}},{"playlist":{"id":"5","user_id":"1","songs":["7"]}},{"playlist":{"id":"6","user_id":"1","songs":["7"]}}]}"#;

pub(super) const LINES_CHANGED: &str = r#"{"users": [{"id": "1"}, {"id": "b"}], "songs": [{"id": "7"}, {"id": "8"}, {"id": 9}], "playlists": [
  {"id": "1", "user_id": "1", "song_ids": ["7", "8", "8"]}
]}"#;

pub(super) const LINES_REJECTS: &str = r#"3 malformed_json 4:9 {"type":
4 malformed_json 5:47 {"type": "remove_playlist", "playlist_id": 3} 7"#;

pub(super) const GROUPED_CHANGED: &str = r#"{"users": [{"id": "1"}, {"id": "b"}], "songs": [{"id": "7"}, {"id": "8"}, {"id": 9}], "playlists": [
  {"id": "1", "user_id": "1", "song_ids": ["7", "8", "8", 9]},
  {"id": "4", "name": "n", "user_id": "1", "song_ids": [ "7" ]}
]}"#;

pub(super) const GROUPED_REJECTS: &str = r#"2 unknown_playlist 1:35 {"type": "remove_playlist", "playlist_id": "x"}
3 wrong_type 1:40 {"type": "remove_playlist", "playlist_id": null}
5 unknown_operation 1:60 {"type": "deletions.songs", "value": "7"}
7 unknown_song 2:61 {"type": "add_song_to_playlist", "playlist_id": "1", "song_id": "a"}
8 wrong_type 2:66 {"type": "add_song_to_playlist", "playlist_id": "1", "song_id": null}
10 unknown_playlist 2:97 {"type": "add_song_to_playlist", "playlist_id": 3, "song_id": "7"}
11 missing_member 2:115 {"type": "add_song_to_playlist", "song_id": "7"}
12 missing_member 2:122 {"type": "add_song_to_playlist", "id": "1"}
13 wrong_type 2:135 {"type": "add_song_to_playlist", "id": "1", "songs": 7}
14 wrong_type 2:160 {"type": "add_song_to_playlist", "value": 7}
15 duplicate_member 2:163 {"type": "add_song_to_playlist", "id": "1", "songs": ["7"], "id": 2}
17 empty_playlist 3:66 {"type": "add_playlist", "user_id": "1", "song_ids": []}
18 duplicate_member 3:97 {"type": "add_playlist", "user_id": "1", "type": 7, "song_ids": ["8"]}
19 wrong_type 3:142 {"type": "add_playlist", "value": [1]}
20 unknown_operation 4:8 {"type": "additions.old", "value": {"a": 1}}
21 unknown_operation 5:26 {"type": "deletion", "value": 1}
22 unknown_operation 5:29 {"type": "deletion", "value": {"id": 2}}
23 unknown_operation 5:68 {"type": "more.list", "value": true}
24 unknown_operation 5:82 {"type": "more.one", "value": {"x": 1}}"#;
