-- change_verdict(message, signature, signer, wrapped, extract): it was verified
-- again, and is something else now; the event keeps what it was. Changes nothing
-- else: neither trust nor party, and what was done stays done. For work, under
-- the lock of the case.
create or replace function sluis.change_verdict(message bigint, signature text, signer bytea,
    wrapped bytea, "extract" bytea) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	one int;
	old sluis.message;
begin
	select p.case_no into one from sluis.message m join sluis.party p on p.id = m.party
	where m.id = change_verdict.message;
	perform sluis.hold(sluis.lock_key(7, one));
	select * into old from sluis.message m where m.id = change_verdict.message for update;
	update sluis.message m set signature = change_verdict.signature, signer = change_verdict.signer,
	    extract = change_verdict.extract, revised = m.revised + 1
	where m.id = old.id;
	update sluis.message_key k set wrapped = change_verdict.wrapped where k.id = old.key_id;
	update sluis.reception r set signature = change_verdict.signature where r.id = old.reception;
	perform sluis.add_event(one, 'verdict', 'message ' || old.id || ': signature ' ||
	    coalesce(old.signature, 'none') || ' -> ' || change_verdict.signature);
	delete from sluis.reverification v where v.message = old.id;
end
$$;
