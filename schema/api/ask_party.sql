-- ask_party(party, asked): which three answers its last letter offered to it: "report",
-- or "advisory". For work and adm.
create or replace function sluis.ask_party(party bigint, asked text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update sluis.party p set asked = ask_party.asked where p.id = ask_party.party
$$;
