"""What both jobs share: lines out of Spark through the program ``mixtape``, and back.

There is one implementation of every rule, the program's. Here bytes are only carried: nothing looks into them.
"""

import argparse
import glob
import os
import posixpath
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
from contextlib import contextmanager
from itertools import chain, combinations, islice, product

try:
    from pyspark import RDD, SparkConf, SparkContext, SparkFiles, StorageLevel
    from py4j.protocol import Py4JJavaError
    from pyspark.serializers import UTF8Deserializer
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as sql

    ON_DISK = StorageLevel.DISK_ONLY
    MISSING = None
except ModuleNotFoundError as missing:  # --help works without, and mistakes are found; nothing else
    MISSING = missing.name

BLOCK = 1 << 20  # bytes of lines that travel together
READ = 1 << 20
ENOUGH_STDERR = 16 << 10  # bytes of what a failed program said, its end

BEGIN, END = "mixtape failed: ", " (end of what mixtape said)"
BYTE_A_CHARACTER = "ISO-8859-1"
CODECS = {name: f"org.apache.hadoop.io.compress.{name_there}" for name, name_there in [("gzip", "GzipCodec"), ("zstd", "ZStandardCodec")]}

FRAME = struct.Struct("<cII")  # its tag, a partition, the length of what follows


class Failed(RuntimeError):
    """The program ended with an error; its message stands in the job's own."""


class Refused(Exception):
    """What the job was asked for cannot be done; with the exit code that ``mixtape`` has for it."""

    def __init__(self, message, code=2):
        super().__init__(message)
        self.code = code


# ---- the program -----------------------------------------------------------------------------------------------------------


def found_program(path):
    """The program on this machine."""
    found = shutil.which(path)
    if found is None:
        raise Refused(f"there is no program {path}; --mixtape names it (cargo build --release makes it)", 64)
    return os.path.abspath(found)


def check_words(path, words):
    """Lets the program on this machine say whether it takes such words: over nothing, so before anything is begun."""
    program = found_program(path)
    try:
        run = subprocess.run([program, *words], input=b"", capture_output=True)
    except OSError as error:
        raise Refused(f"{program} does not run: {error.strerror}; --mixtape names the program", 64) from None
    if run.returncode != 0:
        said = run.stderr.decode(errors="replace").strip() or f"{program} has ended with exit code {run.returncode}"
        raise Refused(said.splitlines()[0].removeprefix("error: "), 64)


def ship_program(context, path):
    """Gives every worker the program, and returns what it is called there."""
    found = found_program(path)
    context.addFile(found)
    return os.path.basename(found)


def pipe(program, arguments, blocks):
    """Feeds blocks of bytes to the program and yields what it writes. Its failure is raised with what it said."""
    command = [SparkFiles.get(program), *arguments]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    failures, said = [], []

    def feed():
        try:
            for block in blocks:
                process.stdin.write(block)
        except BrokenPipeError:
            pass  # it has ended; its exit code says why
        except BaseException as failure:  # Spark's own: this task cannot read what it is about
            failures.append(failure)
        finally:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

    def listen():
        tail = b""
        while chunk := process.stderr.read1(4096):
            tail = (tail + chunk)[-ENOUGH_STDERR:]
        said.append(tail.decode(errors="replace").strip())

    threads = [threading.Thread(target=target, daemon=True) for target in (feed, listen)]
    for thread in threads:
        thread.start()
    try:
        while chunk := process.stdout.read1(READ):
            yield chunk
        for thread in threads:
            thread.join()
        code = process.wait()
        if failures:
            raise failures[0]
        if code != 0:
            raise Failed(f"{BEGIN}exit code {code}: {' '.join(arguments[:4])}: {said[0]}{END}")
    finally:
        process.kill()  # where Spark has cancelled the task
        process.wait()


def whole_lines(chunks):
    """Cuts chunks at line ends and yields blocks of lines without their last line break, as Spark's text files add it."""
    rest = []
    for chunk in chunks:
        end = chunk.rfind(b"\n")
        if end < 0:
            rest.append(chunk)
            continue
        yield b"".join([*rest, chunk[:end]])
        rest = [chunk[end + 1 :]] if end + 1 < len(chunk) else []
    if rest:
        yield b"".join(rest)


