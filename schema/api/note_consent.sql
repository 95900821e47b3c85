-- note_consent(party, other, what, state, how, signature, vouched, analyst, message,
-- cause, wrapped, value): a row of the ledger. The same message, or the same letters,
-- once. Who takes back a contact stops the letters of introduction that have not
-- left. For work.
create or replace function sluis.note_consent(party bigint, other bigint, what text, state text, how text,
    signature text, vouched text, analyst int, message bigint, cause text, wrapped bytea, value bytea)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	y sluis.party;
begin
	select p.* into y from sluis.party p where p.id = note_consent.party;
	insert into sluis.consent (party, other, what, state, how, signature, vouched, analyst, message,
	    cause, key_id, value)
	select note_consent.party, note_consent.other, note_consent.what, note_consent.state,
	    note_consent.how, note_consent.signature, note_consent.vouched, note_consent.analyst,
	    note_consent.message, note_consent.cause,
	    case when note_consent.wrapped is not null then sluis.put_key(note_consent.wrapped) end,
	    note_consent.value
	where not exists (select from sluis.consent c where c.message = note_consent.message
	    and c.what = note_consent.what and c.how = note_consent.how);
	if not found then
		return;
	end if;
	if note_consent.state = 'withdrawn' and note_consent.how <> 'suggestion' then
		update sluis.outbox o set state = 'dropped', reason = 'consent withdrawn'
		from sluis.introduction i
		where o.cause = i.cause and o.kind = 'introduce' and o.state in ('held', 'ready')
		  and note_consent.party in (i.party, i.other) and note_consent.other in (i.party, i.other);
	end if;
	if note_consent.analyst is null then
		perform sluis.add_event(y.case_no, 'consent', format('party %s %s %s %s', y.number,
		    note_consent.what, note_consent.state, note_consent.how));
	else
		perform sluis.note_act(y.case_no, note_consent.analyst, 'consent', format('party %s %s %s',
		    y.number, note_consent.what, note_consent.state));
		perform sluis.touch_case(y.case_no);
	end if;
end
$$;
