"""Runs one command: how long it took, and how much memory it had at its peak."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# What Linux reports as the peak of a child begins at the size of the process that started it. GNU time is small.
GNU_TIME = "/usr/bin/time"
EXACT_MEMORY = os.access(GNU_TIME, os.X_OK) and os.uname().sysname == "Linux"
TIMEOUT = 900


class Failed(Exception):
    """A command that did not do its job, with the last line of what it said."""


@dataclass
class Measured:
    seconds: float
    kib: int
    stdout: str


def run(command, work: Path, expect=0) -> Measured:
    """`command` is a list of arguments, or a text for the shell."""
    arguments = ["/bin/sh", "-c", command] if isinstance(command, str) else [str(part) for part in command]
    peak_file = work / "peak"
    if EXACT_MEMORY:
        arguments = [GNU_TIME, "-f", "%M", "-o", str(peak_file), *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    with open(work / "stdout", "w+b") as stdout, open(work / "stderr", "w+b") as stderr:
        started = time.perf_counter()
        try:
            # In a session of its own, so that all of a pipeline can be ended at once.
            child = subprocess.Popen(
                arguments, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment, start_new_session=True
            )
        except OSError as error:
            raise Failed(str(error)) from error
        timer = threading.Timer(TIMEOUT, os.killpg, (child.pid, signal.SIGKILL))
        timer.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:  # Ctrl-C reaches this process only
            os.killpg(child.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        stdout.seek(0)
        stderr.seek(0)
        if child.returncode != expect:
            said = stderr.read().decode(errors="replace").strip().splitlines()
            why = f"took more than {TIMEOUT} s" if seconds > TIMEOUT else f"exit code {child.returncode}"
            raise Failed(f"{why}: {said[-1][:200]}" if said else why)
        kib = int(peak_file.read_text().split()[-1]) if EXACT_MEMORY else usage.ru_maxrss
        return Measured(seconds, kib, stdout.read().decode(errors="replace"))
