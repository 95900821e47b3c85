-- stays_hidden(party): does that reporter want to be named to nobody? The last word on
-- its name is a no, also one that a mail only seems to say: that harms nobody. A yes
-- must count to end it.
create or replace function sluis.stays_hidden(party bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
	return coalesce((
		select c.state = 'withdrawn' from sluis.consent c
		where c.party = stays_hidden.party and c.what = 'name'
		  and (c.state = 'withdrawn' or c.id = sluis.holding_consent(c.party, 'name', null)
		       or (c.state = 'given' and c.how = 'analyst'))
		order by c.id desc limit 1), false);
end
$$;
