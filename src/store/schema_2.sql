-- Which ids exist. A canonical decimal id below 2^62 is an integer, with 2^62 added where it is a JSON number; any other id is
-- bytes. `number`: which user, song or playlist of the document it is; behind those, the created playlists.
create table store_user_keys (
    key bigint primary key,
    number bigint not null
);
create table store_user_ids (
    id bytea primary key,
    number bigint not null
) /* by key */;
create table store_song_keys (
    key bigint primary key,
    number bigint not null
);
create table store_song_ids (
    id bytea primary key,
    number bigint not null
) /* by key */;
create table store_playlist_keys (
    key bigint primary key,
    number bigint not null
);
create table store_playlist_ids (
    id bytea primary key,
    number bigint not null
) /* by key */;
-- Where the playlists of the document stand in it: 256 of them in a row.
create table store_places (
    block bigint primary key,
    places bytea not null
);
-- What became of playlists, in runs: a run is what some commits in a row have made, in order of playlists, cut into chunks. So
-- to write is to append, wherever the playlists lie; some small runs are merged into a larger one now and then.
create table store_runs (
    run bigint primary key,
    level bigint not null,
    bytes bigint not null
);
create table store_chunks (
    run bigint not null,
    last bigint not null,
    chunk bigint not null,
    edits bytea not null,
    primary key (run, last, chunk)
);
-- To compress edits would take longer than to write them.
alter table store_chunks alter column edits set storage external; /* Postgres */
-- Playlists that were created and still exist.
alter table store_state add column created bigint not null default 0;
