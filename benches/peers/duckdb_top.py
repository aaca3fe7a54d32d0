"""`top` as one query of DuckDB: every record through json_valid, on all cores.

    duckdb_top.py FILE N
"""

import json
import sys

import duckdb

QUERY = """
    SELECT
        line[:colon - 1]::BIGINT AS score,
        CASE WHEN json_valid(line[colon + 1:]) THEN json_extract_string(line[colon + 1:], '$.id')
             ELSE error('malformed: ' || line) END AS id
    FROM (
        SELECT line, strpos(line, ':') AS colon
        FROM read_csv(?, columns = {'line': 'VARCHAR'}, header = false, auto_detect = false,
                      delim = chr(1), quote = '', escape = '', comment = '')
    )
    ORDER BY score DESC
    LIMIT ?
"""

_, path, n = sys.argv
rows = duckdb.execute(QUERY, [path, int(n)]).fetchall()
print(json.dumps([{"score": score, "id": id} for score, id in rows]))
