-- add_message(...) returns the id of a message of a party, in or out, whose
-- sealed extract is kept with its wrapped key; kind says what it is, if no person
-- wrote it. What a party says raises the
-- revision of its case, and marks it if it came before, elsewhere. For work and
-- adm.
create or replace function sluis.add_message(party bigint, direction text, "time" timestamptz,
    reception bigint, outbox bigint, encryption text, signature text, verified boolean,
    replayed boolean, kind text, signer bytea, wrapped bytea, "extract" bytea) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	made bigint;
begin
	insert into sluis.message as m (party, direction, time, reception, outbox, encryption, signature,
	    verified, replayed, kind, signer, key_id, extract)
	values (add_message.party, add_message.direction, add_message.time, add_message.reception,
	    add_message.outbox, add_message.encryption, add_message.signature, add_message.verified,
	    add_message.replayed, add_message.kind, add_message.signer, sluis.put_key(add_message.wrapped),
	    add_message.extract)
	returning m.id into made;
	if add_message.direction = 'in' then
		perform sluis.touch_case(p.case_no) from sluis.party p where p.id = add_message.party;
	end if;
	if add_message.replayed then
		update sluis.cases c set replayed = true
		from sluis.party p where p.id = add_message.party and c.no = p.case_no;
	end if;
	return made;
end
$$;
