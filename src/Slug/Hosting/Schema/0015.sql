-- Who is signed in to the dashboard: the hash of what the browser holds, and the token that opened it. Gone with that token.
create table sessions (
    hash text primary key,
    token text not null references tokens (hash) on delete cascade,
    created_at text not null,
    expires_at text not null
) strict;

create index sessions_by_token on sessions (token);

-- JSON: when a build's phases began and ended, by its builder's clock.
alter table builds add column phases text;
