-- The document that was imported: one row.
create table store_document (
    id bigint primary key,
    store text not null,
    name text not null,
    shape text not null,
    length bigint not null,
    playlists bigint not null
);
-- Its bytes, piece by piece.
create table store_pieces (
    number bigint primary key,
    bytes bytea not null
);
create table store_users (
    number bigint primary key,
    id bytea not null,
    user_id bytea
);
create table store_songs (
    number bigint primary key,
    id bytea not null
);
-- The document's playlists, with their places in it, and behind them the created ones. A removed one has no id.
create table store_playlists (
    number bigint primary key,
    id bytea,
    start bigint,
    insertion bigint,
    ending bigint,
    separator bigint
);
-- Songs appended to a playlist, in order; none: the playlist of the document is removed.
create table store_edits (
    sequence bigint not null /* rowid */,
    playlist bigint not null,
    songs bytea
);
create index store_edits_of on store_edits (playlist, sequence);
create table store_created (
    playlist bigint primary key,
    id bytea not null,
    owner bytea not null,
    further bytea not null
);
-- Where the store is: one row.
create table store_state (
    id bigint primary key,
    commits bigint not null,
    playlists bigint not null,
    next_number bigint not null,
    sequence bigint not null,
    largest text,
    beyond text not null
);
-- How far each source of changes is applied.
create table store_sources (
    number bigint primary key,
    name text not null,
    kind text not null,
    format text,
    is_done bigint not null,
    operations bigint not null,
    rejected bigint not null,
    bytes bigint not null,
    line bigint not null,
    place_in_line bigint not null,
    head text not null,
    chain text not null,
    rest text not null,
    reject_bytes bigint,
    position text,
    commits bigint not null
);
