-- The address a text is, or null: a text from a mail must not make an error,
-- since the server would quote it.
create or replace function sluis.try_inet(address text) returns inet
language plpgsql immutable strict set search_path = pg_catalog, pg_temp
as $$
begin
	return host(address::inet)::inet;
exception when data_exception then
	return null;
end
$$;
