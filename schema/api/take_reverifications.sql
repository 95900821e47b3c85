-- take_reverifications(case_no, most, most_tries) returns messages of this case
-- that are to be verified again, and takes the lock of the case; no row when
-- somebody else has it. A try is counted before it begins, and what was tried
-- before comes alone; what was tried too often is given up. To be called outside
-- a transaction: what it counted is committed when it answers (T-10). For work.
create or replace function sluis.take_reverifications(case_no bigint, most int, most_tries int)
returns table (message bigint, party bigint, revised int, imported boolean, tag text, inbox text,
    encryption text, signature text, wrapped bytea, "extract" bytea, raw_wrapped bytea, raw text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	taken bigint[];
	once boolean;
begin
	if not pg_try_advisory_lock(sluis.lock_key(7, take_reverifications.case_no)) then
		return;
	end if;
	with given_up as (
		delete from sluis.reverification v using sluis.message m, sluis.party p
		where m.id = v.message and p.id = m.party and p.case_no = take_reverifications.case_no
		  and v.tries >= most_tries and v.not_before <= now()
		returning v.message
	)
	insert into sluis.event (case_no, kind, detail)
	select take_reverifications.case_no, 'unverifiable', 'message ' || g.message from given_up g;

	select array_agg(d.message order by d.tries, d.message), min(d.tries) = 0 into taken, once
	from (select v.message, v.tries from sluis.reverification v
	    join sluis.message m on m.id = v.message join sluis.party p on p.id = m.party
	    where p.case_no = take_reverifications.case_no and v.not_before <= now()
	    order by v.tries, v.message limit most) d;
	if taken is null then
		perform sluis.leave(sluis.lock_key(7, take_reverifications.case_no));
		return;
	end if;
	if once then
		taken := array(select v.message from sluis.reverification v
		    where v.message = any (taken) and v.tries = 0);
	else
		taken := taken[1:1];
	end if;
	update sluis.reverification v set tries = v.tries + 1, not_before = now() + interval '1 minute'
	where v.message = any (taken);
	return query
		select m.id, m.party, m.revised, r.imported, c.tag, c.inbox, m.encryption, m.signature, k.wrapped,
		    m.extract, rk.wrapped, r.blob::text
		from sluis.message m
		join sluis.party p on p.id = m.party
		join sluis.cases c on c.no = p.case_no
		join sluis.reception r on r.id = m.reception
		left join sluis.message_key k on k.id = m.key_id
		left join sluis.message_key rk on rk.id = r.key_id
		where m.id = any (taken) order by m.id;
end
$$;
