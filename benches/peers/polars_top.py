"""`top` with Polars: every record through json_decode, on all cores.

    polars_top.py FILE N
"""

import json
import sys

import polars as pl

_, path, n = sys.argv
lines = pl.scan_csv(path, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String})
parts = pl.col("line").str.splitn(":", 2).struct
highest = (
    lines.select(
        parts.field("field_0").cast(pl.Int64).alias("score"),
        parts.field("field_1").str.json_decode(pl.Struct({"id": pl.String})).struct.field("id"),
    )
    .filter(pl.col("id").is_not_null())  # before the sort, so that all records are decoded, not only the highest
    .sort("score", descending=True, maintain_order=True)
    .head(int(n))
    .collect(engine="streaming")
)
print(json.dumps(highest.to_dicts()))
