-- correspondent(target) returns whom an outbox row's target names, "analyst 2"
-- or "contact 9", with the certificate mail to them is encrypted to now; no
-- row if they are not written to any more. For work and adm.
create or replace function sluis.correspondent(target text)
returns table (id int, name text, address text, language text, phone text, hours text, deputy boolean,
    fingerprint text, encryption text, bytes bytea, expires timestamptz, unusable text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off	-- also right after a large import, when nothing is analysed
as $$
#variable_conflict use_column
begin
	return query
	select a.* from sluis.analysts_to_write() a
	where a.id = substring(target from '^analyst ([0-9]{1,9})$')::int
	union all
	select w.* from sluis.contact c cross join lateral sluis.contacts_to_write(c.participant) w
	where c.id = substring(target from '^contact ([0-9]{1,9})$')::int and w.id = c.id;
end
$$;
