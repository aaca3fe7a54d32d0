#!/usr/bin/env python3
"""Changes to a mixtape in parts, on a Spark cluster: the playlists that `mixtape apply` would give, as lines in that order.

Each task gives its partition to `mixtape apply --shard STEP`, which is all that knows what a playlist or an operation is
(src/shard/mod.rs says why the steps together are `apply`). What a step writes are frames, each with the partition that it goes
to; Spark brings them there, in the order of their keys.
"""

import argparse
import json
import sys
from itertools import chain

import mixtape_job

# Tags of frames that this program makes or takes out; the others only pass through.
PLAN, GROUND, FIRST_USER, FIRST_SONG, FIRST_PLAYLIST = b"0", b"1", b"2", b"3", b"4"
USERS, PLAYLISTS, CREATED, REJECTS, LINES, FOUND = b"A", b"J", b"M", b"N", b"T", b"Z"

LARGEST = 2**64 - 1  # the largest id that is counted on from


def arguments_of(words):
    parser = argparse.ArgumentParser(prog="apply.py", description=__doc__.splitlines()[0])
    parser.add_argument("mixtape_uri", metavar="MIXTAPE",
                        help="URI of a folder with the folders users, songs and playlists (mixtape apply --emit-parts makes one)")
    parser.add_argument("changes", metavar="CHANGES", help="URI of operations, one a line: a folder, a file or a pattern")
    parser.add_argument("output", metavar="OUTPUT", help="URI of a new folder for the playlists")
    parser.add_argument("--playlists", metavar="URI", help="the playlists, where an earlier run has written them")
    parser.add_argument("--rejects", metavar="URI", help="new folder for what cannot be applied")
    mixtape_job.common_arguments(parser)
    return parser.parse_args(words)


def partition_of(key):
    """Where a record goes: its key is (partition, tag, where it comes from, number)."""
    return key[0]


