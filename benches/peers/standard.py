"""The Python reference with nothing but the standard library: `json` in place of orjson.

    standard.py top FILE N
    standard.py apply MIXTAPE CHANGES OUTPUT
"""

import json

import reference


def dumps(value):
    return json.dumps(value, ensure_ascii=False).encode()


if __name__ == "__main__":
    reference.main(json.loads, dumps)
