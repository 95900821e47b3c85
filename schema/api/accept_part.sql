-- accept_part(blob, n, bytes): keeps the n-th sealed chunk of a blob, counted
-- from 0. The id is the writer's, random, and nobody else's: a chunk that is
-- there already is an error, never replaced. For in, work and adm.
create or replace function sluis.accept_part(blob uuid, n int, bytes bytea) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.blob_part values (blob, n, bytes)
$$;
