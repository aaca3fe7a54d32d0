"""Lines out of files that Spark reads, byte by byte as they are, and blocks of lines into files."""

import os
import re
from contextlib import contextmanager
from itertools import islice

from .ending import Refused
from .spark import RDD, UTF8Deserializer, sql

BLOCK = 1 << 20  # bytes of lines that travel together

BYTE_A_CHARACTER = "ISO-8859-1"
CODECS = {name: f"org.apache.hadoop.io.compress.{name_there}" for name, name_there in [("gzip", "GzipCodec"), ("zstd", "ZStandardCodec")]}


class Input:
    """Files of lines under a URI, in the order of their names, and parts of each in their order: splits, counted from 0."""

    def __init__(self, session, what, uri, partitions):
        self.context, self.what = session.sparkContext, what
        found = files(session, uri)
        self.lines = self.context.emptyRDD()
        self.splits, self.split_of, self.parts = 0, [], []
        if not found:
            return
        size = -(-sum(length for _, length in found) // partitions)
        self.lines, parts = encoded_lines(session, [name for name, _ in found], size)
        order = sorted(range(len(parts)), key=parts.__getitem__)  # Spark begins with the longest ones
        self.splits = len(parts)
        self.partitions = order  # Spark's partition of each split
        self.split_of = [0] * len(parts)  # the other way round
        for split, partition in enumerate(order):
            self.split_of[partition] = split
            self.parts.append(parts[partition])

    def blocks(self):
        """Blocks of lines as ``((split, number), bytes)``, each with its last line break."""
        split_of = self.split_of

        def gather(partition, lines):
            number, block, size = 0, [], 0
            for line in lines:
                block.append(line)
                size += len(line) + 1
                if size >= BLOCK:
                    yield (split_of[partition], number), closed(block)
                    number, block, size = number + 1, [], 0
            if block:
                yield (split_of[partition], number), closed(block)

        def closed(block):
            return decoded(b"\n".join(block)) + b"\n"

        return self.lines.mapPartitionsWithIndex(gather)

    def first(self):
        """The first line that is not blank, or nothing."""
        for split in range(self.splits):
            lines = self.context.runJob(self.lines, lambda lines: list(islice(filter(bytes.strip, lines), 1)), [self.partitions[split]])
            if lines:
                return decoded(lines[0])
        return b""

    def before(self, split):
        """How many lines, lines that are not blank and bytes its file has in front of the lines of a split."""
        file, start, _ = self.parts[split]
        earlier = [number for number in range(split) if self.parts[number][0] == file]
        counts = self.context.runJob(self.lines, counted, [self.partitions[number] for number in earlier]) if earlier else []
        return [sum(own) for own in zip((0, 0, 0), *counts)]


def counted(lines):
    """Of a part: its lines, those that are not blank, and its bytes. In a list, as Spark wants it."""
    every, filled, size = 0, 0, 0
    for line in lines:
        every, filled, size = every + 1, filled + bool(line.strip()), size + len(decoded(line)) + 1
    return [(every, filled, size)]


def encoded_lines(session, names, size):
    """The lines of files in parts of such a size, for `decoded`; and of each partition the part: file, offset, length.

    Spark's other text files replace what is not UTF-8; these here leave the bytes as they are. So that they come to Python as
    fast as other lines, each byte is a character on the way.
    """
    settings = session._jsparkSession.sessionState().conf()
    size = max(1, min(size, settings.filesMaxPartitionBytes()))
    with set_for_now(session, {
        "spark.sql.files.maxPartitionBytes": size,
        "spark.sql.files.openCostInBytes": size,  # so no two parts are in one partition
        "spark.sql.files.maxPartitionNum": None,
    }):
        text = session.read.option("lineSep", "\n").text(names)
        characters = text.select(sql.decode(text.value.cast("binary"), BYTE_A_CHARACTER))
        strings = getattr(characters._jdf, "as")(session._jvm.org.apache.spark.sql.Encoders.STRING()).toJavaRDD()
        partitions = strings.rdd().partitions()
    parts = []
    for partition in partitions:
        files_of_it = partition.files()
        if len(files_of_it) != 1:
            raise RuntimeError("Spark has put parts of several files together")
        parts.append((files_of_it[0].toPath().toString(), files_of_it[0].start(), files_of_it[0].length()))
    return RDD(strings, session.sparkContext, UTF8Deserializer(use_unicode=False)), parts


def decoded(lines):
    """The bytes that encoded lines have in their files."""
    return lines if lines.isascii() else lines.decode().encode(BYTE_A_CHARACTER)


@contextmanager
def set_for_now(session, values):
    """Settings of the session, inside."""
    before = {name: session.conf.get(name, None) for name in values}

    def put(values):
        for name, value in values.items():
            if value is None:
                session.conf.unset(name)
            else:
                session.conf.set(name, str(value))

    put(values)
    try:
        yield
    finally:
        put(before)


def files(session, uri):
    """The files under a folder, or those that a pattern names, or one, with their lengths; without those that start with ``_`` or ``.``."""
    hadoop = session._jvm.org.apache.hadoop.fs
    path = hadoop.Path(uri)
    system = path.getFileSystem(session._jsc.hadoopConfiguration())
    found = system.globStatus(path)
    if not found:
        raise Refused(f"there is no {uri}", 1)
    listed = []
    for status in found:
        inside = system.listStatus(status.getPath()) if status.isDirectory() else [status]
        listed += [(one.getPath().toString(), one.getLen()) for one in inside if one.isFile() and one.getLen() > 0]
    listed = [(name, length) for name, length in listed if os.path.basename(name)[0] not in "_."]
    for name, _ in listed:
        if re.search(r"[,{}\[\]*?\\]", name):
            raise Refused(f"{name}: a file's name cannot have one of , {{ }} [ ] * ? \\ here", 64)
    return sorted(listed)


def save(blocks, uri, compress="none"):
    """Writes blocks of lines as part files, in the order of the partitions."""
    blocks.saveAsTextFile(uri, CODECS.get(compress))


def check_codec(session, compress):
    """Refuses what Hadoop can do only with a library of the system that is not there."""
    if compress == "zstd" and not session._jvm.org.apache.hadoop.util.NativeCodeLoader.isNativeCodeLoaded():
        raise Refused("--compress zstd takes Hadoop's native library, which is not on this machine; gzip does not", 64)
