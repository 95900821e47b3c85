-- list_consents(case_no) returns the ledger of a case, oldest first; holds: by this row
-- the party agrees now. For work and adm.
create or replace function sluis.list_consents(case_no int)
returns table (id bigint, party bigint, other bigint, what text, state text, how text,
    signature text, vouched text, who text, message bigint, at timestamptz, wrapped bytea, value bytea,
    holds boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select c.id, c.party, c.other, c.what, c.state, c.how, c.signature, c.vouched, a.name, c.message,
	    c.at, k.wrapped, c.value,
	    c.id is not distinct from sluis.holding_consent(c.party, c.what, c.other)
	from sluis.consent c
	join sluis.party p on p.id = c.party
	left join sluis.analyst a on a.id = c.analyst
	left join sluis.message_key k on k.id = c.key_id
	where p.case_no = list_consents.case_no order by c.id
$$;
