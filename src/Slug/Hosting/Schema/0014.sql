-- Outgoing webhooks; address, secret and authorization are sealed. Those of an app that is gone stay until its end is told: no reference to apps.
create table webhooks (
    id text primary key,
    app_id text not null,
    url text not null,
    secret text not null,
    authorization text,
    include text not null,
    level text not null check (level in ('notify', 'sync')),
    created_at text not null,
    updated_at text not null
) strict, without rowid;

create index webhooks_by_app on webhooks (app_id, created_at);

-- What webhooks tell: the data are those of the moment, in JSON, written at the end of the transaction that made it so.
create table webhook_events (
    id text primary key,
    app_id text not null,
    include text not null,
    action text not null,
    actor text not null,
    subject text,
    data text,
    created_at text not null
) strict, without rowid;

create index webhook_events_by_app on webhook_events (app_id, created_at);
create index webhook_events_open on webhook_events (id) where data is null;

-- The outbox, in the order of sending; a delivery that has ended has no next attempt.
create table webhook_deliveries (
    position integer primary key autoincrement,
    id text not null unique,
    webhook_id text not null references webhooks (id) on delete cascade,
    event_id text not null references webhook_events (id) on delete cascade,
    status text not null check (status in ('pending', 'retrying', 'failed', 'succeeded')),
    attempts integer not null default 0,
    queued_at text not null,
    next_attempt_at text,
    attempt_id text,
    attempt_code integer,
    attempt_error text,
    attempted_at text,
    created_at text not null,
    updated_at text not null
) strict;

create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id);
create index webhook_deliveries_by_event on webhook_deliveries (event_id);
create index webhook_deliveries_waiting on webhook_deliveries (webhook_id, position) where next_attempt_at is not null;
