-- What a token opens: scopes with spaces between them; of one app, or of all.
alter table tokens add column scopes text not null default 'admin';
alter table tokens add column app_id text references apps (id) on delete cascade;
alter table tokens add column expires_at text;
alter table tokens add column used_at text;

create unique index tokens_by_name on tokens (name);

-- Who did it: a token's name.
alter table events add column actor text;
