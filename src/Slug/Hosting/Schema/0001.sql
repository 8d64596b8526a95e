create table apps (
    id text primary key,
    name text not null unique,
    created_at text not null
) strict;

create table config_vars (
    app_id text not null references apps (id) on delete cascade,
    name text not null,
    value text not null,
    primary key (app_id, name)
) strict, without rowid;

-- A token is known by the sha256 of its text alone.
create table tokens (
    hash text primary key,
    name text not null,
    created_at text not null
) strict, without rowid;

create table builds (
    id text primary key,
    app_id text not null references apps (id) on delete cascade,
    status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    branch text not null,
    commit_id text not null,
    tree_id text not null,
    droplet text,
    cached integer not null default 0,
    phase text,
    message text,
    created_at text not null,
    started_at text,
    finished_at text
) strict;

create index builds_by_app on builds (app_id, created_at);

-- A layer is known by the sha256 of its tar (diff id); its blob is the compressed form that is stored.
create table layers (
    diff_id text primary key,
    tar_size integer not null,
    blob text not null,
    blob_size integer not null,
    created_at text not null
) strict, without rowid;

-- A droplet is known by the digest of its image config.
create table droplets (
    digest text primary key,
    manifest text not null,
    processes text not null,
    stack text not null,
    size integer not null,
    created_at text not null
) strict, without rowid;

create table droplet_layers (
    droplet text not null references droplets (digest) on delete cascade,
    position integer not null,
    diff_id text not null references layers (diff_id),
    primary key (droplet, position)
) strict, without rowid;

-- What a source, a stack, buildpacks and config became: the droplet cache. Per app, so that none can plant one for another.
create table app_droplets (
    app_id text not null references apps (id) on delete cascade,
    key text not null,
    droplet text not null references droplets (digest),
    build_id text not null,
    created_at text not null,
    primary key (app_id, key)
) strict, without rowid;

create table releases (
    app_id text not null references apps (id) on delete cascade,
    version integer not null,
    droplet text references droplets (digest),
    commit_id text,
    description text not null,
    config text not null,
    created_at text not null,
    primary key (app_id, version)
) strict, without rowid;

create table events (
    id integer primary key autoincrement,
    at text not null,
    kind text not null,
    app text,
    subject text,
    detail text
) strict;
