-- Who asked for a build, by the name of a token, and the release that came of it.
alter table builds add column actor text;
alter table builds add column release integer;

-- Where the source of a build is that was asked for with an address; no secret of the address.
create table build_sources (
    build_id text primary key references builds (id) on delete cascade,
    url text not null,
    checksum text,
    version text,
    version_description text,
    buildpacks text
) strict, without rowid;
