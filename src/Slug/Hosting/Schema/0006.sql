-- Blobs of droplets that a reader found gone or with other bytes than their names promise, until they are stored again.
create table damaged_blobs (
    blob text primary key,
    found_at text not null
) strict, without rowid;
