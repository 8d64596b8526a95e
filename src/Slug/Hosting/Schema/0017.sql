-- Where the request that brought a delivery stands in its trace, if there is one.
alter table hook_deliveries add column trace text;
