"""What a mixtape file says, whatever its layout: a digest of each member, printed as JSON.

    digest.py FILE

Two files have equal digests if and only if they are equal as JSON: white space, escapes and the order of an object's
members do not count, the order of arrays does. Elements of arrays are read one by one, in flat memory.
"""

import hashlib
import json
import re
import sys

DECODE = json.JSONDecoder().raw_decode
BLANKS = re.compile(r"[ \t\n\r]*")


class Text:
    """A window on a file that is read from front to back."""

    def __init__(self, path):
        self.file = open(path, encoding="utf-8", newline="")
        self.window, self.at = "", 0

    def more(self):
        piece = self.file.read(1 << 20)
        self.window, self.at = self.window[self.at :] + piece, 0
        return piece != ""

    def peek(self):
        """The next character that is not blank; nothing at the end."""
        while True:
            self.at = BLANKS.match(self.window, self.at).end()
            if self.at < len(self.window):
                return self.window[self.at]
            if not self.more():
                return ""

    def expect(self, *characters):
        character = self.peek()
        if character not in characters:
            raise ValueError(f"{character!r} instead of one of {characters}")
        self.at += len(character)
        return character

    def value(self):
        self.peek()
        while True:
            try:
                value, end = DECODE(self.window, self.at)
            except json.JSONDecodeError:
                if not self.more():
                    raise
                continue
            if end == len(self.window) and self.more():
                continue  # a number may go on
            self.at = end
            return value

    def entries(self, opening, closing):
        """Stops before each entry of an array or an object, which the caller then reads."""
        self.expect(opening)
        if self.peek() == closing:
            self.expect(closing)
            return
        yield
        while self.expect(",", closing) == ",":
            yield


def canonical(value):
    return json.dumps(value, sort_keys=True).encode() + b"\n"


def digests(text):
    members = {}
    for _ in text.entries("{", "}"):
        name = text.value()
        text.expect(":")
        digest = hashlib.sha256()
        if name in members:
            raise ValueError(f"{name} stands twice")
        if text.peek() == "[":
            digest.update(b"array\n")
            for _ in text.entries("[", "]"):
                digest.update(canonical(text.value()))
        else:
            digest.update(canonical(text.value()))
        members[name] = digest.hexdigest()
    text.expect("")  # the end
    return members


if __name__ == "__main__":
    print(json.dumps(digests(Text(sys.argv[1])), indent=2, sort_keys=True))
