#!/usr/bin/env python3
"""The N highest of `<score>: <record>` lines that lie in any number of files, on a Spark cluster.

Each task gives its part to `mixtape top`; the winners of neighbouring parts are given to it again, until one part is left.
Among equal scores the earlier line wins: files in the order of their names, lines in that of the files.
"""

import sys

import mixtape_job

TOGETHER = 16  # parts whose winners are merged in one task


def arguments_of(words):
    parser = mixtape_job.Parser(prog="top.py", description=__doc__.splitlines()[0])
    parser.add_argument("input", metavar="INPUT", help="URI of the scored lines: a folder, a file or a pattern; compressed or not")
    parser.add_argument("n", metavar="N", help="how many of the highest")
    parser.add_argument("--output", metavar="URI", help="new folder for the result [default: standard output]")
    parser.add_argument("--format", default="json", choices=["json", "ndjson", "lines"], help="of the result [default: json]")
    mixtape_job.common_arguments(parser)
    return parser.parse_args(words)


def merged(winners, partitions, top):
    """Of records ``((partition, number), block)`` the winners, in one partition."""
    while partitions > 1:
        partitions = -(-partitions // TOGETHER)
        grouped = winners.repartitionAndSortWithinPartitions(partitions, lambda key: key[0] // TOGETHER)
        winners = grouped.mapPartitionsWithIndex(lambda index, records: top(index, (block for _, block in records), "lines"))
    return winners


def check_places(arguments, places):
    """Refuses an output and inputs that cannot be meant."""
    inputs = {"INPUT": arguments.input}
    mixtape_job.check_outputs(places, {"--output": arguments.output}, inputs)
    mixtape_job.check_inputs(places, inputs)


def job(arguments, inputs):
    n = arguments.n
    if not n.isdecimal():
        raise mixtape_job.Refused(f"N is how many of the highest, a whole number, not {n}; the order is INPUT N", 64)
    mixtape_job.check_words(arguments.mixtape, ["top", "-", n, "--format", arguments.format, "--quiet"])
    check_places(arguments, mixtape_job.Here())
    session = mixtape_job.session_of(arguments, f"mixtape top {n}")
    program = mixtape_job.ship_program(session.sparkContext, arguments.mixtape)
    check_places(arguments, mixtape_job.There(session))

    def top(index, blocks, form):
        chunks = mixtape_job.pipe(program, ["top", "-", n, "--format", form, "--quiet"], blocks)
        for number, chunk in enumerate(chunks):
            yield (index, number), chunk

    def first_top(split, lines):
        try:
            yield from top(split, lines, "lines")
        except mixtape_job.Failed as failure:  # the program knows its part as <stdin>
            raise mixtape_job.Failed(str(failure).replace("<stdin>", f"scores[split {split}]")) from None

    scores = mixtape_job.Input(session, "scores", arguments.input, arguments.partitions)
    inputs.append(scores)
    # A block's key starts with its split, so what comes behind it is in order.
    blocks, split_of = scores.blocks(), scores.split_of
    winners = blocks.mapPartitionsWithIndex(lambda partition, records: first_top(split_of[partition], (block for _, block in records)))
    winners = merged(winners, scores.splits, top).persist(mixtape_job.ON_DISK)
    if winners.count() == 0:
        winners = session.sparkContext.parallelize([((0, 0), b"")], 1)
    result = winners.mapPartitions(lambda records: (chunk for _, chunk in top(0, (block for _, block in records), arguments.format)))
    if arguments.output:
        mixtape_job.save(result.mapPartitions(mixtape_job.whole_lines), arguments.output)
    else:
        for chunk in result.toLocalIterator():
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    ARGUMENTS = arguments_of(sys.argv[1:])
    mixtape_job.run(lambda inputs: job(ARGUMENTS, inputs))
