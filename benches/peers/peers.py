"""The programs that are compared: how each is started, and what it does less than mixtape."""

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = {  # from PyPI, into a virtual environment
    "orjson": "orjson==3.13.0",
    "duckdb": "duckdb==2.0.0",
    "polars": "polars==2.1.0",
    "chdb": "chdb==4.4.0",
}
HIGHEST = 5


@dataclass
class Peer:
    name: str
    command: list | str  # arguments, or a text for the shell
    needs: list = field(default_factory=list)  # packages of PyPI and programs of the system
    less: str = ""  # what it leaves out; then its answer is compared only as far as it goes
    answers: bool = True
    kind: str = "peer"


def missing(peer, packages):
    """Why a peer cannot run here; nothing if it can. `packages` says of each package why it is missing."""
    for need in peer.needs:
        if need in PACKAGES:
            if packages.get(need):
                return packages[need]
        elif not shutil.which(need):
            return f"no `{need}` on this machine"
    return None


def top_peers(programs, file, all_peers=True):
    """All programs that find the highest scores of `file`; mixtape first."""
    mixtape, naive, python = programs["mixtape"], programs["naive"], programs["python"]
    n = HIGHEST
    own = [
        Peer("mixtape", [mixtape, "top", file, n], kind="mixtape"),
        Peer("mixtape, one thread", [mixtape, "top", file, n, "--threads", 1], kind="mixtape"),
        Peer("mixtape, two threads", [mixtape, "top", file, n, "--threads", 2], kind="mixtape"),
        Peer("mixtape, from a pipe", f"cat '{file}' | '{mixtape}' top - {n}", kind="mixtape"),
    ]
    peers = [
        Peer("naive Rust (serde_json)", [naive, "top", file, n]),
        Peer("Python, orjson", [python, HERE / "reference.py", "top", file, n], ["orjson"]),
        Peer("DuckDB", [python, HERE / "duckdb_top.py", file, n], ["duckdb"]),
        Peer("`wc -l`", ["wc", "-l", file], ["wc"], "counts lines", answers=False),
    ]
    more = [
        Peer("Python, standard library", [python, HERE / "standard.py", "top", file, n]),
        Peer("ClickHouse (chdb)", [python, HERE / "clickhouse_top.py", file, n], ["chdb"]),
        Peer("Polars", [python, HERE / "polars_top.py", file, n], ["polars"]),
        Peer("jq", ["jq", "-nR", "--arg", "n", n, "-f", HERE / "top.jq", file], ["jq"]),
        Peer("`sort -rn \\| head`", f"sort -s -rn '{file}' | head -n {n}", ["sort", "head"], "reads scores only"),
    ]
    return own + peers + (more if all_peers else [])


def top_answer(text):
    """[(score, id), …] out of what any of the programs prints: JSON, JSON lines or scored lines."""
    if text.lstrip().startswith("["):
        found = json.loads(text)
    elif text.lstrip().startswith("{"):
        found = [json.loads(line) for line in text.splitlines() if line]
    else:
        lines = [line.partition(":") for line in text.splitlines()]
        found = [{"score": int(score), "id": json.loads(record)["id"]} for score, _, record in lines]
    return [(one["score"], one["id"]) for one in found]


BROKEN = {  # records that are not JSON; `top` meets each in the middle of a file, on a line that loses
    "cut off": b'{"id": "x", "data": "cut',
    "leading zero": b'{"id": "x", "n": 01}',
    "not UTF-8": b'{"id": "x", "data": "\xff"}',
    "half a surrogate pair": b'{"id": "x", "data": "\\ud800"}',
    "two records": b'{"id": "x"} {"id": "y"}',
    "NaN": b'{"id": "x", "n": NaN}',
}


def apply_peers(programs, mixtape_file, changes, output, summary):
    """All programs that apply changes; mixtape first."""
    files = [mixtape_file, changes, output]
    mixtape, naive, python = programs["mixtape"], programs["naive"], programs["python"]
    own = [mixtape, "apply", *files, "--quiet", "--summary", summary]
    return [
        Peer("mixtape", own, kind="mixtape"),
        Peer("naive Rust (serde_json)", [naive, "apply", *files], less="no fsync"),
        Peer("Python, orjson", [python, HERE / "reference.py", "apply", *files], ["orjson"], "no fsync"),
        Peer("Python, standard library", [python, HERE / "standard.py", "apply", *files], less="no fsync"),
    ]


def consolidate_peers(programs, playlists, events, output):
    """All programs that make the table of what was recommended and heard; mixtape first."""
    files = [playlists, events, output]
    mixtape, python = programs["mixtape"], programs["python"]
    return [
        Peer("mixtape", [mixtape, "consolidate", playlists, events, "--out", output, "--quiet"], kind="mixtape"),
        Peer("DuckDB", [python, HERE / "duckdb_consolidate.py", *files], ["duckdb"], "no fsync"),
    ]


def consolidate_answer(file):
    """The rows of a CSV file, whatever their order and line ends, as a number to compare."""
    digest = hashlib.sha256()
    for line in sorted(line.rstrip(b"\r\n") for line in open(file, "rb")):
        digest.update(line + b"\n")
    return digest.hexdigest()
