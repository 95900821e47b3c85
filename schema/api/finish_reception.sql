-- finish_reception(id, state, reason, class, motive, encryption, signature,
-- case_no, message): the end of a try, as the last step of the transaction that
-- files the mail, and what the mail was found to be. state is done, parked or
-- superseded. SL003 unless this session has the lock and nobody has finished
-- it: the transaction must then be given up. For work.
create or replace function sluis.finish_reception(id bigint, state text, reason text, class text,
    motive text, encryption text, signature text, case_no int, message bigint) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	perform sluis.hold(sluis.lock_key(1, finish_reception.id));
	update sluis.reception r set state = finish_reception.state, reason = finish_reception.reason,
	    class = finish_reception.class, motive = finish_reception.motive,
	    encryption = finish_reception.encryption, signature = finish_reception.signature,
	    case_no = finish_reception.case_no, message = finish_reception.message
	where r.id = finish_reception.id and r.state in ('received', 'trying')
	  and finish_reception.state in ('done', 'parked', 'superseded');
	if not found then
		raise exception 'this reception is finished' using errcode = 'SL003';
	end if;
	perform pg_advisory_unlock(sluis.lock_key(1, finish_reception.id));
end
$$;
