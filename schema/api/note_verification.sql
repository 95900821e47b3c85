-- note_verification(party, analyst, method, word, sent): an analyst saw who a party is
-- by that method; with a word (mailback) only once it comes back. For work.
create or replace function sluis.note_verification(party bigint, analyst int, method text, word bytea, sent text)
returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	of_case int;
begin
	insert into sluis.verification (party, analyst, method, word, sent, done)
	values (note_verification.party, note_verification.analyst, note_verification.method,
	    note_verification.word, note_verification.sent,
	    case when note_verification.word is null then now() end);
	select p.case_no into of_case from sluis.party p where p.id = note_verification.party;
	perform sluis.note_act(of_case, note_verification.analyst,
	    case when note_verification.word is null then 'verified' else 'challenged' end,
	    format('%s %s', note_verification.party, note_verification.method));
	perform sluis.touch_case(of_case);
end
$$;
