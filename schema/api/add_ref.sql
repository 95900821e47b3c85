-- add_ref(id, kind, case_no, party, analyst): a Message-ID, by keyed hash, and
-- what it is known for. Doing it twice is fine. For work and adm.
create or replace function sluis.add_ref(id bytea, kind text, case_no int, party bigint, analyst int)
returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into sluis.message_ref (id, kind, case_no, party, analyst)
	values (id, kind, case_no, party, analyst) on conflict do nothing
$$;
