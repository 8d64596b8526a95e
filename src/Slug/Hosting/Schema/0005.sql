-- What a buildpack's step with declared inputs made for an app: known by a digest of all that it read, kept as a layer.
create table kept_steps (
    app_id text not null references apps (id) on delete cascade,
    key text not null,
    buildpack text not null,
    stack text not null,
    diff_id text not null references layers (diff_id),
    for_run_alone integer not null,
    build_id text not null,
    used_at text not null,
    primary key (app_id, key)
) strict, without rowid;
