-- When the forge is told, or told again, how a delivery ended; null where it was, or is not to be.
alter table hook_deliveries add column tell_at text;
