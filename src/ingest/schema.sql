-- Version 1. In SQL that SQLite and Postgres have; the README's picture is drawn from it.

create table users (
    id bigint primary key,
    source text not null,
    source_id text not null,
    unique (source, source_id)
);

create table playlists (
    id bigint primary key,
    source text not null,
    source_id text not null,
    unique (source, source_id)
);

create table media_items (
    id bigint primary key,
    source text not null,
    source_id text not null,
    unique (source, source_id)
);

create table artists (
    id bigint primary key,
    name text not null,
    unique (name)
);

-- The logs: a row where something differs from the row before.

create table playlist_metadata_log (
    playlist_id bigint not null references playlists (id),
    ingest_timestamp text not null,
    name text,
    cover_url text,
    user_id bigint references users (id),
    num_media_items bigint,
    primary key (playlist_id, ingest_timestamp)
);

create table playlist_plays_log (
    playlist_id bigint not null references playlists (id),
    ingest_timestamp text not null,
    plays bigint,
    primary key (playlist_id, ingest_timestamp)
);

create table playlist_positions_log (
    playlist_id bigint not null references playlists (id),
    media_item_id bigint not null references media_items (id),
    ingest_timestamp text not null,
    position bigint,
    primary key (playlist_id, media_item_id, ingest_timestamp)
);

create table media_item_metadata_log (
    media_item_id bigint not null references media_items (id),
    ingest_timestamp text not null,
    primary_title text,
    secondary_title text,
    artist_id bigint references artists (id),
    cover_url text,
    primary key (media_item_id, ingest_timestamp)
);

-- The latest observation of each interval, from which the logs follow. An interval is counted from the beginning of the year 1,
-- and so are the microseconds.

create table playlist_observations (
    playlist_id bigint not null references playlists (id),
    calendar_interval bigint not null,
    microsecond bigint not null,
    ingest_timestamp text not null,
    name text,
    cover_url text,
    user_id bigint references users (id),
    num_media_items bigint,
    plays bigint,
    primary key (playlist_id, calendar_interval)
);

create table playlist_position_observations (
    playlist_id bigint not null references playlists (id),
    media_item_id bigint not null references media_items (id),
    calendar_interval bigint not null,
    microsecond bigint not null,
    ingest_timestamp text not null,
    position bigint,
    primary key (playlist_id, media_item_id, calendar_interval)
);

create table media_item_observations (
    media_item_id bigint not null references media_items (id),
    calendar_interval bigint not null,
    microsecond bigint not null,
    ingest_timestamp text not null,
    primary_title text,
    secondary_title text,
    artist_id bigint references artists (id),
    cover_url text,
    primary key (media_item_id, calendar_interval)
);
