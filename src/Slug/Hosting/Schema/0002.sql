-- The buildpacks that are set for an app, in order, as they were written.
create table app_buildpacks (
    app_id text not null references apps (id) on delete cascade,
    position integer not null,
    address text not null,
    primary key (app_id, position)
) strict, without rowid;

-- What was fetched the last time from an address, which stands here as a digest: in which version, packed to what.
create table fetched_buildpacks (
    address text primary key,
    revision text not null,
    digest text not null,
    fetched_at text not null
) strict, without rowid;

-- A build that tests, and with which code its tests ended.
alter table builds add column is_test integer not null default 0;
alter table builds add column exit_code integer;

-- JSON: what the build's buildpacks reported.
alter table builds add column reports text;
