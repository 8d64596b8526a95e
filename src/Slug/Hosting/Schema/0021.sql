-- An app that releases a droplet of another's has what is recorded of it, too.
create table records_of_apps (
    build_id text not null,
    app_id text not null references apps (id) on delete cascade,
    droplet text not null references droplets (digest) on delete cascade,
    record text not null,
    created_at text not null,
    primary key (build_id, app_id)
) strict;

insert into records_of_apps (build_id, app_id, droplet, record, created_at) select build_id, app_id, droplet, record, created_at from droplet_records;
drop table droplet_records;
alter table records_of_apps rename to droplet_records;
create index droplet_records_by_droplet on droplet_records (droplet, app_id);
