#!/usr/bin/env python3
"""Changes to a mixtape in parts, on a Spark cluster: the playlists that `mixtape apply` would give, as lines in that order.

Each task gives its partition to `mixtape apply --shard STEP`, which is all that knows what a playlist or an operation is
(src/shard/mod.rs says why the steps together are `apply`). What a step writes are frames, each with the partition that it goes
to; Spark brings them there, in the order of their keys.
"""

import json
import sys
import time
from itertools import accumulate, chain

import mixtape_job

# Tags of frames that this program makes or takes out; the others only pass through.
PLAN, GROUND, FIRST_USER, FIRST_SONG, FIRST_PLAYLIST = b"0", b"1", b"2", b"3", b"4"
USERS, PLAYLISTS, CREATED, REJECTS, LINES, FOUND = b"A", b"J", b"M", b"N", b"T", b"Z"

# Options that the steps know, as `mixtape apply` has them.
RULES = [
    ("--max-rejects", "N|P%", "stop when more is rejected: 100, or 1%%"),
    ("--max-operation", "SIZE", "most bytes of one operation [default: 64MiB]"),
    ("--max-id", "SIZE", "most bytes of an id in MIXTAPE [default: 16MiB]"),
    ("--max-depth", "N", "most nested arrays and objects [default: 128]"),
]

LARGEST = 2**64 - 1  # the largest id that is counted on from


def arguments_of(words):
    parser = mixtape_job.Parser(prog="apply.py", description=__doc__.splitlines()[0])
    parser.add_argument("mixtape_uri", metavar="MIXTAPE",
                        help="URI of a folder with the folders users, songs and playlists (mixtape apply --emit-parts makes one)")
    parser.add_argument("changes", metavar="CHANGES", help="URI of operations, one a line: a folder, a file or a pattern")
    parser.add_argument("output", metavar="OUTPUT", nargs="?", help="URI of a new folder for the playlists")
    parser.add_argument("--playlists", metavar="URI", help="the playlists, where an earlier run has written them")
    parser.add_argument("--rejects", "--dead-letters", metavar="URI", help="new folder for what cannot be applied")
    when_to_stop = parser.add_mutually_exclusive_group()
    when_to_stop.add_argument("--strict", action="store_true", help="stop at the first operation that is rejected")
    for flag, value, what in RULES:
        (when_to_stop if flag == "--max-rejects" else parser).add_argument(flag, metavar=value, help=what)
    parser.add_argument("--dry-run", action="store_true", help="do everything but write OUTPUT")
    parser.add_argument("--summary", metavar="FILE", help="write the summary, on this machine")
    parser.add_argument("--compress", choices=["gzip", "zstd", "none"], default="none", help="of OUTPUT and the rejects [default: none]")
    parser.add_argument("-q", "--quiet", action="store_true", help="no summary on standard output")
    mixtape_job.common_arguments(parser)
    arguments = parser.parse_args(words)
    if arguments.output is None and not arguments.dry_run:
        parser.error("the following arguments are required: OUTPUT")
    return arguments


def rules_of(arguments):
    """What every step is told."""
    words = ["--strict"] if arguments.strict else []
    for flag, _, _ in RULES:
        value = getattr(arguments, flag[2:].replace("-", "_"))
        words += [] if value is None else [f"{flag}={value}"]
    return words


def partition_of(key):
    """Where a record goes: its key is (partition, tag, where it comes from, number)."""
    return key[0]


class Steps:
    """The steps of a run; all that is carried between them is in the same number of partitions."""

    def __init__(self, context, program, rules, partitions):
        self.context, self.program, self.rules, self.partitions = context, program, rules, partitions

    def command(self, step):
        return ["apply", "--shard", step, "-", *self.rules]

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
        program, partitions, command = self.program, self.partitions, self.command(step)

        def run(partition, own):
            plan = {"partitions": partitions, "partition": partition, **(plans[partition] if plans else {})}
            frames = chain(
                [(PLAN, 0, json.dumps(plan).encode())],
                ((tag, 0, payload) for tag, payload in fixed),
                ((key[1], key[2], payload) for key, payload in own),
            )
            blocks = (mixtape_job.frame(*frame) for frame in frames)
            yield partition, mixtape_job.pipe(program, command, blocks)

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

    def lines(self, step, records, plans=None, fixed=()):
        """The lines that a step writes."""
        made = self.chunks(step, records, plans, fixed)
        return made.mapPartitions(lambda runs: (block for _, chunks in runs for block in mixtape_job.whole_lines(chunks)))

    def too_many(self, rejects, until):
        """What the first partition with a reject too many says of it; the changes end the run at operation `until`, if at one."""
        befores = [0] * self.partitions
        for _ in range(2):  # at first it is not known how many are in front of a partition
            plans = [{"rejects": before, "until": until} for before in befores]
            [tallies] = self.found(self.frames("tally", rejects, plans))
            befores = list(accumulate((tally["rejects"] for tally in tallies), initial=0))
        return next((tally["passed"] for tally in tallies if tally["passed"]), None)

    def once(self, step, frames):
        """Runs a step here, over little."""
        blocks = (mixtape_job.frame(tag, 0, payload) for tag, payload in frames)
        return b"".join(mixtape_job.pipe(self.program, self.command(step), blocks))


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


def inputs_of(arguments):
    """URIs of what is read, by the name that the steps have for it."""
    uris = {kind: f"{arguments.mixtape_uri}/{kind}" for kind in ("users", "songs", "playlists")}
    uris["playlists"] = arguments.playlists or uris["playlists"]
    uris["changes"] = arguments.changes
    return uris