class Steps:
    """The steps of a run; all that is carried between them is in the same number of partitions."""

    def __init__(self, context, program, partitions):
        self.context, self.program, self.partitions = context, program, partitions

    def brought(self, *records):
        """Records where they go, in order; without what the steps have found out, which goes nowhere."""
        together = without(self.context.union(list(records)) if len(records) > 1 else records[0], FOUND)
        return together.repartitionAndSortWithinPartitions(self.partitions, partition_of)

    def beside(self, first, second):
        """The records of two that were brought, partition by partition, without moving either again."""
        both = first.union(second)
        if both.getNumPartitions() != self.partitions:
            raise RuntimeError("Spark has not put the partitions beside each other")
        return both

    def blocks(self, source):
        """The lines of an input, brought to partitions in their order."""
        partitions, splits = self.partitions, source.splits
        keyed = source.blocks().map(
            lambda record: ((record[0][0] * partitions // splits, LINES, record[0][0], record[0][1]), record[1])
        )
        return self.brought(keyed)

    def chunks(self, step, records, plans, fixed):
        """What a step over each partition writes."""
        program, partitions = self.program, self.partitions

        def run(partition, own):
            plan = {"partitions": partitions, "partition": partition, **(plans[partition] if plans else {})}
            frames = chain(
                [(PLAN, 0, json.dumps(plan).encode())],
                ((tag, 0, payload) for tag, payload in fixed),
                ((key[1], key[2], payload) for key, payload in own),
            )
            blocks = (mixtape_job.frame(*frame) for frame in frames)
            yield partition, mixtape_job.pipe(program, ["apply", "--shard", step, "-"], blocks)

        return records.mapPartitionsWithIndex(run)

    def frames(self, step, records, plans=None, fixed=()):
        """The frames that a step writes, kept on disk."""

        def numbered(runs):
            for partition, chunks in runs:
                for number, (tag, to, payload) in enumerate(mixtape_job.whole_frames(chunks)):
                    yield (to, tag, partition, number), payload

        return self.chunks(step, records, plans, fixed).mapPartitions(numbered).persist(mixtape_job.ON_DISK)

    def found(self, *made):
        """What steps have found out: of each one, by partition. A job, in which all these steps are done; little comes here."""
        mine = [of_step(records, number) for number, records in enumerate(made)]
        found = [[] for _ in made]
        for number, _, payload in sorted(self.context.union(mine).collect()):
            found[number].append(json.loads(payload))
        return found

    def lines(self, step, records, fixed=()):
        """The lines that a step writes."""
        made = self.chunks(step, records, None, fixed)
        return made.mapPartitions(lambda runs: (block for _, chunks in runs for block in mixtape_job.whole_lines(chunks)))

    def once(self, step, frames):
        """Runs a step here, over little."""
        blocks = (mixtape_job.frame(tag, 0, payload) for tag, payload in frames)
        return b"".join(mixtape_job.pipe(self.program, ["apply", "--shard", step, "-"], blocks))


def tagged(records, *tags):
    """Those with one of the tags."""
    return records.filter(lambda record: record[0][1] in tags)


def without(records, *tags):
    """Those with none of them."""
    return records.filter(lambda record: record[0][1] not in tags)


def of_step(made, number):
    """What it has found out, under a number."""
    found = tagged(made, FOUND)
    return found.map(lambda record: (number, record[0][2], record[1]))


def plans_of(named, moves, largest, together):
    """What is in front of each partition of changes."""
    plans, operations, lines, size = [], 0, 0, 0
    for found, move in zip(named, moves):
        plans.append({"operations": operations, "lines": lines, "bytes": size, "largest": largest, "large_ids_together": together})
        operations += found["operations"]
        lines += found["lines"]
        size += found["bytes"]
        largest = min(LARGEST, max(largest + move["more"], move["least"]))
    return plans


def job(arguments, inputs):
    session = mixtape_job.session_of(arguments, "mixtape apply")
    program = mixtape_job.ship_program(session.sparkContext, arguments.mixtape)
    for uri in filter(None, [arguments.output, arguments.rejects]):
        if mixtape_job.is_there(session, uri):
            raise mixtape_job.Refused(f"{uri} is there already; name a new folder", 1)
    uris = {kind: f"{arguments.mixtape_uri}/{kind}" for kind in ("users", "songs", "playlists")}
    uris["playlists"] = arguments.playlists or uris["playlists"]
    uris["changes"] = arguments.changes
    for what, uri in uris.items():
        inputs.append(mixtape_job.Input(session, what, uri, arguments.partitions))
    users, songs, playlists, changes = inputs
    steps = Steps(session.sparkContext, program, arguments.partitions)
    every = range(arguments.partitions)

    # What there is.
    change_lines, playlist_lines = steps.blocks(changes), steps.blocks(playlists)
    user_ids = steps.frames("ids", steps.blocks(users), [{"kind": "users"} for _ in every])
    song_ids = steps.frames("ids", steps.blocks(songs), [{"kind": "songs"} for _ in every])
    asked = steps.frames("names", change_lines)
    first_playlist = [(FIRST_PLAYLIST, playlists.first())]
    playlist_ids = steps.frames("playlists", playlist_lines, None, first_playlist)
    found_users, _, named, outlines = steps.found(user_ids, song_ids, asked, playlist_ids)
    for source in inputs:
        source.check_text()
    largest = max(outline["largest"] or 0 for outline in outlines)
    together = max([largest, *(found["largest"] for found in named)]) + sum(found["creations"] for found in named) >= LARGEST
    if together:
        playlist_ids = steps.frames("playlists", playlist_lines, [{"large_ids_together": True} for _ in every], first_playlist)
    ground = [(USERS, json.dumps(found).encode()) for found in found_users]
    ground += [(PLAYLISTS, json.dumps(found).encode()) for found in outlines]
    if not first_playlist[0][1]:  # then new ones look like these
        ground += [(FIRST_USER, users.first()), (FIRST_SONG, songs.first())]
    ground = [(GROUND, steps.once("shape", ground))]

    # What is named and missing: a join by hash. Then the ids of new playlists, and where each operation goes.
    missing = steps.frames("exist", steps.brought(user_ids, song_ids, asked), None, ground)
    with_changes = steps.beside(steps.brought(missing), change_lines)
    [moves] = steps.found(steps.frames("count", with_changes, None, ground))
    routed = steps.frames("route", with_changes, plans_of(named, moves, largest, together), ground)

    # What becomes of the playlists. The rejects are in place first: the playlists never stand without what they lack.
    of_shards = steps.brought(playlist_ids, without(routed, REJECTS))
    applied = steps.frames("apply", of_shards, None, ground)
    outcomes = sum(steps.found(routed, applied), [])
    if arguments.rejects:
        rejects = steps.brought(tagged(routed, REJECTS), tagged(applied, REJECTS))
        mixtape_job.save(steps.lines("rejects", rejects), arguments.rejects)
    edits = steps.brought(without(applied, REJECTS, CREATED))
    patched = steps.lines("patch", steps.beside(edits, playlist_lines), ground)
    created = steps.lines("created", steps.brought(tagged(applied, CREATED)), ground)
    mixtape_job.save(patched.union(created), arguments.output)
    return told(named, outlines, outcomes, arguments.rejects)


def told(named, outlines, outcomes, rejects):
    """Prints the summary, as JSON with the members that that of `mixtape apply` has; the exit code."""
    summary = {"read": sum(found["operations"] for found in named), "applied": {}, "rejected": {}}
    for outcome in outcomes:
        for name in ("applied", "rejected"):
            for kind, count in outcome[name].items():
                summary[name][kind] = summary[name].get(kind, 0) + count
    before = sum(outline["count"] for outline in outlines)
    summary["playlists_before"] = before
    summary["playlists_after"] = before + sum(outcome["created"] - outcome["removed"] for outcome in outcomes)
    print(json.dumps(summary, indent=2))
    return 0 if rejects or not summary["rejected"] else 3


if __name__ == "__main__":
    ARGUMENTS = arguments_of(sys.argv[1:])
    mixtape_job.run(lambda inputs: job(ARGUMENTS, inputs))
