-- same_texts(bands) returns the sketches of texts that share one of these bands, of
-- each the newest hundred: with its case, whose it is about, and who sent it,
-- as a number of ours. For work.
create or replace function sluis.same_texts(bands text[])
returns table (sketch bytea, case_no int, tag text, reporter bigint, participants text[], came timestamptz, open boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
begin
	return query
	select s.sketch, c.no, c.tag, p.reporter,
	    array(select o.name from sluis.case_participant n join sluis.participant o on o.id = n.participant
	        where n.case_no = c.no order by o.name),
	    m.time, c.status <> 'closed'
	from (select distinct b.message from unnest(bands) u
	    cross join lateral (select b.message from sluis.text_band b where b.band = decode(u, 'hex')
	        order by b.message desc limit 100) b) found
	join sluis.text_sketch s on s.message = found.message
	join sluis.message m on m.id = found.message
	join sluis.party p on p.id = m.party
	join sluis.cases c on c.no = p.case_no
	where not c.test and c.merged is null
	order by m.id;
end
$$;
