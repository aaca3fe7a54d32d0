"""What lies where the command line says: mistakes are found before a job begins."""

import glob
import os
import posixpath
import re
from itertools import chain, combinations, product

from .ending import Refused

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
