"""The Python reference: orjson, heapq, a dict. One document in memory, as a good Python programmer would write it.

    reference.py top FILE N
    reference.py apply MIXTAPE CHANGES OUTPUT
"""

import gc
import heapq
import sys
from operator import itemgetter
from pathlib import Path


def top(loads, dumps, path, n):
    """Prints the N highest; among equal scores the earlier line wins, as heapq.nlargest is stable."""

    def scored():
        with open(path, "rb") as lines:
            for line in lines:
                score, colon, record = line.partition(b":")
                if colon:
                    yield int(score), loads(record)["id"]
                elif line.strip():
                    raise ValueError(f"no colon in {line!r}")

    highest = heapq.nlargest(int(n), scored(), key=itemgetter(0))
    print(dumps([{"score": score, "id": id} for score, id in highest]).decode())


def apply(loads, dumps, mixtape_path, changes_path, output_path):
    """Applies an array of changes to a mixtape of the plain layout."""
    gc.disable()  # nothing here has cycles, and the collector's visits to millions of objects cost a third of the time
    mixtape = loads(Path(mixtape_path).read_bytes())
    users = {user["id"] for user in mixtape["users"]}
    songs = {song["id"] for song in mixtape["songs"]}
    playlists = {playlist["id"]: playlist for playlist in mixtape["playlists"]}
    largest = max((int(id) for id in playlists if id.isdecimal()), default=0)
    rejected = 0

    for change in loads(Path(changes_path).read_bytes()):
        match change.pop("type"):
            case "add_song_to_playlist":
                playlist = playlists.get(change["playlist_id"])
                if playlist is not None and change["song_id"] in songs:
                    playlist["song_ids"].append(change["song_id"])
                else:
                    rejected += 1
            case "add_playlist":
                change["owner_id"] = change.pop("user_id")
                id = change.setdefault("id", str(largest + 1))
                known = change["owner_id"] in users and songs.issuperset(change["song_ids"])
                if known and change["song_ids"] and id not in playlists:
                    playlists[id] = change
                    if id.isdecimal():
                        largest = max(largest, int(id))
                else:
                    rejected += 1
            case "remove_playlist":
                if playlists.pop(change["playlist_id"], None) is None:
                    rejected += 1
            case _:
                rejected += 1

    mixtape["playlists"] = list(playlists.values())
    Path(output_path).write_bytes(dumps(mixtape))
    if rejected:
        sys.exit(f"{rejected} rejected")


def main(loads, dumps):
    job, *arguments = sys.argv[1:]
    {"top": top, "apply": apply}[job](loads, dumps, *arguments)


if __name__ == "__main__":
    import orjson

    main(orjson.loads, orjson.dumps)
