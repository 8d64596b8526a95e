-- Slugs that are uploaded, not built. Checksum is what was promised, archive and size what came; build the last one that was made of it.
create table slugs (
    id text primary key,
    app_id text not null references apps (id) on delete cascade,
    processes text not null,
    checksum text,
    commit_id text,
    commit_description text,
    description text,
    actor text not null,
    archive text,
    size integer,
    build_id text,
    droplet text references droplets (digest) on delete cascade,
    created_at text not null,
    updated_at text not null
) strict;

create index slugs_by_app on slugs (app_id);
create index slugs_by_build on slugs (build_id);
create index slugs_by_droplet on slugs (droplet);

alter table releases add column slug text;
