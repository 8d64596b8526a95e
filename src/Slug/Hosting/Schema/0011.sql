-- Who made a release: a token's name; null where an older version noted none.
alter table releases add column actor text;
