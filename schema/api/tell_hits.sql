-- tell_hits(ids, at): these were told at that time, in the transaction that files the
-- letters. SL003 if somebody else has told one meanwhile: the transaction is to be
-- given up. For work and adm.
create or replace function sluis.tell_hits(ids text[], at timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	told bigint;
begin
	perform sluis.see('*');
	update sluis.observation o set told = tell_hits.at
	where o.id = any (tell_hits.ids::bigint[])
	  and (o.told is null or (o.last >= o.told + o.again));
	get diagnostics told = row_count;
	if told <> cardinality(tell_hits.ids) then
		raise exception 'somebody else tells of it' using errcode = 'SL003';
	end if;
	perform sluis.see('');
end
$$;
