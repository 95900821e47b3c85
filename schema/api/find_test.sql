-- find_test(id) returns what became of it, no row while it is not worked on, and
-- how many analysts would have been told. For adm.
create or replace function sluis.find_test(id bytea)
returns table (tag text, test boolean, reception bigint, state text, encryption text, signature text,
    class text, notices bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.tag, c.test, r.id, r.state, r.encryption, r.signature, r.class,
	       (select count(*) from sluis.outbox o where o.case_no = c.no and o.kind = 'notice')
	from sluis.expected_test e
	join sluis.message_ref f on f.id = e.id and f.kind = 'seen'
	join sluis.cases c on c.no = f.case_no
	join sluis.reception r on r.case_no = c.no and r.message is not null
	where e.id = find_test.id
	order by r.id desc limit 1
$$;
