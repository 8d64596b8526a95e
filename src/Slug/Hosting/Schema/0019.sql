-- What is made of a layer once, and kept as long as it: the form that every engine takes, and the list of its files.
create table derived_blobs (
    diff_id text not null references layers (diff_id) on delete cascade,
    form text not null check (form in ('gzip', 'files')),
    blob text not null,
    blob_size integer not null,
    primary key (diff_id, form)
) strict, without rowid;

insert into derived_blobs select diff_id, 'gzip', blob, blob_size from gzip_layers;

drop table gzip_layers;

-- What the push of a build wished for, as push options, one a line: a build of the same once more wishes for the same. Null of older builds.
alter table builds add column options text;
