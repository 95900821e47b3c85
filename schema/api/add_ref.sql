-- add_ref(id, kind, case_no, party, analyst, outbox): a Message-ID, by keyed hash,
-- what it is known for, and which mail of ours it is, if it is one. Doing it twice
-- is fine. The id of an expected test makes a test of a case that has no other mail.
-- For work and adm.
create or replace function sluis.add_ref(id bytea, kind text, case_no int, party bigint, analyst int,
    outbox bigint)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	insert into sluis.message_ref (id, kind, case_no, party, analyst, outbox)
	values (add_ref.id, add_ref.kind, add_ref.case_no, add_ref.party, add_ref.analyst, add_ref.outbox)
	on conflict do nothing;
	if add_ref.kind = 'seen' then
		update sluis.cases c set test = true
		where c.no = add_ref.case_no
		  and exists (select from sluis.expected_test e where e.id = add_ref.id)
		  and 1 = (select count(*) from sluis.party p join sluis.message m on m.party = p.id
		           where p.case_no = c.no);
	end if;
end
$$;
