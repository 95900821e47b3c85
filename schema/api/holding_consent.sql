-- holding_consent(party, what, other) returns the row of the ledger by which that party
-- agrees now; null: it does not. An analyst's record counts, and an answer that
-- something vouches for; a no counts always, and a suggestion never.
create or replace function sluis.holding_consent(party bigint, what text, other bigint) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
begin
	return (select case when s.state = 'given' then s.id end
	    from (select c.id, c.state from sluis.consent c
		where c.party = holding_consent.party and c.what = holding_consent.what
		  and c.other is not distinct from holding_consent.other and c.how in ('answer', 'analyst')
		  and (c.state = 'withdrawn' or c.how = 'analyst' or c.vouched in ('signature', 'dmarc'))
		order by c.id desc limit 1) s);
end
$$;