def whole_frames(chunks):
    """Cuts chunks into frames: tag, partition, payload."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        at = 0
        while len(waiting) - at >= FRAME.size:
            tag, partition, length = FRAME.unpack_from(waiting, at)
            end = at + FRAME.size + length
            if end > len(waiting):
                break
            yield tag, partition, bytes(waiting[at + FRAME.size : end])
            at = end
        del waiting[:at]


def frame(tag, partition, payload):
    """A frame's bytes."""
    return FRAME.pack(tag, partition, len(payload)) + payload


# ---- lines -----------------------------------------------------------------------------------------------------------------


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


# ---- mistakes --------------------------------------------------------------------------------------------------------------

NOTHING, FILE, FOLDER, UNKNOWN = "nothing", "a file", "a folder", "unknown"
# Where none of them is set, what has no scheme is a path of this machine.
HADOOP_SAYS = ["HADOOP_CONF_DIR", "YARN_CONF_DIR", "SPARK_CONF_DIR", "SPARK_HOME", "PYSPARK_GATEWAY_PORT"]


class Here:
    """What is at a URI, as far as this machine knows without Spark."""

    def parsed(self, uri):
        return re.fullmatch(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(//[^/]*)?(.*)", uri, re.DOTALL).groups(default="")

    def local(self, uri):
        scheme, authority, path = self.parsed(uri)
        is_local = scheme == "file" or not (scheme or authority or any(name in os.environ for name in HADOOP_SAYS))
        return os.path.abspath(path) if is_local else None

    def full(self, uri):
        """Equal for what is the same."""
        local = self.local(uri)
        if local is not None:
            return "file:" + local
        scheme, authority, path = self.parsed(uri)
        return f"{scheme}:{authority}{posixpath.normpath(path)}"

    def kind(self, uri):
        local = self.local(uri)
        if local is None or glob.has_magic(uri) or "{" in uri:
            return UNKNOWN
        return FOLDER if os.path.isdir(local) else FILE if os.path.exists(local) else NOTHING

    def is_there(self, uri):
        local = self.local(uri)
        return local is not None and os.path.exists(local)


class There:
    """What is at a URI, as Spark sees it."""

    def __init__(self, session):
        self.path = session._jvm.org.apache.hadoop.fs.Path
        self.settings = session._jsc.hadoopConfiguration()

    def opened(self, uri):
        path = self.path(uri)
        return path.getFileSystem(self.settings), path

    def full(self, uri):
        system, path = self.opened(uri)
        return system.makeQualified(path).toString()

    def kind(self, uri):
        system, path = self.opened(uri)
        found = system.globStatus(path)
        return NOTHING if not found else FOLDER if found[0].isDirectory() else FILE

    def is_there(self, uri):
        system, path = self.opened(uri)
        return system.exists(path)


def check_outputs(places, outputs, inputs):
    """Refuses new folders, each under the name that the command line has for it, that would lie in each other or in what is read."""
    outputs, inputs = ({what: uri for what, uri in some.items() if uri} for some in (outputs, inputs))
    full = {what: places.full(uri) for what, uri in chain(outputs.items(), inputs.items())}

    def is_in(what, other):
        return (full[what] + "/").startswith(full[other].rstrip("/") + "/")

    for one, other in combinations(outputs, 2):
        if is_in(one, other) or is_in(other, one):
            relation = "are the same folder" if full[one] == full[other] else "lie in each other"
            raise Refused(f"{one} and {other} {relation} ({outputs[other]}); name two new folders", 64)
    for one, other in product(outputs, inputs):
        if is_in(one, other):
            raise Refused(f"{one} ({outputs[one]}) lies in what is read, {other} ({inputs[other]}); name a new folder elsewhere", 64)
    for uri in outputs.values():
        if places.is_there(uri):
            raise Refused(f"{uri} is there already; name a new folder", 1)


def check_inputs(places, inputs):
    """Refuses what is not there."""
    for uri in inputs.values():
        if places.kind(uri) == NOTHING:
            raise Refused(f"there is no {uri}", 1)


def check_summary(path):
    """Refuses a file on this machine that cannot be made."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise Refused(f"cannot create {path}: there is no such folder", 1)
    if os.path.isdir(path):
        raise Refused(f"cannot create {path}: it is a folder; name a file", 1)


def check_master(url):
    """Refuses a master of Spark's own kind that does not answer: Spark would ask for a minute, and its error not say why."""
    if url is None or not url.startswith("spark://"):
        return
    for place in url.removeprefix("spark://").split(","):
        host, _, port = place.rpartition(":")
        if not (host and port.isdecimal() and 0 < int(port) < 65536):
            raise Refused(f"--master {url}: expected spark://HOST:PORT", 64)
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
            return
        except OSError as error:
            failure = error.strerror or str(error)
    raise Refused(f"no Spark master answers at {url}: {failure}; start one there, or name another with --master", 1)


# ---- the job ---------------------------------------------------------------------------------------------------------------


class Parser(argparse.ArgumentParser):
    """Its errors have the exit code that those of `mixtape` have."""

    def error(self, message):
        self.exit(64, f"error: {message}; {self.prog} --help shows all\n")


def common_arguments(parser):
    """Adds what both jobs understand."""
    parser.add_argument("--partitions", type=positive, default=None, metavar="N",
                        help="parts that are worked on apart [default: two for each core]")
    parser.add_argument("--master", metavar="URL", help="Spark's master [default: as spark-submit says, or all cores here]")
    parser.add_argument("--mixtape", default="mixtape", metavar="PATH",
                        help="the program, which the workers are given [default: the one on the PATH]")


def positive(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def session_of(arguments, name):
    """Starts the job."""
    if MISSING:
        raise Refused(f"this Python has no {MISSING}: start the job with spark-submit, or with target/spark/bin/python, "
                      "which spark/install makes", 64)
    check_master(arguments.master)
    SparkContext._ensure_initialized()  # without a virtual machine no settings of spark-submit are known
    if not arguments.master:
        check_master(SparkConf().get("spark.master", None))
    builder = SparkSession.builder.appName(name)
    if arguments.master:
        builder = builder.master(arguments.master)
    try:
        session = builder.getOrCreate()
    except Exception as failure:  # its kinds are many
        said = str(getattr(failure, "java_exception", failure)).splitlines() or [type(failure).__name__]
        raise Refused(f"Spark does not start: {said[0]}; above it has said more", 1) from None
    session.sparkContext.addPyFile(os.path.abspath(__file__))
    if arguments.partitions is None:
        arguments.partitions = 2 * session.sparkContext.defaultParallelism
    return session


def explained(text, inputs):
    """What a failed job says to people: the program's message, with the files that its splits are of; and the exit code."""
    found = re.search(re.escape(BEGIN) + r"exit code (-?\d+): [^:]*: (?:error: )?(.*?)" + re.escape(END), text, re.DOTALL)
    if not found:
        return text.splitlines()[0], 1
    code, message = int(found[1]), found[2]
    for source in inputs:
        place = re.match(re.escape(source.what) + r"\[split (\d+)\]", message)
        if place:
            message = placed(message[place.end() :], source, int(place[1]))
            break
    for source in inputs:  # where a message names a second place
        message = re.sub(r"\b" + source.what + r"\[split (\d+)\]", lambda place: "{}:{}+{}".format(*source.parts[int(place[1])]), message)
    return message, code if code in (1, 2, 3, 64) else 1


def placed(message, source, split):
    """A message that counts from where a split begins, as one that counts from where its file does."""
    file, start, _ = source.parts[split]
    try:
        lines, records, size = source.before(split)
    except Exception:  # the cluster has gone, or the file
        return f"{file}, counted from the first line that begins at byte {start} or behind it{message}"
    head, *picture = message.split("\n")
    number = re.match(r":(\d+):", head)
    if not number:
        return file + message
    line = str(lines + int(number[1]))
    head = file + re.sub(r"^:\d+:", f":{line}:", head)
    head = re.sub(r"^(.*?:\d+:\d+: record )(\d+)", lambda record: record[1] + str(records + int(record[2])), head)
    blank = " " * len(line)
    picture = [re.sub(r"^( *)\d+ \|", f"{line} |", row) if row.lstrip()[:1].isdigit() else re.sub(r"^ *\|", f"{blank} |", row) for row in picture]
    rows = [re.sub(r"\(byte (\d+)\)$", lambda byte: f"(byte {size + int(byte[1])})", row) for row in [head, *picture]]
    return "\n".join(rows)


def run(job):
    """Calls ``job(inputs)``, which notes in that list what it reads, and ends the process with an exit code of ``mixtape``."""
    inputs = []
    try:
        code = job(inputs)
    except Refused as refused:
        print(f"error: {refused}", file=sys.stderr)
        code = refused.code
    except (Failed, Py4JJavaError) as failure:
        message, code = explained(str(getattr(failure, "java_exception", failure)), inputs)
        print(f"error: {message}", file=sys.stderr)
    finally:
        active = None if MISSING else SparkSession.getActiveSession()
        if active is not None:
            active.stop()
    sys.exit(code)
