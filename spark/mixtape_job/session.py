"""The session of Spark that a job runs in."""

import atexit
import socket
import tempfile
import zipfile
from pathlib import Path

from .ending import Refused
from .spark import MISSING, SparkConf, SparkContext, SparkSession


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


def packed(package):
    """A package as a file that workers can be given; gone when the job has ended."""
    folder = tempfile.TemporaryDirectory(prefix="mixtape-")
    atexit.register(folder.cleanup)
    archive = Path(folder.name, f"{package.name}.zip")
    with zipfile.ZipFile(archive, "w") as file:
        for module in sorted(package.glob("*.py")):
            file.write(module, f"{package.name}/{module.name}")
    return str(archive)


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
    package = Path(__file__).parent
    if package.is_dir():  # else it came in an archive, by --py-files, and the workers have it
        session.sparkContext.addPyFile(packed(package))
    if arguments.partitions is None:
        arguments.partitions = 2 * session.sparkContext.defaultParallelism
    return session
