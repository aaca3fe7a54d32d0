"""What was recommended and what was heard, as one DuckDB query: the full join that `mixtape consolidate` makes.

    duckdb_consolidate.py PLAYLISTS EVENTS OUTPUT.csv
"""

import sys

import duckdb

playlists, events, output = sys.argv[1:]
lists = " union all ".join(
    f"""select user_id, 'playlist_0{n}' as playlist, unnest(playlist_0{n}) as entry,
               generate_subscripts(playlist_0{n}, 1) as position from lines"""
    for n in (1, 2, 3)
)
duckdb.sql(f"""
    copy (
        with lines as (
            from read_json('{playlists}', format = 'newline_delimited', columns = {{
                user_id: 'varchar',
                playlist_01: 'struct(track_id varchar, work varchar)[]',
                playlist_02: 'struct(track_id varchar, work varchar)[]',
                playlist_03: 'struct(track_id varchar, work varchar)[]'
            }})
        ),
        recommended as (
            select user_id, playlist, min(position) as position, entry.track_id as track_id, min(entry.work) as work
            from ({lists}) group by all
        ),
        heard as (
            select userId as user_id, listeningContext as playlist, trackId as track_id, count(*) as streams,
                   sum(secondsStreamed) as seconds, min("timestamp") as first_heard, max("timestamp") as last_heard
            from read_csv('{events}', header = true, columns = {{
                userId: 'varchar', trackId: 'varchar', listeningContext: 'varchar', secondsStreamed: 'bigint',
                timestamp: 'varchar', device: 'varchar'
            }})
            where regexp_full_match(listeningContext, 'playlist_[0-9]+') group by all
        )
        select user_id, playlist, 'Personalised playlist ' || cast(playlist[10:] as integer) as playlist_name,
               position, track_id, work, null as composer, null as title,
               case when r.user_id is null then 0 else 1 end as recommended,
               coalesce(streams, 0) as streams, coalesce(seconds, 0) as seconds_streamed, first_heard, last_heard
        from recommended r full join heard using (user_id, playlist, track_id)
    ) to '{output}' (format csv, header true)
""")
