-- A build that makes a droplet again to compare the two: which droplet, and what came of it, in JSON.
alter table builds add column verifies text;
alter table builds add column verification text;
