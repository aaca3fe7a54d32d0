#!/usr/bin/env python3
"""Runs mixtape and its peers side by side on the same data, compares their answers, prints tables in Markdown.

    python3 benches/peers/run.py [--work DIR] [--runs 5] [--scale 1.0] [--only top|apply|cp|consolidate]
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

sys.dont_write_bytecode = True

import peers
import tables
from measure import EXACT_MEMORY, Failed, run

JOBS = ["top", "apply", "cp", "consolidate"]
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    started = time.monotonic()
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--work", type=Path, default=target / "peers", help="where data and outputs go [%(default)s]")
    options.add_argument("--runs", type=int, default=5, help="the median of how many runs [%(default)s]")
    options.add_argument("--scale", type=float, default=1.0, help="how much data, times a million lines [%(default)s]")
    options.add_argument("--only", choices=JOBS, help="one of the comparisons")
    options = options.parse_args()
    options.work = options.work.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(options.work, options.runs, options.scale)
    bench.programs = build(target)
    bench.install()
    wanted = [options.only] if options.only else JOBS
    for job in wanted:
        getattr(bench, job)()
    bench.report()
    say(f"{(time.monotonic() - started) / 60:.1f} minutes, {sum(bench.files.values()) / 1e6:,.0f} MB of data")
    return 1 if bench.differing else 0


def build(target):
    """Everything of ours, in release mode."""
    say("building")
    cargo = ["cargo", "build", "--release", "--quiet", "--locked", "--target-dir", target]
    for folder in (ROOT, HERE / "naive"):
        subprocess.run(cargo, cwd=folder, check=True, stdout=sys.stderr)
    return {name: target / "release" / name for name in ("mixtape", "data-gen", "naive")}


class Bench:
    def __init__(self, work, runs, scale):
        self.work, self.runs, self.scale = work, runs, scale
        self.programs, self.packages = {}, {}
        self.missing = {}  # name of a peer: why it is not compared
        self.differing = set()
        self.sections, self.targets = [], []
        self.files = {}  # of data, and how long they are
        self.load = os.getloadavg()[0]  # of others: on a busy machine the figures mean little

    # What is needed before anything can be measured.

    def install(self):
        """A virtual environment with the packages of PyPI; one that cannot be had is left out."""
        home = self.work / "venv"
        self.programs["python"] = python = home / "bin" / "python"
        if not python.exists():
            say("making a virtual environment")
            subprocess.run([sys.executable, "-m", "venv", home], check=True, stdout=sys.stderr)
        for package, pinned in peers.PACKAGES.items():
            pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinned]
            done = subprocess.run(pip, capture_output=True, text=True)
            if done.returncode != 0:
                said = done.stderr.strip().splitlines() or ["pip failed"]
                self.packages[package] = f"cannot install {pinned}: {said[-1][:200]}"

    def data(self, name, *arguments):
        """The file that data-gen makes of these arguments; kept from an earlier run if it is whole."""
        file, sizes_file = self.work / name, self.work / "sizes.json"
        sizes = json.loads(sizes_file.read_text()) if sizes_file.exists() else {}
        if not file.exists() or sizes.get(name) != file.stat().st_size:
            say(f"making {name}")
            with open(file, "wb") as output:
                subprocess.run([self.programs["data-gen"], *map(str, arguments)], stdout=output, check=True)
            sizes[name] = file.stat().st_size
            sizes_file.write_text(json.dumps(sizes))
        self.files[name] = file.stat().st_size
        with open(file, "rb", buffering=0) as warm:  # into the page cache
            window = bytearray(1 << 20)
            while warm.readinto(window):
                pass
        return file

    def count(self, millions):
        return max(1, round(millions * 1_000_000 * self.scale))

    # The comparisons.

    def top(self):
        count = self.count(1)
        scores = self.data(f"scores-{count}.data", "scores", "--records", count)
        self.broken_records()
        times = self.top_of(scores, f"`top` {peers.HIGHEST} of {count:,} lines", all_peers=True)
        count = self.count(4)
        dense = self.data(f"dense-{count}.data", "scores", "--dense", "--records", count)
        dense_times = self.top_of(dense, f"`top` {peers.HIGHEST} of {count:,} dense lines", all_peers=False)
        self.targets += tables.top_targets(times, scores.stat().st_size, dense_times, dense.stat().st_size)

    def top_of(self, file, title, all_peers):
        able = self.able(peers.top_peers(self.programs, file, all_peers))
        right = peers.top_answer(run(able[0].command, self.work).stdout)
        able = [peer for peer in able if self.agrees(peer, lambda measured: peers.top_answer(measured.stdout) == right)]
        return self.measure(f"{title}, {tables.size(file)}", able)

    def broken_records(self):
        """How many of the broken records each program refuses, where the record is on a line that loses."""
        lines = subprocess.run(
            [self.programs["data-gen"], "scores", "--records", "2000"], capture_output=True, check=True
        ).stdout.splitlines(keepends=True)
        file = self.work / "broken.data"
        self.refused = {}
        for record in peers.BROKEN.values():
            file.write_bytes(b"".join([*lines[:1000], b"0: " + record + b"\n", *lines[1000:]]))
            for peer in self.able(peers.top_peers(self.programs, file)):
                try:
                    run(peer.command, self.work)
                except Failed:
                    refused = 1
                else:
                    refused = 0
                self.refused[peer.name] = self.refused.get(peer.name, 0) + refused

    def apply(self):
        playlists, operations = self.count(1), self.count(5)
        mixtape, changes = self.apply_data(playlists, operations)
        output, summary = self.work / "output.json", self.work / "summary.json"
        able = self.able(peers.apply_peers(self.programs, mixtape, changes, output, summary))

        def said():
            return json.loads(run([sys.executable, HERE / "digest.py", output], self.work).stdout)

        self.clean(output)
        run(able[0].command, self.work)
        right = said()
        able = [peer for peer in able if self.agrees(peer, lambda _: said() == right, output)]

        applying = []

        def after(peer, _):
            if peer.kind == "mixtape":
                applying.append(json.loads(summary.read_text())["apply_seconds"])

        title = (
            f"`apply` of {operations:,} operations, {tables.size(changes)}, "
            f"to {playlists:,} playlists, {tables.size(mixtape)}"
        )
        times = self.measure(title, able, output, after)
        self.targets += tables.apply_targets(times, operations / median(applying))

    def cp(self):
        """The splice alone, against a copy of the same file: what a run takes beyond its index and its operations."""
        mixtape, changes = self.apply_data(self.count(1), self.count(5))
        output, summary, copy = (self.work / name for name in ("output.json", "summary.json", "copy.json"))
        nothing = self.work / "unknown.json"  # a reject, which ends the run once the index stands
        nothing.write_text('[{"type": "remove_playlist", "playlist_id": "no such playlist"}]')
        program, unused = self.programs["mixtape"], self.work / "unused.json"
        whole = [program, "apply", mixtape, changes, output, "--quiet", "--summary", summary]
        index = [program, "apply", mixtape, nothing, unused, "--quiet", "--strict"]
        copying = f"cp '{output}' '{copy}' && sync '{copy}'"
        say("index, splice and cp")
        rounds = []
        for _ in range(self.runs):
            self.clean(output)
            whole_run = run(whole, self.work)
            self.clean(unused)
            index_run = run(index, self.work, expect=2)
            self.clean(copy)
            copy_run = run(copying, self.work)
            applying = json.loads(summary.read_text())["apply_seconds"]
            rounds.append((index_run.seconds, whole_run.seconds - index_run.seconds - applying, copy_run.seconds))
        index_seconds, splice_seconds, copy_seconds = (median(column) for column in zip(*rounds))
        self.sections.append(tables.cp_table(index_seconds, mixtape, splice_seconds, copy_seconds, output))
        self.targets += tables.cp_targets(index_seconds, mixtape, splice_seconds, copy_seconds)
        self.clean(copy)

    def consolidate(self):
        events, users = self.count(3), self.count(0.05)
        users_of = ["--users", users, "--events", events]
        playlists = self.data(f"playlists-{users}.ndjson", "listening", "playlists", *users_of)
        events_file = self.data(f"events-{users}-{events}.csv", "listening", "events", *users_of)
        output = self.work / "table.csv"
        able = self.able(peers.consolidate_peers(self.programs, playlists, events_file, output))
        self.clean(output)
        run(able[0].command, self.work)
        right = peers.consolidate_answer(output)
        able = [peer for peer in able if self.agrees(peer, lambda _: peers.consolidate_answer(output) == right, output)]
        title = (
            f"`consolidate` of {users * 60:,} recommendations, {tables.size(playlists)}, "
            f"and {events:,} events, {tables.size(events_file)}"
        )
        self.targets += tables.consolidate_targets(self.measure(title, able, output))

    def apply_data(self, playlists, operations):
        mixtape = self.data(f"mixtape-{playlists}.json", "mixtape", "--playlists", playlists)
        arguments = ["--playlists", playlists, "--operations", operations]
        return mixtape, self.data(f"changes-{playlists}-{operations}.json", "changes", *arguments)

    # How all of them are compared.

    def able(self, all_peers):
        """Those that can run here."""
        for peer in all_peers:
            if peer.name not in self.missing and (why := peers.missing(peer, self.packages)):
                self.missing[peer.name] = why
        return [peer for peer in all_peers if peer.name not in self.missing]

    def agrees(self, peer, is_right, output=None):
        """Whether a peer's answer is mixtape's. If not, its times are not printed."""
        say(f"comparing the answer of {peer.name}")
        try:
            self.clean(output)
            measured = run(peer.command, self.work)
            if not peer.answers or is_right(measured):
                return True
            self.differing.add(peer.name)
            why = "its answer is not mixtape's"
        except (Failed, ValueError, KeyError) as error:
            why = str(error)
        if peer.kind == "mixtape":
            sys.exit(f"{peer.name}: {why}")
        self.missing[peer.name] = why
        return False

    def measure(self, title, able, output=None, after=lambda peer, measured: None):
        """All commands in turn, again and again, so that a slow minute of the machine is everybody's."""
        times = {peer.name: [] for peer in able}
        for number in range(self.runs):
            say(f"{title}: run {number + 1} of {self.runs}")
            for peer in able:
                self.clean(output)
                try:
                    measured = run(peer.command, self.work)
                except Failed as error:
                    if peer.kind == "mixtape":
                        raise
                    self.missing[peer.name] = str(error)
                    times.pop(peer.name, None)
                    continue
                after(peer, measured)
                if peer.name in times:
                    times[peer.name].append(measured)
        self.clean(output)
        medians = tables.medians(times)
        refused = getattr(self, "refused", {}) if output is None else None
        self.sections.append(tables.peer_table(title, able, medians, refused, self.work))
        return medians

    def clean(self, output):
        """Removes an output and lets the disk catch up, so that nobody waits for another's writing."""
        if output is not None:
            output.unlink(missing_ok=True)
            os.sync()

    def report(self):
        print(tables.machine(ROOT, self.runs, self.load))
        for section in self.sections:
            print(f"\n{section}")
        print(f"\n{tables.target_table(self.targets)}")
        for name, why in self.missing.items():
            print(f"\nNot available: {name}: {why}")
        if not EXACT_MEMORY:
            print(f"\nWithout GNU time the memory of small programs cannot be told ({platform.system()}).")


if __name__ == "__main__":
    sys.exit(main())
