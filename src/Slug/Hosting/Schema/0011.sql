-- False while a layer of it is stored as its tar: then its manifest names the tar.
alter table droplets add column is_compressed integer not null default 1;
