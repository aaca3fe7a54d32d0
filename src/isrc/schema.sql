-- Version 1.

create table media_item_isrcs (
    media_item_id bigint not null references media_items (id),
    isrc text not null,
    score double precision not null,
    method text not null,
    primary key (media_item_id, isrc)
);
