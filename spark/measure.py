#!/usr/bin/env python3
"""How the cost of the jobs grows: 1, 4 and 16 times the data on two workers of one core each, beside the program alone.

Run it with the Python of `spark/install`, after `cargo build --release`; it prints the table of spark/README.md. The seconds of
processor time are of all processes together (Linux with control groups that the user may make, else they are left out).
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent
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


def measure(group, folder, url, base, factors, jobs, partitions):
    program = ROOT / "target/release/mixtape"
    generate = ROOT / "target/release/data-gen"
    (folder / "conf").mkdir()
    (folder / "conf/spark-defaults.conf").write_text(
        "spark.executor.memory 1g\nspark.executor.cores 1\nspark.ui.showConsoleProgress false\nspark.driver.host 127.0.0.1\n")
    spark = {"env": {**os.environ, "SPARK_CONF_DIR": str(folder / "conf"), "SPARK_LOCAL_IP": "127.0.0.1",
                     "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_DIRS": str(folder)},
             "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    print("| job | data | program alone: seconds | its processor seconds | two workers: seconds | their processor seconds |")
    print("|---|---|--:|--:|--:|--:|")

    def row(job, size, alone, cluster):
        print(f"| {job} | {size / 1e6:,.0f} MB | {alone[0]:.1f} | {alone[1]:.1f} | {cluster[0]:.0f} | {cluster[1]:.0f} |", flush=True)

    for factor in factors if "apply" in jobs else []:
        work = folder / f"apply{factor}"
        work.mkdir()
        count = str(base * factor)
        mixtape, changes = work / "mixtape.json", work / "changes.ndjson"
        for path, words in [(mixtape, ["mixtape", "--compact"]), (changes, ["changes", "--operations", count, "--layout", "ndjson"])]:
            with path.open("wb") as file:
                subprocess.run([generate, words[0], "--playlists", count, *words[1:]], stdout=file, check=True)
        subprocess.run([program, "apply", "--emit-parts", work / "parts", mixtape, "-q"], check=True)
        alone = timed(group, [program, "apply", mixtape, changes, work / "new.json", "--rejects", work / "rejects", "-q"], **quiet)
        job = [sys.executable, ROOT / "spark/apply.py", work / "parts", changes, work / "out", "--rejects", work / "rejected",
               "--master", url, "--mixtape", program, "--partitions", str(partitions)]
        cluster = timed(group, job, **spark)
        row(f"`apply`, {base * factor:,} operations on as many playlists", mixtape.stat().st_size + changes.stat().st_size, alone, cluster)
        subprocess.run(["rm", "-r", work], check=True)
    for factor in factors if "top" in jobs else []:
        scores = folder / "scores.data"
        with scores.open("wb") as file:
            subprocess.run([generate, "scores", "--dense", "--records", str(2 * base * factor)], stdout=file, check=True)
        alone = timed(group, [program, "top", scores, "100", "--threads", "2"], **quiet)
        job = [sys.executable, ROOT / "spark/top.py", scores, "100", "--master", url, "--mixtape", program, "--partitions", str(partitions)]
        row(f"`top` 100 of {2 * base * factor:,} lines", scores.stat().st_size, alone, timed(group, job, **spark))
        scores.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=int, default=100_000, help="playlists and operations of the smallest run")
    parser.add_argument("--factors", default="1,4,16")
    parser.add_argument("--jobs", default="apply,top")
    parser.add_argument("--partitions", type=int, default=4)
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
            measure(group, folder, url, arguments.base, [int(factor) for factor in arguments.factors.split(",")],
                    arguments.jobs, arguments.partitions)
        finally:
            for process in reversed(daemons):
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            group.leave()


if __name__ == "__main__":
    main()
