-- put_party_number(party, analyst, wrapped, number): what that party calls the
-- matter, sealed; the last one counts. For work.
create or replace function sluis.put_party_number(party bigint, analyst int, wrapped bytea, number bytea)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	key constant uuid := sluis.put_key(wrapped);
begin
	delete from sluis.message_key k using sluis.party_number n
	where n.party = put_party_number.party and k.id = n.key_id;
	insert into sluis.party_number as n (party, key_id, number)
	values (put_party_number.party, key, put_party_number.number)
	on conflict (party) do update set key_id = excluded.key_id, number = excluded.number;
	perform sluis.note_act(p.case_no, put_party_number.analyst, 'ref', 'party ' || p.number)
	from sluis.party p where p.id = put_party_number.party;
	perform sluis.touch_case(p.case_no) from sluis.party p where p.id = put_party_number.party;
end
$$;
