-- met(party, other): did the letters that introduce them to each other leave, one to
-- each at least?
create or replace function sluis.met(party bigint, other bigint) returns boolean
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select exists (
		select from sluis.introduction i
		where least(i.party, i.other) = least(met.party, met.other)
		  and greatest(i.party, i.other) = greatest(met.party, met.other)
		  and 2 = (select count(distinct o.party) from sluis.outbox o where o.cause = i.cause
		           and o.kind = 'introduce' and o.state in ('sending', 'sent'))
	)
$$;
