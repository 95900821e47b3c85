-- answer_challenge(id, message, how): the word came back, in that message, whose
-- signature was such. Once. For work.
create or replace function sluis.answer_challenge(id bigint, message bigint, how text) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	with answered as (
		update sluis.verification v set done = now(), message = answer_challenge.message,
		    how = answer_challenge.how
		where v.id = answer_challenge.id and v.done is null returning v.party
	)
	select sluis.add_event(p.case_no, 'verified', format('%s mailback %s', p.id, answer_challenge.how))
	from answered a join sluis.party p on p.id = a.party
$$;
