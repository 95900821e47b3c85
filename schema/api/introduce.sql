-- introduce(party, other, analyst, cause): the letters of that cause introduce two
-- parties to each other. SL003 if not both agree on record any more (T-49). For work.
create or replace function sluis.introduce(party bigint, other bigint, analyst int, cause text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if sluis.holding_consent(introduce.party, 'contact', introduce.other) is null
	   or sluis.holding_consent(introduce.other, 'contact', introduce.party) is null then
		raise exception 'not both parties agree' using errcode = 'SL003';
	end if;
	insert into sluis.introduction (cause, party, other, analyst)
	values (introduce.cause, introduce.party, introduce.other, introduce.analyst);
	perform sluis.note_act(p.case_no, introduce.analyst, 'introduce', format('party %s %s', p.number, o.number))
	from sluis.party p, sluis.party o where p.id = introduce.party and o.id = introduce.other;
end
$$;
