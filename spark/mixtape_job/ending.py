"""How a job ends: its exit code, and what it says to people."""

import re
import sys

from .spark import MISSING, Py4JJavaError, SparkSession

BEGIN, END = "mixtape failed: ", " (end of what mixtape said)"


class Failed(RuntimeError):
    """The program ended with an error; its message stands in the job's own."""


class Refused(Exception):
    """What the job was asked for cannot be done; with the exit code that ``mixtape`` has for it."""

    def __init__(self, message, code=2):
        super().__init__(message)
        self.code = code


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
