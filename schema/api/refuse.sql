-- Raises an error of ours, for functions in plain SQL, which cannot.
create or replace function sluis.refuse(state text, message text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
begin
	raise exception '%', message using errcode = state;
end
$$;
