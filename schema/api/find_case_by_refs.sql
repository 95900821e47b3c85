-- find_case_by_refs(hashes) returns kind, the analyst a notice went to, and the case and party of the first
-- of these keyed hashes (32 bytes each, in hex) of Message-IDs that is known; or
-- no row. Of several things one id can be, what we minted counts first. For work.
create or replace function sluis.find_case_by_refs(hashes text[])
returns table (kind text, analyst int, ref sluis.case_ref)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	return query
	select m.kind, m.analyst, f
	from unnest(hashes) with ordinality h (hash, place)
	cross join lateral (select r.kind, r.case_no, r.party, r.analyst from sluis.message_ref r
	    where r.id = decode(h.hash, 'hex')
	    order by array_position('{minted,notice,seen}'::text[], r.kind), r.case_no desc limit 1) m
	cross join lateral sluis.case_ref_of(m.case_no, m.party) f
	order by h.place limit 1;
end
$$;
