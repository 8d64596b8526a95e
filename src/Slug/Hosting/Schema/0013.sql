-- By what other machines ask an app to build. Secret, token and status_token are sealed as config vars are; urls has spaces between them.
create table hooks (
    id text primary key,
    app_id text not null references apps (id) on delete cascade,
    name text not null,
    forge text not null,
    branch text not null,
    urls text not null,
    secret text not null,
    login text,
    token text,
    status_token text,
    api text,
    created_at text not null,
    unique (app_id, name)
) strict;

-- What came in, known by the sender's own id of it and by a digest of its body. Told: the state that the forge was last told, or why it was not.
create table hook_deliveries (
    id text primary key,
    hook_id text not null references hooks (id) on delete cascade,
    key text not null,
    body text not null,
    status text not null check (status in ('ignored', 'accepted', 'building', 'superseded', 'succeeded', 'failed')),
    reason text,
    branch text,
    commit_id text,
    url text,
    address text not null,
    attempts integer not null default 0,
    build_id text,
    told text,
    received_at text not null,
    finished_at text,
    unique (hook_id, key)
) strict;

create index hook_deliveries_by_body on hook_deliveries (hook_id, body);
