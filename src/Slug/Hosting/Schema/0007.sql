-- The form of a layer that every engine takes, made when somebody first pulls it.
create table gzip_layers (
    diff_id text primary key references layers (diff_id) on delete cascade,
    blob text not null,
    blob_size integer not null
) strict, without rowid;

-- A release as an image that runs: its droplet's layers over that of its stack's run image, all in one form. Made when it is first pulled.
create table images (
    app_id text not null,
    version integer not null,
    form text not null check (form in ('gzip', 'zstd')),
    run_layer text not null references layers (diff_id),
    manifest text not null,
    primary key (app_id, version, form),
    foreign key (app_id, version) references releases (app_id, version) on delete cascade
) strict, without rowid;

-- What refers to a manifest: a bill of materials, a provenance, a signature (OCI distribution spec 1.1, "referrers").
create table referrers (
    subject text not null,
    manifest text not null,
    artifact_type text not null,
    size integer not null,
    annotations text,
    primary key (subject, manifest)
) strict, without rowid;

-- The config and the layers of each manifest of the two tables above.
create table manifest_blobs (
    manifest text not null,
    blob text not null,
    primary key (manifest, blob)
) strict, without rowid;
