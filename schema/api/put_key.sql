-- Keeps a wrapped data key; the id is for the row it opens.
create or replace function sluis.put_key(wrapped bytea) returns uuid
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
	key constant uuid := gen_random_uuid();
begin
	insert into sluis.message_key (id, wrapped) values (key, put_key.wrapped);
	return key;
end
$$;
