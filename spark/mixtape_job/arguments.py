"""The command line, as far as it is that of both jobs."""

import argparse


class Parser(argparse.ArgumentParser):
    """Its errors have the exit code that those of `mixtape` have."""

    def error(self, message):
        self.exit(64, f"error: {message}; {self.prog} --help shows all\n")


def common_arguments(parser):
    """Adds what both jobs understand."""
    parser.add_argument("--partitions", type=positive, default=None, metavar="N",
                        help="parts that are worked on apart [default: two for each core]")
    parser.add_argument("--master", metavar="URL", help="Spark's master [default: as spark-submit says, or all cores here]")
    parser.add_argument("--mixtape", default="mixtape", metavar="PATH",
                        help="the program, which the workers are given [default: the one on the PATH]")


def positive(text):
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)
