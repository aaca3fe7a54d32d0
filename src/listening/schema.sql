-- Version 1. In SQL that SQLite and Postgres have; SQLite keeps a boolean as 1 or 0.

create table personalized_playlists (
    user_id text not null,
    playlist text not null,
    playlist_name text not null,
    position bigint,
    track_id text not null,
    work text,
    composer text,
    title text,
    recommended boolean not null,
    streams bigint not null,
    seconds_streamed bigint not null,
    first_heard text,
    last_heard text,
    primary key (user_id, playlist, track_id)
);
