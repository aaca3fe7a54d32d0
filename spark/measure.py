#!/usr/bin/env python3
"""How the cost of the jobs grows: 1, 4 and 16 times the data on two workers of one core each, beside the program alone.

After `spark/install` and `cargo build --release`, on a quiet machine, this prints the table of spark/README.md:

    target/spark/bin/python spark/measure.py --base 50000

and this what more partitions cost:

    target/spark/bin/python spark/measure.py --base 50000 --partitions 8 --factors 4 --jobs apply

A figure is the median of `--runs` runs. They are taken in turn, one of each row and then the next of each, so what slows the
machine down for a while does not fall on one row. The seconds of processor time are of all processes together (Linux with control
groups that the user may make, else they are nan).
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
PROGRAM, GENERATE = ROOT / "target/release/mixtape", ROOT / "target/release/data-gen"
GROUPS = [("/sys/fs/cgroup/cpuacct", "cpuacct.usage", 1e-9), ("/sys/fs/cgroup", "cpu.stat", 1e-6)]


class Group:
    """A control group that every process from here on is in."""

    def __init__(self):
        self.usage = None
        for root, usage, unit in GROUPS:
            folder = Path(root, f"mixtape-measure-{os.getpid()}")
            try:
                folder.mkdir()
                (folder / "cgroup.procs").write_text(str(os.getpid()))
            except OSError:
                continue
            self.root, self.folder, self.usage, self.unit = Path(root), folder, folder / usage, unit
            return

    def seconds(self):
        if self.usage is None:
            return float("nan")
        words = self.usage.read_text().split()
        return int(words[1] if len(words) > 1 else words[0]) * self.unit

    def leave(self):
        if self.usage is not None:
            (self.root / "cgroup.procs").write_text(str(os.getpid()))
            for _ in range(50):  # until the last executor is gone
                time.sleep(0.1)
                try:
                    return self.folder.rmdir()
                except OSError:
                    continue


def daemon(folder, words, ready):
    """Starts a part of the cluster, which says so when it is ready."""
    log = (folder / f"{words[0].split('.')[-1]}{time.monotonic_ns()}.log").open("w+")
    process = subprocess.Popen([TOOLS / "spark-class", *words], stderr=log, stdout=log, start_new_session=True,
                               env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_DAEMON_MEMORY": "256m",
                                    "SPARK_LOCAL_DIRS": str(folder), "PYSPARK_PYTHON": sys.executable})
    for _ in range(1200):
        time.sleep(0.1)
        for line in Path(log.name).read_text().splitlines():
            if ready in line:
                return process, line.split(ready)[1].strip()
    raise RuntimeError(f"{words[0]} never said {ready!r}")


def timed(group, words, **more):
    started, before = time.monotonic(), group.seconds()
    subprocess.run([str(word) for word in words], check=True, **more)
    time.sleep(0.5)  # the executors end a little later
    return time.monotonic() - started, group.seconds() - before


class Measured:
    """A row: a job, and how it is run alone and on the cluster."""

    def __init__(self, job, size, alone, cluster, made):
        self.job, self.size, self.commands, self.made = job, size, {"alone": alone, "cluster": cluster}, made
        self.runs = {"alone": [], "cluster": []}

    def run(self, group, spark):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for where, more in [("alone", quiet), ("cluster", {**quiet, **spark})]:
            subprocess.run(["rm", "-rf", *self.made], check=True)
            self.runs[where].append(timed(group, self.commands[where], **more))
        subprocess.run(["rm", "-rf", *self.made], check=True)

    def row(self):
        alone, cluster = ([median(figures) for figures in zip(*self.runs[where])] for where in ("alone", "cluster"))
        return (f"| {self.job} | {self.size / 1e6:,.0f} MB | {alone[0]:.1f} | {alone[1]:.1f} "
                f"| {cluster[0]:.0f} | {cluster[1]:.0f} |")


def apply_of(folder, count, on_cluster):
    work = folder / f"apply{count}"
    work.mkdir()
    mixtape, changes = work / "mixtape.json", work / "changes.ndjson"
    for path, words in [(mixtape, ["mixtape", "--compact"]), (changes, ["changes", "--operations", str(count), "--layout", "ndjson"])]:
        with path.open("wb") as file:
            subprocess.run([GENERATE, words[0], "--playlists", str(count), *words[1:]], stdout=file, check=True)
    subprocess.run([PROGRAM, "apply", "--emit-parts", work / "parts", mixtape, "-q"], check=True)
    made = [work / name for name in ("new.json", "rejects", "out", "rejected")]
    return Measured(
        f"`apply`, {count:,} operations on as many playlists", mixtape.stat().st_size + changes.stat().st_size,
        [PROGRAM, "apply", mixtape, changes, made[0], "--rejects", made[1], "-q"],
        [sys.executable, ROOT / "spark/apply.py", work / "parts", changes, made[2], "--rejects", made[3], *on_cluster], made)


def top_of(folder, count, on_cluster):
    scores = folder / f"scores{count}.data"
    with scores.open("wb") as file:
        subprocess.run([GENERATE, "scores", "--dense", "--records", str(count)], stdout=file, check=True)
    return Measured(
        f"`top` 100 of {count:,} lines", scores.stat().st_size,
        [PROGRAM, "top", scores, "100", "--threads", "2"], [sys.executable, ROOT / "spark/top.py", scores, "100", *on_cluster], [])


def measure(group, folder, url, arguments):
    (folder / "conf").mkdir()
    (folder / "conf/spark-defaults.conf").write_text(
        "spark.executor.memory 1g\nspark.executor.cores 1\nspark.ui.showConsoleProgress false\nspark.driver.host 127.0.0.1\n")
    spark = {"env": {**os.environ, "SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_IP": "127.0.0.1",
                     "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_DIRS": str(folder)}}
    on_cluster = ["--master", url, "--mixtape", PROGRAM, "--partitions", str(arguments.partitions)]
    counts = [arguments.base * factor for factor in arguments.factors]
    rows = [apply_of(folder, count, on_cluster) for count in counts if "apply" in arguments.jobs]
    rows += [top_of(folder, 2 * count, on_cluster) for count in counts if "top" in arguments.jobs]
    for number in range(arguments.runs):
        for row in rows:
            print(f"run {number + 1} of {arguments.runs}: {row.job}", file=sys.stderr, flush=True)
            row.run(group, spark)
    print("| job | data | program alone: seconds | its processor seconds | two workers: seconds | their processor seconds |")
    print("|---|---|--:|--:|--:|--:|")
    for row in rows:
        print(row.row())


def counted(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def list_of(kind):
    return lambda text: [kind(word) for word in text.split(",")]


def job(text):
    if text not in ("apply", "top"):
        raise argparse.ArgumentTypeError(f"{text} is neither apply nor top")
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=counted, default=100_000, help="playlists and operations of the smallest row [default: 100000]")
    parser.add_argument("--factors", type=list_of(counted), default="1,4,16", help="times the base, a row each [default: 1,4,16]")
    parser.add_argument("--jobs", type=list_of(job), default="apply,top", help="apply, top or both [default: apply,top]")
    parser.add_argument("--runs", type=counted, default=3, help="runs that a figure is the median of [default: 3]")
    parser.add_argument("--partitions", type=counted, default=4, help="of the jobs [default: 4]")
    arguments = parser.parse_args()
    daemons, group = [], Group()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            ports = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
            master, port = daemon(folder, ["org.apache.spark.deploy.master.Master", *ports], "Starting Spark master at spark://127.0.0.1:")
            daemons.append(master)
            url = f"spark://127.0.0.1:{port}"
            for number in range(2):
                words = ["org.apache.spark.deploy.worker.Worker", *ports, "--cores", "1", "--memory", "2g",
                         "--work-dir", str(folder / f"work{number}"), url]
                daemons.append(daemon(folder, words, "Successfully registered with master")[0])
            measure(group, folder, url, arguments)
        finally:
            for process in reversed(daemons):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            group.leave()


if __name__ == "__main__":
    main()
