"""`top` as one query of ClickHouse, in this process (chdb): every record through isValidJSON, on all cores.

    clickhouse_top.py FILE N
"""

import os
import sys

import chdb

QUERY = """
    SELECT score, JSONExtractString(record, 'id') AS id
    FROM (
        SELECT position(line, ':') AS colon,
               toInt64(substring(line, 1, colon - 1)) AS score,
               substring(line, colon + 1) AS record
        FROM file('{path}', LineAsString)
    )
    WHERE throwIf(NOT isValidJSON(record)) = 0
    ORDER BY score DESC
    LIMIT {n}
    SETTINGS output_format_json_quote_64bit_integers = 0
"""

_, path, n = sys.argv
print(chdb.query(QUERY.format(path=os.path.abspath(path), n=int(n)), "JSONEachRow"))
