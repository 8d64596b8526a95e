-- The folder of the repository that is the app's source; '.' is the whole of it.
alter table apps add column folder text not null default '.';
