-- JSON: all that went into a droplet, for each build that made it.
create table droplet_records (
    build_id text primary key,
    app_id text not null references apps (id) on delete cascade,
    droplet text not null references droplets (digest) on delete cascade,
    record text not null,
    created_at text not null
) strict;

create index droplet_records_by_droplet on droplet_records (droplet, app_id);