def check_places(arguments, places):
    """Refuses outputs and inputs that cannot be meant."""
    uris = inputs_of(arguments)
    mixtape_job.check_outputs(places, {"OUTPUT": arguments.output, "--rejects": arguments.rejects}, uris)
    mixtape = arguments.mixtape_uri
    take_apart = "mixtape apply --emit-parts DIR FILE makes such a folder of a mixtape"
    kind = places.kind(mixtape)
    if kind == mixtape_job.FILE:
        raise mixtape_job.Refused(f"{mixtape} is a file, and MIXTAPE a folder with users, songs and playlists: {take_apart}", 64)
    if kind == mixtape_job.NOTHING:
        raise mixtape_job.Refused(f"there is no {mixtape}: {take_apart}", 1)
    for name, uri in uris.items():
        if uri == f"{mixtape}/{name}" and places.kind(uri) == mixtape_job.NOTHING:
            raise mixtape_job.Refused(f"{mixtape} has no folder {name}: {take_apart}", 64)
    mixtape_job.check_inputs(places, uris)


def job(arguments, inputs):
    started = time.monotonic()
    if arguments.dry_run:
        arguments.output = None
    if arguments.summary:
        mixtape_job.check_summary(arguments.summary)
    mixtape_job.check_words(arguments.mixtape, ["apply", "--shard", "verdict", "-", *rules_of(arguments)])
    check_places(arguments, mixtape_job.Here())
    session = mixtape_job.session_of(arguments, "mixtape apply")
    program = mixtape_job.ship_program(session.sparkContext, arguments.mixtape)
    mixtape_job.check_codec(session, arguments.compress)
    check_places(arguments, mixtape_job.There(session))
    steps = Steps(session.sparkContext, program, rules_of(arguments), arguments.partitions)
    for what, uri in inputs_of(arguments).items():
        inputs.append(mixtape_job.Input(session, what, uri, arguments.partitions))
    users, songs, playlists, changes = inputs
    every = range(arguments.partitions)

    # What there is.
    change_lines, playlist_lines = steps.blocks(changes), steps.blocks(playlists)
    user_ids = steps.frames("ids", steps.blocks(users), [{"kind": "users"} for _ in every])
    song_ids = steps.frames("ids", steps.blocks(songs), [{"kind": "songs"} for _ in every])
    asked = steps.frames("names", change_lines)
    first_playlist = [(FIRST_PLAYLIST, playlists.first())]
    playlist_ids = steps.frames("playlists", playlist_lines, None, first_playlist)
    found_users, _, named, outlines = steps.found(user_ids, song_ids, asked, playlist_ids)
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

    # What becomes of the playlists.
    of_shards = steps.brought(playlist_ids, without(routed, REJECTS))
    applied = steps.frames("apply", of_shards, None, ground)
    outcomes = sum(steps.found(routed, applied), [])

    # Whether the run goes well. The rejects are in place first: they say why it does not, and the playlists never stand without
    # what they lack.
    summary = summary_of(named, outlines, outcomes)
    rejects = steps.brought(tagged(routed, REJECTS), tagged(applied, REJECTS))
    ending = min(filter(None, (outcome["ending"] for outcome in outcomes)), key=lambda ending: ending["number"], default=None)
    passed = steps.too_many(rejects, ending and ending["number"]) if arguments.max_rejects else None
    if arguments.rejects and (passed or not ending):
        lines = steps.lines("rejects", rejects, [{"last": passed and passed[1]} for _ in every])
        mixtape_job.save(lines, arguments.rejects, arguments.compress)
    verdict = {"name": arguments.changes, "read": summary["read"], "rejected": sum(summary["rejected"].values())}
    steps.once("verdict", [(FOUND, json.dumps({**verdict, "passed": passed, "ending": ending}).encode())])

    edits = steps.brought(without(applied, REJECTS, CREATED))
    patched = steps.lines("patch", steps.beside(edits, playlist_lines), None, ground)
    created = steps.lines("created", steps.brought(tagged(applied, CREATED)), None, ground)
    playlists = patched.union(created)
    if arguments.output:
        mixtape_job.save(playlists, arguments.output, arguments.compress)
    else:
        playlists.count()
    summary["seconds"] = time.monotonic() - started
    told(summary, arguments)
    return 0 if arguments.rejects or not summary["rejected"] else 3


def summary_of(named, outlines, outcomes):
    """What the steps have found, with the members that the summary of `mixtape apply` has."""
    summary = {"read": sum(found["operations"] for found in named), "applied": {}, "rejected": {}}
    for outcome in outcomes:
        for name in ("applied", "rejected"):
            for kind, count in outcome[name].items():
                summary[name][kind] = summary[name].get(kind, 0) + count
    before = sum(outline["count"] for outline in outlines)
    summary["playlists_before"] = before
    summary["playlists_after"] = before + sum(outcome["created"] - outcome["removed"] for outcome in outcomes)
    return summary


def told(summary, arguments):
    """Says it in words for programs."""
    text = json.dumps(summary, indent=2)
    if arguments.summary:
        with open(arguments.summary, "w") as file:
            file.write(text + "\n")
    if not arguments.quiet:
        print(text)


if __name__ == "__main__":
    ARGUMENTS = arguments_of(sys.argv[1:])
    mixtape_job.run(lambda inputs: job(ARGUMENTS, inputs))
