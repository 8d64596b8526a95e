-- Who made a release: a token's name; null where an older version noted none.
alter table releases add column actor text;
-- False while a layer of it is stored as its tar: then its manifest names the tar.
alter table droplets add column is_compressed integer not null default 1;
