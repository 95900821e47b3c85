-- Keeps a wrapped data key; the id is for the row it opens.
create or replace function sluis.put_key(wrapped bytea) returns uuid
language sql volatile set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.message_key (id, wrapped) values (gen_random_uuid(), wrapped) returning id
$$;
