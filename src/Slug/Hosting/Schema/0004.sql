-- 1: the value is sealed (Apps/ConfigKey.cs); of a release, each value in its config. 0: an older version wrote it, and the next start seals it.
alter table config_vars add column sealed integer not null default 0;
alter table releases add column sealed integer not null default 0;
