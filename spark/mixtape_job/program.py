"""The program `mixtape` on every worker: bytes into it, and what it writes, as lines or as frames."""

import os
import shutil
import struct
import subprocess
import threading

from .ending import BEGIN, END, Failed, Refused
from .spark import SparkFiles

READ = 1 << 20
ENOUGH_STDERR = 16 << 10  # bytes of what a failed program said, its end

FRAME = struct.Struct("<cII")  # its tag, a partition, the length of what follows


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
