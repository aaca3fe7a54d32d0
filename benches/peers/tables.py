"""What is measured, as tables in Markdown."""

import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import peers


@dataclass
class Median:
    seconds: float
    kib: int


def medians(times):
    return {
        name: Median(median(run.seconds for run in runs), median(run.kib for run in runs))
        for name, runs in times.items()
        if runs
    }


def size(file):
    return f"{file.stat().st_size / 1e6:,.0f} MB"


def table(head, rows, align):
    lines = [head, align, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def peer_table(title, able, medians, refused, work):
    """One row a program; `refused` counts the broken records that each noticed, where that is the question."""
    head = ["program", "seconds", "× mixtape", "peak memory", "remarks"]
    align = ["---", "--:", "--:", "--:", "---"]
    if refused is not None:
        head.insert(4, "broken records refused")
        align.insert(4, "--:")
    own, rows, commands = medians["mixtape"].seconds, [], []
    for peer in able:
        found = medians.get(peer.name)
        if found is None:
            continue
        ratio = "1" if peer.name == "mixtape" else f"{found.seconds / own:.2g}"
        ratio = f"{found.seconds / own:,.0f}" if found.seconds / own >= 10 else ratio
        row = [peer.name, f"{found.seconds:.3f}", ratio, f"{found.kib / 1024:,.1f} MiB", peer.less]
        if refused is not None:
            row.insert(4, f"{refused.get(peer.name, 0)} of {len(peers.BROKEN)}" if peer.answers else "—")
        rows.append(row)
        text = peer.command if isinstance(peer.command, str) else " ".join(str(part) for part in peer.command)
        commands.append(shorten(text, work))
    listing = "\n".join(commands)
    return f"{title}\n\n{table(head, rows, align)}\n\n```sh\n{listing}\n```"


def shorten(command, work):
    """A command as it can be read: without the folders."""
    for folder in (f"{work}/venv/bin/", f"{work}/", f"{Path(work).parent}/release/", f"{peers.HERE}/"):
        command = command.replace(folder, "")
    return command


def cp_table(index, mixtape, splice, copy, output):
    rows = [
        ["index: the first reading of MIXTAPE", f"{index:.3f}", size(mixtape), speed(mixtape, index)],
        ["splice: the second reading, writing OUTPUT, fsync", f"{splice:.3f}", size(output), speed(output, splice)],
        ["`cp OUTPUT copy && sync copy`", f"{copy:.3f}", size(output), speed(output, copy)],
    ]
    return "Parts of `apply`, and a copy\n\n" + table(
        ["what", "seconds", "bytes", "in a second"], rows, ["---", "--:", "--:", "--:"]
    )


def speed(file, seconds):
    return f"{file.stat().st_size / seconds / 1e6:,.0f} MB"


# Targets: (job, what is asked, what was measured, whether it is met).


def at_most(job, found, asked, form):
    return (job, f"at most {form(asked)}", form(found), found <= asked)


def at_least(job, found, asked, form):
    return (job, f"at least {form(asked)}", form(found), found >= asked)


def ratio(found):
    return f"{found:.2f} ×" if found >= 1 else f"1/{1 / found:.1f}"


def gigabytes(found):
    return f"{found:.2f} GB/s"


def mebibytes(found):
    return f"{found:.1f} MiB"


def against(job, times, name, asked):
    """mixtape's time as a part of a peer's, if the peer is there."""
    if name not in times:
        return [(f"{job}, against {name}", f"at most {ratio(asked)}", "—", None)]
    return [at_most(f"{job}, against {name}", times["mixtape"].seconds / times[name].seconds, asked, ratio)]


def top_targets(times, length, dense, dense_length):
    largest = max(found.kib for runs in (times, dense) for name, found in runs.items() if name.startswith("mixtape"))
    return [
        *against("`top`, all cores", times, "`wc -l`", 2.5),
        *against("`top`, all cores", times, "Python, orjson", 1 / 15),
        *against("`top`, all cores", times, "DuckDB", 1 / 5),
        at_least("`top`, one thread", length / times["mixtape, one thread"].seconds / 1e9, 5, gigabytes),
        at_least("`top` dense, one thread", dense_length / dense["mixtape, one thread"].seconds / 1e9, 2.0, gigabytes),
        at_least("`top` dense, two threads", dense_length / dense["mixtape, two threads"].seconds / 1e9, 3.5, gigabytes),
        at_most("`top`, most memory of any of these", largest / 1024, 8, mebibytes),
    ]


def apply_targets(times, operations_a_second):
    return [
        *against("`apply`", times, "naive Rust (serde_json)", 1 / 8),
        *against("`apply`", times, "Python, orjson", 1 / 30),
        at_least("`apply`, while applying", operations_a_second / 1e6, 8, lambda found: f"{found:.1f} M operations/s"),
        at_most("`apply`, peak memory", times["mixtape"].kib / 1024, 160, mebibytes),
    ]


def consolidate_targets(times):
    targets = against("`consolidate`", times, "DuckDB", 1 / 2)
    if "DuckDB" in times:
        memory = times["mixtape"].kib / times["DuckDB"].kib
        targets.append(at_most("`consolidate`, memory against DuckDB", memory, 1 / 5, ratio))
    return targets


def cp_targets(index, mixtape, splice, copy):
    megabytes = mixtape.stat().st_size / index / 1e6
    return [
        at_least("building the index", megabytes, 700, lambda found: f"{found:,.0f} MB/s"),
        at_most("splice, fsync included, against `cp` and `sync`", splice / copy, 1.5, ratio),
    ]


def target_table(targets):
    answer = {True: "yes", False: "**no**", None: "not measured"}
    rows = [[job, asked, found, answer[met]] for job, asked, found, met in targets]
    return table(["target", "asked", "measured", "met"], rows, ["---", "---", "---", "---"])


def machine(root, runs, load):
    """Where and with what this was measured."""
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass

    def says(*command):
        done = subprocess.run(command, capture_output=True, text=True, cwd=root)
        return (done.stdout.strip().splitlines() or ["unknown"])[0]

    facts = [
        f"{os.cpu_count()} cores of {model}",
        f"{platform.system()} {platform.release()}",
        says("rustc", "--version"),
        f"Python {platform.python_version()}",
        *peers.PACKAGES.values(),
        f"mixtape at commit {says('git', 'describe', '--always', '--dirty')}",
        f"load before the start {load:.1f}",
        f"median of {runs} {'run' if runs == 1 else 'runs'}, taken in turn, all files in the page cache",
    ]
    return "; ".join(facts) + "."
